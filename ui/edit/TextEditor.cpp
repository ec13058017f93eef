#include "ui/edit/TextEditor.h"

#include <QFontDatabase>
#include <QPainter>
#include <QPaintEvent>
#include <QTextBlock>

#include <algorithm>

namespace ui {

// The strip at the left of a TextEditor.
class LineNumbers final : public QWidget
{
public:
    explicit LineNumbers(TextEditor &editor)
        : QWidget(&editor)
        , m_editor(editor)
    {
    }

    QSize sizeHint() const override { return {m_editor.numbersWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPainter painter(this);
        painter.fillRect(event->rect(), palette().color(QPalette::Window));
        m_editor.paintNumbers(painter, event->rect());
    }

private:
    TextEditor &m_editor;
};

TextEditor::TextEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_numbers(new LineNumbers(*this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(NoWrap);
    setTabChangesFocus(false);
    setTabStopDistance(8 * QFontMetricsF(font()).horizontalAdvance(u' '));
    connect(this, &QPlainTextEdit::blockCountChanged, this, &TextEditor::updateMargins);
    connect(this, &QPlainTextEdit::updateRequest, m_numbers,
            [this](const QRect &, int) { m_numbers->update(); });
    updateMargins();
}

void TextEditor::setContent(const QString &text)
{
    setPlainText(text);
    document()->setModified(false);
}

void TextEditor::replaceContent(const QString &text)
{
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.insertText(text);
}

QString TextEditor::content() const
{
    QString text = document()->toRawText();
    return text.replace(QChar::ParagraphSeparator, u'\n');
}

void TextEditor::goToLine(int line)
{
    const int last = document()->blockCount() - 1;
    setTextCursor(QTextCursor(document()->findBlockByNumber(std::clamp(line - 1, 0, last))));
    centerCursor();
}

void TextEditor::highlightLines(const QList<int> &lines, const QColor &ground)
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const int line : lines) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document()->findBlockByNumber(line));
        selection.format.setBackground(ground);
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections.append(selection);
    }
    setExtraSelections(selections);
}

int TextEditor::numbersWidth() const
{
    const auto digits = std::max<qsizetype>(3, QString::number(blockCount()).size());
    return fontMetrics().horizontalAdvance(u'9') * (static_cast<int>(digits) + 2);
}

void TextEditor::updateMargins()
{
    setViewportMargins(isRightToLeft() ? 0 : numbersWidth(), 0,
                       isRightToLeft() ? numbersWidth() : 0, 0);
    const QRect area = contentsRect();
    const int left = isRightToLeft() ? area.right() - numbersWidth() + 1 : area.left();
    m_numbers->setGeometry(left, area.top(), numbersWidth(), area.height());
}

void TextEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateMargins();
}

void TextEditor::paintNumbers(QPainter &painter, const QRect &area) const
{
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const int space = fontMetrics().horizontalAdvance(u'9');
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= area.bottom()) {
        const double height = blockBoundingRect(block).height();
        if (block.isVisible() && top + height >= area.top()) {
            painter.drawText(QRectF(0, top, m_numbers->width() - space, height),
                             Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(block.blockNumber() + 1));
        }
        top += height;
        block = block.next();
    }
}

} // namespace ui
