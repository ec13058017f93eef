// KnownHosts: what a set of known_hosts files says about hosts, and the place to add to them.
//
// A snapshot: it knows the files as they were when it was loaded or last appended to. Used once per
// connection, by the code that has to trust the server's key, and by the host-key manager.
// Host names are compared as OpenSSH does: as typed, in lower case, without asking the resolver.

#pragma once

#include "hostkeys/HostKeyVerdict.h"
#include "hostkeys/KnownHostsLine.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

namespace hostkeys {

class KnownHosts
{
public:
    enum class Role {
        Writable, // the user's: new keys go into the first of these
        ReadOnly, // the system's: never written
    };

    struct Source
    {
        QString path;
        Role role = Role::ReadOnly;

        // Read instead of a file: the keys that hold for this run of the program. `path` is then
        // what it is called.
        std::optional<QByteArray> text = std::nullopt;
    };

    // A line that speaks of a host, whatever it says.
    struct Entry
    {
        Location location;
        KnownHostsLine line;
        QByteArray bytes; // of the line, as in the file, without line feed
        Role role = Role::ReadOnly; // of its file
    };

    enum class NameForm {
        LikeFile, // hashed where the file's own names are, else plain
        Hashed,
    };

    // Reads all files; one that does not exist is empty. Fails if one cannot be read: nobody can
    // say then whether a key is known, so that the caller must refuse it.
    static base::Result<KnownHosts> load(const QList<Source> &sources);

    // What can be read of the files, and why the others cannot be. To look at, and to find out that
    // a key is changed or revoked: no key is known to be good while a file cannot be read.
    struct Survey;
    static Survey survey(const QList<Source> &sources);

    // Judges `key` for `host` (IPv6 addresses without brackets) and `port`:
    // - a @revoked line with this key, for the host with or without its port, wins over all;
    // - this key on a line makes it Ok, unless a @revoked line or one with an unknown marker cannot
    //   be read: that one may be about this key, so that the verdict is OtherType;
    // - another key of the same type makes it Changed, of any other type OtherType;
    // - a line of this host whose key cannot be read makes it OtherType: never Unknown;
    // - a port other than 22 with no line of its own is looked up as the plain host too, where only
    //   Ok and Revoked count. ssh(1) does the same.
    HostKeyVerdict check(QStringView host, quint16 port, const HostKey &key) const;

    // Types of the keys known for the host, each once, in file order. Asked for first in the key
    // exchange they keep a server with several keys from looking changed.
    QList<QByteArray> knownTypes(QStringView host, quint16 port) const;

    // All lines that speak of any host, in file order.
    QList<Entry> allEntries() const;

    // The lines that speak of the host under its own name, in file order. Sees through hashes.
    QList<Entry> entries(QStringView host, quint16 port) const;

    // Adds `key` to the first writable file, and loads the files again. Does nothing if the key is
    // known by now. Returns the file that has it. Fails with HostKeyMismatch if the host has become
    // known by another key of that type or the key was revoked, with InvalidName if the name cannot
    // stand in a known_hosts line, and with ReadOnly if no file is writable. May wait for a lock:
    // not for the UI thread.
    base::Result<QString> append(QStringView host, quint16 port, const HostKey &key,
                                 NameForm form = NameForm::LikeFile);

private:
    struct File
    {
        Source source;
        QList<Entry> lines; // comments and empty lines too
    };

    static base::Result<File> loadFile(const Source &source);

    template<typename Predicate>
    QList<Entry> entriesThat(Predicate isWanted) const;

    const File *firstWritable() const;
    base::Result<void> reload();

    QList<File> m_files;
};

struct KnownHosts::Survey
{
    KnownHosts hosts;
    QList<base::Error> unreadable; // `subject` is the file
};

} // namespace hostkeys
