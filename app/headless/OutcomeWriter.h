// OutcomeWriter: prints what came of a command on many hosts, one host after another, for people or
// as a line of JSON each. Output of any size passes through in pieces.

#pragma once

#include "app/headless/LocalOutput.h"
#include "commands/HostCommand.h"

#include <QObject>
#include <QString>

#include <deque>

namespace app {

class OutcomeWriter final : public QObject
{
    Q_OBJECT

public:
    enum class Form { Text, Json };

    explicit OutcomeWriter(Form form);

    // `sentence` says why there is no exit status; empty if there is one, or a signal.
    void write(const QString &host, const QString &sentence, commands::HostOutcome &outcome);

    bool isIdle() const { return m_hosts.empty() && m_output.isEmpty() && m_errors.isEmpty(); }

signals:
    void idle(); // all that was given has been written
    void failed(const base::Error &error); // nothing can be written any more

private:
    enum class Stage { Head, Output, Middle, ErrorOutput, End };

    struct Host
    {
        QString name;
        QString sentence;
        commands::HostOutcome outcome;
        Stage stage = Stage::Head;
        qint64 offset = 0; // in the output of the stage
        bool endsInLine = false; // what was written last needs a line feed before the next host
    };

    void step();
    void stepText(Host &host);
    void stepJson(Host &host);
    bool copyPiece(Host &host, const commands::OutputStore &store, bool isJson);

    Form m_form;
    std::deque<Host> m_hosts;
    LocalOutput m_output;
    LocalOutput m_errors;
    bool m_hasFailed = false;
};

} // namespace app
