// IconLabel: a small icon beside a text. Drawn when it is painted, so that it follows the palette.

#pragma once

#include <QIcon>
#include <QWidget>

namespace ui {

class IconLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(const QIcon &icon, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const QIcon m_icon;
};

} // namespace ui
