// BatchTargets: the servers of `ponto exec` on many: which they are, and how to connect to each.

#pragma once

#include "app/CommandLine.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "ssh/AliasSettings.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace app {

class BatchTargets final : public QObject
{
    Q_OBJECT

public:
    // The settings, or why there are none in a sentence.
    using How = base::Result<ssh::ConnectionSettings, QString>;
    using Resolved = std::function<void(const How &how)>;

    // All are borrowed. `settingsOf` adds what the command line says to the settings of a session.
    BatchTargets(const profiles::ProfileStore &store, profiles::OpenSshConfig &openSsh,
                 ssh::AliasSettings::SettingsOf settingsOf);

    // Finds all that is asked for, each once. The first one that is no server is told, and a group
    // or file without any.
    base::Result<void, UsageError> find(const BatchRequest &request,
                                        const ConnectionOptions &options);

    QStringList names() const; // as the user calls them

    // "NAME\tADDRESS\tCOMMAND\n" for each, safe to print.
    QString listing(const QByteArray &command) const;

    // Asks OpenSSH's configuration where it is concerned, so the answer may come later.
    void resolve(qsizetype index, const Resolved &resolved);

signals:
    void remarked(const QString &sentence); // by find() and resolve(), safe to print

private:
    struct Target
    {
        QString name;
        profiles::Profile profile; // with the options applied
    };

    base::Result<void, UsageError> add(const QString &name, const ConnectionOptions &options);
    base::Result<void, UsageError> addFile(const QByteArray &path,
                                           const ConnectionOptions &options);
    base::Result<void, UsageError> addGroup(const QString &group, const ConnectionOptions &options);
    void append(const QString &name, const profiles::Profile &profile);

    const profiles::ProfileStore &m_store;
    profiles::OpenSshConfig &m_openSsh;
    ssh::AliasSettings::SettingsOf m_settingsOf;
    QList<Target> m_targets;
    QSet<QString> m_names; // as they were given, and as they are shown
};

} // namespace app
