// SessionSidebar: the saved sessions at the left of the window, in their groups, and OpenSSH's
// aliases: find, connect, rename, duplicate, pin, place, move, delete.

#pragma once

#include "ui/connect/ConnectRequest.h"

#include <QList>
#include <QModelIndex>
#include <QSet>
#include <QStringList>
#include <QWidget>

class QAction;
class QLineEdit;
class QMenu;
class QStackedWidget;

namespace ui {

class ErrorBanner;
class NoticeBar;
class PlainLabel;
class SessionChanges;
class SessionFilter;
class SessionModel;
class SessionTree;

class SessionSidebar final : public QWidget
{
    Q_OBJECT

public:
    // The store is borrowed.
    explicit SessionSidebar(profiles::ProfileStore &store, QWidget *parent = nullptr);

    // Ids of what was connected to, the latest first.
    void setRecent(const QStringList &ids);

    void setConnected(const QSet<profiles::Profile::Id> &ids);

    // Lists its aliases as well, from now on. Borrowed.
    void setOpenSsh(const profiles::OpenSshConfig *openSsh);

    // Paths of the groups that are closed; the empty one is OpenSSH's.
    QStringList collapsedGroups() const;
    void setCollapsedGroups(const QStringList &paths);

    // What is done elsewhere to many sessions is told, and can be undone, here as well.
    SessionChanges &changes() { return *m_edits; }

    // For what the sheets of the window have to tell.
    NoticeBar &notices() { return *m_notice; }

public slots:
    void focusFilter();

signals:
    void connectRequested(const ui::ConnectRequest &request);
    void editRequested(const profiles::Profile &profile);
    void editManyRequested(const QList<profiles::Profile> &sessions);
    void editGroupRequested(const QString &path); // empty: a new one
    void newSessionRequested();
    void exportRequested(const QStringList &ids); // of what is selected, perhaps in a group

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *createList();
    QWidget *createEmptyState();
    void createActions();
    void applyFilter(const QString &text);
    void showGroups();
    QList<profiles::Profile> selected() const;
    QList<profiles::Profile> withIds(const QStringList &ids) const;
    QString currentGroup() const; // empty if it is none
    std::optional<profiles::Profile> current() const;
    void activateCurrent();
    void connectCurrent();
    void editCurrent();
    void renameCurrent();
    void removeCurrent();
    void duplicateCurrent();
    void pinCurrent();
    void stepUp() { stepCurrent(-1); }
    void stepDown() { stepCurrent(1); }
    void stepCurrent(int by);
    void sortCurrent();
    void exportCurrent();
    void connectModel();
    void fillMoveMenu();
    void moveCurrent(const QString &group);
    void renameGroup(const QString &path, const QString &newPath);
    void updateActions();
    void updateEmptyState();

    profiles::ProfileStore &m_store;
    SessionModel *m_model;
    SessionChanges *m_edits;
    SessionFilter *m_filtered;
    QLineEdit *m_filter;
    SessionTree *m_tree = nullptr;
    QStackedWidget *m_pages;
    PlainLabel *m_emptyText = nullptr;
    NoticeBar *m_notice;
    ErrorBanner *m_banner;
    QMenu *m_moveMenu = nullptr;
    QAction *m_connect = nullptr;
    QAction *m_pin = nullptr;
    QList<QAction *> m_sessionActs; // for sessions, not for groups
    QList<QAction *> m_changes; // not for aliases, which are OpenSSH's
    QStringList m_collapsed; // paths of groups
    QString m_lastId; // of the current row, while the model is read again
    QString m_lastSection;
    QString m_renamed; // the group that is to be the current row then; empty: the one that was
    int m_lastKind = 0;
};

} // namespace ui
