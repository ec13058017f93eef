// PaneHeader: the top of a file pane: whose files these are, its buttons and its path field.

#pragma once

#include "ui/files/FileDrag.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace ui {

class PaneActions;
class PaneBookmarks;
class PathBar;
class UserBadge;
class UserFrame;

class PaneHeader final : public QWidget
{
    Q_OBJECT

public:
    PaneHeader(const QString &idPrefix, const PaneActions &actions, QWidget &pane);

    // `title` is plain text, safe to show.
    void setPlace(Place kind, const QString &title);

    // As whom the files are used: shown here and around the pane, see UserMark.
    void setUser(const QString &user);

    // Marks the pane that keys act on, or did when the focus was in a pane last.
    void setActive(bool isActive);
    bool isActive() const { return m_isActive; }

    // Of the button with the places; its owner fills it when it is about to be shown.
    QMenu &placesMenu() const { return *m_placesMenu; }
    void openPlaces();

    PathBar &path() const { return *m_path; }
    PaneBookmarks &bookmarks() const { return *m_bookmarks; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *createPlaces(const QString &idPrefix, const QAction &action);

    QLabel *m_title;
    UserBadge *m_user;
    UserFrame *m_frame;
    QToolButton *m_placesButton;
    QMenu *m_placesMenu;
    PathBar *m_path;
    PaneBookmarks *m_bookmarks;
    bool m_isActive = false;
};

} // namespace ui
