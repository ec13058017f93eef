#include "transfer/TransferPlan.h"

#include "transfer/LaneBoard.h"

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using base::ErrorKind;
using files::FilePath;
using files::FileType;

bool hasLargeContents(const files::FileAttributes &attributes)
{
    return attributes.type() != FileType::SymbolicLink
        && attributes.size.value_or(0) >= LaneBoard::leastBytes;
}

// A loop of mounts or a hostile server could go on for ever.
constexpr qsizetype deepest = 100;
// One link that leads through another: a server may not tell where the first one really is.
constexpr qsizetype mostFollowed = 16;

// Equal for names that a file system may take for the same. It may be equal for others too: that
// only costs a look.
QByteArray folded(const QByteArray &name)
{
    const bool isAscii = std::ranges::all_of(name, [](char byte) { return (byte & 0x80) == 0; });
    return isAscii
        ? name.toLower()
        : QString::fromUtf8(name).normalized(QString::NormalizationForm_KC).toCaseFolded().toUtf8();
}

// Copying `target` in the place of a link would come upon that link again.
bool isLoop(const FilePath &target, const QList<FilePath> &trail)
{
    return std::ranges::any_of(
        trail, [&target](const FilePath &directory) { return target.contains(directory); });
}

} // namespace

bool isLarge(const PlannedItem &item)
{
    return hasLargeContents(item.entry.attributes);
}

void TransferPlan::addSource(PlannedItem source)
{
    notice(source, m_sources, source.target.first(source.target.size() - 1).join('/') + '/');
    add(std::move(source));
}

void TransferPlan::addContents(const PlannedItem &directory, DirectoryState targetState,
                               const sftp::DirectoryContents &contents)
{
    Lookalikes seen;
    Listed listed{directory, targetState};
    for (const files::FileEntry &entry : contents.entries) {
        PlannedItem item = itemIn(directory, targetState, entry);
        notice(item, seen, {});
        add(std::move(item), &listed);
    }
    if (!listed.files.empty()) {
        m_listed.push_back(std::move(listed));
    }
    for (const QByteArray &name : contents.rejectedNames) {
        ++m_filesFound;
        refuse({.source = directory.source.child(name),
                .target = directory.target + QByteArrayList{name}},
               ErrorKind::InvalidName, "use name");
    }
}

PlannedItem TransferPlan::itemIn(const PlannedItem &directory, DirectoryState targetState,
                                 const files::FileEntry &entry)
{
    return {directory.source.child(entry.name), entry,
            directory.target + QByteArrayList{entry.name}, targetState, directory.trail};
}

void TransferPlan::addFollowed(const PlannedItem &link, const FilePath &path,
                               const files::FileAttributes &attributes)
{
    PlannedItem item = link;
    item.source = path;
    item.entry.attributes = attributes;
    item.trail.append(link.source.parent());
    --m_filesFound; // it was counted as a link
    const bool isDirectory = attributes.type() == FileType::Directory;
    if (isDirectory && (isLoop(path, item.trail) || item.trail.size() > mostFollowed)) {
        ++m_filesFound;
        refuse(link, ErrorKind::Unsupported, "follow link", CopyObstacle::LinkInCircle);
    } else {
        add(std::move(item));
    }
}

// The first of several names keeps its turn. Those of other directories are no matter.
void TransferPlan::notice(PlannedItem &item, Lookalikes &seen, const QByteArray &directory)
{
    const QByteArray key = directory + folded(item.target.last());
    const auto known = seen.constFind(key);
    if (known == seen.cend()) {
        seen.insert(key, item.target.last());
    } else if (*known != item.target.last()) {
        item.lookalike = *known;
        item.parentState = DirectoryState::ExistedBefore; // so that the target is looked at
    }
}

void TransferPlan::add(PlannedItem item, Listed *listed)
{
    const FileType type = item.entry.attributes.type();
    if (type == FileType::Directory) {
        addDirectory(std::move(item));
        return;
    }
    const bool hasUnknownBits = type == FileType::Unknown && item.entry.attributes.permissions;
    ++m_filesFound;
    const bool isCopied = type == FileType::Regular || type == FileType::SymbolicLink
        || (type == FileType::Unknown && !hasUnknownBits);
    if (!isCopied) {
        refuse(item, ErrorKind::Unsupported, "copy special file", CopyObstacle::SpecialFile);
    } else if (!files::safeLocalName(item.target.last())) {
        refuse(item, ErrorKind::InvalidName, "use name");
    } else {
        m_bytesFound += type == FileType::Regular ? item.entry.attributes.size.value_or(0) : 0;
        addFile(std::move(item), listed);
    }
}

void TransferPlan::addFile(PlannedItem item, Listed *listed)
{
    if (!item.lookalike.isEmpty()) {
        m_lookalikes.push_back(std::move(item));
        return;
    }
    ++m_waitingFiles;
    if (listed != nullptr) {
        listed->files.push_back({std::move(item.entry.name), item.entry.attributes});
    } else {
        m_files.push_back(std::move(item));
    }
}

void TransferPlan::addDirectory(PlannedItem item)
{
    if (item.target.size() > deepest) {
        refuse(item, ErrorKind::Unsupported, "enter directory");
    } else if (!files::safeLocalName(item.target.last())) {
        refuse(item, ErrorKind::InvalidName, "use name");
    } else if (!item.lookalike.isEmpty()) {
        m_lookalikes.push_back(std::move(item));
    } else {
        m_directories.push_back(std::move(item));
    }
}

void TransferPlan::refuse(const PlannedItem &item, ErrorKind kind, const char *operation,
                          CopyObstacle obstacle)
{
    base::Error error;
    error.kind = kind;
    error.operation = QString::fromLatin1(operation);
    error.subject = item.source.toDisplay();
    m_failures.append({item.source, error, item.target, obstacle});
}

std::optional<PlannedItem> TransferPlan::takeDirectory()
{
    if (m_directories.empty()) {
        return std::nullopt;
    }
    PlannedItem item = std::move(m_directories.back());
    m_directories.pop_back();
    return item;
}

std::optional<PlannedItem> TransferPlan::takeFile()
{
    if (m_waitingFiles == 0) {
        return std::nullopt;
    }
    --m_waitingFiles;
    if (!m_files.empty()) {
        PlannedItem item = std::move(m_files.front());
        m_files.pop_front();
        return item;
    }
    Listed &listed = m_listed.front();
    files::FileEntry entry;
    entry.name = std::move(listed.files.front().name);
    entry.attributes = listed.files.front().attributes;
    PlannedItem item = itemIn(listed.directory, listed.targetState, entry);
    listed.files.pop_front();
    if (listed.files.empty()) {
        m_listed.pop_front();
    }
    return item;
}

bool TransferPlan::isNextFileLarge() const
{
    if (m_waitingFiles == 0) {
        return false;
    }
    return hasLargeContents(m_files.empty() ? m_listed.front().files.front().attributes
                                            : m_files.front().entry.attributes);
}

void TransferPlan::putBack(PlannedItem item)
{
    if (item.entry.attributes.type() == FileType::Directory) {
        m_directories.push_back(std::move(item));
    } else {
        ++m_waitingFiles;
        m_files.push_front(std::move(item));
    }
}

bool TransferPlan::releaseLookalike()
{
    if (m_lookalikes.empty()) {
        return false;
    }
    putBack(std::move(m_lookalikes.front()));
    m_lookalikes.pop_front();
    return true;
}

QList<FileFailure> TransferPlan::takeFailures()
{
    return std::exchange(m_failures, {});
}

} // namespace transfer
