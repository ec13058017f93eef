// SudoLogin: speaks with sudo in a channel that runs a SudoCommand, until SFTP begins there. Made
// by EngineChannel and used on the connection's thread.

#pragma once

#include "base/SecretString.h"
#include "sftp/SudoDialog.h"
#include "ssh/ChannelHandler.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

namespace sftp {

class SudoLogin
{
public:
    struct Events
    {
        std::function<void(const SudoQuestion &)> asked; // answer() it, in whatever time
        std::function<void(const base::Error &)> givenUp; // once: close the channel
    };

    // `port` outlives this. Waits so long for the server, not for a person.
    SudoLogin(SudoCommand command, ssh::ChannelPort &port, Events events,
              std::chrono::milliseconds patience = std::chrono::seconds(60));

    // What is left in `data` is sftp-server's: nothing before isReady().
    void received(QByteArrayView &data, ssh::OutputStream stream);
    bool isReady() const { return m_dialog.isReady(); }

    // Is sent only if sudo waits for it now, once.
    void answer(const base::SecretString &password);

    // The connection has taken what was sent: the password is wiped.
    void written();

    // Why the program ended before it was ready.
    base::Error refusal() const { return m_dialog.refusal(); }

private:
    void giveUp(const base::Error &error);

    SudoDialog m_dialog;
    ssh::ChannelPort &m_port;
    Events m_events;
    QTimer m_patience;
    std::vector<base::SecretString> m_lines; // the channel sends these very bytes
};

} // namespace sftp
