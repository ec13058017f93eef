#include "ui/files/PathCrumbs.h"

#include "base/DisplayText.h"

#include <QDropEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

const QString restText = QStringLiteral("…");
const QString separator = QStringLiteral("›");
constexpr int longestInCharacters = 30; // of a name; the rest of it is in the middle, left out

} // namespace

PathCrumbs::PathCrumbs(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setCursor(Qt::IBeamCursor);
}

void PathCrumbs::setPath(const files::FilePath &path)
{
    if (path == m_path && !m_all.isEmpty()) {
        return;
    }
    m_path = path;
    m_all.clear();
    for (files::FilePath up = path; !up.isEmpty(); up = up.parent()) {
        m_all.prepend({up, up.isRoot() ? QStringLiteral("/") : base::displayText(up.name()), {}});
        if (up.isRoot()) {
            break;
        }
    }
    arrange();
}

// From the right: the nearest ones are of interest.
void PathCrumbs::arrange()
{
    const QFontMetrics metrics = fontMetrics();
    const int space = metrics.averageCharWidth();
    const int between = metrics.horizontalAdvance(separator);
    const int longest = longestInCharacters * space;
    const auto widthOf = [&](const QString &text) {
        return std::min(metrics.horizontalAdvance(text), longest) + 2 * space;
    };
    int room = width() - widthOf(restText) - between;
    m_shown.clear();
    for (auto crumb = m_all.crbegin(); crumb != m_all.crend(); ++crumb) {
        room -= widthOf(crumb->text) + between;
        if (room < 0 && !m_shown.isEmpty()) {
            m_shown.prepend({{}, restText, {}});
            break;
        }
        m_shown.prepend(*crumb);
    }
    int left = 0;
    for (Crumb &crumb : m_shown) {
        crumb.area = QRect(left, 0, widthOf(crumb.text), height());
        left += crumb.area.width() + between;
    }
    m_hot = -1;
    update();
}

void PathCrumbs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int space = fontMetrics().averageCharWidth();
    for (qsizetype index = 0; index < m_shown.size(); ++index) {
        const Crumb &crumb = m_shown.at(index);
        if (index == m_hot) {
            QColor fill = palette().color(QPalette::Highlight);
            fill.setAlphaF(0.25F);
            painter.setBrush(fill);
            painter.setPen(Qt::NoPen);
            painter.drawRoundedRect(crumb.area.adjusted(1, 1, -1, -1), 3, 3);
        }
        painter.setPen(palette().color(QPalette::Text));
        const int room = crumb.area.width() - 2 * space;
        painter.drawText(crumb.area, Qt::AlignCenter,
                         fontMetrics().elidedText(crumb.text, Qt::ElideMiddle, room + 1));
        if (index + 1 < m_shown.size()) {
            painter.setPen(palette().color(QPalette::PlaceholderText));
            const QRect gap(crumb.area.right() + 1, 0, fontMetrics().horizontalAdvance(separator),
                            height());
            painter.drawText(gap, Qt::AlignCenter, separator);
        }
    }
}

void PathCrumbs::resizeEvent(QResizeEvent *)
{
    arrange();
}

QRect PathCrumbs::areaOf(const files::FilePath &directory) const
{
    const auto found = std::ranges::find(m_shown, directory, &Crumb::directory);
    return found == m_shown.end() ? QRect() : found->area;
}

qsizetype PathCrumbs::crumbAt(QPoint position) const
{
    const auto found = std::ranges::find_if(
        m_shown, [position](const Crumb &crumb) { return crumb.area.contains(position); });
    return found == m_shown.end() ? -1 : std::distance(m_shown.begin(), found);
}

void PathCrumbs::setHot(qsizetype crumb)
{
    if (std::exchange(m_hot, crumb) != crumb) {
        setCursor(crumb < 0 ? Qt::IBeamCursor : Qt::PointingHandCursor);
        setToolTip(crumb < 0 ? QString() : m_shown.at(crumb).directory.toDisplay().toHtmlEscaped());
        update();
    }
}

void PathCrumbs::mouseMoveEvent(QMouseEvent *event)
{
    setHot(crumbAt(event->position().toPoint()));
}

void PathCrumbs::leaveEvent(QEvent *)
{
    setHot(-1);
}

// Taken, so that the field below does not get the focus from it.
void PathCrumbs::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

void PathCrumbs::mouseReleaseEvent(QMouseEvent *event)
{
    const qsizetype index = crumbAt(event->position().toPoint());
    const bool isOther = index >= 0 && index + 1 < m_shown.size();
    if (event->button() == Qt::MiddleButton && index >= 0
        && !m_shown.at(index).directory.isEmpty()) {
        emit newTabRequested(m_shown.at(index).directory);
    } else if (event->button() == Qt::LeftButton && isOther) {
        if (m_shown.at(index).directory.isEmpty()) {
            showHidden(mapToGlobal(m_shown.at(index).area.bottomLeft()));
        } else {
            emit chosen(m_shown.at(index).directory);
        }
    } else if (event->button() == Qt::LeftButton) {
        emit typingRequested();
    }
}

// "&" would be taken for the mark of a key.
void PathCrumbs::showHidden(QPoint place)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("crumbsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Crumb &crumb : m_all.first(m_all.size() - m_shown.size() + 1)) {
        menu->addAction(QString(crumb.text).replace(u'&', QStringLiteral("&&")), this,
                        [this, directory = crumb.directory] { emit chosen(directory); });
    }
    menu->popup(place);
}

bool PathCrumbs::canBeDroppedOn(qsizetype crumb) const
{
    return crumb >= 0 && !m_shown.at(crumb).directory.isEmpty();
}

void PathCrumbs::dragEnterEvent(QDragEnterEvent *event)
{
    dragMoveEvent(event);
}

void PathCrumbs::dragMoveEvent(QDragMoveEvent *event)
{
    const qsizetype crumb = crumbAt(event->position().toPoint());
    const auto choice = DropChoice::of(*event, m_originOf);
    // What is in the folder that is shown lies there already.
    const bool isThere
        = choice && choice->origin == DragOrigin::ThisPane && crumb + 1 == m_shown.size();
    if (!choice || !canBeDroppedOn(crumb) || isThere) {
        setHot(-1);
        return event->ignore();
    }
    setHot(crumb);
    event->setDropAction(choice->action);
    event->accept();
}

void PathCrumbs::dragLeaveEvent(QDragLeaveEvent *)
{
    setHot(-1);
}

void PathCrumbs::dropEvent(QDropEvent *event)
{
    const qsizetype crumb = crumbAt(event->position().toPoint());
    const auto choice = DropChoice::of(*event, m_originOf);
    setHot(-1);
    if (!choice || !canBeDroppedOn(crumb)) {
        return event->ignore();
    }
    event->setDropAction(choice->action);
    event->accept();
    emit dropped({choice->drag, m_shown.at(crumb).directory, choice->action});
}

} // namespace ui
