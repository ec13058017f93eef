#include "files/RenameRule.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace files {
namespace {

using Problem = PlannedName::Problem;

constexpr qsizetype longestName = 255; // NAME_MAX of Linux, in bytes

// A byte that is no part of UTF-8 is the character that is as far behind this one: of the last
// plane for private use, where names have nothing. So it takes part in what is done to text.
constexpr char32_t strayBytes = 0x10FF00;

bool isStrayByte(char32_t character)
{
    return character >= strayBytes + 0x80 && character <= strayBytes + 0xFF;
}

QString toText(const QByteArray &name)
{
    QString text = QString::fromUtf8(name);
    if (text.toUtf8() == name) {
        return text;
    }
    text.clear();
    for (qsizetype i = 0; i < name.size();) {
        qsizetype length = 1;
        const auto part = [&] { return QByteArrayView(name).sliced(i, length); };
        while (!part().isValidUtf8() && length < 4 && i + length < name.size()) {
            ++length; // a character has up to four bytes (RFC 3629 section 3)
        }
        if (part().isValidUtf8()) {
            text += QString::fromUtf8(part());
        } else {
            length = 1;
            text += QChar::fromUcs4(strayBytes + static_cast<uchar>(name[i]));
        }
        i += length;
    }
    return text;
}

QByteArray toName(const QString &text)
{
    QByteArray name;
    const QStringView view(text);
    for (qsizetype i = 0; i < view.size(); ++i) {
        const bool isPair
            = view[i].isHighSurrogate() && i + 1 < view.size() && view[i + 1].isLowSurrogate();
        const char32_t character
            = isPair ? QChar::surrogateToUcs4(view[i], view[i + 1]) : char32_t{view[i].unicode()};
        if (isStrayByte(character)) {
            name += static_cast<char>(character - strayBytes);
        } else {
            name += view.sliced(i, isPair ? 2 : 1).toUtf8();
        }
        i += isPair ? 1 : 0;
    }
    return name;
}

// Bytes as names show them, "\xe9", for a name that has such ones.
QString withStrayBytes(const QString &typed)
{
    static const QRegularExpression code(QStringLiteral(R"(\\x([89a-f][0-9a-f]))"));
    QString text;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &match : code.globalMatch(typed)) {
        text += QStringView(typed).sliced(end, match.capturedStart() - end);
        text += QChar::fromUcs4(strayBytes + match.captured(1).toUInt(nullptr, 16));
        end = match.capturedEnd();
    }
    return text.append(QStringView(typed).sliced(end));
}

QRegularExpression expressionOf(const RenameRule &rule)
{
    return QRegularExpression(rule.isRegularExpression ? rule.search
                                                       : QRegularExpression::escape(rule.search),
                              rule.ignoresCase ? QRegularExpression::CaseInsensitiveOption
                                               : QRegularExpression::NoPatternOption);
}

// "a.tar.gz" is "a.tar" and "gz"; ".profile" has no extension.
std::pair<QString, QString> split(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 ? std::pair(name.first(dot), name.sliced(dot + 1)) : std::pair(name, QString());
}

// In one pass, because a name may hold what looks like a placeholder.
QString fromPattern(const RenameRule &rule, const QString &name, qsizetype position)
{
    const auto [base, extension] = split(name);
    const QString number
        = QString::number(rule.firstNumber + position).rightJustified(rule.digits, u'0');
    QString result;
    for (qsizetype i = 0; i < rule.pattern.size();) {
        const QStringView rest = QStringView(rule.pattern).sliced(i);
        if (rest.startsWith(u"{name}")) {
            result += base;
            i += 6;
        } else if (rest.startsWith(u"{ext}")) {
            result += extension;
            i += 5;
        } else if (rest.startsWith(u"{n}")) {
            result += number;
            i += 3;
        } else {
            result += rest.front();
            ++i;
        }
    }
    // A dot in front of an extension that is not there.
    if (extension.isEmpty() && rule.pattern.endsWith(u".{ext}")) {
        result.chop(1);
    }
    return result;
}

QString replaced(const RenameRule &rule, const QRegularExpression &expression, QString name)
{
    if (rule.search.isEmpty() || !expression.isValid()) {
        return name;
    }
    if (rule.isRegularExpression) {
        return name.replace(expression, rule.replacement);
    }
    const bool hasStrayBytes = std::ranges::any_of(name.toUcs4(), isStrayByte);
    // Plain text has no groups.
    return name.replace(hasStrayBytes ? withStrayBytes(rule.search) : rule.search, rule.replacement,
                        rule.ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive);
}

