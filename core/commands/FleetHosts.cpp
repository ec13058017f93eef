#include "commands/FleetHosts.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"

#include <algorithm>
#include <utility>

namespace commands {
namespace {

template<typename Condition>
QList<profiles::Profile> sessionsOf(const profiles::ProfileStore &store, Condition isMeant)
{
    QList<profiles::Profile> found;
    for (const profiles::Profile &session : store.profiles()) {
        const profiles::Profile effective = profiles::EffectiveProfile::of(session, store).profile;
        if (isMeant(effective)) {
            found.append(effective);
        }
    }
    return found;
}

} // namespace

FleetHosts::FleetHosts(const profiles::ProfileStore &store, profiles::OpenSshConfig *openSsh,
                       ssh::AliasSettings::SettingsOf settingsOf, SentenceOf sentenceOf,
                       QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_openSsh(openSsh)
    , m_settingsOf(std::move(settingsOf))
    , m_sentenceOf(std::move(sentenceOf))
{
}

QList<profiles::Profile> FleetHosts::inGroup(const profiles::ProfileStore &store,
                                             const QString &group)
{
    return sessionsOf(store, [&](const profiles::Profile &session) {
        return session.group == group || session.group.startsWith(group + u'/');
    });
}

QList<profiles::Profile> FleetHosts::withTag(const profiles::ProfileStore &store,
                                             const QString &tag)
{
    return sessionsOf(store, [&](const profiles::Profile &session) {
        return session.tags.contains(tag, Qt::CaseInsensitive);
    });
}

QStringList FleetHosts::namesIn(const QByteArray &text)
{
    QStringList names;
    for (const QByteArray &line : text.split('\n')) {
        const QByteArray name = line.split('#').first().trimmed();
        if (!name.isEmpty()) {
            names.append(QString::fromUtf8(name));
        }
    }
    return names;
}

void FleetHosts::addAddress(const QString &givenName, const QString &name,
                            const profiles::Profile &profile)
{
    if (m_names.contains(givenName)) {
        return;
    }
    m_names.insert(givenName);
    const bool isSaved = m_store.find(profile.id).has_value();
    if (isSaved) {
        if (m_sessions.contains(profile.id)) {
            return;
        }
        m_sessions.insert(profile.id);
    }
    append(name, profile, isSaved);
}

void FleetHosts::addSession(const profiles::Profile &profile)
{
    if (m_sessions.contains(profile.id)) {
        return;
    }
    m_sessions.insert(profile.id);
    const QString name = profile.title();
    append(m_names.contains(name) ? QStringLiteral("%1 [%2]").arg(name, profile.group) : name,
           profile, true);
}

void FleetHosts::append(const QString &name, const profiles::Profile &profile, bool isSaved)
{
    m_names.insert(name);
    m_hosts.append({name, profile, isSaved});
}

QStringList FleetHosts::names() const
{
    QStringList result;
    std::ranges::transform(m_hosts, std::back_inserter(result), &FleetHost::name);
    return result;
}

QString FleetHosts::listing(const QByteArray &command) const
{
    QString text;
    for (const FleetHost &host : m_hosts) {
        const QStringList columns{host.name, host.profile.address().toString(),
                                  QString::fromUtf8(command)};
        QStringList shown;
        std::ranges::transform(columns, std::back_inserter(shown),
                               [](const QString &column) { return base::displayText(column); });
        text += shown.join(u'\t') + u'\n';
    }
    return text;
}

void FleetHosts::resolve(qsizetype index, const CommandBatch::Resolved &resolved)
{
    const profiles::Profile &profile = m_hosts.at(index).profile;
    if (m_openSsh == nullptr) {
        resolved(m_settingsOf(profile, {}));
        return;
    }
    auto *question = new ssh::AliasSettings(*m_openSsh, m_settingsOf, this);
    connect(question, &ssh::AliasSettings::resolved, this,
            [this, question, resolved](const ssh::ConnectionSettings &settings) {
                question->deleteLater();
                if (!question->notHonored().isEmpty()) {
                    emit lossFound(*question);
                }
                resolved(settings);
            });
    connect(question, &ssh::AliasSettings::failed, this,
            [this, question, resolved](const base::Error &error, const QString &alias) {
                question->deleteLater();
                resolved(base::Failure(m_sentenceOf(error, alias)));
            });
    if (!question->start(profile, ssh::effectiveProfiles(m_store))) {
        question->deleteLater();
        resolved(m_settingsOf(profile, {}));
    }
}

} // namespace commands
