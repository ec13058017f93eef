// BellFlash: a frame around a terminal that shines for a moment when its program rings the bell.

#pragma once

#include <QTimer>
#include <QWidget>

namespace ui {

class BellFlash final : public QWidget
{
    Q_OBJECT

public:
    // Covers the parent, which gets the mouse as before.
    explicit BellFlash(QWidget *parent);

    void flash();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QTimer m_end;
};

} // namespace ui
