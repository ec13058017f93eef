// TextEditor: plain text with line numbers, which gives back every character that it was given.

#pragma once

#include <QPlainTextEdit>

namespace ui {

class TextEditor final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TextEditor(QWidget *parent = nullptr);

    // Forgets what could be undone.
    void setContent(const QString &text);
    // As one change that can be undone.
    void replaceContent(const QString &text);
    // Lines end with "\n". QPlainTextEdit's own text has other spaces.
    QString content() const;

    // From 1 on; the cursor goes there.
    void goToLine(int line);

    // Lines with this ground, by number from 0 on.
    void highlightLines(const QList<int> &lines, const QColor &ground);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class LineNumbers;

    int numbersWidth() const;
    void updateMargins();
    void paintNumbers(QPainter &painter, const QRect &area) const;

    QWidget *m_numbers;
};

} // namespace ui
