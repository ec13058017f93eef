#include "ui/synchronize/SyncText.h"

#include "base/DisplayText.h"
#include "ui/transfers/TransferText.h"
#include "ui/units/SizeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace ui {
namespace {

using synchronize::Action;
using synchronize::Difference;
using synchronize::Side;
using Phase = synchronize::RunProgress::Phase;

struct SyncText
{
    Q_DECLARE_TR_FUNCTIONS(ui::SyncText)
};

QString number(quint64 value)
{
    return QLocale().toString(value);
}

QString filesText(quint64 count)
{
    return count == 1 ? SyncText::tr("1 file") : SyncText::tr("%1 files").arg(number(count));
}

QString foldersText(quint64 count)
{
    return count == 1 ? SyncText::tr("1 folder") : SyncText::tr("%1 folders").arg(number(count));
}

constexpr qsizetype namesTold = 4;

// Some of them; of a folder that goes with all inside, the folder alone.
QString deletedNames(const synchronize::SyncPlan &plan, Side side)
{
    const Action deletion = side == Side::Left ? Action::DeleteLeft : Action::DeleteRight;
    QStringList names;
    quint64 others = 0;
    for (qsizetype row = 0; row < plan.size(); ++row) {
        const qsizetype parent = plan.parentOf(row);
        if (plan.action(row) != deletion || (parent >= 0 && plan.action(parent) == deletion)) {
            continue;
        }
        if (names.size() == namesTold) {
            ++others;
            continue;
        }
        const synchronize::TreeRow &deleted = plan.rows()[row];
        names << base::displayText(QByteArrayView(deleted.path))
                + (deleted.isDirectory() ? QStringLiteral("/") : QString());
    }
    const QString told = names.join(SyncText::tr(", "));
    return others > 0 ? SyncText::tr("%1 and %2 more").arg(told, number(others)) : told;
}

} // namespace

QString SyncEnds::name(Side side) const
{
    const SyncEnd &end = at(side);
    const QString name = end.isLocal() ? SyncText::tr("this computer") : end.label;
    if (!areCalledAlike()) {
        return name;
    }
    return side == Side::Left ? SyncText::tr("%1 (left)").arg(name)
                              : SyncText::tr("%1 (right)").arg(name);
}

QString titleText(const SyncEnds &ends)
{
    if (!ends.areCalledAlike()) {
        return SyncText::tr("Synchronize %1 and %2")
            .arg(ends.name(Side::Left), ends.name(Side::Right));
    }
    return ends.left.isLocal() ? SyncText::tr("Synchronize folders of this computer")
                               : SyncText::tr("Synchronize folders of %1").arg(ends.left.label);
}

QString differenceText(const synchronize::TreeRow &row)
{
    if (row.difference != Difference::Equal
        && (row.leadsOut(Side::Left) || row.leadsOut(Side::Right))) {
        return SyncText::tr("A link that leads out: not copied");
    }
    switch (row.difference) {
    case Difference::Equal:
        return SyncText::tr("The same");
    case Difference::OnlyLeft:
        return SyncText::tr("Only at the left");
    case Difference::OnlyRight:
        return SyncText::tr("Only at the right");
    case Difference::NewerLeft:
        return SyncText::tr("Newer at the left");
    case Difference::NewerRight:
        return SyncText::tr("Newer at the right");
    case Difference::Different:
        return SyncText::tr("Different");
    case Difference::OtherType:
        return SyncText::tr("Of different types");
    case Difference::Unreadable:
        break;
    }
    return row.reason != nullptr ? errorText(*row.reason).why : SyncText::tr("Can not be read");
}

QString actionText(Action action)
{
    switch (action) {
    case Action::Nothing:
        return SyncText::tr("Leave it");
    case Action::CopyRight:
        return SyncText::tr("Copy to the right");
    case Action::CopyLeft:
        return SyncText::tr("Copy to the left");
    case Action::DeleteLeft:
        return SyncText::tr("Delete at the left");
    case Action::DeleteRight:
        return SyncText::tr("Delete at the right");
    case Action::Conflict:
        break;
    }
    return SyncText::tr("Undecided");
}

QString sumsText(const synchronize::SyncSums &sums)
{
    QStringList parts;
    if (sums.files > 0) {
        const QString size = sizeText(sums.bytes);
        parts << (sums.replaced > 0 ? SyncText::tr("%1 (%2, %3 of them replaced)")
                                          .arg(filesText(sums.files), size, number(sums.replaced))
                                    : SyncText::tr("%1 (%2)").arg(filesText(sums.files), size));
    }
    if (sums.directories > 0) {
        parts << SyncText::tr("%1 made").arg(foldersText(sums.directories));
    }
    if (sums.deletedFiles > 0) {
        parts << SyncText::tr("%1 deleted").arg(filesText(sums.deletedFiles));
    }
    if (sums.deletedDirectories > 0) {
        parts << SyncText::tr("%1 deleted").arg(foldersText(sums.deletedDirectories));
    }
    return parts.join(SyncText::tr(", "));
}

