#include "ssh/ChannelStream.h"

#include "ssh/StreamHandler.h"

#include <algorithm>

namespace ssh {
namespace {

constexpr qsizetype queueLimit = qsizetype{1024} * 1024;

// Runs `call` with the port while the program runs; a call for a channel that has ended goes
// nowhere.
template<typename Call>
void postToPort(const ChannelHandle &channel, const Call &call)
{
    channel.post([call](ChannelHandler *handler) {
        const auto *stream = static_cast<StreamHandler *>(handler);
        if (stream != nullptr && stream->port() != nullptr) {
            call(*stream->port());
        }
    });
}

template<typename Call>
void postToHandler(const ChannelHandle &channel, const Call &call)
{
    channel.post([call](ChannelHandler *handler) {
        if (handler != nullptr) {
            call(*static_cast<StreamHandler *>(handler));
        }
    });
}

} // namespace

ChannelStream::ChannelStream(ChannelHandle channel)
    : m_channel(std::move(channel))
{
}

qsizetype ChannelStream::write(QByteArrayView data)
{
    const qsizetype accepted = std::min(data.size(), queueLimit - m_queuedBytes);
    m_hasRefused = accepted < data.size();
    if (accepted > 0) {
        m_queuedBytes += accepted;
        const QByteArray copy = data.first(accepted).toByteArray();
        postToHandler(m_channel, [copy](StreamHandler &stream) { stream.write(copy); });
    }
    return accepted;
}

bool ChannelStream::take(qsizetype bytes)
{
    m_queuedBytes -= bytes;
    if (!m_hasRefused || m_queuedBytes > queueLimit / 2) {
        return false;
    }
    m_hasRefused = false;
    return true;
}

void ChannelStream::sendEof() const
{
    postToHandler(m_channel, [](StreamHandler &stream) { stream.sendEof(); });
}

void ChannelStream::consumed(qsizetype bytes) const
{
    postToPort(m_channel, [bytes](ChannelPort &port) { port.grant(bytes); });
}

void ChannelStream::resize(int columns, int rows) const
{
    postToHandler(m_channel,
                  [columns, rows](StreamHandler &stream) { stream.resize(columns, rows); });
}

void ChannelStream::sendSignal(const QByteArray &name) const
{
    postToPort(m_channel, [name](ChannelPort &port) { port.sendSignal(name); });
}

void ChannelStream::close() const
{
    postToHandler(m_channel, [](StreamHandler &stream) { stream.close(); });
}

} // namespace ssh
