#include "app/headless/SyncReport.h"

#include "app/headless/TransferVerb.h"
#include "base/DisplayText.h"
#include "ui/errors/FileFailureText.h"
#include "ui/errors/SyncFailureText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using synchronize::Action;
using synchronize::Difference;
using synchronize::Side;
using synchronize::SyncPlan;
using synchronize::SyncRules;
using synchronize::TreeRow;

Side targetOf(Action action)
{
    return action == Action::CopyRight || action == Action::DeleteRight ? Side::Right : Side::Left;
}

bool isHere(Side side, SyncSides sides)
{
    return (side == Side::Left) == (sides == SyncSides::Upload);
}

QString nameOf(Side side, SyncSides sides)
{
    if (sides == SyncSides::BetweenServers) {
        return side == Side::Left ? u"source"_s : u"target"_s;
    }
    return isHere(side, sides) ? u"here"_s : u"server"_s;
}

// What is done both ways.
QString copyTo(Side side, SyncSides sides)
{
    if (sides == SyncSides::BetweenServers) {
        return u"to-"_s + nameOf(side, sides);
    }
    return isHere(side, sides) ? u"download"_s : u"upload"_s;
}

// Empty if nothing is done or to be told.
QString actionOf(const SyncPlan &plan, qsizetype row)
{
    const Action action = plan.action(row);
    if (plan.rows()[row].difference == Difference::Unreadable) {
        return u"unreadable"_s;
    }
    if (action == Action::Conflict) {
        return u"refuse"_s;
    }
    if (action == Action::Nothing) {
        return {};
    }
    if (!isCopy(action)) {
        return u"remove"_s;
    }
    return plan.rows()[row].item(targetOf(action)) ? u"replace"_s : u"create"_s;
}

QString pathOf(const TreeRow &row)
{
    return base::displayText(QByteArrayView(row.path)) + (row.isDirectory() ? u"/"_s : QString());
}

QString specialFileRefusal(const TreeRow &row)
{
    base::Error error;
    error.kind = base::ErrorKind::Unsupported;
    error.operation = u"copy special file"_s;
    return ui::fileFailureText(
               {files::FilePath(row.path), error, {}, transfer::CopyObstacle::SpecialFile})
        .toSentence();
}

// What differs, and nobody has said which one counts.
QString undecidedRefusal(const QString &path, const SyncRules &rules)
{
    if (rules.newerWins) {
        return path
            + u" differs on both sides, and the times do not tell which one is newer: nothing is "
              "done about it. Without --two-way the source's replaces the target's."_s;
    }
    return path
        + u" differs on both sides: nothing is done about it. With --newer the newer one "
          "replaces the other one, if their times tell."_s;
}

QString refusalOf(const SyncPlan &plan, qsizetype index)
{
    const TreeRow &row = plan.rows()[index];
    const QString path = pathOf(row);
    if (row.leadsOut(Side::Left) || row.leadsOut(Side::Right)) {
        return path
            + u" is a link that leads out of the directory: such links are not copied. "
              "With --links skip they are left out."_s;
    }
    switch (row.difference) {
    case Difference::Unreadable:
        return ui::errorText(*row.reason).toSentence();
    case Difference::OtherType:
        return path
            + u" is a directory on one side alone: nothing is done about it. Rename or "
              "remove one of the two."_s;
    case Difference::OnlyLeft:
    case Difference::OnlyRight:
    case Difference::Equal:
    case Difference::NewerLeft:
    case Difference::NewerRight:
    case Difference::Different:
        break;
    }
    const auto isSpecial
        = [](const std::optional<synchronize::Item> &item) { return item && !item->isCopyable(); };
    if (isSpecial(row.left) || isSpecial(row.right)) {
        return specialFileRefusal(row);
    }
    if (!row.left || !row.right) {
        return path
            + u" is in a directory of which the other side has something else: nothing is done "
              "about it."_s;
    }
    return undecidedRefusal(path, plan.rules());
}

