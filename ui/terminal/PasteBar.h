// PasteBar: the question over a terminal before text is pasted that may run at once, with the text
// as it would be sent. The safe button has the focus. Used by TerminalView.

#pragma once

#include "terminal/PasteText.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ui {

class Paste;

class PasteBar final : public QFrame
{
    Q_OBJECT

public:
    // Asks for `paste`, and gives it the answer. Lies over the top of `parent`.
    PasteBar(Paste &paste, QWidget *parent);

    // Said before the question where mistakes are expensive: "web01 is a production server."
    void setCaution(const QString &caution) { m_caution = caution; }

signals:
    void closed(); // the terminal is to have the focus

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void ask(const terminal::PasteText &text);
    QString question(const terminal::PasteText &text) const;
    void answer(bool isAccepted);
    void place();

    Paste &m_paste;
    QString m_caution;
    QLabel *m_question;
    QPlainTextEdit *m_text;
    QPushButton *m_cancel;
};

} // namespace ui
