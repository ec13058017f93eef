#include "ui/main/EnvironmentFrame.h"

#include "ui/connect/EnvironmentText.h"

#include <QEvent>
#include <QPainter>

namespace ui {
namespace {

constexpr int lineWidth = 2;

} // namespace

EnvironmentFrame::EnvironmentFrame(QWidget &page)
    : QWidget(&page)
    , m_page(page)
{
    setObjectName(QStringLiteral("environmentFrame"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    page.installEventFilter(this);
    hide();
}

void EnvironmentFrame::setEnvironmentClass(profiles::EnvironmentClass environmentClass)
{
    if (environmentClass == m_class) {
        return;
    }
    m_class = environmentClass;
    const bool isShown = m_class != profiles::EnvironmentClass::None;
    const int margin = isShown ? lineWidth : 0;
    m_page.setContentsMargins(margin, margin, margin, margin);
    setGeometry(m_page.rect());
    setVisible(isShown);
    raise();
    update();
}

bool EnvironmentFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_page && event->type() == QEvent::Resize) {
        setGeometry(m_page.rect());
        raise();
    }
    return QWidget::eventFilter(watched, event);
}

void EnvironmentFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(environmentColor(m_class, palette()));
    painter.drawRect(0, 0, width(), lineWidth);
    painter.drawRect(0, height() - lineWidth, width(), lineWidth);
    painter.drawRect(0, 0, lineWidth, height());
    painter.drawRect(width() - lineWidth, 0, lineWidth, height());
}

} // namespace ui
