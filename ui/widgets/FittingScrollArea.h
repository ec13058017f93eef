// FittingScrollArea: as high as what it holds, up to a limit; scrolls beyond that. Used by lists
// that may hold a question, whose buttons must not be out of sight.

#pragma once

#include <QScrollArea>

namespace ui {

class FittingScrollArea final : public QScrollArea
{
    Q_OBJECT

public:
    // `fewestLines` and `mostLines` of text bound the height.
    FittingScrollArea(int fewestLines, int mostLines, QWidget *parent = nullptr);

    // Takes ownership. Widths follow the area's.
    void setContent(QWidget *content);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int heightOf(int lines) const;

    int m_fewestLines;
    int m_mostLines;
};

} // namespace ui
