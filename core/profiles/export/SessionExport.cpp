#include "profiles/export/SessionExport.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/OpenSshConfigScan.h"
#include "profiles/ProfileStore.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using JumpHost = ProfileRoute::JumpHost;

// ---- What all formats share

bool isChosen(const QList<Profile> &sessions, const Profile::Id &id)
{
    return std::ranges::contains(sessions, id, &Profile::id);
}

// A jump host that is not among the sessions, as an address. Absent if it is nowhere any more.
std::optional<TargetAddress> addressOf(const JumpHost &host, const ProfileStore &store)
{
    const auto *reference = std::get_if<ProfileReference>(&host);
    if (reference == nullptr) {
        return std::get<TargetAddress>(host);
    }
    if (const QString alias = OpenSshConfig::aliasOf(*reference); !alias.isEmpty()) {
        TargetAddress address;
        address.host = alias;
        return address;
    }
    const auto saved = store.find(reference->id);
    return saved ? std::optional(EffectiveProfile::of(*saved, store).profile.address())
                 : std::nullopt;
}

bool hasBreak(const QString &text)
{
    return text.contains(u'\n') || text.contains(u'\r') || text.contains(QChar(u'\0'));
}

// ---- Ours

Profile withOwnRoute(Profile profile, const QList<Profile> &sessions, const ProfileStore &store)
{
    for (JumpHost &host : profile.route.jumpHosts) {
        const auto *reference = std::get_if<ProfileReference>(&host);
        const bool isInside = reference != nullptr && isChosen(sessions, reference->id);
        if (const auto address = isInside ? std::nullopt : addressOf(host, store)) {
            host = *address;
        }
    }
    return profile;
}

SessionExport pontoFile(const QList<Profile> &sessions, const ProfileStore &store)
{
    QJsonArray entries;
    QJsonObject groups;
    for (const Profile &profile : sessions) {
        entries.append(withOwnRoute(profile, sessions, store).toJson({}));
        for (QString path = profile.group; !path.isEmpty(); path = parentGroup(path)) {
            const Profile defaults = withOwnRoute(store.groupDefaults(path), sessions, store);
            QJsonObject object = defaults.toJson({});
            object.remove("id"_L1);
            object.remove("host"_L1);
            groups.insert(path, object);
        }
    }
    const QJsonObject root{{u"version"_s, 1}, {u"profiles"_s, entries}, {u"groups"_s, groups}};
    return {QJsonDocument(root).toJson(QJsonDocument::Indented), sessions.size(), {}};
}

// ---- OpenSSH

