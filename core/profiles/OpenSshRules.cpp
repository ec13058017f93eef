#include "profiles/OpenSshRules.h"

#include "profiles/OpenSshOptions.h"
#include "profiles/TargetName.h"
#include "profiles/Variable.h"

#include <QHash>

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

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
    static const QHash<QString, base::AddressFamily> families{
        {u"any"_s, base::AddressFamily::Any},
        {u"inet"_s, base::AddressFamily::IPv4},
        {u"inet6"_s, base::AddressFamily::IPv6},
    };
    const auto found = families.constFind(value.toLower());
    if (found != families.constEnd()) {
        profile.route.addressFamily = *found;
    }
    return found != families.constEnd();
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
             profile.transport.compress = saysYes(value);
             return true;
         }},
        {u"tcpkeepalive"_s,
         [](Profile &profile, const QString &value) {
             profile.transport.tcpKeepAlive = saysYes(value);
             return true;
         }},
        {u"forwardagent"_s,
         [](Profile &profile, const QString &value) {
             profile.forwardAgent = saysYes(value); // a certain agent is none of ours
             return saysYes(value) || value.compare("no"_L1, Qt::CaseInsensitive) == 0;
         }},
        {u"forwardx11"_s,
         [](Profile &profile, const QString &value) {
             profile.forwardX11 = saysYes(value);
             return true;
         }},
        {u"remotecommand"_s,
         [](Profile &profile, const QString &value) {
             profile.startupCommand = value == "none"_L1 ? QString() : value;
             return true;
         }},
    };
    return all;
}

} // namespace

bool takeOpenSshOption(Profile &profile, const QString &keyword, const QString &value)
{
    const Rule rule = rules().value(keyword);
    return rule != nullptr && rule(profile, value);
}

} // namespace profiles
