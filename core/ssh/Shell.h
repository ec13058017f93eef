// Shell: a login shell with a terminal (pty) on the server, as a stream that its owner reads with
// credit.

#pragma once

#include "ssh/ChannelHandler.h"
#include "terminal/ByteStream.h"

#include <memory>

namespace ssh {

class ShellHandler;
class SessionThread;

// Created by Connection::openShell(). See terminal::ByteStream for what the members promise.
class Shell final : public terminal::ByteStream
{
    Q_OBJECT

public:
    ~Shell() override; // closes the channel; queued output is dropped

    qsizetype write(QByteArrayView data) override;
    void resize(int columns, int rows) override;
    void consumed(qsizetype bytes) override;
};

} // namespace ssh
