// LocalTask: a local or dynamic forward that runs: listens on this computer, and opens a channel
// for each client.

#pragma once

#include "forward/ForwardTask.h"
#include "forward/ListeningSocket.h"

#include <map>
#include <memory>

namespace forward {

class SocksClient;

class LocalTask final : public ForwardTask
{
    Q_OBJECT

public:
    // `preferredPort` is taken where any port will do, if it is free: the one of last time.
    LocalTask(const profiles::Forward &forward, quint16 preferredPort, ssh::ServicePort &port);
    ~LocalTask() override;

    void start() override;
    void stop() override;

private:
    base::Result<std::unique_ptr<ListeningSocket>> open() const;
    void serve(Client client);
    void negotiate(Client client);
    void carry(Client client, const ssh::ChannelRequest &request);
    void carrySocks(SocksClient &socks);
    void refuseSocks(SocksClient &socks);
    void drop(SocksClient *socks);
    void updateListening();
    void handleClientEnd() override { updateListening(); }

    quint16 m_preferredPort;
    std::unique_ptr<ListeningSocket> m_listener;
    std::map<SocksClient *, std::unique_ptr<SocksClient>> m_negotiating;
};

} // namespace forward
