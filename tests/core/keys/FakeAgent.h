// FakeAgent: a listening socket that behaves as no real ssh-agent does.

#pragma once

#include <QByteArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>

// Sends `answer` to each connection once a request has come; nothing if it is empty.
class FakeAgent
{
public:
    explicit FakeAgent(QByteArray answer = {})
        : m_answer(std::move(answer))
    {
        QObject::connect(&m_server, &QLocalServer::newConnection, &m_server, [this] {
            QLocalSocket *client = m_server.nextPendingConnection();
            m_hasClient = true;
            QObject::connect(client, &QLocalSocket::readyRead, client,
                             [this, client] { client->write(m_answer); });
        });
        m_server.listen(socketPath());
    }

    bool hasClient() const { return m_hasClient; } // has had one, to be exact

    QString socketPath() const { return m_directory.filePath(QStringLiteral("agent")); }

private:
    QByteArray m_answer;
    bool m_hasClient = false;
    QTemporaryDir m_directory;
    QLocalServer m_server;
};
