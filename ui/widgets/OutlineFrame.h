// OutlineFrame: a line around all of a widget, for what must not be overlooked while one works in
// it. Hidden at first.

#pragma once

#include <QWidget>

namespace ui {

class OutlineFrame : public QWidget
{
    Q_OBJECT

public:
    // Lies over `framed`, whose contents make room for it, and leaves the mouse to it.
    explicit OutlineFrame(QWidget &framed);

    void setOutlined(bool isOutlined);

protected:
    virtual QColor color() const = 0; // for the palette of the moment

    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget &m_framed;
};

} // namespace ui
