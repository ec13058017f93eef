#include "profiles/import/OpenSshImport.h"

#include "profiles/OpenSshHost.h"
#include "profiles/TargetName.h"
#include "profiles/Variable.h"

#include <QDeadlineTimer>
#include <QHash>

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;

// The files are read once for each alias. Ten thousand of them in large files are nobody's.
constexpr std::chrono::seconds patience{20};

bool isYes(const QString &value)
{
    return value.compare("yes"_L1, Qt::CaseInsensitive) == 0
        || value.compare("true"_L1, Qt::CaseInsensitive) == 0;
}

std::optional<int> numberOf(const QString &value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    return isNumber && number >= 0 ? std::optional(number) : std::nullopt;
}

// Each takes a value over, and is false if it has no place here.
using Rule = bool (*)(Profile &profile, const QString &value);

template<Forward::Kind Kind>
bool takeForward(Profile &profile, const QString &value)
{
    const auto forward = Forward::parse(Kind, value);
    if (forward) {
        profile.forwards.append(*forward);
    }
    return forward.has_value();
}

bool takeFamily(Profile &profile, const QString &value)
{
    const QString family = value.toLower();
    profile.route.addressFamily = family == "inet"_L1 ? base::AddressFamily::IPv4
        : family == "inet6"_L1                        ? base::AddressFamily::IPv6
                                                      : base::AddressFamily::Any;
    return family == "inet"_L1 || family == "inet6"_L1 || family == "any"_L1;
}

bool takeAliveInterval(Profile &profile, const QString &value)
{
    const auto seconds = numberOf(value);
    if (seconds) {
        profile.transport.keepAliveInterval
            = std::min(std::chrono::seconds(*seconds), longestKeepAlive);
    }
    return seconds.has_value();
}

bool takeAliveCount(Profile &profile, const QString &value)
{
    const auto count = numberOf(value);
    if (count && *count > 0) {
        profile.transport.keepAliveCount = std::min(*count, highestKeepAliveCount);
    }
    return count && *count > 0;
}

bool takeBindAddress(Profile &profile, const QString &value)
{
    in_addr four{};
    const bool isNumeric
        = isIpv6Address(value) || inet_pton(AF_INET, value.toUtf8().constData(), &four) == 1;
    if (isNumeric) {
        profile.route.bindAddress = value;
    }
    return isNumeric;
}

bool takeVariable(Profile &profile, const QString &value)
{
    const bool isVariable = Variable::parse(value).has_value();
    if (isVariable) {
        profile.environment.append(value);
    }
    return isVariable;
}

// What OpenSshOptions::appliedTo() leaves to others.
const QHash<QString, Rule> &rules()
{
    static const QHash<QString, Rule> all{
        {u"localforward"_s, takeForward<Forward::Kind::Local>},
        {u"remoteforward"_s, takeForward<Forward::Kind::Remote>},
        {u"dynamicforward"_s, takeForward<Forward::Kind::Dynamic>},
        {u"addressfamily"_s, takeFamily},
        {u"bindaddress"_s, takeBindAddress},
        {u"serveraliveinterval"_s, takeAliveInterval},
        {u"serveralivecountmax"_s, takeAliveCount},
        {u"setenv"_s, takeVariable},
        {u"compression"_s,
         [](Profile &profile, const QString &value) {
             profile.transport.compress = isYes(value);
             return true;
         }},
        {u"tcpkeepalive"_s,
         [](Profile &profile, const QString &value) {
             profile.transport.tcpKeepAlive = isYes(value);
             return true;
         }},
        {u"forwardagent"_s,
         [](Profile &profile, const QString &value) {
             profile.forwardAgent = isYes(value); // a certain agent is none of ours
             return isYes(value) || value.compare("no"_L1, Qt::CaseInsensitive) == 0;
         }},
        {u"remotecommand"_s,
         [](Profile &profile, const QString &value) {
             profile.startupCommand = value == "none"_L1 ? QString() : value;
             return true;
         }},
    };
    return all;
}

ImportedSession sessionOf(const OpenSshOptions &options)
{
    ImportedSession session = importedSession();
    session.setName(options.alias());
    auto applied = options.appliedTo(session.profile);
    if (!applied) {
        session.hinder(Obstacle::BadHost, applied.error().subject);
        return session;
    }
    session.profile = *applied;
    session.runsProgram = !session.profile.route.proxyCommand.isEmpty();
    for (const OpenSshOptions::Line &line : options.lines()) {
        const Rule rule = rules().value(line.keyword);
        const bool isTaken = OpenSshOptions::appliedKeywords().contains(line.keyword)
            || (rule != nullptr && rule(session.profile, line.value));
        if (!isTaken) {
            session.lose(line.keyword, line.value);
        }
    }
    return session;
}

// The jump hosts as other aliases, or as addresses with what is configured for them.
void takeJumpHosts(ImportedSession &session, const OpenSshOptions &options,
                   const OpenSshPlace &place, const QHash<QString, Profile::Id> &known)
{
    OpenSshJumpChain chain(options.alias());
    base::Result<void> taken = chain.take(options);
    QList<OpenSshJump> jumps;
    while (taken && chain.next()) {
        jumps.prepend(*chain.next());
        taken = chain.take(plainOpenSshOptions(place, *chain.next()));
    }
    if (!taken) {
        session.hinder(Obstacle::BadRoute, options.value(u"proxyjump").value_or(QString()));
        return;
    }
    for (qsizetype index = 0; index < jumps.size(); ++index) {
        const OpenSshJump &jump = jumps.at(index);
        const auto applied = chain.host().jumpHosts.at(index).appliedTo(Profile());
        const bool isPlain = jump.user.isEmpty() && jump.port == 0 && jump.before.isEmpty();
        if (isPlain && known.contains(jump.alias)) {
            session.profile.route.jumpHosts.append(ProfileReference{known.value(jump.alias)});
        } else if (applied) {
            session.addJumpHost(applied->host, applied->user, QString::number(applied->port));
        } else {
            session.hinder(Obstacle::BadRoute, jump.alias);
        }
    }
}

} // namespace

ImportedSessions openSshSessions(const OpenSshPlace &place)
{
    const QDeadlineTimer deadline(patience);
    ImportedSessions result;
    QList<OpenSshOptions> read;
    QHash<QString, Profile::Id> known;
    for (const QString &alias : OpenSshConfigScan::read(place).aliases) {
        if (deadline.hasExpired()) {
            result.isCut = true;
            break;
        }
        read.append(plainOpenSshOptions(place, {.alias = alias, .user = {}, .before = {}}));
        ImportedSession session = sessionOf(read.last());
        known.insert(alias, session.profile.id);
        result.add(std::move(session));
    }
    for (qsizetype index = 0; index < result.sessions.size(); ++index) {
        takeJumpHosts(result.sessions[index], read.at(index), place, known);
    }
    return result;
}

} // namespace profiles