QString inCase(const RenameRule &rule, const QString &name)
{
    switch (rule.letterCase) {
    case RenameRule::LetterCase::Lower:
        return name.toLower();
    case RenameRule::LetterCase::Upper:
        return name.toUpper();
    case RenameRule::LetterCase::Keep:
        break;
    }
    return name;
}

bool isName(const QByteArray &name)
{
    return safeLocalName(name).has_value() && name.size() <= longestName;
}

// With its slash; empty for a mere name.
QByteArray folderOf(const QByteArray &path)
{
    return path.first(path.lastIndexOf('/') + 1);
}

} // namespace

QString RenameRule::complaint() const
{
    if (kind != Kind::Replacement || !isRegularExpression) {
        return {};
    }
    const QRegularExpression expression = expressionOf(*this);
    return expression.isValid() ? QString() : expression.errorString();
}

RenamePlan::RenamePlan(const QByteArrayList &chosen, const QSet<QByteArray> &present,
                       const RenameRule &rule)
    : m_present(present)
{
    const QRegularExpression expression = expressionOf(rule);
    QHash<QByteArray, int> wanted; // how many want a name
    QSet<QByteArray> leaving;
    for (qsizetype i = 0; i < chosen.size(); ++i) {
        const QByteArray folder = folderOf(chosen[i]);
        const QByteArray name = chosen[i].sliced(folder.size());
        const QString text = toText(name);
        PlannedName planned{chosen[i], chosen[i]};
        if (toName(text) != name) {
            planned.problem = Problem::Strange;
        } else {
            const QString made = rule.kind == RenameRule::Kind::Pattern
                ? fromPattern(rule, text, i)
                : replaced(rule, expression, text);
            const QByteArray to = toName(inCase(rule, made));
            planned.to = folder + to;
            planned.problem = isName(to) ? Problem::None : Problem::NoName;
        }
        ++wanted[planned.to];
        if (planned.to != planned.from) {
            leaving.insert(planned.from);
        }
        m_names.append(std::move(planned));
    }
    for (PlannedName &planned : m_names) {
        if (planned.problem != Problem::None || planned.to == planned.from) {
            continue;
        }
        if (wanted.value(planned.to) > 1) {
            planned.problem = Problem::Twice;
        } else if (m_present.contains(planned.to) && !leaving.contains(planned.to)) {
            planned.problem = Problem::Taken;
        }
    }
}

qsizetype RenamePlan::changes() const
{
    return std::ranges::count_if(
        m_names, [](const PlannedName &planned) { return planned.to != planned.from; });
}

bool RenamePlan::isPossible() const
{
    return changes() > 0 && std::ranges::all_of(m_names, [](const PlannedName &planned) {
               return planned.problem == Problem::None;
           });
}

QList<std::pair<QByteArray, QByteArray>> RenamePlan::steps() const
{
    QHash<QByteArray, QByteArray> left; // by the name that it has now
    QHash<QByteArray, QByteArray> comesFrom; // by the name that it gets
    for (const PlannedName &planned : m_names) {
        if (planned.to != planned.from) {
            left.insert(planned.from, planned.to);
            comesFrom.insert(planned.to, planned.from);
        }
    }
    QList<std::pair<QByteArray, QByteArray>> steps;
    // From a name that nobody has: whoever gets it makes his own name free.
    const auto follow = [&](QByteArray to) {
        for (auto from = comesFrom.constFind(to); from != comesFrom.constEnd();
             from = comesFrom.constFind(to)) {
            if (!left.contains(*from)) {
                return;
            }
            steps.append({*from, to});
            left.remove(*from);
            to = *from;
        }
    };
    for (const PlannedName &planned : m_names) {
        if (planned.to != planned.from && !left.contains(planned.to)) {
            follow(planned.to);
        }
    }
    // What remains are circles.
    int number = 0;
    for (const PlannedName &planned : m_names) {
        if (!left.contains(planned.from)) {
            continue;
        }
        QByteArray between;
        do {
            between = folderOf(planned.from) + ".ponto-rename-" + QByteArray::number(++number);
        } while (m_present.contains(between) || comesFrom.contains(between));
        const QByteArray to = left.take(planned.from);
        steps.append({planned.from, between});
        follow(planned.from);
        steps.append({between, to});
    }
    return steps;
}

} // namespace files
