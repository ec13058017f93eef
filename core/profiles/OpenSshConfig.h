// OpenSshConfig: the aliases of the user's OpenSSH configuration, as sessions to choose from, and
// what they mean at the moment of connecting. Follows changes of the files.
//
// For one thread with an event loop; files are read on a pool thread.

#pragma once

#include "base/Result.h"
#include "profiles/OpenSshConfigScan.h"
#include "profiles/OpenSshHost.h"
#include "profiles/OpenSshResolution.h"
#include "profiles/Profile.h"

#include <QFileSystemWatcher>
#include <QFuture>
#include <QObject>
#include <QTimer>

namespace profiles {

class OpenSshConfig final : public QObject
{
    Q_OBJECT

public:
    // `program` is OpenSSH's client; empty if it is not installed. Reads nothing before reload().
    OpenSshConfig(OpenSshPlace place, QString program, QObject *parent = nullptr);

    // The path of `ssh`, or nothing.
    static QString installedClient();

    // Empty until changed() for the first time.
    const QStringList &aliases() const { return m_scan.aliases; }
    const QStringList &unreadable() const { return m_scan.unreadable; } // files

    // Without the client only plain Host blocks count.
    bool hasClient() const { return !m_program.isEmpty(); }

    // Reads again, also later whenever a file has changed.
    void reload();

    // Reads now, and waits for it: for programs without a window.
    void load();

    // What the configuration says now, about jump hosts too. Runs `ssh -G` if there is one: see
    // OpenSshResolution for the failures. Cancel the future to end it.
    QFuture<base::Result<OpenSshHost>> resolve(const QString &alias,
                                               OpenSshPurpose purpose = OpenSshPurpose::Target);

    // A session for the alias, saved in no store: its id says where it is from.
    static Profile profileFor(const QString &alias);

    // The alias of such a session; empty for all others.
    static QString aliasOf(const Profile &profile);

    // The same for jump hosts.
    static ProfileReference referenceTo(const QString &alias);
    static QString aliasOf(const ProfileReference &reference);

signals:
    void changed(); // aliases() or unreadable() did

private:
    void adopt(const OpenSshConfigScan &scan);
    void watch();

    const OpenSshPlace m_place;
    const QString m_program;
    OpenSshConfigScan m_scan;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; // several changes become one scan
};

} // namespace profiles
