#include "ui/files/PaneDifference.h"

#include "transfer/FileNames.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/widgets/NoticeBar.h"

#include <QHash>
#include <QLocale>

namespace ui {
namespace {

bool isSame(const files::FileEntry &one, const files::FileEntry &other)
{
    const files::FileType type = one.attributes.type();
    if (type != other.attributes.type()) {
        return false;
    }
    if (type == files::FileType::Regular) {
        return one.attributes.size == other.attributes.size
            && one.attributes.modificationTime == other.attributes.modificationTime;
    }
    return type != files::FileType::SymbolicLink || one.linkTarget == other.linkTarget;
}

bool isUnfinished(const files::FileEntry &entry)
{
    return entry.attributes.type() == files::FileType::Regular
        && transfer::isUnfinishedName(entry.name);
}

QList<files::FileEntry> entriesOf(const FilePane &pane)
{
    const auto *model = qobject_cast<const FileListModel *>(pane.list().model());
    QList<files::FileEntry> entries;
    for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
        entries.append(model->entry(row));
    }
    return entries;
}

QByteArray firstOf(const QList<files::FileEntry> &entries, const QSet<QByteArray> &names)
{
    for (const files::FileEntry &entry : entries) {
        if (names.contains(entry.name)) {
            return entry.name;
        }
    }
    return {};
}

} // namespace

ListingDifference ListingDifference::of(const QList<files::FileEntry> &left,
                                        const QList<files::FileEntry> &right)
{
    QHash<QByteArray, const files::FileEntry *> unmatched;
    for (const files::FileEntry &entry : right) {
        if (!isUnfinished(entry)) {
            unmatched.insert(entry.name, &entry);
        }
    }
    ListingDifference difference;
    for (const files::FileEntry &entry : left) {
        if (isUnfinished(entry)) {
            continue;
        }
        const files::FileEntry *counterpart = unmatched.take(entry.name);
        if (counterpart == nullptr) {
            difference.left.insert(entry.name);
            ++difference.onlyLeft;
        } else if (!isSame(entry, *counterpart)) {
            difference.left.insert(entry.name);
            difference.right.insert(entry.name);
            ++difference.different;
        }
    }
    for (auto it = unmatched.cbegin(); it != unmatched.cend(); ++it) {
        difference.right.insert(it.key());
        ++difference.onlyRight;
    }
    return difference;
}

void markDifferences(FilePane &left, FilePane &right)
{
    const QList<files::FileEntry> leftEntries = entriesOf(left);
    const QList<files::FileEntry> rightEntries = entriesOf(right);
    const auto difference = ListingDifference::of(leftEntries, rightEntries);
    left.list().restore(difference.left, firstOf(leftEntries, difference.left));
    right.list().restore(difference.right, firstOf(rightEntries, difference.right));
    const QLocale locale;
    const bool isSame = difference.left.isEmpty() && difference.right.isEmpty();
    left.notice().showNotice(
        isSame
            ? FilePane::tr("Both panes show the same files.")
            : FilePane::tr("Only left: %1. Only right: %2. Different: %3. The content of folders "
                           "was not compared.")
                  .arg(locale.toString(difference.onlyLeft), locale.toString(difference.onlyRight),
                       locale.toString(difference.different)));
}

} // namespace ui
