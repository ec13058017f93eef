// ListedOwners: the names of users and groups that a file system's listings told, for entries of
// which only the numbers are known: an SFTP server has names in its listings alone
// (draft-ietf-secsh-filexfer-02, section 7: the long name).

#pragma once

#include "files/FileEntry.h"

#include <QHash>
#include <QList>
#include <QString>

namespace files {

class ListedOwners
{
public:
    void learn(const QList<FileEntry> &entries);

    // `entries` with names instead of numbers, where they are known.
    QList<FileEntry> completed(QList<FileEntry> entries) const;

private:
    QHash<quint32, QString> m_users;
    QHash<quint32, QString> m_groups;
};

} // namespace files
