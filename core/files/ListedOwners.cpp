#include "files/ListedOwners.h"

#include <optional>

namespace files {
namespace {

void learnName(QHash<quint32, QString> &names, std::optional<quint32> number, const QString &name)
{
    if (number && !name.isEmpty() && name != QString::number(*number)) {
        names.insert(*number, name);
    }
}

void complete(const QHash<quint32, QString> &names, std::optional<quint32> number, QString &name)
{
    if (number && (name.isEmpty() || name == QString::number(*number))) {
        name = names.value(*number, name);
    }
}

} // namespace

void ListedOwners::learn(const QList<FileEntry> &entries)
{
    for (const FileEntry &entry : entries) {
        learnName(m_users, entry.attributes.userId, entry.owner);
        learnName(m_groups, entry.attributes.groupId, entry.group);
    }
}

QList<FileEntry> ListedOwners::completed(QList<FileEntry> entries) const
{
    for (FileEntry &entry : entries) {
        complete(m_users, entry.attributes.userId, entry.owner);
        complete(m_groups, entry.attributes.groupId, entry.group);
    }
    return entries;
}

} // namespace files
