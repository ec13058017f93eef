// Variable: a variable of the programs that a session starts on its server, "NAME=VALUE".

#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace profiles {

struct Variable
{
    QString name; // letters, digits and underscores, no digit in front (POSIX.1-2017, 8.1)
    QString value; // may be empty

    // Absent if it is none, or has a line break or NUL in it.
    static std::optional<Variable> parse(QStringView text);

    friend bool operator==(const Variable &, const Variable &) = default;
};

} // namespace profiles
