// EscapeWatch: tells whether Escape has ended a drag that runs while this exists. QDrag says of
// that what it says of a drop that nobody took.
//
// A Wayland compositor keeps the keys of a drag for itself: there is nothing to be seen there.

#pragma once

#include <QObject>

namespace ui {

class EscapeWatch final : public QObject
{
    Q_OBJECT

public:
    EscapeWatch();

    bool wasPressed() const { return m_wasPressed; }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_wasPressed = false;
};

} // namespace ui
