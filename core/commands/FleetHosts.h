// FleetHosts: the servers that one command is for: which they are, each once, and how to connect to
// each. Used by `ponto exec` on many and by the window for many servers.

#pragma once

#include "commands/CommandBatch.h"
#include "profiles/Profile.h"
#include "ssh/AliasSettings.h"

#include <QList>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <functional>

namespace profiles {
class OpenSshConfig;
class ProfileStore;
} // namespace profiles

namespace commands {

struct FleetHost
{
    QString name; // as the user calls it
    profiles::Profile profile; // with all that it inherits

    // The session was saved; false for an address that was typed, and an alias of OpenSSH's.
    bool isSaved = false;
};

class FleetHosts final : public QObject
{
    Q_OBJECT

public:
    // Why OpenSSH's configuration gave no answer for an alias, in a sentence.
    using SentenceOf = std::function<QString(const base::Error &error, const QString &alias)>;

    // All are borrowed. Without `openSsh` there are no aliases.
    FleetHosts(const profiles::ProfileStore &store, profiles::OpenSshConfig *openSsh,
               ssh::AliasSettings::SettingsOf settingsOf, SentenceOf sentenceOf,
               QObject *parent = nullptr);

    // The saved sessions of a group and of the groups below it, and those with a tag, compared
    // without case; with what they inherit.
    static QList<profiles::Profile> inGroup(const profiles::ProfileStore &store,
                                            const QString &group);
    static QList<profiles::Profile> withTag(const profiles::ProfileStore &store,
                                            const QString &tag);

    // One in a line of a list, without what follows a "#".
    static QStringList namesIn(const QByteArray &text);

    // Has `name` been taken, as an address or as the name of a session?
    bool contains(const QString &name) const { return m_names.contains(name); }

    // Nothing changes if it is in already. `givenName` is what the user has called it, if that is
    // not its name: an address without a name of its own.
    void addAddress(const QString &givenName, const QString &name,
                    const profiles::Profile &profile);

    // Sessions are told apart by themselves, not by their names: two may have the same one.
    void addSession(const profiles::Profile &profile);

    const QList<FleetHost> &hosts() const { return m_hosts; }
    QStringList names() const;

    // "NAME\tADDRESS\tCOMMAND\n" for each, safe to print.
    QString listing(const QByteArray &command) const;

    // Asks OpenSSH's configuration where it is concerned, so the answer may come later.
    void resolve(qsizetype index, const CommandBatch::Resolved &resolved);

signals:
    // Something of OpenSSH's configuration has no effect.
    void lossFound(const ssh::AliasSettings &answer);

private:
    void append(const QString &name, const profiles::Profile &profile, bool isSaved);

    const profiles::ProfileStore &m_store;
    profiles::OpenSshConfig *m_openSsh;
    ssh::AliasSettings::SettingsOf m_settingsOf;
    SentenceOf m_sentenceOf;
    QList<FleetHost> m_hosts;
    QSet<QString> m_names; // as they were given, and as they are shown
    QSet<profiles::Profile::Id> m_sessions;
};

} // namespace commands
