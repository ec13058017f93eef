// PastedCommand: an ssh(1) command line, as it stands in a manual or a shell's history, made into a
// session. What the session has no place for is told, not guessed.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"
#include "profiles/TargetAddress.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace profiles {

struct PastedCommandError
{
    enum class Problem {
        NoHost,
        BadAddress, // of the host, or of a jump host: see `address`
        BadPort,
        BadForward,
        NoValue, // an option that wants one is the last word
        UnknownOption,
    };

    Problem problem = Problem::NoHost;
    QString word; // that it is about
    std::optional<AddressError> address = {};
};

struct PastedCommand
{
    Profile profile;
    QStringList leftOut; // options that have no effect on it, "-X", "-o LogLevel=QUIET"

    // `words` as a shell makes them, without the "ssh" in front. Options as in ssh(1): those that
    // only matter to a shell (-f, -n, -N, -q, -T, -t, -v) are dropped in silence.
    static base::Result<PastedCommand, PastedCommandError> parse(const QStringList &words);
};

} // namespace profiles
