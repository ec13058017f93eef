#include "ui/terminal/LinkHover.h"

#include "base/DisplayText.h"
#include "terminal/PathText.h"
#include "ui/terminal/ScreenText.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace ui {

LinkHover::LinkHover(const ScreenText &text, const TerminalLinks &links, QWidget &display)
    : QWidget(&display)
    , m_text(text)
    , m_links(links)
    , m_display(display)
{
    setObjectName(QStringLiteral("linkHover"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    display.installEventFilter(this);
}

void LinkHover::setMouseTaken(bool isTaken)
{
    m_isMouseTaken = isTaken;
    if (isTaken) {
        forget();
    }
}

QByteArray LinkHover::pathAt(QPoint place) const
{
    const std::optional<ScreenText::Spot> spot = m_text.spotAt(place);
    return spot ? terminal::pathAt(spot->line, spot->index, m_directory) : QByteArray();
}

void LinkHover::look(QPoint place, Qt::KeyboardModifiers modifiers)
{
    const std::optional<ScreenText::Spot> spot = m_text.spotAt(place);
    const QByteArray path
        = spot ? terminal::pathAt(spot->line, spot->index, m_directory) : QByteArray();
    if (!path.isEmpty()) {
        const terminal::TextSpan span = terminal::pathSpanAt(spot->line, spot->index);
        showTarget(tr("Ctrl+click shows %1 in the files").arg(base::displayText(path)),
                   m_text.cells(*spot, span.begin, span.length));
    } else if (const QString address = m_links.openableAt(place, m_display); !address.isEmpty()) {
        showTarget(tr("Ctrl+click opens %1").arg(base::displayText(address)), {});
    } else {
        forget();
        return;
    }
    showHand(modifiers.testFlag(Qt::ControlModifier));
}

// As rich text, which a server may write as well, and on one line.
void LinkHover::showTarget(const QString &toolTip, const QList<QRect> &cells)
{
    m_isOverLink = true;
    m_display.setToolTip(
        QStringLiteral("<p style='white-space:pre'>%1</p>").arg(toolTip.toHtmlEscaped()));
    if (m_cells != cells) {
        m_cells = cells;
        setGeometry(m_display.rect());
        setVisible(!m_cells.isEmpty());
        raise();
        update();
    }
}

void LinkHover::showHand(bool isHand)
{
    if (isHand && !m_usualCursor) {
        m_usualCursor = m_display.cursor();
        m_display.setCursor(Qt::PointingHandCursor);
    } else if (!isHand && m_usualCursor) {
        m_display.setCursor(*std::exchange(m_usualCursor, std::nullopt));
    }
}

void LinkHover::forget()
{
    if (m_isOverLink) {
        m_isOverLink = false;
        m_cells.clear();
        m_display.setToolTip({});
        showHand(false);
        hide();
    }
}

bool LinkHover::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
        if (const auto *mouse = static_cast<QMouseEvent *>(event);
            mouse->buttons() == Qt::NoButton && !m_isMouseTaken) {
            look(mouse->position().toPoint(), mouse->modifiers());
        } else {
            forget();
        }
        break;
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Control) {
            showHand(m_isOverLink && event->type() == QEvent::KeyPress);
        } else {
            forget(); // what is typed moves what is shown
        }
        break;
    case QEvent::Leave:
    case QEvent::Wheel:
    case QEvent::MouseButtonPress:
    case QEvent::Resize:
        forget();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void LinkHover::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setPen(m_display.palette().color(QPalette::WindowText));
    for (const QRect &cells : std::as_const(m_cells)) {
        painter.drawLine(cells.bottomLeft(), cells.bottomRight());
    }
}

} // namespace ui
