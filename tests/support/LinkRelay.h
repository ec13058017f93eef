// LinkRelay: the part of SlowLink that lives in its thread: the listening socket and, for each
// connection, a pair of sockets with one LinkPipe in each direction.

#pragma once

#include "tests/support/SlowLink.h"

#include <QObject>
#include <QQueue>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <array>
#include <chrono>
#include <memory>
#include <vector>

namespace tests {

// How one direction of the link behaves. Its connections share the line, as they would share a way
// through the internet.
struct PipeConditions
{
    using Time = std::chrono::steady_clock::time_point;

    std::chrono::nanoseconds delay{0};
    qint64 bytesPerSecond = 0; // 0: unlimited
    Time lineFree; // when the last byte taken in has left at the given rate
    qint64 flipOffset = -1; // -1: none
    qint64 cutOffset = -1; // -1: none
    qint64 passed = 0; // bytes written so far
    bool stalled = false;
};

// Carries bytes from one socket to another under the conditions of its direction.
class LinkPipe final : public QObject
{
    Q_OBJECT
public:
    LinkPipe(QTcpSocket &from, QTcpSocket &to, PipeConditions &conditions);

    void pump(); // moves what may move now, and arms the timer for the rest

signals:
    void cutReached(); // the last byte that may pass has passed

private:
    struct Chunk
    {
        PipeConditions::Time due;
        QByteArray bytes;
    };

    void takeIn();
    void putOut();

    QTcpSocket &m_from;
    QTcpSocket &m_to;
    PipeConditions &m_conditions;
    QTimer m_timer;
    QQueue<Chunk> m_chunks;
    qint64 m_queuedBytes = 0;
};

class LinkRelay final : public QObject
{
    Q_OBJECT
public:
    LinkRelay(QString targetAddress, quint16 targetPort);

    quint16 listen(); // the port; 0 after a failure
    QString errorText() const { return m_server.errorString(); }
    PipeConditions &conditions(SlowLink::Direction direction);
    qsizetype connectionCount() const { return static_cast<qsizetype>(m_connections.size()); }
    void pumpAll();
    void cut();

private:
    struct Connection
    {
        std::unique_ptr<QTcpSocket> client;
        std::unique_ptr<QTcpSocket> server;
        std::unique_ptr<LinkPipe> toServer;
        std::unique_ptr<LinkPipe> toClient;
    };

    void handleNewConnection();
    void removeClosed();

    QString m_targetAddress;
    quint16 m_targetPort;
    QTcpServer m_server;
    std::array<PipeConditions, 2> m_conditions;
    std::vector<Connection> m_connections;
};

} // namespace tests
