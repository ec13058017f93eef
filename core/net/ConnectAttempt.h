// ConnectAttempt: one non-blocking connect() to one address. Used by Connector alone.

#pragma once

#include "base/UniqueFd.h"
#include "net/IpAddress.h"

#include <QObject>
#include <QSocketNotifier>
#include <QString>

#include <memory>
#include <optional>

namespace net {

class ConnectAttempt final : public QObject
{
    Q_OBJECT

public:
    // `source` is the address of ours to connect from; absent for the system's choice.
    ConnectAttempt(IpAddress address, quint16 port, std::optional<IpAddress> source);
    ~ConnectAttempt() override; // gives up; nothing is signaled then

    void start();

    const IpAddress &address() const { return m_address; }

    // An errno, 0 if connected; nothing until finished().
    std::optional<int> outcome() const { return m_outcome; }

    // One line for people: "192.0.2.1 port 22: Connection refused".
    QString report() const;

    // The connected socket, non-blocking and close-on-exec; to be called once.
    base::UniqueFd takeSocket();

signals:
    // Once, and always from the event loop, never from inside start().
    void finished();

private:
    int beginConnect(); // errno, 0 if it succeeded or is under way
    int bindToSource(); // errno
    void handleWritable();
    void finish(int code);

    IpAddress m_address;
    quint16 m_port;
    std::optional<IpAddress> m_source;
    bool m_isSourceRefused = false; // bind() failed: the target was not asked
    base::UniqueFd m_socket;
    std::unique_ptr<QSocketNotifier> m_writable; // declared after the socket: it goes first
    std::optional<int> m_outcome;
};

} // namespace net
