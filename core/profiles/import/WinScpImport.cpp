#include "profiles/import/WinScpImport.h"

#include "profiles/TargetName.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;

constexpr qsizetype longestLine = qsizetype{64} * 1024;

// FSProtocol, as TFSProtocol in WinSCP's source numbers it. All that are not in here go over SSH.
QString foreignProtocol(const QString &number)
{
    static const QHash<QString, QString> names{
        {u"5"_s, u"FTP"_s}, {u"6"_s, u"WebDAV"_s}, {u"7"_s, u"S3"_s}};
    static const QStringList overSsh{QString(), u"0"_s, u"1"_s, u"2"_s};
    return overSsh.contains(number) ? QString() : names.value(number, u"FSProtocol="_s + number);
}

// Values as they stand in the file; each is decoded where it is used.
class Section
{
public:
    void insert(QByteArrayView line)
    {
        const qsizetype equals = line.indexOf('=');
        if (equals > 0) {
            m_values.insert(line.first(equals).toByteArray(),
                            line.sliced(equals + 1).toByteArray());
        }
    }

    void clear() { m_values.clear(); }
    QString text(const char *name) const { return withoutPercent(m_values.value(name)); }

private:
    QHash<QByteArray, QByteArray> m_values;
};

void takeRoute(ImportedSession &session, const Section &section)
{
    if (section.text("Tunnel") == "1"_L1) {
        session.addJumpHost(section.text("TunnelHostName"), section.text("TunnelUserName"),
                            section.text("TunnelPortNumber"));
        session.lose(u"TunnelPublicKeyFile"_s, section.text("TunnelPublicKeyFile"));
    }
    // ProxyMethod: 2 is SOCKS 5, 3 HTTP; 1 is SOCKS 4, and the rest programs.
    const QString method = section.text("ProxyMethod");
    if (method.isEmpty() || method == "0"_L1) {
        return;
    }
    base::ProxyAddress proxy;
    proxy.kind
        = method == "2"_L1 ? base::ProxyAddress::Kind::Socks5 : base::ProxyAddress::Kind::Http;
    proxy.host = section.text("ProxyHost");
    proxy.port = section.text("ProxyPort").toUShort();
    proxy.user = section.text("ProxyUsername");
    const bool isKnown = method == "2"_L1 || method == "3"_L1;
    if (!isKnown || !isAcceptableHost(proxy.host) || proxy.port == 0) {
        session.hinder(Obstacle::BadRoute, isKnown ? proxy.host : u"ProxyMethod="_s + method);
        return;
    }
    session.profile.route.proxy = proxy;
}

ImportedSession siteOf(const QStringList &path, const Section &section)
{
    ImportedSession session = importedSession();
    session.setName(path.last());
    session.profile.group = normalizedGroup(path.first(path.size() - 1).join(u'/'));
    if (path == QStringList{u"Default Settings"_s} || section.text("IsWorkspace") == "1"_L1) {
        session.hinder(Obstacle::Template);
    }
    if (const QString protocol = foreignProtocol(section.text("FSProtocol")); !protocol.isEmpty()) {
        session.hinder(Obstacle::OtherProtocol, protocol);
    }
    session.setHost(section.text("HostName"));
    session.setUser(section.text("UserName"));
    session.setPort(section.text("PortNumber"));
    session.addKeyFile(section.text("PublicKeyFile"));
    session.setNotes(section.text("Note"));
    session.profile.transport.compress = section.text("Compression") == "1"_L1;
    session.profile.forwardAgent = section.text("AgentFwd") == "1"_L1;
    takeRoute(session, section);
    for (const char *secret : {"Password", "PasswordPlain", "TunnelPassword", "ProxyPassword",
                               "ProxyPasswordEnc", "Passphrase"}) {
        session.hadSecret |= !section.text(secret).isEmpty();
    }
    session.setRemoteDirectory(u"RemoteDirectory"_s, section.text("RemoteDirectory"));
    session.setLocalDirectory(u"LocalDirectory"_s, section.text("LocalDirectory"));
    for (const char *name :
         {"SftpServer", "Shell", "PostLoginCommands", "SynchronizeBrowsing", "Utf"}) {
        session.lose(QString::fromLatin1(name), section.text(name));
    }
    return session;
}

// "Sessions\Folder/My%20site": the names in it; empty for another section.
QStringList pathOf(QByteArrayView header)
{
    static constexpr QByteArrayView folder("Sessions\\");
    QStringList path;
    if (header.startsWith(folder)) {
        for (const QByteArray &part : header.sliced(folder.size()).toByteArray().split('/')) {
            // What was escaped is no separator: "a%2Fb" is one name.
            if (const QString name = withoutPercent(part).replace(u'/', u'-'); !name.isEmpty()) {
                path.append(name);
            }
        }
    }
    return path;
}

// UTF-16 becomes UTF-8, a mark goes: what is escaped stays bytes.
QByteArray plainBytes(QByteArrayView content)
{
    const bool hasMark = content.startsWith("\xFF\xFE") || content.startsWith("\xFE\xFF")
        || content.startsWith("\xEF\xBB\xBF");
    return hasMark ? importedText(content).toUtf8() : content.toByteArray();
}

} // namespace

std::optional<ImportedSessions> winScpSites(QByteArrayView content)
{
    ImportedSessions result;
    bool isWinScp = false;
    QStringList path;
    Section section;
    const auto finish = [&] { return path.isEmpty() || result.add(siteOf(path, section)); };
    for (const QByteArray &raw : plainBytes(content).split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.size() > longestLine) {
            continue;
        }
        if (!line.startsWith('[') || !line.endsWith(']')) {
            section.insert(line);
            continue;
        }
        if (!finish()) {
            return result;
        }
        section.clear();
        const QByteArray header = line.sliced(1).chopped(1);
        isWinScp |= header.startsWith("Sessions\\") || header.startsWith("Configuration\\");
        path = pathOf(header);
    }
    finish();
    return isWinScp ? std::optional(result) : std::nullopt;
}

} // namespace profiles
