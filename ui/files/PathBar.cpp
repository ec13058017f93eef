#include "ui/files/PathBar.h"

#include "ui/files/PathCompletion.h"
#include "ui/files/PathCrumbs.h"

#include <QKeyEvent>
#include <QStyle>

namespace ui {

PathBar::PathBar(QWidget *parent)
    : QLineEdit(parent)
    , m_completion(new PathCompletion(*this))
    , m_crumbs(new PathCrumbs(this))
{
    connect(m_crumbs, &PathCrumbs::typingRequested, this, [this] {
        setFocus(Qt::MouseFocusReason);
        selectAll();
    });
    connect(this, &QLineEdit::textEdited, this, [this] { m_isTyping = true; });
    connect(this, &QLineEdit::returnPressed, this, [this] {
        m_isTyping = false;
        m_completion->hideList(); // which would give the focus back to this once it is closed
        if (!text().isEmpty()) {
            emit pathEntered(typedPath());
        }
    });
}

void PathBar::setFileSystem(files::FileSystem *fileSystem)
{
    m_completion->setFileSystem(fileSystem);
}

void PathBar::setPath(const files::FilePath &path)
{
    m_path = path;
    settle();
}

void PathBar::settle()
{
    if (!isTyping()) {
        restore();
    }
}

void PathBar::restore()
{
    m_isTyping = false;
    setText(m_path.toDisplay());
    setCursorPosition(0);
    showCrumbs();
}

// Not while the user types, or has left something that was typed.
void PathBar::showCrumbs()
{
    m_crumbs->setPath(m_path);
    m_crumbs->setVisible(!hasFocus() && !isTouched() && !m_path.isEmpty());
}

bool PathBar::isTouched() const
{
    return text() != m_path.toDisplay();
}

// A path that was not touched is the one that is shown, whose bytes its text may not tell.
files::FilePath PathBar::typedPath() const
{
    return isTouched() ? files::FilePath::fromText(text()) : m_path;
}

// Tab would go to the next widget before keyPressEvent() sees it.
bool PathBar::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress && isTouched()) {
        const auto &key = static_cast<const QKeyEvent &>(*event);
        if (key.key() == Qt::Key_Tab && key.modifiers() == Qt::NoModifier
            && m_completion->complete()) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void PathBar::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    m_crumbs->hide();
}

void PathBar::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    showCrumbs();
}

void PathBar::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    const int frame = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, nullptr, this);
    m_crumbs->setGeometry(rect().adjusted(frame, frame, -frame, -frame));
}

void PathBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_completion->isListShown()) {
        restore();
        emit left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace ui
