#include "ui/terminal/PaneTitle.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace ui {

PaneTitle::PaneTitle(QWidget *parent)
    : QWidget(parent)
    , m_zoom(createButton("paneZoom", "zoom", tr("Show this terminal alone")))
    , m_close(createButton("paneClose", "close", tr("Close this terminal")))
{
    setObjectName(QStringLiteral("paneTitle"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_zoom->setCheckable(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(margin(), 0, 0, 0);
    layout->setSpacing(0);
    layout->addStretch(1);
    layout->addWidget(m_zoom);
    layout->addWidget(m_close);
    connect(m_zoom, &QToolButton::clicked, this, &PaneTitle::zoomRequested);
    connect(m_close, &QToolButton::clicked, this, &PaneTitle::closeRequested);
}

// They take no focus: it belongs to the terminal, and there are keys for both.
QToolButton *PaneTitle::createButton(const char *name, const char *icon, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(Icons::icon(QString::fromLatin1(icon)));
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    return button;
}

int PaneTitle::margin() const
{
    return style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing, nullptr, this);
}

void PaneTitle::setText(const QString &text)
{
    if (text != m_text) {
        m_text = text;
        setAccessibleName(text);
        setToolTip(text.toHtmlEscaped());
        update();
    }
}

void PaneTitle::setCurrent(bool current)
{
    m_isCurrent = current;
    update();
}

void PaneTitle::setZoomed(bool zoomed)
{
    const QString text = zoomed ? tr("Show all terminals") : tr("Show this terminal alone");
    m_zoom->setChecked(zoomed);
    m_zoom->setAccessibleName(text);
    m_zoom->setToolTip(text);
}

QSize PaneTitle::sizeHint() const
{
    const QSize buttons = QWidget::sizeHint();
    return {buttons.width() + fontMetrics().horizontalAdvance(m_text) + 2 * margin(),
            std::max(buttons.height(), fontMetrics().height())};
}

QSize PaneTitle::minimumSizeHint() const
{
    return {QWidget::sizeHint().width(), sizeHint().height()};
}

void PaneTitle::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    if (m_isCurrent) {
        painter.fillRect(rect(), Theme::chosenGround(palette()));
    }
    painter.setPen(m_isCurrent ? palette().color(QPalette::ButtonText)
                               : Theme::color(Theme::Meaning::Subtle, palette()));
    const QRect place = rect().adjusted(margin(), 0, m_zoom->x() - margin() - width(), 0);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, place.width()));
}

void PaneTitle::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        emit pressed();
    }
}

void PaneTitle::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        emit zoomRequested();
    }
}

} // namespace ui
