// EnvironmentFrame: a line in the color of the environment class around all of a page, so that it
// is seen which server one is typing to. Nothing for a session without a class.

#pragma once

#include "profiles/EnvironmentClass.h"

#include <QWidget>

namespace ui {

class EnvironmentFrame final : public QWidget
{
    Q_OBJECT

public:
    // Lies over `page`, and leaves the mouse to it.
    explicit EnvironmentFrame(QWidget &page);

    void setEnvironmentClass(profiles::EnvironmentClass environmentClass);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget &m_page;
    profiles::EnvironmentClass m_class = profiles::EnvironmentClass::None;
};

} // namespace ui
