// TerminalChoice: how the terminals of a session look and what they are to its programs, and
// whether what they show is kept in files. A value, part of a profile; each field may be left to
// the groups and the settings.

#pragma once

#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringView>

#include <optional>

namespace profiles {

struct TerminalChoice
{
    // off, plain, timed or cast, as settings::keys::logForm has it; empty: what the settings say.
    QString log;

    // As settings::keys::terminalColors; empty: what the settings say.
    QString colors;

    // A family of fixed width, or systemFont; empty: what the settings say. And its size in points,
    // 0: what the settings say.
    QString fontFamily;
    int fontPoints = 0;

    // As settings::keys::terminalCursor and terminalBell; empty: what the settings say.
    QString cursor;
    QString bell;

    // Lines that are kept when they scroll out of the screen; absent: what the settings say.
    std::optional<int> scrollback;

    // What programs there are told in TERM, as isAcceptableType() has it; empty: usualType.
    QString type;

    static constexpr QLatin1StringView systemFont{"system"};
    static constexpr QLatin1StringView usualType{"xterm-256color"};
    static constexpr int mostScrollback = 10'000;
    static constexpr int smallestPoints = 5;
    static constexpr int largestPoints = 48;

    // A name that terminfo may know: letters, digits and "+-._", at most 64.
    static bool isAcceptableType(QStringView name);

    // Whatever a file may hold: a value that makes no sense is left out.
    static TerminalChoice fromJson(const QJsonObject &object);

    // `object` with our fields set: what we do not know in it stays. Defaults are left out, but
    // those of the names in `kept`.
    QJsonObject toJson(QJsonObject object = {}, const QSet<QString> &kept = {}) const;

    friend bool operator==(const TerminalChoice &, const TerminalChoice &) = default;
};

} // namespace profiles
