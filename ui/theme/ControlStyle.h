// ControlStyle: the application's style, with frames of check boxes and radio buttons that can be
// seen. Qt's Fusion draws them darker than the window, which is next to nothing in a dark theme
// (WCAG 2.1, 1.4.11: 3 to 1). Other styles stay as they are.
//
// Lives in the UI thread; QApplication::setStyle() takes it.

#pragma once

#include <QProxyStyle>

namespace ui {

class ControlStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
};

} // namespace ui
