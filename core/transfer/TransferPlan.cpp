#include "transfer/TransferPlan.h"

#include <utility>

namespace transfer {
namespace {

using base::ErrorKind;
using files::FilePath;
using files::FileType;

// A loop of mounts or a hostile server could go on for ever.
constexpr qsizetype deepest = 100;

} // namespace

void TransferPlan::addSource(const FilePath &source, const files::FileEntry &entry,
                             const QByteArray &name)
{
    add({source, entry, {name}});
}

void TransferPlan::addContents(const PlannedItem &directory, DirectoryState targetState,
                               const sftp::DirectoryContents &contents)
{
    for (const files::FileEntry &entry : contents.entries) {
        add({directory.source.child(entry.name), entry,
             directory.target + QByteArrayList{entry.name}, targetState});
    }
    for (const QByteArray &name : contents.rejectedNames) {
        ++m_filesFound;
        refuse(directory.source.child(name), ErrorKind::InvalidName, "use name");
    }
}

void TransferPlan::add(PlannedItem item)
{
    const FileType type = item.entry.attributes.type();
    const bool hasUnknownBits = type == FileType::Unknown && item.entry.attributes.permissions;
    if (type == FileType::Directory) {
        if (item.target.size() > deepest) {
            refuse(item.source, ErrorKind::Unsupported, "enter directory");
        } else if (!files::safeLocalName(item.target.last())) {
            refuse(item.source, ErrorKind::InvalidName, "use name");
        } else {
            m_directories.push_back(std::move(item));
        }
        return;
    }
    ++m_filesFound;
    const bool isCopied = type == FileType::Regular || type == FileType::SymbolicLink
        || (type == FileType::Unknown && !hasUnknownBits);
    if (!isCopied) {
        refuse(item.source, ErrorKind::Unsupported, "copy special file");
    } else if (!files::safeLocalName(item.target.last())) {
        refuse(item.source, ErrorKind::InvalidName, "use name");
    } else {
        m_bytesFound += type == FileType::Regular ? item.entry.attributes.size.value_or(0) : 0;
        m_files.push_back(std::move(item));
    }
}

void TransferPlan::refuse(const FilePath &source, ErrorKind kind, const char *operation)
{
    base::Error error;
    error.kind = kind;
    error.operation = QString::fromLatin1(operation);
    error.subject = source.toDisplay();
    m_failures.append({source, error});
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
    if (m_files.empty()) {
        return std::nullopt;
    }
    PlannedItem item = std::move(m_files.front());
    m_files.pop_front();
    return item;
}

QList<FileFailure> TransferPlan::takeFailures()
{
    return std::exchange(m_failures, {});
}

} // namespace transfer
