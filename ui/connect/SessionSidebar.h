// SessionSidebar: the saved sessions at the left of the window, in their groups, and OpenSSH's
// aliases: find, connect, rename, move, delete.

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
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace ui {

class ErrorBanner;
class NoticeBar;
class PlainLabel;
class SessionModel;

class SessionSidebar final : public QWidget
{
    Q_OBJECT

public:
    // The store is borrowed.
    explicit SessionSidebar(profiles::ProfileStore &store, QWidget *parent = nullptr);

    void setConnected(const QSet<profiles::Profile::Id> &ids);

    // Lists its aliases as well, from now on. Borrowed.
    void setOpenSsh(const profiles::OpenSshConfig *openSsh);

    // Paths of the groups that are closed; the empty one is OpenSSH's.
    QStringList collapsedGroups() const;
    void setCollapsedGroups(const QStringList &paths);

public slots:
    void focusFilter();

signals:
    void connectRequested(const ui::ConnectRequest &request);
    void editRequested(const profiles::Profile &profile);
    void editGroupRequested(const QString &path); // empty: a new one
    void newSessionRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *createList();
    QWidget *createEmptyState();
    void createActions();
    void applyFilter(const QString &text);
    void showGroups();
    QModelIndex firstLeaf() const;
    QModelIndex find(const QModelIndex &parent, int kind, const QString &id) const;
    QString currentGroup() const; // empty if it is none
    std::optional<profiles::Profile> current() const;
    void activateCurrent();
    void connectCurrent();
    void editCurrent();
    void renameCurrent();
    void removeCurrent();
    void removeGroup(const QString &path);
    void fillMoveMenu();
    void moveCurrent(const QString &group);
    void renameGroup(const QString &path, const QString &newPath);
    void save(const profiles::Profile &profile);
    void showFailure(const base::Result<void> &result);
    void updateActions();
    void updateEmptyState();

    profiles::ProfileStore &m_store;
    SessionModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_filter;
    QTreeView *m_tree = nullptr;
    QStackedWidget *m_pages;
    PlainLabel *m_emptyText = nullptr;
    NoticeBar *m_notice;
    ErrorBanner *m_banner;
    QMenu *m_moveMenu = nullptr;
    QAction *m_connect = nullptr;
    QList<QAction *> m_changes; // not for aliases, which are OpenSSH's
    QStringList m_collapsed; // paths of groups
    QString m_lastId; // of the current row, while the model is read again
    int m_lastKind = 0;
};

} // namespace ui
