#include "profiles/OpenSshOptions.h"

#include "profiles/LoginOrder.h"
#include "profiles/TargetName.h"

#include <QDir>
#include <QHash>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

#include <algorithm>

namespace profiles {
namespace {

using hostkeys::HostKeyPolicy;

// Of these every line counts, of all others the first (ssh_config(5)).
bool isList(const QString &keyword)
{
    static const QStringList lists{
        QStringLiteral("identityfile"),   QStringLiteral("certificatefile"),
        QStringLiteral("localforward"),   QStringLiteral("remoteforward"),
        QStringLiteral("dynamicforward"), QStringLiteral("sendenv"),
        QStringLiteral("setenv"),
    };
    return lists.contains(keyword);
}

// Of ProxyCommand and ProxyJump the one that comes first counts (ssh_config(5)).
QString counterpartOf(const QString &keyword)
{
    if (keyword == QStringLiteral("proxyjump")) {
        return QStringLiteral("proxycommand");
    }
    return keyword == QStringLiteral("proxycommand") ? QStringLiteral("proxyjump") : QString();
}

QList<OpenSshOptions::Line> linesOf(QByteArrayView output)
{
    QList<OpenSshOptions::Line> lines;
    for (const QByteArray &line : output.toByteArray().split('\n')) {
        const qsizetype blank = line.indexOf(' ');
        if (blank > 0) {
            lines.append({QString::fromLatin1(line.first(blank)).toLower(),
                          QString::fromUtf8(line.sliced(blank + 1))});
        }
    }
    return lines;
}

QHash<QString, QStringList> byKeyword(const QList<OpenSshOptions::Line> &lines)
{
    QHash<QString, QStringList> result;
    for (const OpenSshOptions::Line &line : lines) {
        result[line.keyword].append(line.value);
    }
    return result;
}

QString localUser()
{
    const passwd *entry = getpwuid(getuid());
    return entry == nullptr ? QString() : QString::fromLocal8Bit(entry->pw_name);
}

// StrictHostKeyChecking, as ssh_config(5) defines it and `ssh -G` prints it. "no" accepts new keys
// as "accept-new" does; that it lets changed keys pass is not taken over.
std::optional<HostKeyPolicy> policyOf(const QString &value)
{
    static const QHash<QString, HostKeyPolicy> policies{
        {QStringLiteral("true"), HostKeyPolicy::Reject},
        {QStringLiteral("yes"), HostKeyPolicy::Reject},
        {QStringLiteral("ask"), HostKeyPolicy::Ask},
        {QStringLiteral("accept-new"), HostKeyPolicy::AutoAdd},
        {QStringLiteral("false"), HostKeyPolicy::AutoAdd},
        {QStringLiteral("no"), HostKeyPolicy::AutoAdd},
        {QStringLiteral("off"), HostKeyPolicy::AutoAdd},
    };
    const auto found = policies.constFind(value.toLower());
    return found == policies.constEnd() ? std::nullopt : std::optional(*found);
}

base::Failure<base::Error> unusable(const QString &value)
{
    base::Error error;
    error.kind = base::ErrorKind::InvalidName;
    error.operation = QStringLiteral("use OpenSSH configuration");
    error.subject = value;
    return base::Failure(error);
}

bool beginsAsPath(const QString &word)
{
    return word.startsWith(u'/') || word.startsWith(u'~') || word.startsWith(u'$')
        || word.startsWith(u'%') || word == QStringLiteral("none");
}

} // namespace

bool saysYes(const QString &value)
{
    return value.compare(u"yes", Qt::CaseInsensitive) == 0
        || value.compare(u"true", Qt::CaseInsensitive) == 0;
}

OpenSshOptions OpenSshOptions::ofClient(const QString &alias, QByteArrayView output,
                                        QByteArrayView defaults)
{
    OpenSshOptions options;
    options.m_alias = alias;
    // Lists count as a whole: one key file of the usual ones is not all of them.
    const QHash<QString, QStringList> usual = byKeyword(linesOf(defaults));
    const QList<Line> lines = linesOf(output);
    const QHash<QString, QStringList> all = byKeyword(lines);
    for (const Line &line : lines) {
        if (usual.value(line.keyword) != all.value(line.keyword)) {
            options.m_lines.append(line);
            options.m_usual.insert(line.keyword, usual.value(line.keyword).value(0));
        }
    }
    return options;
}

OpenSshOptions OpenSshOptions::ofPlainBlocks(const QString &alias, const QList<Line> &lines)
{
    OpenSshOptions options;
    options.m_alias = alias;
    for (const Line &line : lines) {
        const QString counterpart = counterpartOf(line.keyword);
        const bool isTaken
            = options.value(line.keyword) || (!counterpart.isEmpty() && options.value(counterpart));
        if (isList(line.keyword) || !isTaken) {
            options.m_lines.append(line);
        }
    }
    for (Line &line : options.m_lines) {
        if (line.keyword == QStringLiteral("remotecommand")) { // `ssh -G` prints it like this
            line.value = options.withTokens(line.value).value_or(line.value);
        }
    }
    return options;
}

std::optional<QString> OpenSshOptions::value(QStringView keyword) const
{
    const auto found = std::ranges::find(m_lines, keyword, &Line::keyword);
    return found == m_lines.end() ? std::nullopt : std::optional(found->value);
}

QStringList OpenSshOptions::values(QStringView keyword) const
{
    QStringList result;
    for (const Line &line : m_lines) {
        if (line.keyword == keyword) {
            result.append(line.value);
        }
    }
    return result;
}

// Without the client it is as it was written: "%h" stands for the alias there (ssh_config(5)).
QString OpenSshOptions::hostName() const
{
    return value(u"hostname").value_or(m_alias).replace(QStringLiteral("%h"), m_alias);
}

QHash<QChar, QString> OpenSshOptions::tokens() const
{
    const QString local = QSysInfo::machineHostName();
    return {
        {u'%', QStringLiteral("%")},
        {u'd', QDir::homePath()},
        {u'h', hostName()},
        {u'i', QString::number(getuid())},
        {u'k', value(u"hostkeyalias").value_or(m_alias)},
        {u'L', local.section(u'.', 0, 0)},
        {u'l', local},
        {u'n', m_alias},
        {u'p', value(u"port").value_or(QStringLiteral("22"))},
        {u'r', value(u"user").value_or(localUser())},
        {u'u', localUser()},
    };
}

std::optional<QString> OpenSshOptions::withTokens(const QString &value) const
{
    const QHash<QChar, QString> known = tokens();
    QString result;
    for (qsizetype at = 0; at < value.size(); ++at) {
        if (value[at] != u'%') {
            result += value[at];
            continue;
        }
        const QChar token = at + 1 < value.size() ? value[++at] : QChar();
        if (!known.contains(token)) {
            return std::nullopt;
        }
        result += known.value(token);
    }
    return result;
}

std::optional<QString> OpenSshOptions::expanded(const QString &value) const
{
    const bool isInHome = value == u'~' || value.startsWith(QStringLiteral("~/"));
    QString text = isInHome ? QDir::homePath() : QString();
    const QString rest = isInHome ? value.sliced(1) : value;
    for (qsizetype at = 0; at < rest.size(); ++at) {
        if (rest[at] == u'%') { // together with what follows: "%%{" is no variable
            const auto token
                = withTokens(rest.sliced(at, std::min<qsizetype>(2, rest.size() - at)));
            if (!token) {
                return std::nullopt;
            }
            text += *token;
            ++at;
        } else if (QStringView(rest).sliced(at).startsWith(u"${")) {
            const qsizetype end = rest.indexOf(u'}', at);
            const QByteArray name = rest.mid(at + 2, end - at - 2).toLocal8Bit();
            if (end < 0 || !qEnvironmentVariableIsSet(name.constData())) {
                return std::nullopt;
            }
            text += qEnvironmentVariable(name.constData());
            at = end;
        } else {
            text += rest[at];
        }
    }
    return text;
}

QStringList OpenSshOptions::files(QStringView keyword) const
{
    QStringList words;
    for (const QString &word : value(keyword).value_or(QString()).split(u' ')) {
        if (words.isEmpty() || beginsAsPath(word)) {
            words.append(word);
        } else {
            words.last() += u' ' + word;
        }
    }
    QStringList result;
    for (const QString &word : words) {
        if (const auto file = expanded(word); file && !file->isEmpty()) {
            result.append(*file);
        }
    }
    return result;
}

base::Result<Profile> OpenSshOptions::appliedTo(Profile profile) const
{
    profile.host = hostName();
    if (!isAcceptableHost(profile.host)) {
        return unusable(profile.host);
    }
    if (const auto port = value(u"port"); port && !profile.isOwn(fields::port)) {
        bool isNumber = false;
        profile.port = port->toUShort(&isNumber);
        if (!isNumber || profile.port == 0) {
            return unusable(*port);
        }
    }
    if (const auto user = value(u"user"); user && profile.user.isEmpty()) {
        if (!isAcceptableUser(*user)) {
            return unusable(*user);
        }
        profile.user = *user;
    }
    const QString proxyCommand = value(u"proxycommand").value_or(QString());
    if (proxyCommand != QStringLiteral("none") && profile.route == ProfileRoute()) {
        profile.route.proxyCommand = proxyCommand; // what the user chose otherwise stays
    }
    return withLogin(std::move(profile));
}

Profile OpenSshOptions::withLogin(Profile profile) const
{
    bool hasFiles = false;
    for (const QString &value : values(u"identityfile")) {
        hasFiles = true;
        const auto file = expanded(value);
        if (file && value != QStringLiteral("none")) {
            profile.identityFiles.append(*file);
        }
    }
    if (hasFiles && !profile.isOwn(fields::useDefaultKeys)) {
        profile.useDefaultKeys = false; // they are replaced, not added to
    }
    profile.identitiesOnly |= saysYes(value(u"identitiesonly").value_or(QString()));
    if (const auto agent = value(u"identityagent"); agent && profile.identityAgent.isEmpty()) {
        profile.identityAgent = expanded(*agent).value_or(*agent);
    }
    const auto order
        = loginOrderFromNames(value(u"preferredauthentications").value_or(QString()).split(u','));
    if (order && !order->isEmpty() && profile.loginOrder == defaultLoginOrder()) {
        profile.loginOrder = *order;
    }
    if (!profile.hostKeyPolicy) {
        profile.hostKeyPolicy = policyOf(value(u"stricthostkeychecking").value_or(QString()));
    }
    return profile;
}

const QStringList &OpenSshOptions::appliedKeywords()
{
    static const QStringList keywords{
        QStringLiteral("host"),
        QStringLiteral("hostname"),
        QStringLiteral("port"),
        QStringLiteral("user"),
        QStringLiteral("identityfile"),
        QStringLiteral("identitiesonly"),
        QStringLiteral("identityagent"),
        QStringLiteral("preferredauthentications"),
        QStringLiteral("stricthostkeychecking"),
        QStringLiteral("proxycommand"),
        QStringLiteral("proxyjump"),
    };
    return keywords;
}

} // namespace profiles
