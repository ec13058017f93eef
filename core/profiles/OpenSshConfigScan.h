// OpenSshConfigScan: what can be learned from an OpenSSH configuration by reading it, without
// running anything: `Match exec` runs programs, so the lines of Match blocks are passed over.

#pragma once

#include "profiles/OpenSshJump.h"
#include "profiles/OpenSshOptions.h"

#include <QString>
#include <QStringList>

namespace profiles {

// Where OpenSSH's configuration of a user is.
struct OpenSshPlace
{
    QString file; // ~/.ssh/config, or another
    QString home; // "~", without a slash at the end

    // For the home directory that the environment names.
    static OpenSshPlace ofUser();

    friend bool operator==(const OpenSshPlace &, const OpenSshPlace &) = default;
};

struct OpenSshConfigScan
{
    // The names on Host lines, in their order, without patterns and without what cannot be passed
    // to `ssh` safely.
    QStringList aliases;

    // What was read or looked for, files and directories: when one changes, the scan is outdated.
    QStringList sources;
    QStringList unreadable; // files

    // Follows Include as ssh_config(5) says, 16 levels deep. Blocks for the disk; not for the
    // thread of a window. No file means no aliases.
    static OpenSshConfigScan read(const OpenSshPlace &place);

    friend bool operator==(const OpenSshConfigScan &, const OpenSshConfigScan &) = default;
};

// The options for a host as far as Host blocks alone set them: for computers without OpenSSH's
// client. Match blocks and the system's configuration do not count, and algorithms, defaults and
// tokens stay as they are written.
OpenSshOptions plainOpenSshOptions(const OpenSshPlace &place, const OpenSshJump &host);

// May it be an argument of `ssh`? The rules of OpenSSH's valid_hostname() (ssh.c), and nothing that
// `ssh` takes apart: USER@HOST and URLs.
bool isAcceptableAlias(QStringView alias);

} // namespace profiles
