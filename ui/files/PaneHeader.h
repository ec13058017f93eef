// PaneHeader: the top of a file pane: whose files these are, its buttons and its path field.

#pragma once

#include "ui/files/FileDrag.h"

#include <QWidget>

class QLabel;

namespace ui {

class PaneActions;
class PaneBookmarks;
class PathBar;

class PaneHeader final : public QWidget
{
    Q_OBJECT

public:
    PaneHeader(const QString &idPrefix, Place place, const PaneActions &actions,
               QWidget *parent = nullptr);

    // Plain text, safe to show.
    void setTitle(const QString &title);

    PathBar &path() const { return *m_path; }
    PaneBookmarks &bookmarks() const { return *m_bookmarks; }

private:
    QLabel *m_title;
    PathBar *m_path;
    PaneBookmarks *m_bookmarks;
};

} // namespace ui
