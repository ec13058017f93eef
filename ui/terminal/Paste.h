// Paste: every way by which text is pasted into a terminal, in one place: clipboard, middle button,
// dropped text. TerminalView calls it for keys and menu; the rest it takes from the display by
// itself.
//
// QTermWidget's own paste lets a clipboard end the bracket and press keys.

#pragma once

#include "terminal/PasteText.h"
#include "terminal/SequencePolicy.h"
#include "ui/terminal/PasteRule.h"

#include <QObject>

class QWidget;

namespace ui {

class Paste final : public QObject
{
    Q_OBJECT

public:
    // `display` is what the mouse is pressed on and text is dropped on.
    explicit Paste(QWidget &display, QObject *parent = nullptr);

    void setModes(terminal::TerminalModes modes) { m_modes = modes; }

    void setRule(PasteRule rule) { m_rule = rule; }

    // A line break in it makes the program take what comes before it.
    bool runsAtOnce() const { return !m_modes.bracketedPaste; }

    void pasteClipboard();
    void pasteSelection(); // X11: what was marked last, anywhere

    // Sends the text, or asks first as the rule says. Also where there were control characters in
    // it: who has put them there meant to press keys.
    void paste(const QString &text);

    // Without a question: that was asked elsewhere.
    void send(const terminal::PasteText &text);

    // The answers to confirmationNeeded().
    void confirm();
    void cancel();

signals:
    void pasted(const QByteArray &bytes, const terminal::PasteText &text); // to be sent; the same
    void confirmationNeeded(const terminal::PasteText &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool mustAsk(const terminal::PasteText &text) const;

    terminal::TerminalModes m_modes;
    PasteRule m_rule = PasteRule::WhenItRuns;
    terminal::PasteText m_waiting; // for an answer
};

} // namespace ui
