// ConnectionProbe: a connection under test with a user made of code, who answers what he was told
// to and writes down what he was shown.

#pragma once

#include "ssh/Connection.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace tests {

class ConnectionProbe final : public QObject
{
    Q_OBJECT

public:
    using Answerer = std::function<std::optional<ssh::PromptAnswer>(const ssh::Prompt &prompt)>;

    explicit ConnectionProbe(ssh::ConnectionSettings settings);
    ConnectionProbe(ssh::ConnectionSettings settings, ssh::RoutePool &routes);

    // Asked about each prompt; nothing leaves the prompt open. Without one, every prompt is
    // refused.
    void setAnswerer(Answerer answerer) { m_answerer = std::move(answerer); }

    ssh::Connection &connection() { return m_connection; }

    // Opens it, and returns when it is Ready or closed. True if Ready.
    [[nodiscard]] bool connectAndWait();

    // Returns when it is closed. False if that takes too long.
    [[nodiscard]] bool waitForEnd();

    // Runs a command with nothing on its standard input.
    struct Output
    {
        QByteArray standard;
        QByteArray error;
        base::Result<ssh::ExitStatus> end;
    };
    Output run(const QByteArray &command);

    bool isClosed() const { return m_closeCount > 0; }
    int closeCount() const { return m_closeCount; }
    base::Error error()
        const; // of the end; kind Internal with "no error" if it ended well or not at all

    QList<ssh::Prompt> prompts;
    QList<ssh::Prompt::Id> withdrawn;
    QList<ssh::Notice> notices;
    std::optional<ssh::HostKeyRefusal> refusal;

private:
    void follow();
    void handlePrompt(const ssh::Prompt &prompt);

    ssh::Connection m_connection;
    Answerer m_answerer;
    std::optional<base::Error> m_error;
    int m_closeCount = 0;
};

// Answers every question about a host key with `hostKey`, and every secret with `secret`.
ConnectionProbe::Answerer answering(ssh::HostKeyAnswer hostKey, const QString &secret = {});

} // namespace tests
