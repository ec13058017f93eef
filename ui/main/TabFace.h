// TabFace: what the tab of a connection shows: a dot that tells whether it is alive, the icon of
// its session, a key while the agent is lent, its title, and all of that in words as well.

#pragma once

#include <QIcon>
#include <QSize>
#include <QString>

class QWidget;

namespace ui {

class ConnectionPage;

struct TabFace
{
    QIcon icon; // of iconSize() at most
    QString text; // for a tab, where an ampersand would become a shortcut
    QString toolTip; // rich text, hence escaped

    // The size of its icons is that of the style of `tabs`. A page that was not seen yet is not
    // alive.
    static TabFace of(const ConnectionPage &page, bool isInFront, const QWidget &tabs);

    static QSize iconSize(const QWidget &tabs);
};

} // namespace ui
