// EngineChannel: the channel of an SFTP server, be it a subsystem or a command, which feeds an
// Engine. Made by Client, and from then on used on the connection's thread alone. One that sudo
// starts has its dialog with SudoLogin first.

#pragma once

#include "base/SecretString.h"
#include "sftp/Engine.h"
#include "sftp/SudoLogin.h"
#include "ssh/ChannelHandler.h"

#include <QObject>

#include <optional>

namespace sftp {

class EngineChannel final : public QObject, public ssh::ChannelHandler, private ByteSink
{
    Q_OBJECT

public:
    // No thread's event loop serves it: it only emits. `sudo` is what the channel runs, if it runs
    // that.
    explicit EngineChannel(std::optional<SudoCommand> sudo = std::nullopt);

    // Runs `call` when the engine is ready for requests, or at its end.
    void whenReady(std::move_only_function<void(Engine *)> call);

    void close();

    // To sudo, if it waits for that.
    void answer(const base::SecretString &password);

    void started(ssh::ChannelPort &port) override;
    void received(QByteArrayView data, ssh::OutputStream stream) override;
    void written(qsizetype bytes) override;
    void drained() override;
    void finished(const base::Result<ssh::ExitStatus> &end) override;

signals:
    void passwordWanted(const sftp::SudoQuestion &question);
    void opened();
    void closed(const base::Result<void> &reason); // once

private:
    Engine &engine();
    void startEngine();
    void startSudo();
    void giveUp(const base::Error &reason);
    void write(const QByteArray &data) override;
    qsizetype queuedBytes() const override;

    ssh::ChannelPort *m_port = nullptr; // from started() to finished()
    // Not a plain member: its timer must be made on the connection's thread.
    std::optional<Engine> m_engine;
    std::optional<SudoCommand> m_command;
    std::optional<SudoLogin> m_sudo; // likewise; from started() on, if there is a command
    std::optional<base::Error> m_violation; // why the engine gave up, or sudo was given up
    QByteArray m_complaint; // the beginning of standard error, until the engine is ready
};

} // namespace sftp
