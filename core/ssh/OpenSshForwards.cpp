#include "ssh/OpenSshForwards.h"

#include <QHash>

#include <algorithm>
#include <iterator>
#include <optional>

namespace ssh {
namespace {

using profiles::Forward;
using profiles::OpenSshOptions;

std::optional<Forward::Kind> kindOf(const QString &keyword)
{
    static const QHash<QString, Forward::Kind> kinds{
        {QStringLiteral("localforward"), Forward::Kind::Local},
        {QStringLiteral("remoteforward"), Forward::Kind::Remote},
        {QStringLiteral("dynamicforward"), Forward::Kind::Dynamic},
    };
    const auto found = kinds.constFind(keyword);
    return found == kinds.constEnd() ? std::nullopt : std::optional(*found);
}

bool isYes(const OpenSshOptions &options, QStringView keyword)
{
    return options.value(keyword).value_or(QString()).compare(u"yes", Qt::CaseInsensitive) == 0;
}

// Absent if the line tells of none, or of one that cannot be made.
std::optional<Forward> forwardOf(const OpenSshOptions::Line &line, const OpenSshOptions &options)
{
    const auto kind = kindOf(line.keyword);
    const auto text = options.expanded(line.value);
    if (!kind || !text) {
        return std::nullopt;
    }
    const auto parsed = Forward::parse(*kind, *text);
    if (!parsed) {
        return std::nullopt;
    }
    Forward forward = *parsed;
    const bool listensHere = forward.kind != Forward::Kind::Remote && !forward.listen.isPath();
    if (listensHere && forward.listen.host.isEmpty() && isYes(options, u"gatewayports")) {
        forward.listen.host = QStringLiteral("*");
    }
    return forward;
}

// `ssh -G` of OpenSSH 10.0 prints a local forward to a socket once more, as a dynamic one.
bool isEcho(const Forward &forward, const QList<Forward> &all)
{
    return forward.kind == Forward::Kind::Dynamic
        && std::ranges::any_of(all, [&forward](const Forward &other) {
               return other.kind == Forward::Kind::Local && other.target.isPath()
                   && other.listen == forward.listen;
           });
}

} // namespace

// `ssh -G` has cleared them already.
QList<Forward> forwardsOf(const OpenSshOptions &options)
{
    QList<Forward> forwards;
    if (isYes(options, u"clearallforwardings")) {
        return forwards;
    }
    for (const OpenSshOptions::Line &line : options.lines()) {
        if (const auto forward = forwardOf(line, options)) {
            forwards.append(*forward);
        }
    }
    QList<Forward> result;
    std::ranges::copy_if(forwards, std::back_inserter(result),
                         [&forwards](const Forward &each) { return !isEcho(each, forwards); });
    return result;
}

bool concernsForwards(const QString &keyword)
{
    return kindOf(keyword) || keyword == QStringLiteral("gatewayports")
        || keyword == QStringLiteral("clearallforwardings");
}

bool isHonoredForward(const OpenSshOptions::Line &line, const OpenSshOptions &options)
{
    return !kindOf(line.keyword) || forwardOf(line, options);
}

} // namespace ssh
