#include "ui/terminal/BellFlash.h"

#include "ui/theme/Theme.h"

#include <QPainter>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto duration = 150ms;
constexpr int linePixels = 3;

} // namespace

BellFlash::BellFlash(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("bellFlash"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    m_end.setSingleShot(true);
    m_end.setInterval(duration);
    connect(&m_end, &QTimer::timeout, this, &QWidget::hide);
}

void BellFlash::flash()
{
    setGeometry(parentWidget()->rect());
    show();
    raise();
    m_end.start();
}

void BellFlash::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setPen(QPen(Theme::color(Theme::Meaning::Warning, palette()), linePixels));
    constexpr int inset = linePixels / 2;
    painter.drawRect(rect().adjusted(inset, inset, -inset - 1, -inset - 1));
}

} // namespace ui
