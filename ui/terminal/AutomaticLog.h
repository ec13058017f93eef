// AutomaticLog: keeps the output of one terminal in files without being asked each time: one for
// each shell, from its first output to its end. Used by TerminalPane; whoever owns the terminals
// says where the files go, and whether there are any.

#pragma once

#include "base/Result.h"
#include "terminal/OutputLog.h"

#include <QObject>
#include <QSize>

#include <functional>
#include <memory>

namespace ui {

class TerminalBridge;

// Begins a log of a terminal that has so many cells. Null: none is wanted just now.
using LogStarter = std::function<base::Result<std::unique_ptr<terminal::OutputLog>>(QSize cells)>;

class AutomaticLog final : public QObject
{
    Q_OBJECT

public:
    // Outlives this.
    explicit AutomaticLog(TerminalBridge &bridge, QObject *parent = nullptr);
    ~AutomaticLog() override;

    // For the shells that begin from now on.
    void setStarter(const LogStarter &starter) { m_starter = starter; }

    void begin(); // a shell, with its first output; ends the log before
    void end();

    bool isOn() const { return m_log != nullptr; }
    QString path() const; // empty while it is off

    // Of the terminal, in cells.
    void setSize(QSize cells);

signals:
    void changed(); // on or off
    void failed(const QString &text); // a whole sentence: it did not start, or has ended

private:
    void write(const QByteArray &raw, const QByteArray &shown);
    void start();
    void stopAfter(const base::Error &error);

    LogStarter m_starter;
    QSize m_size{terminal::OutputLog::usualCells};
    std::unique_ptr<terminal::OutputLog> m_log;
    bool m_isWaiting = false; // for the first output
};

} // namespace ui
