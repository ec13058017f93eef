// Paste: every way by which text is pasted into a terminal, in one place: clipboard, middle button,
// dropped text. TerminalView calls it for keys and menu; the rest it takes from the display by
// itself.
//
// QTermWidget's own paste lets a clipboard end the bracket and press keys.

#pragma once

#include "terminal/PasteText.h"
#include "terminal/SequencePolicy.h"

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

    void pasteClipboard();
    void pasteSelection(); // X11: what was marked last, anywhere

    // Sends the text, or asks first if a shell would run it while it is being pasted.
    void paste(const QString &text);

    // The answers to confirmationNeeded().
    void confirm();
    void cancel();

signals:
    void pasted(const QByteArray &bytes);
    void confirmationNeeded(const terminal::PasteText &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void send(const terminal::PasteText &text);

    terminal::TerminalModes m_modes;
    terminal::PasteText m_waiting; // for an answer
};

} // namespace ui
