// ExecProcess: a command on the server, with its three streams and its end.

#pragma once

#include "ssh/ChannelStream.h"

#include <QObject>

namespace ssh {

class StreamHandler;

// Created by Connection::start(). Belongs to the connection's owner and is used on that thread.
class ExecProcess final : public QObject
{
    Q_OBJECT

public:
    // `handler` is the other end of `channel`; it lives on the connection's thread.
    ExecProcess(ChannelHandle channel, const StreamHandler &handler);
    ~ExecProcess() override; // closes the channel

    // Bytes accepted for standard input: fewer once 1 MiB is queued; then writable() follows.
    qsizetype write(QByteArrayView data);
    void sendEof();
    void sendSignal(const QByteArray &name); // "INT", "TERM": RFC 4254 section 6.9

    void resize(int columns, int rows); // of its terminal, if it has one

    // Gives credit: the server may send that much more.
    void consumed(qsizetype bytes);

signals:
    void started();
    void received(const QByteArray &data,
                  ssh::OutputStream stream); // at most 256 KiB not yet consumed()
    void writable(); // after write() took less than it was given
    void finished(const base::Result<ssh::ExitStatus> &end); // once, the last signal

private:
    ChannelStream m_stream;
};

} // namespace ssh
