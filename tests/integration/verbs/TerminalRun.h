// TerminalRun: one run of a program that has a terminal of its own, as in a terminal window.

#pragma once

#include "base/UniqueFd.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QSocketNotifier>

#include <memory>

namespace tests {

class TerminalRun
{
public:
    // Standard input, output and error are the terminal, which echoes what is typed.
    TerminalRun(const QString &program, const QStringList &arguments);
    ~TerminalRun();

    void type(const QByteArray &keys);

    // All that appeared so far, line ends as "\r\n".
    const QByteArray &output() const { return m_output; }

    bool isEchoing() const;
    bool isOver() const { return m_process.state() == QProcess::NotRunning; }
    int exitStatus() const { return m_process.exitCode(); }

private:
    void read();

    base::UniqueFd m_keyboard; // the master side
    base::UniqueFd m_terminal; // kept open, so that its mode can be asked at the end
    QProcess m_process;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_output;
};

} // namespace tests
