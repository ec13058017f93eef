// SessionSidebar: the saved sessions at the left of the window: find, connect, rename, delete.

#pragma once

#include "ui/connect/ConnectRequest.h"

#include <QSet>
#include <QWidget>

class QLineEdit;
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

public slots:
    void focusFilter();

signals:
    void connectRequested(const ui::ConnectRequest &request);
    void editRequested(const profiles::Profile &profile);
    void newSessionRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *createList();
    QWidget *createEmptyState();
    void createActions();
    std::optional<profiles::Profile> current() const;
    void connectCurrent();
    void editCurrent();
    void renameCurrent();
    void removeCurrent();
    void save(const profiles::Profile &profile);
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
};

} // namespace ui
