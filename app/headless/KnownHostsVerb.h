// KnownHostsVerb: `ponto known-hosts`: asks known_hosts files about a host or a key, and changes
// them. Connects to nobody.

#pragma once

#include "app/CommandLine.h"
#include "app/headless/Report.h"
#include "app/headless/Verb.h"
#include "hostkeys/KnownHosts.h"
#include "hostkeys/TrustScope.h"

namespace app {

class KnownHostsVerb final : public Verb
{
    Q_OBJECT

public:
    // `scope` has the files, and the host and port of the request if it has any.
    KnownHostsVerb(KnownHostsRequest request, hostkeys::TrustScope scope);

    void start() override;
    void interrupt(int signal) override;

private:
    ExitStatus run() const;
    ExitStatus check() const;
    ExitStatus find() const;
    ExitStatus list() const;
    ExitStatus add() const;
    ExitStatus remove() const;

    KnownHostsRequest m_request;
    hostkeys::TrustScope m_scope;
};

} // namespace app
