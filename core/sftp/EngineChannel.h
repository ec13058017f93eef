// EngineChannel: the channel of an SFTP server, be it a subsystem or a command, which feeds an
// Engine. Made by Client, and from then on used on the connection's thread alone.

#pragma once

#include "sftp/Engine.h"
#include "ssh/ChannelHandler.h"

#include <QObject>

#include <optional>

namespace sftp {

class EngineChannel final : public QObject, public ssh::ChannelHandler, private ByteSink
{
    Q_OBJECT

public:
    // No thread's event loop serves it: it only emits.
    EngineChannel() { moveToThread(nullptr); }

    // Runs `call` when the engine is ready for requests, or at its end.
    void whenReady(std::move_only_function<void(Engine *)> call);

    void close();

    void started(ssh::ChannelPort &port) override;
    void received(QByteArrayView data, ssh::OutputStream stream) override;
    void drained() override;
    void finished(const base::Result<ssh::ExitStatus> &end) override;

signals:
    void opened();
    void closed(const base::Result<void> &reason); // once

private:
    Engine &engine();
    void write(const QByteArray &data) override;
    qsizetype queuedBytes() const override;

    ssh::ChannelPort *m_port = nullptr; // from started() to finished()
    // Not a plain member: its timer must be made on the connection's thread.
    std::optional<Engine> m_engine;
    std::optional<base::Error> m_violation; // why the engine gave up
    QByteArray m_complaint; // the beginning of standard error, until the engine is ready
};

} // namespace sftp
