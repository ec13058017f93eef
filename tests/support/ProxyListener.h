// ProxyListener: the part of TestProxy that lives in its thread.

#pragma once

#include "tests/support/TestProxy.h"

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

class ProxyListener final : public QObject
{
    Q_OBJECT

public:
    explicit ProxyListener(ProxyScript script);

    quint16 listen(); // the port; 0 after a failure
    QByteArrayList targets() const { return m_targets; }
    qsizetype connectionCount() const { return m_connectionCount; }

private:
    void handleConnection();

    ProxyScript m_script;
    QTcpServer m_server;
    QByteArrayList m_targets;
    qsizetype m_connectionCount = 0;
};

// One client, from its first word to the end of its connection.
class ProxyClient final : public QObject
{
    Q_OBJECT

public:
    ProxyClient(const ProxyScript &script, QTcpSocket *socket, QObject *parent);

signals:
    void targetNamed(const QByteArray &target);

private:
    enum class Phase { Greeting, Login, Request, Relaying };

    void handleReadyRead();
    void answerRaw();
    bool stepSocks(); // true if something was understood
    bool takeGreeting();
    bool takeLogin();
    bool takeRequest();
    void stepHttp();
    void connectTo(const QByteArray &host, quint16 port);
    void handleConnected();
    void handleRefused();

    const ProxyScript &m_script;
    QTcpSocket *m_socket; // child
    QTcpSocket m_target;
    QByteArray m_input;
    Phase m_phase = Phase::Greeting;
};

} // namespace tests
