#include "ui/terminal/PasteBar.h"

#include "base/DisplayText.h"
#include "ui/terminal/Paste.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr qsizetype mostShown = 20'000; // characters: more nobody reads here
constexpr qsizetype mostLines = 8; // in sight at once

} // namespace

PasteBar::PasteBar(Paste &paste, QWidget *parent)
    : QFrame(parent)
    , m_paste(paste)
    , m_question(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("pasteBar"));
    setAccessibleName(tr("Confirm paste"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    hide();
    m_question->setObjectName(QStringLiteral("pasteQuestion"));
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("pasteText"));
    m_text->setAccessibleName(tr("What would be pasted"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_cancel->setObjectName(QStringLiteral("pasteCancel"));
    auto *confirm = new QPushButton(tr("Paste"), this);
    confirm->setObjectName(QStringLiteral("pasteConfirm"));
    for (QPushButton *button : {confirm, m_cancel}) {
        button->setAutoDefault(true); // Enter presses the one that has the focus
    }
    auto *top = new QHBoxLayout;
    top->addWidget(m_question, 1);
    top->addWidget(confirm);
    top->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_text);

    parent->installEventFilter(this);
    connect(&paste, &Paste::confirmationNeeded, this, &PasteBar::ask);
    connect(confirm, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { answer(false); });
}

QString PasteBar::question(const terminal::PasteText &text) const
{
    QStringList sentences;
    if (!m_caution.isEmpty()) {
        sentences.append(m_caution);
    }
    if (!text.isMultiline()) {
        sentences.append(tr("Paste this text?"));
    } else if (m_paste.runsAtOnce()) {
        sentences.append(text.lineCount() == 1 ? tr("Paste one line? It runs at once.")
                                               : tr("Paste %1 lines? They run at once.")
                                                     .arg(QLocale().toString(text.lineCount())));
    } else {
        sentences.append(text.lineCount() == 1
                             ? tr("Paste one line?")
                             : tr("Paste %1 lines?").arg(QLocale().toString(text.lineCount())));
    }
    if (text.hadControls()) {
        sentences.append(
            tr("There were control characters in it, which could press keys. They have "
               "been taken out."));
    }
    return sentences.join(u' ');
}

void PasteBar::ask(const terminal::PasteText &text)
{
    m_question->setText(question(text));
    QStringList lines = text.text().left(mostShown).split(u'\n');
    for (QString &line : lines) {
        line = base::displayText(line); // it may read backwards, or be invisible
    }
    QString shown = lines.join(u'\n');
    if (text.text().size() > mostShown) {
        shown += QStringLiteral("\n…");
    }
    m_text->setPlainText(shown);
    const qsizetype rows = std::min(std::max(lines.size(), qsizetype{2}), mostLines);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * static_cast<int>(rows + 1)
                           + 2 * m_text->frameWidth());
    place();
    show();
    raise();
    m_cancel->setFocus(Qt::OtherFocusReason);
}

void PasteBar::answer(bool isAccepted)
{
    hide();
    emit closed();
    if (isAccepted) {
        m_paste.confirm();
    } else {
        m_paste.cancel();
    }
}

void PasteBar::place()
{
    const int width = parentWidget()->width();
    const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                                     : sizeHint().height();
    setGeometry(0, 0, width, std::min(height, parentWidget()->height()));
}

bool PasteBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void PasteBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        answer(false);
        return;
    }
    event->accept(); // nothing typed here may go on to the terminal
}

} // namespace ui
