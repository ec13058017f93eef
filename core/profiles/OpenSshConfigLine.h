// OpenSshConfigLine: one line of ssh_config(5), taken apart as OpenSSH does.

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <optional>

namespace profiles {

struct OpenSshConfigLine
{
    QByteArray keyword; // in lower case
    QByteArrayList arguments; // without quotes and escapes

    // Absent for a line that says nothing, and for one that OpenSSH refuses: quotes that do not
    // end. The rules are those of process_config_line_depth() in readconf.c and argv_split() in
    // misc.c of OpenSSH 10.0: KEYWORD ARGUMENTS or KEYWORD=ARGUMENTS, single and double quotes, a
    // backslash before a quote, a backslash or a blank, and a comment after a blank.
    static std::optional<OpenSshConfigLine> parse(QByteArrayView line);

    friend bool operator==(const OpenSshConfigLine &, const OpenSshConfigLine &) = default;
};

// Does the list of patterns of a Host line match? "*" and "?" are wildcards; a pattern with "!"
// that matches rules the name out (ssh_config(5), PATTERNS). Upper and lower case
// differ, as they do for `ssh`.
bool matchesHostPatterns(const QByteArrayList &patterns, QByteArrayView name);

} // namespace profiles
