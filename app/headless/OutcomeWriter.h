// OutcomeWriter: prints what came of a command on many hosts, one host after another, for people or
// as a line of JSON each. Output of any size passes through in pieces.

#pragma once

#include "app/headless/LocalOutput.h"
#include "commands/OutcomeForm.h"

#include <QObject>
#include <QString>

#include <deque>
#include <optional>
#include <utility>

namespace app {

class OutcomeWriter final : public QObject
{
    Q_OBJECT

public:
    explicit OutcomeWriter(commands::OutcomeFormat format);

    // `sentence` says why there is no exit status; empty if there is one, or a signal.
    void write(const QString &host, const QString &sentence, commands::HostOutcome &outcome);

    bool isIdle() const { return m_hosts.empty() && m_output.isEmpty() && m_errors.isEmpty(); }

signals:
    void idle(); // all that was given has been written
    void failed(const base::Error &error); // nothing can be written any more

private:
    struct Host
    {
        explicit Host(commands::HostOutcome taken)
            : outcome(std::move(taken))
        {
        }

        commands::HostOutcome outcome;
        std::optional<commands::OutcomeForm> form; // of that
    };

    void step();
    void writeNext(Host &host);

    commands::OutcomeFormat m_format;
    std::deque<Host> m_hosts;
    LocalOutput m_output;
    LocalOutput m_errors;
    bool m_hasFailed = false;
};

} // namespace app
