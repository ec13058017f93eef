#include "profiles/TerminalChoice.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace profiles {
namespace {

constexpr QLatin1StringView logField("log");
constexpr QLatin1StringView colorsField("colors");
constexpr QLatin1StringView familyField("fontFamily");
constexpr QLatin1StringView pointsField("fontPoints");
constexpr QLatin1StringView cursorField("cursor");
constexpr QLatin1StringView bellField("bell");
constexpr QLatin1StringView scrollbackField("scrollback");
constexpr QLatin1StringView typeField("type");

constexpr qsizetype longestName = 200;

// Empty if it is not among `words`.
QString oneOf(const QStringList &words, const QJsonValue &value)
{
    return words.contains(value.toString()) ? value.toString() : QString();
}

} // namespace

bool TerminalChoice::isAcceptableType(QStringView name)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9+._-]{1,64}$"),
                                         QRegularExpression::DontCaptureOption);
    return form.matchView(name).hasMatch();
}

TerminalChoice TerminalChoice::fromJson(const QJsonObject &object)
{
    static const QStringList forms{QStringLiteral("off"), QStringLiteral("plain"),
                                   QStringLiteral("timed"), QStringLiteral("cast")};
    static const QStringList cursors{QStringLiteral("block"), QStringLiteral("underline"),
                                     QStringLiteral("bar")};
    static const QStringList bells{QStringLiteral("none"), QStringLiteral("mark"),
                                   QStringLiteral("visual")};
    TerminalChoice choice;
    choice.log = oneOf(forms, object.value(logField));
    choice.cursor = oneOf(cursors, object.value(cursorField));
    choice.bell = oneOf(bells, object.value(bellField));
    if (const QJsonValue lines = object.value(scrollbackField); lines.isDouble()) {
        choice.scrollback = std::clamp(lines.toInt(mostScrollback), 0, mostScrollback);
    }
    const QString type = object.value(typeField).toString();
    choice.type = isAcceptableType(type) ? type : QString();
    choice.colors = object.value(colorsField).toString().left(longestName);
    choice.fontFamily = object.value(familyField).toString().left(longestName);
    const int points = object.value(pointsField).toInt(0);
    choice.fontPoints = points < smallestPoints || points > largestPoints ? 0 : points;
    return choice;
}

QJsonObject TerminalChoice::toJson(QJsonObject object, const QSet<QString> &kept) const
{
    const auto setOrRemove = [&](QLatin1StringView field, const QJsonValue &value, bool isSet) {
        if (isSet || kept.contains(field)) {
            object.insert(field, value);
        } else {
            object.remove(field);
        }
    };
    setOrRemove(logField, log, !log.isEmpty());
    setOrRemove(colorsField, colors, !colors.isEmpty());
    setOrRemove(familyField, fontFamily, !fontFamily.isEmpty());
    setOrRemove(pointsField, fontPoints, fontPoints > 0);
    setOrRemove(cursorField, cursor, !cursor.isEmpty());
    setOrRemove(bellField, bell, !bell.isEmpty());
    setOrRemove(scrollbackField, scrollback ? QJsonValue(*scrollback) : QJsonValue(),
                scrollback.has_value());
    setOrRemove(typeField, type, !type.isEmpty());
    return object;
}

} // namespace profiles
