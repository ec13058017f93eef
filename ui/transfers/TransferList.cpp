#include "ui/transfers/TransferList.h"

#include "ui/transfers/TransferRow.h"

#include <QApplication>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

const QString rowFormat = QStringLiteral("application/x-ponto-transfer-row");

constexpr int markHeight = 2;

} // namespace

TransferList::TransferList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout)
    , m_mark(new QWidget(this))
{
    setAcceptDrops(true);
    m_mark->setAutoFillBackground(true);
    m_mark->setBackgroundRole(QPalette::Highlight);
    m_mark->hide();
    m_layout->setSpacing(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(m_layout);
    layout->addStretch();
}

void TransferList::append(TransferRow *row)
{
    row->installEventFilter(this);
    m_layout->addWidget(row);
    m_rows.append(row);
}

void TransferList::remove(TransferRow *row)
{
    m_rows.removeOne(row);
    m_layout->removeWidget(row);
    row->hide();
    row->deleteLater();
}

void TransferList::setOrder(const QList<TransferRow *> &rows)
{
    if (rows == m_rows) {
        return;
    }
    m_rows = rows;
    for (TransferRow *row : std::as_const(m_rows)) {
        m_layout->removeWidget(row);
    }
    for (TransferRow *row : std::as_const(m_rows)) {
        m_layout->addWidget(row);
    }
    QWidget *before = nullptr; // Tab and the arrows go through them as they stand
    for (TransferRow *row : std::as_const(m_rows)) {
        if (before != nullptr) {
            setTabOrder(before, row);
        }
        before = row;
    }
}

// A press on a button or a text that can be selected does not come here.
bool TransferList::eventFilter(QObject *watched, QEvent *event)
{
    auto *row = qobject_cast<TransferRow *>(watched);
    if (row == nullptr) {
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = static_cast<QMouseEvent *>(event)->position().toPoint();
        row->setFocus();
    } else if (event->type() == QEvent::MouseMove) {
        const auto *move = static_cast<QMouseEvent *>(event);
        const int distance = (move->position().toPoint() - m_pressed).manhattanLength();
        if (move->buttons().testFlag(Qt::LeftButton)
            && distance >= QApplication::startDragDistance()) {
            startDrag(row);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TransferList::startDrag(TransferRow *row)
{
    m_dragged = row;
    auto *mime = new QMimeData;
    mime->setData(rowFormat, QByteArray("row"));
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(row->grab());
    drag->setHotSpot(m_pressed);
    drag->exec(Qt::MoveAction);
    m_dragged = nullptr;
    m_mark->hide();
}

void TransferList::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_dragged != nullptr && event->mimeData()->hasFormat(rowFormat)) {
        event->acceptProposedAction();
    }
}

void TransferList::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_dragged != nullptr) {
        event->acceptProposedAction();
        showMark(event->position().toPoint().y());
    }
}

void TransferList::dragLeaveEvent(QDragLeaveEvent *)
{
    m_mark->hide();
}

void TransferList::dropEvent(QDropEvent *event)
{
    m_mark->hide();
    if (m_dragged == nullptr) {
        return;
    }
    event->acceptProposedAction();
    const auto from = static_cast<int>(m_rows.indexOf(m_dragged));
    const int before = indexAt(event->position().toPoint().y());
    if (from >= 0) {
        emit dropped(m_dragged, before > from ? before - 1 : before);
    }
}

int TransferList::indexAt(int y) const
{
    const auto found = std::ranges::find_if(m_rows, [y](const TransferRow *row) {
        return row->isVisible() && y < row->geometry().center().y();
    });
    return static_cast<int>(std::distance(m_rows.begin(), found));
}

void TransferList::showMark(int y)
{
    const int index = indexAt(y);
    int top = 0;
    if (index < m_rows.size()) {
        top = m_rows[index]->geometry().top();
    } else if (!m_rows.isEmpty()) {
        top = m_rows.last()->geometry().bottom();
    }
    m_mark->setGeometry(0, std::max(0, top - markHeight / 2), width(), markHeight);
    m_mark->raise();
    m_mark->show();
}

} // namespace ui
