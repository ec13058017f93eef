#include "ui/files/PathBar.h"

#include <QKeyEvent>

namespace ui {

PathBar::PathBar(QWidget *parent)
    : QLineEdit(parent)
{
    connect(this, &QLineEdit::returnPressed, this, [this] {
        if (!text().isEmpty()) {
            emit pathEntered(typedPath());
        }
    });
}

void PathBar::setPath(const files::FilePath &path)
{
    const bool isTyping = isModified() && hasFocus() && path == m_path;
    m_path = path;
    if (!isTyping) {
        restore();
    }
}

void PathBar::restore()
{
    setText(m_path.toDisplay());
    setCursorPosition(0);
}

// A path that was not touched is the one that is shown, whose bytes its text may not tell.
files::FilePath PathBar::typedPath() const
{
    return isModified() ? files::FilePath::fromText(text()) : m_path;
}

void PathBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        restore();
        emit left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace ui
