#include "profiles/TerminalChoice.h"

#include <QStringList>

namespace profiles {
namespace {

constexpr QLatin1StringView logField("log");
constexpr QLatin1StringView colorsField("colors");
constexpr QLatin1StringView familyField("fontFamily");
constexpr QLatin1StringView pointsField("fontPoints");

constexpr qsizetype longestName = 200;

} // namespace

TerminalChoice TerminalChoice::fromJson(const QJsonObject &object)
{
    static const QStringList forms{QStringLiteral("off"), QStringLiteral("plain"),
                                   QStringLiteral("timed"), QStringLiteral("cast")};
    TerminalChoice choice;
    const QString log = object.value(logField).toString();
    choice.log = forms.contains(log) ? log : QString();
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
    return object;
}

} // namespace profiles
