// TerminalRecorder: keeps the output of one terminal in a file while it is on. Asks for the file.

#pragma once

#include "terminal/OutputLog.h"

#include <QObject>

#include <memory>

class QWidget;

namespace ui {

class TerminalBridge;

class TerminalRecorder final : public QObject
{
    Q_OBJECT

public:
    // The dialog is one of `window`'s; both outlive this.
    TerminalRecorder(TerminalBridge &bridge, QWidget &window, QObject *parent = nullptr);
    ~TerminalRecorder() override;

    bool isOn() const { return m_log != nullptr; }
    QString path() const; // empty while it is off

    // Proposes a name with that of the server in it.
    void setHost(const QString &host) { m_host = host; }

    // The proposed name without its ending: %h is the server, %d the date and %t the time; from the
    // home directory, unless it begins with "/".
    void setNameTemplate(const QString &text) { m_template = text; }
    static const QString usualTemplate;

    // Of the terminal, in cells.
    void setSize(QSize cells);

    void ask(); // for a file, and starts
    void start(const QString &path, terminal::OutputLog::Form form);
    void stop();
    void toggle(); // ask() or stop()

signals:
    void changed(); // on or off
    void failed(const QString &text); // a whole sentence: it did not start, or has ended

private:
    QString proposal() const;
    void write(const QByteArray &raw, const QByteArray &shown);

    QWidget &m_window;
    QString m_host;
    QString m_template = usualTemplate;
    QSize m_size{terminal::OutputLog::usualCells};
    std::unique_ptr<terminal::OutputLog> m_log;
};

} // namespace ui
