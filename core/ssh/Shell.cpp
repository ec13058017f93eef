#include "ssh/Shell.h"

#include "ssh/SignalNumber.h"
#include "ssh/StreamHandler.h"

namespace ssh {
namespace {

base::Result<int> statusOf(const base::Result<ExitStatus> &end)
{
    if (!end) {
        return base::Failure(end.error());
    }
    if (!end->signal.isEmpty()) {
        return 128 + signalNumber(end->signal);
    }
    return end->code.value_or(0);
}

} // namespace

Shell::Shell(ChannelHandle channel, const StreamHandler &handler)
    : m_stream(std::move(channel))
{
    connect(&handler, &StreamHandler::programStarted, this, &Shell::started);
    connect(&handler, &StreamHandler::outputReceived, this,
            [this](const QByteArray &data) { emit received(data); });
    connect(&handler, &StreamHandler::inputTaken, this, [this](qsizetype bytes) {
        if (m_stream.take(bytes)) {
            emit writable();
        }
    });
    connect(&handler, &StreamHandler::ended, this,
            [this](const base::Result<ExitStatus> &end) { emit finished(statusOf(end)); });
}

Shell::~Shell()
{
    m_stream.close();
}

qsizetype Shell::write(QByteArrayView data)
{
    return m_stream.write(data);
}

void Shell::resize(int columns, int rows)
{
    m_stream.resize(columns, rows);
}

void Shell::consumed(qsizetype bytes)
{
    m_stream.consumed(bytes);
}

} // namespace ssh
