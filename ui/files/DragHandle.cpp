#include "ui/files/DragHandle.h"

#include "base/DisplayText.h"
#include "ui/files/FileDrag.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QDrag>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeData>
#include <QMouseEvent>

namespace ui {

DragHandle::DragHandle(QWidget *parent)
    : QFrame(parent)
    , m_text(new PlainLabel({}, PlainLabel::Role::Text, this))
{
    setObjectName(QStringLiteral("dragHandle"));
    setFrameShape(QFrame::StyledPanel);
    setCursor(Qt::OpenHandCursor);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(new IconLabel(Icons::icon(QStringLiteral("files")), this));
    layout->addWidget(m_text, 1);
}

void DragHandle::setFiles(const QList<files::FilePath> &files)
{
    m_files = files;
    const QString what = files.size() == 1 ? base::displayText(files.first().name())
                                           : tr("%1 items").arg(QLocale().toString(files.size()));
    m_text->setText(tr("%1: drag from here to another program").arg(what));
    setAccessibleName(m_text->text());
}

void DragHandle::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position().toPoint();
}

void DragHandle::mouseMoveEvent(QMouseEvent *event)
{
    const int way = (event->position().toPoint() - m_pressed).manhattanLength();
    if (!event->buttons().testFlag(Qt::LeftButton) || m_files.isEmpty()
        || way < QApplication::startDragDistance()) {
        return;
    }
    auto *drag = new QDrag(this); // deleted by Qt when the drag ends
    drag->setMimeData(toMimeData({{}, m_files}, Place::ThisComputer).release());
    drag->setPixmap(Icons::icon(QStringLiteral("files")).pixmap(32));
    if (drag->exec(Qt::CopyAction) != Qt::IgnoreAction) {
        emit taken();
    }
}

} // namespace ui
