#include "ssh/ExecProcess.h"

#include "ssh/StreamHandler.h"

namespace ssh {

ExecProcess::ExecProcess(ChannelHandle channel, const StreamHandler &handler)
    : m_stream(std::move(channel))
{
    connect(&handler, &StreamHandler::programStarted, this, &ExecProcess::started);
    connect(&handler, &StreamHandler::outputReceived, this, &ExecProcess::received);
    connect(&handler, &StreamHandler::ended, this, &ExecProcess::finished);
    connect(&handler, &StreamHandler::inputTaken, this, [this](qsizetype bytes) {
        if (m_stream.take(bytes)) {
            emit writable();
        }
    });
}

ExecProcess::~ExecProcess()
{
    m_stream.close();
}

qsizetype ExecProcess::write(QByteArrayView data)
{
    return m_stream.write(data);
}

void ExecProcess::sendEof()
{
    m_stream.sendEof();
}

void ExecProcess::sendSignal(const QByteArray &name)
{
    m_stream.sendSignal(name);
}

void ExecProcess::resize(int columns, int rows)
{
    m_stream.resize(columns, rows);
}

void ExecProcess::consumed(qsizetype bytes)
{
    m_stream.consumed(bytes);
}

} // namespace ssh
