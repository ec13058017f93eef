// AliasSettings: how to connect to a session that is a host of OpenSSH's configuration, or leads
// through some of them. Asks OpenSSH about them, one after the other, at the moment of connecting.
//
// For one thread with an event loop.

#pragma once

#include "profiles/OpenSshResolution.h"
#include "ssh/ProfileSettings.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QStringList>

#include <functional>

namespace profiles {
class OpenSshConfig;
}

namespace ssh {

class AliasSettings final : public QObject
{
    Q_OBJECT

public:
    // As settingsFor() gives them, with what the program adds.
    using SettingsOf = std::function<ConnectionSettings(const profiles::Profile &profile,
                                                        const AliasHosts &aliases)>;

    // `config` is borrowed.
    AliasSettings(profiles::OpenSshConfig &config, SettingsOf settingsOf,
                  QObject *parent = nullptr);
    ~AliasSettings() override; // cancels

    // False if the session needs no such host. Otherwise resolved() or failed() follows, unless
    // cancel() comes first.
    bool start(const profiles::Profile &profile, const ProfileLookup &lookup);
    void cancel();

    // Which are asked about, from start() on.
    QStringList aliases() const;

    // What is configured and means nothing to us: see ssh::notHonored(). Once it is resolved.
    QStringList notHonored() const;

signals:
    void resolved(const ssh::ConnectionSettings &settings);

    // Of `alias`. As OpenSshConfig::resolve() and settingsForOpenSsh() fail.
    void failed(const base::Error &error, const QString &alias);

private:
    struct Need
    {
        QString alias;
        profiles::OpenSshPurpose purpose;
    };

    void need(const QString &alias, profiles::OpenSshPurpose purpose);
    void follow(const profiles::Profile &profile, const ProfileLookup &lookup,
                QStringList &visited);
    void askNext();
    void handleAnswer(const base::Result<profiles::OpenSshHost> &host);
    void finish();

    profiles::OpenSshConfig &m_config;
    const SettingsOf m_settingsOf;
    profiles::Profile m_profile;
    QList<Need> m_needs; // the first is that of the session itself, if it is one
    AliasHosts m_hosts; // that were told so far
    QFuture<base::Result<profiles::OpenSshHost>> m_answer; // while it is waited for
};

} // namespace ssh
