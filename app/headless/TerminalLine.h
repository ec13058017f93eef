// TerminalLine: one line typed on the controlling terminal, whatever standard input is.

#pragma once

#include "app/headless/AnswerSource.h"
#include "base/UniqueFd.h"

#include <QSocketNotifier>

#include <termios.h>

#include <optional>

namespace app {

class TerminalLine final : public AnswerSource
{
    Q_OBJECT

public:
    // Null if the process has no controlling terminal.
    static std::unique_ptr<TerminalLine> open();

    ~TerminalLine() override; // the terminal is as it was before

    void ask(const Question &question) override;

private:
    explicit TerminalLine(base::UniqueFd terminal);

    void hideTyping();
    void restore();
    void readLine();
    void write(const QString &text) const;

    base::UniqueFd m_terminal;
    std::optional<termios> m_before; // set while typing is hidden
    QSocketNotifier m_notifier;
};

} // namespace app