// What the source has and the target too.
int filesSkipped(const SyncPlan &plan)
{
    int count = 0;
    for (qsizetype row = 0; row < plan.size(); ++row) {
        const TreeRow &pair = plan.rows()[row];
        const bool isDone = plan.action(row) == Action::Nothing && pair.left && pair.right
            && pair.difference != Difference::Unreadable;
        count += isDone && !pair.isDirectory() ? 1 : 0;
    }
    return count;
}

bool isRefused(const SyncPlan &plan, qsizetype row)
{
    return plan.action(row) == Action::Conflict
        || plan.rows()[row].difference == Difference::Unreadable;
}

QJsonObject objectOf(const synchronize::RunSummary &summary)
{
    QJsonArray failures;
    for (const synchronize::RunFailure &failure : summary.failures) {
        failures.append(QJsonObject{{u"path"_s, QString::fromUtf8(failure.path)},
                                    {u"reason"_s, ui::syncFailureText(failure).toSentence()}});
    }
    QJsonArray notes;
    for (const transfer::CopyNote &note : summary.notes) {
        notes.append(toJson(note));
    }
    return {{u"filesCopied"_s, summary.filesCopied},
            {u"bytesCopied"_s, static_cast<qint64>(summary.bytesCopied)},
            {u"directoriesMade"_s, summary.directoriesMade},
            {u"notes"_s, notes},
            {u"failures"_s, failures}};
}

} // namespace

QByteArray planLines(const SyncPlan &plan, SyncSides sides)
{
    QString lines;
    const bool isBothWays = plan.rules().direction == SyncRules::Direction::BothWays;
    for (qsizetype row = 0; row < plan.size(); ++row) {
        QString action = actionOf(plan, row);
        if (isBothWays && isCopy(plan.action(row))) {
            action = copyTo(targetOf(plan.action(row)), sides);
        }
        if (!action.isEmpty()) {
            lines += action + u' ' + pathOf(plan.rows()[row]) + u'\n';
        }
    }
    return lines.toUtf8();
}

QByteArray planJson(const SyncPlan &plan, SyncSides sides)
{
    QJsonArray array;
    for (qsizetype row = 0; row < plan.size(); ++row) {
        const QString action = actionOf(plan, row);
        if (action.isEmpty()) {
            continue;
        }
        QJsonObject object{{u"action"_s, action}, {u"path"_s, pathOf(plan.rows()[row])}};
        if (isRefused(plan, row)) {
            object[u"reason"_s] = refusalOf(plan, row);
        } else {
            object[u"to"_s] = nameOf(targetOf(plan.action(row)), sides);
        }
        array.append(object);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact) + '\n';
}

QStringList refusals(const SyncPlan &plan)
{
    QStringList sentences;
    for (qsizetype row = 0; row < plan.size(); ++row) {
        if (isRefused(plan, row)) {
            sentences.append(refusalOf(plan, row));
        }
    }
    return sentences;
}

QByteArray roundLine(const synchronize::RunSummary &summary)
{
    return u"copied %1 (%2 bytes), removed %3, failed %4\n"_s.arg(summary.filesCopied)
        .arg(summary.bytesCopied)
        .arg(summary.deleted)
        .arg(summary.failures.size())
        .toUtf8();
}

QByteArray roundJson(const synchronize::RunSummary &summary)
{
    QJsonObject object = objectOf(summary);
    object[u"removed"_s] = summary.deleted;
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray summaryJson(const synchronize::RunSummary &summary, const SyncPlan &plan)
{
    QJsonObject object = objectOf(summary);
    QJsonArray failures = object[u"failures"_s].toArray();
    for (qsizetype row = 0; row < plan.size(); ++row) {
        if (isRefused(plan, row)) {
            const TreeRow &pair = plan.rows()[row];
            failures.append(QJsonObject{{u"path"_s, QString::fromUtf8(pair.path)},
                                        {u"reason"_s, refusalOf(plan, row)}});
        }
    }
    object[u"failures"_s] = failures;
    object[u"filesSkipped"_s] = filesSkipped(plan);
    if (plan.rules().deletes || summary.deleted > 0) {
        object[u"removed"_s] = summary.deleted;
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace app
