#include "ssh/StreamHandler.h"

namespace ssh {

void StreamHandler::started(ChannelPort &port)
{
    if (m_isClosedEarly) {
        port.close();
        return;
    }
    m_port = &port;
    port.grant(initialCredit);
    if (m_earlySize) {
        port.resize(m_earlySize->first, m_earlySize->second);
    }
    port.write(std::exchange(m_early, {}));
    if (m_isEofEarly) {
        port.sendEof();
    }
    emit programStarted();
}

void StreamHandler::received(QByteArrayView data, OutputStream stream)
{
    emit outputReceived(data.toByteArray(), stream);
}

void StreamHandler::written(qsizetype bytes)
{
    emit inputTaken(bytes);
}

void StreamHandler::finished(const base::Result<ExitStatus> &end)
{
    m_port = nullptr;
    emit ended(end);
}

void StreamHandler::write(const QByteArray &data)
{
    if (m_port == nullptr) {
        m_early += data;
        return;
    }
    m_port->write(data);
}

void StreamHandler::sendEof()
{
    if (m_port == nullptr) {
        m_isEofEarly = true;
    } else {
        m_port->sendEof();
    }
}

void StreamHandler::resize(int columns, int rows)
{
    if (m_port == nullptr) {
        m_earlySize = {columns, rows};
    } else {
        m_port->resize(columns, rows);
    }
}

void StreamHandler::close()
{
    if (m_port == nullptr) {
        m_isClosedEarly = true;
    } else {
        m_port->close();
    }
}

} // namespace ssh
