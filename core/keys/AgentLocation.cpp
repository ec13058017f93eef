#include "keys/AgentLocation.h"

#include <QFile>
#include <QRegularExpression>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keys {
namespace {

QList<AgentLocation> single(const QString &socketPath, const QString &origin)
{
    return socketPath.isEmpty() ? QList<AgentLocation>() : QList{AgentLocation{socketPath, origin}};
}

QString homeOf(const QProcessEnvironment &environment)
{
    return environment.value(QStringLiteral("HOME"));
}

QString userName()
{
    const passwd *entry = ::getpwuid(::getuid());
    return entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

// One match of "${NAME}" or "%x". What we do not know stays as it is, and leads nowhere.
QString replacementFor(const QString &match, const QProcessEnvironment &environment)
{
    if (match.startsWith(u'$')) {
        return environment.value(match.sliced(2, match.size() - 3));
    }
    switch (match.at(1).unicode()) {
    case 'd':
        return homeOf(environment);
    case 'i':
        return QString::number(::getuid());
    case 'u':
        return userName();
    case '%':
        return QStringLiteral("%");
    default:
        return match;
    }
}

QString expanded(const QString &path, const QProcessEnvironment &environment)
{
    static const QRegularExpression variable(QStringLiteral("\\$\\{\\w+\\}|%."));
    QString result;
    qsizetype copied = 0;
    for (const QRegularExpressionMatch &match : variable.globalMatch(path)) {
        result += QStringView(path).sliced(copied, match.capturedStart() - copied);
        result += replacementFor(match.captured(), environment);
        copied = match.capturedEnd();
    }
    result += QStringView(path).sliced(copied);
    return result.startsWith(QStringLiteral("~/")) ? homeOf(environment) + result.sliced(1)
                                                   : result;
}

// Somebody else's socket would see what we ask to be signed.
bool isOwnSocket(const QString &path)
{
    struct stat status{};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 && S_ISSOCK(status.st_mode)
        && status.st_uid == ::getuid();
}

QList<AgentLocation> usualPlaces(const QProcessEnvironment &environment)
{
    const QString home = homeOf(environment);
    const QString fallback = QStringLiteral("/run/user/%1").arg(::getuid());
    const QString runtime = environment.value(QStringLiteral("XDG_RUNTIME_DIR"), fallback);
    const QStringList paths{
        runtime + QStringLiteral("/gcr/ssh"), // GNOME 41 and later
        runtime + QStringLiteral("/keyring/ssh"), // GNOME before that
        runtime + QStringLiteral("/openssh_agent"), // Debian's ssh-agent.socket
        runtime + QStringLiteral("/ssh-agent.socket"), // Arch's ssh-agent.service
        home + QStringLiteral("/.1password/agent.sock"),
        runtime + QStringLiteral("/gnupg/S.gpg-agent.ssh"),
    };
    QList<AgentLocation> places;
    for (const QString &path : paths) {
        if (isOwnSocket(path)) {
            places.append({path, QStringLiteral("usual place")});
        }
    }
    return places;
}

} // namespace

QList<AgentLocation> agentLocations(const QString &identityAgent,
                                    const QProcessEnvironment &environment)
{
    const QString variable = QStringLiteral("SSH_AUTH_SOCK");
    if (identityAgent == QStringLiteral("none")) {
        return {};
    }
    if (identityAgent.isEmpty()) {
        const QString exported = environment.value(variable);
        return exported.isEmpty() ? usualPlaces(environment) : single(exported, variable);
    }
    if (identityAgent == variable) {
        return single(environment.value(variable), variable);
    }
    // "${NAME}/path" is a path, "$NAME" a variable.
    if (identityAgent.startsWith(u'$') && !identityAgent.startsWith(QStringLiteral("${"))) {
        const QString name = identityAgent.sliced(1);
        return single(environment.value(name), name);
    }
    return single(expanded(identityAgent, environment), QStringLiteral("IdentityAgent"));
}

} // namespace keys
