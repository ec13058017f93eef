#include "tests/core/sftp/SftpPeers.h"

#include <utility>

namespace tests {

void ScriptedPeer::write(const QByteArray &data)
{
    if (m_toServer.isEmpty()) {
        QMetaObject::invokeMethod(
            &m_context, [this] { engine.received(server.handle(std::exchange(m_toServer, {}))); },
            Qt::QueuedConnection);
    }
    m_toServer.append(data);
}

void ScriptedPeer::release(ScriptedSftpServer::Order order)
{
    engine.received(server.release(order));
}

ProcessPeer::ProcessPeer()
    : engine(*this)
{
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process,
                     [this] { engine.received(m_process.readAllStandardOutput()); });
    QObject::connect(&m_process, &QProcess::bytesWritten, &m_process,
                     [this] { engine.noteProgress(); });
    QObject::connect(&m_process, &QProcess::finished, &m_process,
                     [this] { engine.end(base::Error{base::ErrorKind::ConnectionLost}); });
    m_process.start(QStringLiteral("/usr/lib/openssh/sftp-server"), {QStringLiteral("-e")});
    engine.start();
}

ProcessPeer::~ProcessPeer()
{
    m_process.disconnect();
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace tests
