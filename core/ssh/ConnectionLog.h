// ConnectionLog: tells what a connection does, as its owner sees it, to the log that its settings
// name. Made by Connection for itself.

#pragma once

#include "log/SessionLog.h"
#include "ssh/Prompt.h"

#include <QObject>

#include <memory>

namespace ssh {

class Connection;
struct LoginMemory;
struct HostKeyRefusal;
struct Notice;

class ConnectionLog final : public QObject
{
    Q_OBJECT

public:
    ConnectionLog(Connection &connection, std::shared_ptr<logging::SessionLog> log);

    ~ConnectionLog() override;

    // Before it goes anywhere: its secrets are kept out of the log.
    void hide(const PromptAnswer &answer);
    void hide(const LoginMemory &memory);

signals:
    void levelChanged(); // somebody wants more or less of it

private:
    using Level = logging::LogLevel;

    void tell(Level level, const QString &text);
    void tellPrompt(const Prompt &prompt);
    void tellNotice(const Notice &notice);
    void tellRefusal(const HostKeyRefusal &refusal);
    void tellEnd(const base::Result<void> &reason);
    void checkLevel();

    Connection &m_connection;
    std::shared_ptr<logging::SessionLog> m_log; // shared with who shows it
    Level m_level;
};

} // namespace ssh
