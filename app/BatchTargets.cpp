#include "app/BatchTargets.h"

#include "app/ArgumentText.h"
#include "app/ExecArguments.h"
#include "app/SessionTarget.h"
#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "ssh/ProfileSettings.h"
#include "ui/errors/OpenSshErrorText.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qint64 longestHostsFile = qint64{4} * 1024 * 1024; // bytes

base::Result<QByteArray, UsageError> contents(const QByteArray &path)
{
    const bool isInput = path == "-";
    QFile file(QFile::decodeName(path));
    const bool isOpen
        = isInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return usage(u"%1 cannot be read: %2"_s.arg(quoted(QString::fromUtf8(path)),
                                                    base::displayText(file.errorString())));
    }
    QByteArray text = file.read(longestHostsFile + 1);
    if (text.size() > longestHostsFile) {
        return usage(
            u"%1 is too long for a list of servers."_s.arg(quoted(QString::fromUtf8(path))));
    }
    return text;
}

bool isIn(const QString &group, const profiles::Profile &profile)
{
    return profile.group == group || profile.group.startsWith(group + u'/');
}

} // namespace

BatchTargets::BatchTargets(const profiles::ProfileStore &store, profiles::OpenSshConfig &openSsh,
                           ssh::AliasSettings::SettingsOf settingsOf)
    : m_store(store)
    , m_openSsh(openSsh)
    , m_settingsOf(std::move(settingsOf))
{
}

base::Result<void, UsageError> BatchTargets::find(const BatchRequest &request,
                                                  const ConnectionOptions &options)
{
    for (const QString &name : request.targets) {
        if (const auto added = add(name, options); !added) {
            return added;
        }
    }
    if (!request.hostsFile.isEmpty()) {
        if (const auto added = addFile(request.hostsFile, options); !added) {
            return added;
        }
    }
    return request.group.isEmpty() ? base::Result<void, UsageError>()
                                   : addGroup(request.group, options);
}

base::Result<void, UsageError> BatchTargets::add(const QString &name,
                                                 const ConnectionOptions &options)
{
    if (m_names.contains(name)) {
        return {};
    }
    const auto found = SessionTarget::find(name, options, m_store, m_openSsh.aliases());
    if (!found) {
        return usage(u"%1: %2"_s.arg(quoted(name), found.error().sentence));
    }
    m_names.insert(name);
    if (found->hadPassword) {
        emit remarked(SessionTarget::passwordRemark());
        append(found->profile.address().toString(), found->profile); // nobody sees it here either
    } else {
        append(name, found->profile);
    }
    return {};
}

base::Result<void, UsageError> BatchTargets::addFile(const QByteArray &path,
                                                     const ConnectionOptions &options)
{
    const auto text = contents(path);
    if (!text) {
        return base::Failure(text.error());
    }
    const QStringList hosts = hostsIn(*text);
    if (hosts.isEmpty()) {
        return usage(u"%1 lists no server."_s.arg(quoted(QString::fromUtf8(path))));
    }
    for (const QString &host : hosts) {
        if (const auto added = add(host, options); !added) {
            return added;
        }
    }
    return {};
}

// By themselves, not by their names: two sessions may have the same one.
base::Result<void, UsageError> BatchTargets::addGroup(const QString &group,
                                                      const ConnectionOptions &options)
{
    bool hasAny = false;
    for (const profiles::Profile &session : m_store.profiles()) {
        if (!isIn(group, session)) {
            continue;
        }
        hasAny = true;
        const auto effective = profiles::EffectiveProfile::of(session, m_store).profile;
        const auto profile = withOptions(effective, options, m_store, m_openSsh.aliases());
        if (!profile) {
            return base::Failure(profile.error());
        }
        const QString name = session.title();
        append(m_names.contains(name) ? u"%1 [%2]"_s.arg(name, session.group) : name, *profile);
    }
    return hasAny ? base::Result<void, UsageError>()
                  : usage(u"There is no saved session in a group %1."_s.arg(quoted(group)));
}

void BatchTargets::append(const QString &name, const profiles::Profile &profile)
{
    m_names.insert(name);
    m_targets.append({name, profile});
}

QStringList BatchTargets::names() const
{
    QStringList result;
    std::ranges::transform(m_targets, std::back_inserter(result), &Target::name);
    return result;
}

QString BatchTargets::listing(const QByteArray &command) const
{
    QString text;
    for (const Target &target : m_targets) {
        const QStringList columns{target.name, target.profile.address().toString(),
                                  QString::fromUtf8(command)};
        QStringList shown;
        std::ranges::transform(columns, std::back_inserter(shown),
                               [](const QString &column) { return base::displayText(column); });
        text += shown.join(u'\t') + u'\n';
    }
    return text;
}

void BatchTargets::resolve(qsizetype index, const Resolved &resolved)
{
    const profiles::Profile &profile = m_targets.at(index).profile;
    auto *question = new ssh::AliasSettings(m_openSsh, m_settingsOf, this);
    connect(question, &ssh::AliasSettings::resolved, this,
            [this, question, resolved](const ssh::ConnectionSettings &settings) {
                question->deleteLater();
                if (const QString lost = lostSettingsRemark(*question); !lost.isEmpty()) {
                    emit remarked(lost);
                }
                resolved(settings);
            });
    connect(question, &ssh::AliasSettings::failed, this,
            [question, resolved](const base::Error &error, const QString &alias) {
                question->deleteLater();
                resolved(base::Failure(ui::openSshErrorText(error, alias).toSentence()));
            });
    if (!question->start(profile, ssh::effectiveProfiles(m_store))) {
        question->deleteLater();
        resolved(m_settingsOf(profile, {}));
    }
}

} // namespace app
