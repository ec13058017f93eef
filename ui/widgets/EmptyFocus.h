// EmptyFocus: a line around a list that has the focus and no row to show it on, which many styles
// would let look like any other list.

#pragma once

#include <QWidget>

class QAbstractItemView;

namespace ui {

class EmptyFocus final : public QWidget
{
    Q_OBJECT

public:
    // Lies over the view's rows, and belongs to it.
    explicit EmptyFocus(QAbstractItemView &view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();

    QAbstractItemView &m_view;
};

} // namespace ui