QString planText(const synchronize::SyncPlan &plan, const SyncEnds &ends)
{
    QStringList parts;
    for (const Side side : {Side::Right, Side::Left}) {
        if (const QString sums = sumsText(plan.sums(side)); !sums.isEmpty()) {
            parts << SyncText::tr("On %1: %2.").arg(ends.name(side), sums);
        }
    }
    if (plan.conflicts() > 0) {
        parts << SyncText::tr("Undecided: %1.").arg(number(plan.conflicts()));
    }
    if (plan.unreadable() > 0) {
        parts << SyncText::tr("Can not be read: %1.").arg(number(plan.unreadable()));
    }
    if (!parts.isEmpty()) {
        return parts.join(u' ');
    }
    const bool differs = std::ranges::any_of(plan.rows(), [](const synchronize::TreeRow &row) {
        return row.difference != Difference::Equal;
    });
    return differs ? SyncText::tr("Nothing is done: by these rules, all that differs stays.")
                   : SyncText::tr("There is nothing to be done.");
}

QString deletionText(const synchronize::SyncPlan &plan, const SyncEnds &ends)
{
    QStringList parts;
    for (const Side side : {Side::Right, Side::Left}) {
        const synchronize::SyncSums &sums = plan.sums(side);
        const quint64 count = sums.deletedFiles + sums.deletedDirectories;
        const QString where = ends.name(side);
        if (count > 0) {
            const QString what = count == 1
                ? SyncText::tr("One item on %1 is deleted for good").arg(where)
                : SyncText::tr("%1 items on %2 are deleted for good").arg(number(count), where);
            parts << SyncText::tr("%1: %2.").arg(what, deletedNames(plan, side));
        }
    }
    return parts.join(u' ');
}

QString consequencesText(const synchronize::SyncPlan &plan, const SyncEnds &ends)
{
    QStringList parts;
    if (const QString deletions = deletionText(plan, ends); !deletions.isEmpty()) {
        parts << deletions << SyncText::tr("Nothing of this goes to a trash.");
    }
    for (const Side side : {Side::Right, Side::Left}) {
        if (plan.sums(side) != synchronize::SyncSums{} && !ends.at(side).caution.isEmpty()) {
            parts << ends.at(side).caution;
        }
    }
    return parts.join(u' ');
}

QString progressText(const synchronize::ComparisonProgress &progress)
{
    if (progress.filesToRead > 0) {
        return SyncText::tr("%1 compared, contents of %2 of %3 files")
            .arg(number(progress.rows), number(progress.filesRead), number(progress.filesToRead));
    }
    return SyncText::tr("%1 compared in %2, %3 different")
        .arg(number(progress.rows), foldersText(progress.directories), number(progress.different));
}

QString progressText(const synchronize::RunProgress &progress)
{
    switch (progress.phase) {
    case Phase::MakingDirectories:
        return SyncText::tr("Making folders");
    case Phase::Deleting:
        return SyncText::tr("Deleting");
    case Phase::Copying:
        break;
    }
    QStringList parts{SyncText::tr("Copying"), progressText(progress.copying)};
    if (const QByteArray name = progress.copying.currentFile.name(); !name.isEmpty()) {
        parts << base::displayText(name);
    }
    return parts.join(QStringLiteral(" · "));
}

// Of files that are copied, the bytes count: a large one takes its time.
double doneFraction(const synchronize::RunProgress &progress)
{
    const transfer::Progress &copying = progress.copying;
    auto done = static_cast<double>(progress.done);
    if (progress.phase == Phase::Copying && copying.bytesTotal > 0) {
        const double bytes
            = static_cast<double>(copying.bytesDone) / static_cast<double>(copying.bytesTotal);
        done += bytes * copying.filesTotal - copying.filesDone;
    }
    return progress.total > 0 ? std::clamp(done / static_cast<double>(progress.total), 0.0, 1.0)
                              : 0.0;
}

QString summaryText(const synchronize::RunSummary &summary)
{
    QStringList parts;
    const auto count = [](int value) { return static_cast<quint64>(value); };
    if (summary.filesCopied > 0) {
        parts << SyncText::tr("%1 copied (%2)")
                     .arg(filesText(count(summary.filesCopied)), sizeText(summary.bytesCopied));
    }
    if (summary.directoriesMade > 0) {
        parts << SyncText::tr("%1 made").arg(foldersText(count(summary.directoriesMade)));
    }
    if (summary.deleted > 0) {
        parts << SyncText::tr("%1 deleted").arg(number(count(summary.deleted)));
    }
    if (!summary.failures.isEmpty()) {
        parts << SyncText::tr("%1 failed").arg(number(count(int(summary.failures.size()))));
    }
    return parts.isEmpty() ? SyncText::tr("Nothing was changed") : parts.join(SyncText::tr(", "));
}

ErrorText emptyFolderText()
{
    return {.what = SyncText::tr("A folder is missing"),
            .why = SyncText::tr("One of the two fields for folders is empty."),
            .advice = SyncText::tr(
                "Write the path of a folder. A single dot stands for the home folder of a "
                "login."),
            .details = {}};
}

ErrorText overlapText()
{
    return {.what = SyncText::tr("These folders can not be synchronized"),
            .why = SyncText::tr("They are the same one, or one of them is inside the other."),
            .advice = SyncText::tr("Choose two folders that are apart."),
            .details = {}};
}

} // namespace ui
