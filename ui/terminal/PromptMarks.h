// PromptMarks: finds the prompts of the shell in what a terminal shows and has kept, so that one
// can go from command to command. Told by TerminalBridge where prompts stand at the moment.
//
// Rows move when the scrollback is full, and the widget tells nobody. So not the places are kept
// but the prompts themselves, as they read, and looked for when one wants to go there.

#pragma once

#include <QList>
#include <QString>

namespace ui {

class ScreenText;

class PromptMarks
{
public:
    enum class Direction { Up, Down };

    // Borrowed.
    explicit PromptMarks(ScreenText &text)
        : m_text(text)
    {
    }

    // A prompt begins in that row of the screen, and it ends before that place; both from 1, as the
    // cursor's place is reported.
    void noteStart(int row);
    void noteEnd(int row, int column);

    // True once there was a prompt.
    bool isKnown() const { return !m_prompts.isEmpty(); }

    // Brings the next one above or below to the top of what is to be seen; without one below, the
    // end of the text.
    void go(Direction direction);

private:
    struct Prompt
    {
        QString text; // its last line
        int linesAbove = 0; // of the same prompt

        friend bool operator==(const Prompt &, const Prompt &) = default;
    };

    const Prompt *promptIn(const QString &row) const;

    ScreenText &m_text;
    QList<Prompt> m_prompts; // the latest first
    int m_startRow = -1; // of the prompt that is being written, in the whole text
};

} // namespace ui
