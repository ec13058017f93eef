#include "commands/RunOrder.h"

#include <algorithm>

namespace commands {
namespace {

QByteArray quoted(QByteArray word)
{
    return "'" + word.replace('\'', "'\\''") + "'";
}

// Not with "--", which the cd of some shells does not know.
QByteArray placeOf(const QByteArray &directory)
{
    if (directory == "~") {
        return directory;
    }
    if (directory.startsWith("~/")) {
        return "~/" + quoted(directory.mid(2));
    }
    return quoted(directory.startsWith('-') ? "./" + directory : directory);
}

// The names of POSIX (Base Definitions, 8.1).
bool isVariable(QStringView name)
{
    const auto isLetter
        = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; };
    return !name.isEmpty() && isLetter(name.front()) && std::ranges::all_of(name, [&](QChar c) {
        return isLetter(c) || (c >= u'0' && c <= u'9');
    });
}

} // namespace

QByteArray RunOrder::line() const
{
    return directory.isEmpty() ? command : "cd " + placeOf(directory) + " || exit; " + command;
}

// The command may be several, none of which is to run elsewhere.
QByteArray RunOrder::terminalLine() const
{
    return directory.isEmpty() ? command
                               : "cd " + placeOf(directory) + " && eval " + quoted(command);
}

ssh::ExecRequest RunOrder::request() const
{
    ssh::ExecRequest request{.command = line(), .environment = environment};
    if (terminal == Terminal::Present) {
        request.terminal = ssh::TerminalRequest{};
        request.terminal->term = "dumb"; // what is shown is text, not a screen
    }
    return request;
}

base::Result<QHash<QByteArray, QByteArray>, QString> environmentIn(const QString &text)
{
    QHash<QByteArray, QByteArray> environment;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QString assignment = line.trimmed();
        if (assignment.isEmpty()) {
            continue;
        }
        const qsizetype equals = assignment.indexOf(u'=');
        if (equals < 0 || !isVariable(QStringView(assignment).left(equals))) {
            return base::Failure(assignment);
        }
        environment.insert(assignment.left(equals).toUtf8(), assignment.mid(equals + 1).toUtf8());
    }
    return environment;
}

} // namespace commands
