#include "profiles/SessionCommand.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/ProfileStore.h"

#include <QRegularExpression>

#include <variant>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

base::Error failure(base::ErrorKind kind, const QString &subject)
{
    return {kind, base::ErrorSource::None, 0, u"write a command line for"_s, subject, {}};
}

// An argument of ssh_config(5).
QString configWord(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

QString inBrackets(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QString withUser(const QString &user, const QString &host)
{
    return user.isEmpty() ? host : QString(user + u'@' + host);
}

QString jumpText(const TargetAddress &address)
{
    QString text = withUser(address.user, inBrackets(address.host));
    if (address.port && *address.port != Profile().port) {
        text += u':' + QString::number(*address.port);
    }
    return text;
}

base::Result<QString> jumpChain(const Profile &profile, const ProfileStore &store)
{
    QStringList chain;
    for (const ProfileRoute::JumpHost &host : profile.route.jumpHosts) {
        if (const auto *reference = std::get_if<ProfileReference>(&host)) {
            const auto saved = store.find(reference->id);
            if (!saved) {
                return base::Failure(failure(base::ErrorKind::NotFound, profile.title()));
            }
            chain.append(jumpText(EffectiveProfile::of(*saved, store).profile.address()));
        } else {
            chain.append(jumpText(std::get<TargetAddress>(host)));
        }
    }
    return chain.join(u',');
}

void addOption(QStringList &words, const QString &name, const QString &value)
{
    words << u"-o"_s << name + u'=' + value;
}

void addLogin(QStringList &words, const Profile &profile)
{
    for (const QString &file : profile.identityFiles) {
        words << u"-i"_s << file;
    }
    if (profile.identitiesOnly) {
        addOption(words, u"IdentitiesOnly"_s, u"yes"_s);
    }
    if (!profile.useAgent) {
        addOption(words, u"IdentityAgent"_s, u"none"_s);
    } else if (!profile.identityAgent.isEmpty()) {
        addOption(words, u"IdentityAgent"_s, configWord(profile.identityAgent));
    }
}

void addShell(QStringList &words, const Profile &profile)
{
    if (profile.forwardAgent) {
        words << u"-A"_s;
    }
    if (profile.forwardX11) {
        words << u"-Y"_s; // trusted, as ours
    }
    for (const Forward &forward : profile.forwards) {
        if (forward.startsWithSession) {
            const bool isLocal = forward.kind == Forward::Kind::Local;
            words << (isLocal                                     ? u"-L"_s
                          : forward.kind == Forward::Kind::Remote ? u"-R"_s
                                                                  : u"-D"_s)
                  << forward.toString();
        }
    }
    QStringList variables; // of several SetEnv lines only the first counts
    for (const QString &variable : profile.environment) {
        variables.append(configWord(variable));
    }
    if (!variables.isEmpty()) {
        addOption(words, u"SetEnv"_s, variables.join(u' '));
    }
}

void addTarget(QStringList &words, ClientProgram program, const Profile &profile)
{
    switch (program) {
    case ClientProgram::Ssh:
        if (!profile.startupCommand.isEmpty()) {
            words << u"-t"_s;
        }
        words << withUser(profile.user, profile.host);
        if (!profile.startupCommand.isEmpty()) {
            words << profile.startupCommand;
        }
        break;
    case ClientProgram::Sftp:
        words << withUser(profile.user, inBrackets(profile.host));
        break;
    case ClientProgram::Scp:
        words << u"FILE"_s << withUser(profile.user, inBrackets(profile.host)) + u':';
        break;
    }
}

} // namespace

QString shellWord(const QString &text)
{
    static const QRegularExpression harmless(u"\\A[A-Za-z0-9@%+:,./_-]+\\z"_s);
    if (harmless.match(text).hasMatch()) {
        return text;
    }
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

namespace {

// Keys, agent, jump hosts and what carries the connection.
base::Result<void> addConnection(QStringList &words, const Profile &profile,
                                 const ProfileStore &store)
{
    if (profile.route.proxy) {
        return base::Failure(failure(base::ErrorKind::Unsupported, profile.title()));
    }
    const auto chain = jumpChain(profile, store);
    if (!chain) {
        return base::Failure(chain.error());
    }
    addLogin(words, profile);
    if (!chain->isEmpty()) {
        words << u"-J"_s << *chain;
    }
    if (!profile.route.proxyCommand.isEmpty()) {
        addOption(words, u"ProxyCommand"_s, profile.route.proxyCommand);
    }
    if (profile.transport.compress) {
        addOption(words, u"Compression"_s, u"yes"_s); // of -C, `ssh -G` says UNKNOWN
    }
    return {};
}

QString shellLine(const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words) {
        quoted.append(shellWord(word));
    }
    return quoted.join(u' ');
}

} // namespace

base::Result<QString> sshOptions(const Profile &profile, const ProfileStore &store)
{
    QStringList words;
    return addConnection(words, profile, store).transform([&words] { return shellLine(words); });
}

base::Result<QString> commandLine(ClientProgram program, const Profile &profile,
                                  const ProfileStore &store)
{
    const bool isSsh = program == ClientProgram::Ssh;
    QStringList words{isSsh ? u"ssh"_s : program == ClientProgram::Sftp ? u"sftp"_s : u"scp"_s};
    if (profile.port != Profile().port) {
        words << (isSsh ? u"-p"_s : u"-P"_s) << QString::number(profile.port);
    }
    if (const auto added = addConnection(words, profile, store); !added) {
        return base::Failure(added.error());
    }
    if (isSsh) {
        addShell(words, profile);
    }
    addTarget(words, program, profile);
    return shellLine(words);
}

} // namespace profiles
