#include "ssh/LoginTrace.h"

#include "base/DisplayText.h"

#include <algorithm>

namespace ssh {
namespace {

using Attempt = LoginTrace::Attempt;

QString wordsFor(const Attempt &attempt)
{
    switch (attempt.answer) {
    case Attempt::Answer::Accepted:
        return QStringLiteral("accepted");
    case Attempt::Answer::Partial:
        return QStringLiteral("accepted, the server wants more");
    case Attempt::Answer::Refused:
        return QStringLiteral("refused by the server");
    case Attempt::Answer::NotOffered:
        return attempt.remark.isEmpty() ? QStringLiteral("not offered") : QString();
    case Attempt::Answer::Unanswered:
        break;
    }
    return attempt.remark.isEmpty() ? QStringLiteral("not answered") : QString();
}

// "refused by the server; the agent ..."
QString outcomeOf(const Attempt &attempt)
{
    QStringList parts{wordsFor(attempt), base::displayText(attempt.remark)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

QString inSeconds(std::chrono::milliseconds time)
{
    return QStringLiteral("%1 s").arg(static_cast<double>(time.count()) / 1000, 7, 'f', 3);
}

QString displayed(const QStringList &names)
{
    return base::displayText(names.join(QStringLiteral(", ")));
}

QString lineFor(const Attempt &attempt)
{
    QString line = inSeconds(attempt.at) + QStringLiteral("  ") + attempt.method;
    if (attempt.description != attempt.method) {
        line += QStringLiteral(", ") + base::displayText(attempt.description);
    }
    if (!attempt.fingerprint.isEmpty()) {
        line += QStringLiteral(" (%1)").arg(attempt.fingerprint);
    }
    line += QStringLiteral(": ") + outcomeOf(attempt);
    if (!attempt.remaining.isEmpty()) {
        line += QStringLiteral("; remaining: ") + displayed(attempt.remaining);
    }
    return line;
}

QStringList closingLines(const LoginTrace &trace)
{
    QStringList lines;
    if (!trace.accepted.isEmpty()) {
        lines.append(QStringLiteral("The server accepts: ") + displayed(trace.accepted));
    }
    if (!trace.farewell.isEmpty()) {
        lines.append(QStringLiteral("The server said: ") + base::displayText(trace.farewell));
    }
    return lines;
}

bool reachedTheServer(const Attempt &attempt)
{
    return attempt.answer != Attempt::Answer::NotOffered
        && attempt.method != QStringLiteral("none");
}

} // namespace

QStringList LoginTrace::triedMethods() const
{
    QStringList methods;
    for (const Attempt &attempt : attempts) {
        if (reachedTheServer(attempt) && !methods.contains(attempt.method)) {
            methods.append(attempt.method);
        }
    }
    return methods;
}

qsizetype LoginTrace::triedKeys() const
{
    return std::ranges::count_if(attempts, [](const Attempt &attempt) {
        return reachedTheServer(attempt) && attempt.method == QStringLiteral("publickey");
    });
}

// OpenSSH says it in words, with the reason SSH_DISCONNECT_PROTOCOL_ERROR.
bool LoginTrace::endedByTooManyFailures() const
{
    return farewell.contains(QStringLiteral("too many authentication failures"),
                             Qt::CaseInsensitive);
}

QString LoginTrace::summary() const
{
    QStringList lines;
    for (const Attempt &attempt : attempts) {
        if (attempt.method != QStringLiteral("none")
            && attempt.answer != Attempt::Answer::Accepted) {
            lines.append(base::displayText(attempt.description) + QStringLiteral(": ")
                         + outcomeOf(attempt));
        }
    }
    return (lines + closingLines(*this)).join(u'\n');
}

QString LoginTrace::toText() const
{
    QStringList lines;
    for (const QString &agent : agents) {
        lines.append(base::displayText(agent));
    }
    for (const Attempt &attempt : attempts) {
        lines.append(lineFor(attempt));
    }
    return (lines + closingLines(*this)).join(u'\n');
}

} // namespace ssh
