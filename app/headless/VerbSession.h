// VerbSession: the connection of one run of a verb. Asks its questions on the terminal and tells
// notices and failures on standard error. Brings a lost connection back by itself, if the verb
// wants that.

#pragma once

#include "app/headless/TerminalPrompter.h"
#include "ssh/Connection.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace app {

class VerbSession final : public QObject
{
    Q_OBJECT

public:
    explicit VerbSession(ssh::ConnectionSettings settings);

    void open();

    // Stored passwords answer questions from now on. Borrowed.
    void useStoredSecrets(vault::Vault &vault);

    // Another one after each ready().
    ssh::Connection &connection() { return *m_connection; }
    const ssh::Connection &connection() const { return *m_connection; }

    // From now on a lost connection is made again with the answers of the last login, after a while
    // that gets longer with each of so many tries. The verb starts to count anew with each call.
    void setRetries(int count);

    // The same for a connection that is of no use any more for `reason`.
    void reconnect(const base::Error &reason);

    // The verb has told how it ended: what the connection does from now on is told to nobody.
    void dismiss();

signals:
    void ready();
    void lost(); // ready() or failed() follows: let go of what uses the connection
    void failed(); // before or after ready(), once; the user has been told why

private:
    void follow();
    bool mayRetry(const base::Error &reason) const;
    void retryLater(const base::Error &reason);
    void handleState(ssh::Connection::State state);
    void handleClosed(const base::Result<void> &reason);
    void reportTrace(); // once, with --log-level debug

    std::unique_ptr<ssh::Connection> m_connection;
    ssh::LoginMemory m_memory; // of the last login
    TerminalPrompter m_prompter;
    QTimer m_pause; // before the next try
    int m_retries = 0; // since the verb has asked for them
    int m_mostRetries = 0;
    bool m_hasToldTrace = false;
};

} // namespace app
