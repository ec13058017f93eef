// SftpTree: the files of a ScriptedSftpServer, in memory. Paths are absolute bytes, "/" separates.
//
// Knows what POSIX would do where a client can tell: missing parents, links, full folders.

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <map>
#include <optional>

namespace tests {

struct SftpNode
{
    quint32 mode = 0100644; // type and permission bits as in struct stat
    QByteArray data = {}; // a file's content, a link's target
    quint32 uid = 1000;
    quint32 gid = 1000;
    quint32 mtime = 1'700'000'000; // seconds since 1970, UTC

    bool isFolder() const { return (mode & 0170000) == 0040000; }
    bool isLink() const { return (mode & 0170000) == 0120000; }
};

class SftpTree final
{
public:
    SftpTree(); // "/" alone

    // Names that differ in the case of their letters (ASCII) are one name then, as on a Mac.
    void setFolding(bool folds) { m_folds = folds; }

    // Makes the path absolute below `home` and takes ".", ".." and doubled slashes out; links stay.
    static QByteArray normalized(QByteArrayView path, QByteArrayView home);
    static QByteArray parentOf(const QByteArray &path);

    // The node itself, a link included; null if there is none. Valid until the node is removed.
    SftpNode *find(const QByteArray &path);
    const SftpNode *find(const QByteArray &path) const;

    // Where the path leads if its last part is a link, or a chain of up to eight.
    QByteArray resolved(const QByteArray &path) const;

    // False without a parent folder. Replaces what is there.
    bool put(const QByteArray &path, const SftpNode &node);
    void remove(const QByteArray &path); // alone: what is below stays
    void move(const QByteArray &from, const QByteArray &to); // with all that is below

    QByteArrayList namesIn(const QByteArray &folder) const; // sorted by bytes

private:
    QByteArray known(const QByteArray &path) const; // as it was made

    std::map<QByteArray, SftpNode> m_nodes;
    bool m_folds = false;
};

} // namespace tests
