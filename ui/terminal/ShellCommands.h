// ShellCommands: the commands of one terminal, as far as its shell marks them (OSC 133), and where
// they stand on the screen or in the scrollback. Told by TerminalBridge; shown by CommandsPanel.
//
// Rows move when the scrollback is full, and the widget tells nobody. So a command is found again
// by how its row reads, counted from the end if it reads like others.

#pragma once

#include "terminal/TextSearch.h"
#include "ui/terminal/ShellCommand.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>

namespace ui {

class ScreenText;

class ShellCommands final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype mostCommands = 500;

    // Borrowed.
    explicit ShellCommands(ScreenText &text, QObject *parent = nullptr);

    // A prompt comes. notePromptStart() follows when it is on the screen.
    void notePrompt();

    // The prompt begins in that row of the screen, and ends before that place; both from 1, as the
    // cursor's place is reported.
    void notePromptStart(int row);
    void notePromptEnd(int row, int column);

    // A command runs from now on, or it is told a second time before the next prompt, as a shell
    // does that marks by itself and has our line too; `text` is empty if the shell does not tell
    // it. noteOutput() follows for each, with the row in which its output begins.
    void noteStart(const QString &text);
    void noteOutput(int row);

    void noteEnd(std::optional<int> status);

    // The shell has ended or was lost, and with it what it ran.
    void noteShellEnd();

    // The earliest first.
    const QList<ShellCommand> &all() const { return m_commands; }

    // The shell has marked a prompt or a command.
    bool isMarked() const { return m_isMarked; }

    bool isRunning() const { return !m_commands.isEmpty() && !m_commands.last().duration; }

    // Brings the command to the top of what is to be seen. False if it is there no more. Undoes
    // what is selected.
    bool goTo(qsizetype index);

    // What it has written so far, as text. Nothing if its beginning is there no more.
    std::optional<QString> output(qsizetype index);

signals:
    void changed();
    void finished(const ui::ShellCommand &command);

private:
    int rowsAbove(int place) const;
    void readTyped(ShellCommand &command, int outputRow) const;
    int rowOf(const QList<terminal::TextRow> &rows, qsizetype index) const;
    int promptRow(const QList<terminal::TextRow> &rows) const;
    int endOfOutput(const QList<terminal::TextRow> &rows, qsizetype index, int start) const;

    ScreenText &m_text;
    QList<ShellCommand> m_commands;
    QList<int> m_unplaced; // numbers of those whose noteOutput() has not come yet
    int m_lastNumber = 0;
    QElapsedTimer m_clock; // of the last one
    QString m_prompt; // the last row of the latest prompt up to what is typed
    int m_promptStart = -1; // in the whole text, of the prompt that is being written; or -1
    int m_rowsAbove = 0; // of that prompt
    bool m_isAtPrompt = false;
    bool m_tellsPrompts = false;
    bool m_hasPrompted = false; // since the last command was told
    bool m_isMarked = false;
};

} // namespace ui
