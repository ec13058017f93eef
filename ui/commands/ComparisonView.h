// ComparisonView: a text, or what differs between two, in colors and with signs for those who do
// not see them.

#pragma once

#include "commands/LineComparison.h"

#include <QPlainTextEdit>

namespace ui {

class ComparisonView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComparisonView(QWidget *parent = nullptr);

    void showText(const QByteArray &text);

    // Lines of the left one have a minus, of the right one a plus. Long equal parts are folded.
    void showDifference(const QList<commands::ComparedLine> &lines);

protected:
    void changeEvent(QEvent *event) override;

private:
    void append(const QString &line, QTextCursor &cursor, int side);
    void color();
};

} // namespace ui
