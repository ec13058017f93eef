#include "ui/terminal/PasteBar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace ui {

PasteBar::PasteBar(QWidget *parent)
    : QFrame(parent)
    , m_question(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("pasteBar"));
    setAccessibleName(tr("Confirm paste"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    hide();

    m_question->setObjectName(QStringLiteral("pasteQuestion"));
    m_question->setTextFormat(Qt::PlainText);
    m_cancel->setObjectName(QStringLiteral("pasteCancel"));
    auto *confirm = new QPushButton(tr("Paste"), this);
    confirm->setObjectName(QStringLiteral("pasteConfirm"));
    for (QPushButton *button : {confirm, m_cancel}) {
        button->setAutoDefault(true); // Enter presses the one that has the focus
    }

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_question, 1);
    layout->addWidget(confirm);
    layout->addWidget(m_cancel);

    connect(confirm, &QPushButton::clicked, this, &PasteBar::accepted);
    connect(m_cancel, &QPushButton::clicked, this, &PasteBar::rejected);
}

void PasteBar::ask(const terminal::PasteText &text)
{
    m_question->setText(text.lineCount() == 1
                            ? tr("Paste one line? It runs at once.")
                            : tr("Paste %1 lines? They run at once.").arg(text.lineCount()));
    adjustSize();
    show();
    raise();
    m_cancel->setFocus(Qt::OtherFocusReason);
}

void PasteBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        emit rejected();
        return;
    }
    event->accept(); // nothing typed here may go on to the terminal
}

} // namespace ui
