// Shell: a login shell with a terminal (pty) on the server, as a stream that its owner reads with
// credit.

#pragma once

#include "ssh/ChannelStream.h"
#include "terminal/ByteStream.h"

namespace ssh {

class StreamHandler;

// Created by Connection::openShell(). Belongs to the connection's owner and is used on that thread.
// finished() gives the exit status of the shell; one that a signal ended has 128 plus its number,
// as a shell reports it.
class Shell final : public terminal::ByteStream
{
    Q_OBJECT

public:
    // `handler` is the other end of `channel`; it lives on the connection's thread.
    Shell(ChannelHandle channel, const StreamHandler &handler);
    ~Shell() override; // closes the channel; queued output is dropped

    qsizetype write(QByteArrayView data) override;
    void resize(int columns, int rows) override;
    void consumed(qsizetype bytes) override;

signals:
    void started();

private:
    ChannelStream m_stream;
};

} // namespace ssh
