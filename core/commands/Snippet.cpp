#include "commands/Snippet.h"

#include "profiles/SessionCommand.h"

#include <QRegularExpression>

#include <algorithm>

namespace commands {
namespace {

// "{{name}}" or "{{name:usual value}}".
const QRegularExpression &place()
{
    static const QRegularExpression expression(
        QStringLiteral("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_ -]*?)\\s*(?::([^{}]*))?\\}\\}"));
    return expression;
}

} // namespace

QList<SnippetParameter> Snippet::parameters() const
{
    QList<SnippetParameter> found;
    for (auto matches = place().globalMatch(command); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const auto known = std::ranges::find(found, match.captured(1), &SnippetParameter::name);
        if (known == found.end()) {
            found.append({match.captured(1), match.captured(2)});
        } else if (known->usual.isEmpty()) {
            known->usual = match.captured(2);
        }
    }
    return found;
}

QString Snippet::filled(const QHash<QString, QString> &values) const
{
    QHash<QString, QString> all;
    for (const SnippetParameter &parameter : parameters()) {
        all.insert(parameter.name, values.value(parameter.name, parameter.usual));
    }
    QString result;
    qsizetype end = 0;
    for (auto matches = place().globalMatch(command); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        result += command.sliced(end, match.capturedStart() - end);
        result += profiles::shellWord(all.value(match.captured(1)));
        end = match.capturedEnd();
    }
    return result + command.sliced(end);
}

} // namespace commands
