#include "ui/files/PaneBookmarks.h"

#include "ui/keyboard/KeyBindings.h"
#include "ui/theme/Icons.h"

#include <QMenu>

namespace ui {
namespace {

constexpr qsizetype mostBookmarks = 100;

// "&" would be taken for the mark of a key.
QString menuText(const files::FilePath &path)
{
    return path.toDisplay().replace(u'&', QStringLiteral("&&"));
}

} // namespace

PaneBookmarks::PaneBookmarks(QWidget *parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setIcon(Icons::icon(QStringLiteral("pin")));
    KeyBindings::shared().explain(*this, tr("Bookmarks"), QStringLiteral("files/BookmarksOpen"));
    setAccessibleName(tr("Bookmarks"));
    setAutoRaise(true);
    setPopupMode(InstantPopup);
    setMenu(m_menu);
    setEnabled(false);
    connect(m_menu, &QMenu::aboutToShow, this, &PaneBookmarks::fill);
}

void PaneBookmarks::setDirectory(const files::FilePath &directory)
{
    m_directory = directory;
    setEnabled(!directory.isEmpty());
}

void PaneBookmarks::toggle()
{
    if (m_directory.isEmpty()) {
        return;
    }
    if (m_paths.removeAll(m_directory) == 0) {
        m_paths.append(m_directory);
        if (m_paths.size() > mostBookmarks) {
            m_paths.removeFirst();
        }
    }
    emit changed(m_paths);
}

void PaneBookmarks::fill()
{
    m_menu->clear();
    const bool isMarked = m_paths.contains(m_directory);
    QAction *add = m_menu->addAction(isMarked ? tr("Remove this folder") : tr("Add this folder"));
    add->setObjectName(QStringLiteral("bookmarkToggle"));
    connect(add, &QAction::triggered, this, &PaneBookmarks::toggle);
    m_menu->addSeparator();
    for (const files::FilePath &path : std::as_const(m_paths)) {
        QAction *action = m_menu->addAction(menuText(path));
        action->setEnabled(path != m_directory);
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    if (m_paths.isEmpty()) {
        m_menu->addAction(tr("No bookmarks yet"))->setEnabled(false);
    }
}

} // namespace ui
