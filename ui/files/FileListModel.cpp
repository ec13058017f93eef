#include "ui/files/FileListModel.h"

#include "base/DisplayText.h"

#include <QDateTime>
#include <QFontDatabase>
#include <QLocale>

#include <algorithm>

namespace ui {
namespace {

QChar typeLetter(files::FileType type)
{
    switch (type) {
    case files::FileType::Regular:
        return u'-';
    case files::FileType::Directory:
        return u'd';
    case files::FileType::SymbolicLink:
        return u'l';
    case files::FileType::Fifo:
        return u'p';
    case files::FileType::Socket:
        return u's';
    case files::FileType::CharacterDevice:
        return u'c';
    case files::FileType::BlockDevice:
        return u'b';
    case files::FileType::Unknown:
        break;
    }
    return u'?';
}

bool isBroken(const files::FileEntry &link)
{
    return link.targetType == files::FileType::Unknown;
}

// A column of bytes need not say so in each of its cells.
QString cellText(quint64 bytes)
{
    return sizeUnits() == SizeUnits::Bytes ? QLocale().toString(bytes) : sizeText(bytes);
}

} // namespace

// What was found has a way before it.
QByteArray FileListModel::ownName(const files::FileEntry &entry)
{
    return files::FilePath(entry.name).name();
}

FileListModel::FileListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void FileListModel::showSizesAnew()
{
    if (!m_entries.isEmpty()) {
        emit dataChanged(index(0, Size), index(rowCount() - 1, Size), {Qt::DisplayRole});
    }
}

void FileListModel::setListing(const files::FilePath &directory,
                               const QList<files::FileEntry> &entries)
{
    beginResetModel();
    m_directory = directory;
    m_entries = entries;
    endResetModel();
}

int FileListModel::rowOf(const QByteArray &name) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&name](const auto &entry) { return entry.name == name; });
    return found != m_entries.end() ? static_cast<int>(found - m_entries.begin()) : -1;
}

int FileListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int FileListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant FileListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (section == Size ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Size:
        return tr("Size");
    case Modified:
        return tr("Modified");
    case Permissions:
        return tr("Permissions");
    case Owner:
        return tr("Owner");
    case Group:
        return tr("Group");
    case Octal:
        return tr("Octal");
    case Kind:
        return tr("Kind");
    case LinkTarget:
        return tr("Link target");
    default:
        return tr("Accessed");
    }
}

Qt::ItemFlags FileListModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled
        | Qt::ItemNeverHasChildren;
    flags.setFlag(Qt::ItemIsEditable, index.column() == Name);
    return flags;
}

QVariant FileListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const files::FileEntry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case linkRole:
        return index.column() == Name ? linkText(entry) : QString();
    case Qt::AccessibleTextRole:
        return index.column() == Name ? text(entry, Name) + linkText(entry)
                                      : text(entry, index.column());
    case Qt::EditRole:
        return base::displayText(ownName(entry));
    case Qt::DecorationRole:
        return index.column() == Name ? m_icons.iconFor(entry) : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(entry));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (index.column() == Size ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole:
        return index.column() == Permissions || index.column() == Octal
            ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
            : QVariant();
    default:
        return {};
    }
}

bool FileListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole) {
        return false;
    }
    const files::FileEntry &entry = m_entries[index.row()];
    const auto name = editedName(ownName(entry), value.toString());
    if (!name) {
        emit renameRefused(entry.name, name.error(), value.toString());
    } else if (const auto problem = problemOfName(*name)) {
        emit renameRefused(entry.name, *problem, value.toString());
    } else if (!name->isEmpty() && *name != ownName(entry)) {
        emit renameRequested(entry.name, *name);
    }
    return false;
}

QString FileListModel::linkText(const files::FileEntry &entry)
{
    if (entry.linkTarget.isEmpty()) {
        return {};
    }
    const QString target = base::displayText(entry.linkTarget);
    return isBroken(entry) ? tr(" → %1 (broken)").arg(target) : tr(" → %1").arg(target);
}

QString FileListModel::text(const files::FileEntry &entry, int column) const
{
    switch (column) {
    case Name:
        return base::displayText(entry.name);
    case Size:
        return entry.attributes.size && !entry.isEnterable() ? cellText(*entry.attributes.size)
                                                             : QString();
    case Modified:
        return timeText(entry.attributes.modificationTime);
    case Permissions:
        return permissionsText(entry.attributes);
    case Owner:
        return base::displayText(entry.owner);
    case Group:
        return base::displayText(entry.group);
    case Octal:
        return entry.attributes.mode() ? entry.attributes.mode()->toOctal() : QString();
    case Kind:
        return kindText(entry);
    case LinkTarget:
        return base::displayText(entry.linkTarget);
    default:
        return timeText(entry.attributes.accessTime);
    }
}

QString FileListModel::toolTip(const files::FileEntry &entry) const
{
    QStringList lines{base::displayText(entry.name)};
    if (!entry.linkTarget.isEmpty()) {
        const QString target = base::displayText(entry.linkTarget);
        lines << (isBroken(entry) ? tr("Broken link to %1").arg(target)
                                  : tr("Link to %1").arg(target));
    }
    if (entry.attributes.size && !entry.isEnterable()) {
        lines << exactSizeText(*entry.attributes.size);
    }
    if (!entry.owner.isEmpty()) {
        lines << tr("Owner %1, group %2")
                     .arg(base::displayText(entry.owner), base::displayText(entry.group));
    }
    return lines.join(QLatin1Char('\n'));
}

QString permissionsText(const files::FileAttributes &attributes)
{
    const auto mode = attributes.mode();
    return mode ? typeLetter(attributes.type()) + mode->toSymbolic() : QString();
}

QString kindText(const files::FileEntry &entry)
{
    switch (entry.attributes.type()) {
    case files::FileType::Directory:
        return FileListModel::tr("Folder");
    case files::FileType::SymbolicLink:
        return isBroken(entry) ? FileListModel::tr("Broken link") : FileListModel::tr("Link");
    case files::FileType::Fifo:
        return FileListModel::tr("Pipe");
    case files::FileType::Socket:
        return FileListModel::tr("Socket");
    case files::FileType::CharacterDevice:
    case files::FileType::BlockDevice:
        return FileListModel::tr("Device");
    case files::FileType::Regular:
        break;
    case files::FileType::Unknown:
        return {};
    }
    constexpr qsizetype longestSuffix = 8; // what is longer is a part of the name
    const QByteArray suffix = entry.suffix();
    return suffix.isEmpty() || suffix.size() > longestSuffix
        ? FileListModel::tr("File")
        : FileListModel::tr("%1 file").arg(base::displayText(suffix.toUpper()));
}

QString timeText(std::optional<qint64> seconds)
{
    const QDateTime time = seconds ? QDateTime::fromSecsSinceEpoch(*seconds) : QDateTime();
    return time.isValid() ? time.toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
}

QString plainToolTip(const QString &text)
{
    return QStringLiteral("<qt>%1</qt>")
        .arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

} // namespace ui
