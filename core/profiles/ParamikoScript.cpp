#include "profiles/ParamikoScript.h"

#include "base/DisplayText.h"
#include "profiles/EffectiveProfile.h"
#include "profiles/ProfileStore.h"
#include "profiles/Variable.h"

#include <variant>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

// A key with a passphrase ends in an AuthenticationException too, and Paramiko takes the password
// for it then.
constexpr QLatin1StringView functions(R"py(

def connect(host, port, user, key_files, default_keys, agent, sock=None):
    client = paramiko.SSHClient()
    client.load_system_host_keys()  # ~/.ssh/known_hosts
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    options = {
        "port": port,
        "username": user,
        "key_filename": [os.path.expanduser(name) for name in key_files],
        "look_for_keys": default_keys,
        "allow_agent": agent,
        "compress": COMPRESS,
        "sock": sock,
        "timeout": 15,
    }
    try:
        client.connect(host, **options)
    except paramiko.AuthenticationException:
        client.close()
        if sock is not None:
            raise  # the way to the server ended with the first attempt
        options["password"] = getpass.getpass(f"Password for {user}@{host}: ")
        client.connect(host, **options)
    return client


)py");

constexpr QLatin1StringView tunnelFunction(R"py(def tunnel(jump, host, port):
    return jump.get_transport().open_channel("direct-tcpip", (host, port), ("127.0.0.1", 0))


)py");

constexpr QLatin1StringView programFunction(R"py(def program(command, host, port, user):
    values = {"h": host, "p": str(port), "r": user, "n": host, "%": "%"}
    line = re.sub("%([hprn%])", lambda token: values[token.group(1)], command)
    return paramiko.ProxyCommand(shlex.join(["/bin/sh", "-c", "exec " + line]))


)py");

constexpr QLatin1StringView finish(R"py(    channel.set_combine_stderr(True)
    channel.exec_command(" ".join(sys.argv[1:]) or COMMAND)
    with channel.makefile("rb") as output:
        for line in output:
            sys.stdout.buffer.write(line)
    sys.stdout.flush()
    status = channel.recv_exit_status()
sys.exit(status)
)py");

base::Error failure(base::ErrorKind kind, const QString &subject)
{
    return {kind, base::ErrorSource::None, 0, u"write a script"_s, subject, {}};
}

QString pythonList(const QStringList &texts)
{
    QStringList literals;
    for (const QString &text : texts) {
        literals.append(pythonText(text));
    }
    return u'[' + literals.join(u", "_s) + u']';
}

QLatin1StringView pythonBool(bool value)
{
    return value ? "True"_L1 : "False"_L1;
}

base::Result<QList<Profile>> hops(const Profile &profile, const ProfileStore &store)
{
    QList<Profile> result;
    for (const ProfileRoute::JumpHost &host : profile.route.jumpHosts) {
        if (const auto *reference = std::get_if<ProfileReference>(&host)) {
            const auto saved = store.find(reference->id);
            if (!saved) {
                return base::Failure(failure(base::ErrorKind::NotFound, profile.title()));
            }
            result.append(EffectiveProfile::of(*saved, store).profile);
        } else {
            Profile hop = Profile::forAddress(std::get<TargetAddress>(host));
            hop.useAgent = profile.useAgent;
            result.append(hop);
        }
    }
    result.append(profile);
    return result;
}

QString userOf(const Profile &hop)
{
    return hop.user.isEmpty() ? u"getpass.getuser()"_s : pythonText(hop.user);
}

// "name = connect(...)", through `sock` if there is one.
QString connectLine(const QString &name, const Profile &hop, const QString &sock)
{
    // Paramiko offers all keys of the agent, or none.
    const bool usesAgent = hop.useAgent && !hop.identitiesOnly;
    QStringList arguments{
        pythonText(hop.host),          QString::number(hop.port),      userOf(hop),
        pythonList(hop.identityFiles), pythonBool(hop.useDefaultKeys), pythonBool(usesAgent)};
    if (!sock.isEmpty()) {
        arguments.append(sock);
    }
    return name + u" = connect("_s + arguments.join(u", "_s) + u")\n"_s;
}

QString sockOf(const Profile &hop, const QString &before, const QString &proxyCommand)
{
    if (!before.isEmpty()) {
        return u"tunnel(%1, %2, %3)"_s.arg(before, pythonText(hop.host)).arg(hop.port);
    }
    return proxyCommand.isEmpty()
        ? QString()
        : u"program(%1, %2, %3, %4)"_s.arg(pythonText(proxyCommand), pythonText(hop.host),
                                           QString::number(hop.port), userOf(hop));
}

QString header(const Profile &profile, bool hasJumps)
{
    const bool hasProgram = !profile.route.proxyCommand.isEmpty();
    QString text = u"#!/usr/bin/env python3\n"
                   "# Runs a command on the server: the words after the name of this program,\n"
                   "# or COMMAND. Needs Paramiko.\n\nimport getpass\nimport os\n"_s;
    text += hasProgram ? u"import re\nimport shlex\n"_s : QString();
    text += u"import sys\n\nimport paramiko\n\n"_s;
    const QString command
        = profile.startupCommand.isEmpty() ? u"uname -a"_s : profile.startupCommand;
    text += u"COMMAND = "_s + pythonText(command) + u'\n';
    text += u"COMPRESS = "_s + pythonBool(profile.transport.compress) + u'\n';
    text += functions;
    text += hasJumps ? QString(tunnelFunction) : QString();
    text += hasProgram ? QString(programFunction) : QString();
    return text;
}

QString body(const Profile &profile, const QStringList &clients)
{
    QString text = u"\nwith "_s + clients.join(u", "_s) + u":\n"_s;
    text += u"    channel = client.get_transport().open_session()\n"_s;
    for (const QString &line : profile.environment) {
        if (const auto variable = Variable::parse(line)) {
            text += u"    channel.set_environment_variable(%1, %2)\n"_s.arg(
                pythonText(variable->name), pythonText(variable->value));
        }
    }
    if (profile.forwardAgent) {
        text += u"    paramiko.agent.AgentRequestHandler(channel)\n"_s;
    }
    return text + finish;
}

} // namespace

QString pythonText(const QString &text)
{
    QString result = u"\""_s;
    for (const char32_t c : text.toUcs4()) {
        if (c == U'"' || c == U'\\') {
            result += u'\\';
        }
        if (base::isInvisible(c)) {
            result += c > 0xFFFF ? u"\\U%1"_s.arg(uint(c), 8, 16, QLatin1Char('0'))
                                 : u"\\u%1"_s.arg(uint(c), 4, 16, QLatin1Char('0'));
        } else {
            result += QString::fromUcs4(&c, 1);
        }
    }
    return result + u'"';
}

base::Result<QString> paramikoScript(const Profile &profile, const ProfileStore &store)
{
    if (profile.route.proxy) {
        return base::Failure(failure(base::ErrorKind::Unsupported, profile.title()));
    }
    const auto way = hops(profile, store);
    if (!way) {
        return base::Failure(way.error());
    }
    QString text = header(profile, way->size() > 1);
    QStringList clients;
    for (const Profile &hop : *way) {
        const bool isLast = &hop == &way->last();
        const QString before = clients.isEmpty() ? QString() : clients.last();
        clients.append(isLast ? u"client"_s : u"jump%1"_s.arg(clients.size() + 1));
        text += connectLine(clients.last(), hop, sockOf(hop, before, profile.route.proxyCommand));
    }
    return text + body(profile, clients);
}

} // namespace profiles