// An argument of ssh_config(5).
QString quoted(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

// Where "%" begins a token there.
QString withoutTokens(QString text)
{
    return text.replace(u'%', u"%%"_s);
}

class ConfigWriter
{
public:
    ConfigWriter(const QList<Profile> &sessions, const ProfileStore &store)
        : m_store(store)
    {
        for (const Profile &profile : sessions) {
            m_sessions.append(EffectiveProfile::of(profile, store).profile);
            m_aliases.insert(profile.id, freeAlias(profile));
        }
    }

    SessionExport run()
    {
        SessionExport result;
        for (const Profile &profile : std::as_const(m_sessions)) {
            m_lines.clear();
            if (!write(profile)) {
                result.leftOut.append(profile.title());
                continue;
            }
            ++result.count;
            result.content += m_lines.join(u'\n').toUtf8() + "\n\n";
        }
        return result;
    }

private:
    // The name, with "-" for what no alias may have, and a number if it is taken.
    QString freeAlias(const Profile &profile)
    {
        QString alias;
        for (const QChar c : profile.name.isEmpty() ? profile.host : profile.name) {
            alias += isAcceptableAlias(u'x' + QString(c)) && c != u'/' ? c : QChar(u'-');
        }
        alias = isAcceptableAlias(alias) ? alias : u"session"_s;
        QString result = alias;
        for (int number = 2; m_taken.contains(result.toLower()); ++number) {
            result = alias + u'-' + QString::number(number);
        }
        m_taken.insert(result.toLower());
        return result;
    }

    void line(QLatin1StringView keyword, const QString &value)
    {
        m_lines.append(u"    "_s + keyword + u' ' + value);
    }

    bool write(const Profile &profile)
    {
        const QStringList values
            = QStringList{profile.startupCommand, profile.identityAgent, profile.route.proxyCommand}
            + profile.identityFiles + profile.environment;
        if (profile.route.proxy || std::ranges::any_of(values, hasBreak)) {
            return false;
        }
        for (const QString &note : profile.notes.split(u'\n', Qt::SkipEmptyParts)) {
            m_lines.append(u"# "_s + QString(note).remove(u'\r'));
        }
        m_lines.append(u"Host "_s + m_aliases.value(profile.id));
        line("HostName"_L1, withoutTokens(profile.host));
        if (!profile.user.isEmpty()) {
            line("User"_L1, quoted(profile.user));
        }
        if (profile.port != Profile().port) {
            line("Port"_L1, QString::number(profile.port));
        }
        writeLogin(profile);
        writeTransport(profile);
        writeShell(profile);
        return writeRoute(profile);
    }

    void writeLogin(const Profile &profile)
    {
        for (const QString &file : profile.identityFiles) {
            line("IdentityFile"_L1, quoted(withoutTokens(file)));
        }
        if (profile.identitiesOnly) {
            line("IdentitiesOnly"_L1, u"yes"_s);
        }
        if (!profile.useAgent) {
            line("IdentityAgent"_L1, u"none"_s);
        } else if (!profile.identityAgent.isEmpty()) {
            line("IdentityAgent"_L1, quoted(profile.identityAgent));
        }
        if (profile.loginOrder != defaultLoginOrder()) {
            line("PreferredAuthentications"_L1, names(profile.loginOrder).join(u','));
        }
        if (profile.hostKeyPolicy == hostkeys::HostKeyPolicy::Reject) {
            line("StrictHostKeyChecking"_L1, u"yes"_s);
        } else if (profile.hostKeyPolicy == hostkeys::HostKeyPolicy::AutoAdd) {
            line("StrictHostKeyChecking"_L1, u"accept-new"_s);
        }
    }

    void writeTransport(const Profile &profile)
    {
        if (profile.transport.compress) {
            line("Compression"_L1, u"yes"_s);
        }
        if (profile.transport.keepAliveInterval) {
            line("ServerAliveInterval"_L1,
                 QString::number(profile.transport.keepAliveInterval->count()));
        }
        if (profile.transport.keepAliveCount) {
            line("ServerAliveCountMax"_L1, QString::number(*profile.transport.keepAliveCount));
        }
        if (profile.route.addressFamily != base::AddressFamily::Any) {
            line("AddressFamily"_L1,
                 profile.route.addressFamily == base::AddressFamily::IPv4 ? u"inet"_s : u"inet6"_s);
        }
        if (!profile.route.bindAddress.isEmpty()) {
            line("BindAddress"_L1, profile.route.bindAddress);
        }
    }

    void writeShell(const Profile &profile)
    {
        if (profile.forwardAgent) {
            line("ForwardAgent"_L1, u"yes"_s);
        }
        QStringList variables; // of several SetEnv lines only the first counts
        std::ranges::transform(profile.environment, std::back_inserter(variables), quoted);
        if (!variables.isEmpty()) {
            line("SetEnv"_L1, variables.join(u' '));
        }
        for (const Forward &forward : profile.forwards) {
            if (!forward.startsWithSession) {
                continue;
            }
            const QString listen = forward.listen.toString();
            switch (forward.kind) {
            case Forward::Kind::Local:
                line("LocalForward"_L1, listen + u' ' + forward.target.toString());
                break;
            case Forward::Kind::Remote:
                line("RemoteForward"_L1, listen + u' ' + forward.target.toString());
                break;
            case Forward::Kind::Dynamic:
                line("DynamicForward"_L1, listen);
                break;
            }
        }
        if (!profile.startupCommand.isEmpty()) {
            line("RequestTTY"_L1, u"yes"_s);
            line("RemoteCommand"_L1, withoutTokens(profile.startupCommand));
        }
    }

    bool writeRoute(const Profile &profile)
    {
        QStringList chain;
        for (const JumpHost &host : profile.route.jumpHosts) {
            const auto *reference = std::get_if<ProfileReference>(&host);
            if (reference != nullptr && m_aliases.contains(reference->id)) {
                chain.append(m_aliases.value(reference->id));
                continue;
            }
            auto address = addressOf(host, m_store);
            if (!address) {
                return false;
            }
            if (address->port == Profile().port) {
                address->port.reset();
            }
            // Only with brackets OpenSSH knows where an IPv6 address ends.
            const bool isBare = address->host.contains(u':') && !address->port;
            chain.append(isBare ? (address->user.isEmpty() ? QString() : address->user + u'@')
                                 + u'[' + address->host + u']'
                                : address->toString());
        }
        if (!chain.isEmpty()) {
            line("ProxyJump"_L1, chain.join(u','));
        }
        if (!profile.route.proxyCommand.isEmpty()) {
            line("ProxyCommand"_L1, profile.route.proxyCommand);
        }
        return true;
    }

    const ProfileStore &m_store;
    QList<Profile> m_sessions; // with what they inherit
    QHash<Profile::Id, QString> m_aliases;
    QSet<QString> m_taken;
    QStringList m_lines;
};

// ---- A table

// RFC 4180. What a spreadsheet would take for a formula gets an apostrophe, which says that it is
// text: a name may come from somebody else.
QString field(QString text)
{
    if (!text.isEmpty() && QStringView(u"=+-@").contains(text.front())) {
        text.prepend(u'\'');
    }
    const bool isPlain = !text.contains(u',') && !text.contains(u'"') && !hasBreak(text);
    return isPlain ? text : u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

SessionExport table(const QList<Profile> &sessions, const ProfileStore &store)
{
    SessionExport result;
    result.content = "Name,Group,Host,Port,User,Key files,Jump hosts,Tags,Environment,Color,Notes"
                     "\r\n";
    for (const Profile &session : sessions) {
        const Profile profile = EffectiveProfile::of(session, store).profile;
        QStringList chain;
        for (const JumpHost &host : profile.route.jumpHosts) {
            if (const auto address = addressOf(host, store)) {
                chain.append(address->toString());
            }
        }
        const bool isWhole = chain.size() == profile.route.jumpHosts.size();
        if (!isWhole || profile.route.proxy || !profile.route.proxyCommand.isEmpty()) {
            result.leftOut.append(profile.title());
            continue;
        }
        QStringList fields{profile.name,
                           profile.group,
                           profile.host,
                           QString::number(profile.port),
                           profile.user,
                           profile.identityFiles.join(u'\n'),
                           chain.join(u", "_s),
                           profile.tags.join(u"; "_s),
                           QString(name(profile.environmentClass)),
                           profile.color,
                           profile.notes};
        std::ranges::transform(fields, fields.begin(), field);
        result.content += fields.join(u',').toUtf8() + "\r\n";
        ++result.count;
    }
    return result;
}

} // namespace

SessionExport SessionExport::make(ExportFormat format, const QList<Profile> &sessions,
                                  const ProfileStore &store)
{
    switch (format) {
    case ExportFormat::Ponto:
        return pontoFile(sessions, store);
    case ExportFormat::OpenSsh:
        return ConfigWriter(sessions, store).run();
    case ExportFormat::Csv:
        return table(sessions, store);
    }
    return {};
}

} // namespace profiles
