// Panel: a framed area with a meaning, as banners, bars and sheets are. Its color follows the
// palette.

#pragma once

#include "ui/theme/Theme.h"

#include <QFrame>

#include <optional>

namespace ui {

class Panel : public QFrame
{
    Q_OBJECT

public:
    // Without a meaning it looks like the window, with a line around.
    explicit Panel(std::optional<Theme::Meaning> meaning, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Theme::Meaning> m_meaning;
};

} // namespace ui
