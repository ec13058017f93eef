// ChannelStream: the owner's end of a Shell or an ExecProcess, as far as the two are the same.

#pragma once

#include "ssh/ChannelHandle.h"

#include <QByteArrayView>

namespace ssh {

class ChannelStream
{
public:
    // `channel` holds a StreamHandler.
    explicit ChannelStream(ChannelHandle channel);

    // Takes as much as fits into the queue of 1 MiB, from the front. Returns how much that was.
    qsizetype write(QByteArrayView data);

    // StreamHandler::inputTaken(). True if write() has refused something since, so that writable()
    // is due.
    [[nodiscard]] bool take(qsizetype bytes);

    void sendEof() const;
    void consumed(qsizetype bytes) const;
    void resize(int columns, int rows) const;
    void sendSignal(const QByteArray &name) const;
    void close() const;

private:
    ChannelHandle m_channel;
    qsizetype m_queuedBytes = 0; // accepted and not yet taken by libssh
    bool m_hasRefused = false;
};

} // namespace ssh
