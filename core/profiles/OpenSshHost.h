// OpenSshHost: what OpenSSH's configuration says about a host, and about the jump hosts on the way
// to it.

#pragma once

#include "base/Result.h"
#include "profiles/OpenSshJump.h"
#include "profiles/OpenSshOptions.h"

#include <QList>
#include <QString>

#include <optional>

namespace profiles {

struct OpenSshHost
{
    OpenSshOptions options;
    QList<OpenSshOptions> jumpHosts; // of ProxyJump; the first is connected to first

    friend bool operator==(const OpenSshHost &, const OpenSshHost &) = default;
};

// Follows ProxyJump from a host to its jump host, to that one's, and so on: each is a host of the
// configuration itself. Who asks the configuration gives it the answers.
class OpenSshJumpChain
{
public:
    explicit OpenSshJumpChain(QString alias);

    // About whom the configuration is to be asked next: the alias without anything, then jump
    // hosts. Absent if that is all.
    const std::optional<OpenSshJump> &next() const { return m_next; }
    bool isAtJumpHost() const { return m_asked.size() > 1; }

    // The answer about next(). Fails with RouteUnusable if the jump hosts lead in a circle, whose
    // names are the error's `quote` then, or are more than a person can mean; with InvalidName if
    // ProxyJump names none.
    base::Result<void> take(const OpenSshOptions &options);

    // `error` as it came for next(), with the name of the jump host that it is about.
    base::Error explained(base::Error error) const;

    const OpenSshHost &host() const { return m_host; }

private:
    base::Error unusable(const QString &where, const QString &quote) const;

    const QString m_alias;
    QList<OpenSshJump> m_asked; // next() is the last of them
    std::optional<OpenSshJump> m_next;
    OpenSshHost m_host;
};

} // namespace profiles
