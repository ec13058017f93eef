// VerbSession: the connection of one run of a verb. Asks its questions on the terminal and tells
// notices and failures on standard error.

#pragma once

#include "app/headless/TerminalPrompter.h"
#include "ssh/Connection.h"

#include <QObject>

namespace app {

class VerbSession final : public QObject
{
    Q_OBJECT

public:
    explicit VerbSession(ssh::ConnectionSettings settings);

    void open();

    // Stored passwords answer questions from now on. Borrowed.
    void useStoredSecrets(vault::Vault &vault);

    ssh::Connection &connection() { return m_connection; }
    const ssh::Connection &connection() const { return m_connection; }

    // The verb has told how it ended: what the connection does from now on is told to nobody.
    void dismiss();

signals:
    void ready();
    void failed(); // before or after ready(), once; the user has been told why

private:
    void handleState(ssh::Connection::State state);
    void handleClosed(const base::Result<void> &reason);
    void reportTrace(); // once, with --log-level debug

    ssh::Connection m_connection;
    TerminalPrompter m_prompter;
    bool m_hasToldTrace = false;
};

} // namespace app
