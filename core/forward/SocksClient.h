// SocksClient: a client of a dynamic forward until it has said where it wants to go.

#pragma once

#include "forward/ListeningSocket.h"
#include "forward/SocksRequest.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace forward {

class SocksClient final : public QObject
{
    Q_OBJECT

public:
    explicit SocksClient(Client client);

    const SocksRequest &request() const { return m_request; }
    const Client &client() const { return m_client; }

    // After decided(): the client, and what it has sent already behind its request.
    Client takeClient();
    QByteArray takeFirstBytes() { return std::move(m_firstBytes); }

signals:
    void decided(); // where to
    void refused(); // it was answered that it cannot have what it wants: request() says why
    void left(); // it has gone, or said nothing for too long

private:
    void read();
    bool write(const QByteArray &answer) const;

    Client m_client;
    std::unique_ptr<QSocketNotifier> m_readable;
    QTimer m_deadline;
    SocksRequest m_request;
    QByteArray m_firstBytes;
};

} // namespace forward
