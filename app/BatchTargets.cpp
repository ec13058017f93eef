#include "app/BatchTargets.h"

#include "app/ArgumentText.h"
#include "app/SessionTarget.h"
#include "base/DisplayText.h"
#include "ui/errors/OpenSshErrorText.h"

#include <QFile>

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

} // namespace

BatchTargets::BatchTargets(const profiles::ProfileStore &store, profiles::OpenSshConfig &openSsh,
                           ssh::AliasSettings::SettingsOf settingsOf)
    : m_store(store)
    , m_openSsh(openSsh)
    , m_hosts(store, &openSsh, std::move(settingsOf),
              [](const base::Error &error, const QString &alias) {
                  return ui::openSshErrorText(error, alias).toSentence();
              })
{
    connect(
        &m_hosts, &commands::FleetHosts::lossFound, this,
        [this](const ssh::AliasSettings &answer) { emit remarked(lostSettingsRemark(answer)); });
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
    if (!request.group.isEmpty()) {
        const Sessions sessions = commands::FleetHosts::inGroup(m_store, request.group);
        if (sessions.isEmpty()) {
            return usage(u"There is no saved session in a group %1."_s.arg(quoted(request.group)));
        }
        if (const auto added = addSessions(sessions, options); !added) {
            return added;
        }
    }
    if (request.tag.isEmpty()) {
        return {};
    }
    const Sessions sessions = commands::FleetHosts::withTag(m_store, request.tag);
    return sessions.isEmpty()
        ? usage(u"There is no saved session with the tag %1."_s.arg(quoted(request.tag)))
        : addSessions(sessions, options);
}

base::Result<void, UsageError> BatchTargets::add(const QString &name,
                                                 const ConnectionOptions &options)
{
    if (m_hosts.contains(name)) {
        return {};
    }
    const auto found = SessionTarget::find(name, options, m_store, m_openSsh.aliases());
    if (!found) {
        return usage(u"%1: %2"_s.arg(quoted(name), found.error().sentence));
    }
    QString shown = name;
    if (found->hadPassword) {
        emit remarked(SessionTarget::passwordRemark());
        shown = found->profile.address().toString(); // nobody sees it here either
    }
    m_hosts.addAddress(name, shown, found->profile);
    return {};
}

base::Result<void, UsageError> BatchTargets::addFile(const QByteArray &path,
                                                     const ConnectionOptions &options)
{
    const auto text = contents(path);
    if (!text) {
        return base::Failure(text.error());
    }
    const QStringList hosts = commands::FleetHosts::namesIn(*text);
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

base::Result<void, UsageError> BatchTargets::addSessions(const Sessions &sessions,
                                                         const ConnectionOptions &options)
{
    for (const profiles::Profile &session : sessions) {
        const auto profile = withOptions(session, options, m_store, m_openSsh.aliases());
        if (!profile) {
            return base::Failure(profile.error());
        }
        m_hosts.addSession(*profile);
    }
    return {};
}

} // namespace app
