// PasteBar: the question "Paste 3 lines?" at the top of a terminal. Not modal: other tabs, and what
// the terminal shows, go on meanwhile. Cancel has the focus.

#pragma once

#include "terminal/PasteText.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace ui {

class PasteBar final : public QFrame
{
    Q_OBJECT

public:
    explicit PasteBar(QWidget *parent);

    void ask(const terminal::PasteText &text);

signals:
    void accepted();
    void rejected();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_question;
    QPushButton *m_cancel;
};

} // namespace ui
