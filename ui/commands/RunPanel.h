// RunPanel: runs a command on the connection of a tab, each in a shell of its own, shows what it
// writes and how it ends, and helps one that does not.

#pragma once

#include "commands/CommandRun.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLineEdit;
class QPushButton;
class QSaveFile;
class QToolButton;

namespace ssh {
class Connection;
}

namespace ui {

class PlainLabel;
class RunForm;
class RunOutput;

class RunPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(QWidget *parent = nullptr);
    ~RunPanel() override;

    // Borrowed; null: there is none. What runs on the one before is left alone; its output stays.
    void setConnection(ssh::Connection *connection);

    // Runs it with the other fields as they are; false if something runs, or there is no
    // connection.
    bool run(const QString &command);

    bool isRunning() const { return m_run && !m_run->isOver(); }

signals:
    void runningChanged();
    void terminalWanted(const QString &command); // it is to be run there instead

private:
    QWidget *createOutcome();
    QWidget *createHelp();
    QWidget *createInput();
    QToolButton *createButton(const char *name, const QString &text, const QString &hint);
    void start();
    void startOrStop();
    void handleEnd(const commands::RunEnd &end);
    void sendLine();
    void runInTerminal();
    void save(const commands::OutputStore &store, const QString &title);
    void writeNext();
    bool isConnected() const;
    void updateState();
    void updateProgress();

    QPointer<ssh::Connection> m_connection;
    std::unique_ptr<commands::CommandRun> m_run; // the last one, for its output
    RunForm *m_form;
    QPushButton *m_start;
    RunOutput *m_output;
    PlainLabel *m_state;
    QWidget *m_help = nullptr;
    PlainLabel *m_diagnosis = nullptr;
    QWidget *m_input = nullptr;
    QLineEdit *m_line = nullptr;
    QToolButton *m_eof = nullptr;
    QToolButton *m_interrupt = nullptr;
    QToolButton *m_signals = nullptr;
    QToolButton *m_save = nullptr;
    QToolButton *m_inTerminal = nullptr;
    QToolButton *m_helpEof = nullptr;
    std::unique_ptr<QSaveFile> m_file; // while output is saved, and that output
    const commands::OutputStore *m_saved = nullptr;
    qint64 m_savedBytes = 0;
    QString m_ending; // how the last one ended
    bool m_isPartShown = false;
    QTimer m_clock;
};

} // namespace ui
