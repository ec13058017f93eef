// TunnelPanel: the forwards of a connection: what there is, how it is doing, and what can be done
// with it. All tabs of one login show the same.

#pragma once

#include "forward/ForwardSet.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QAction;
class QStackedWidget;
class QTreeView;

namespace ui {

class ForwardClientsWindow;
class ForwardModel;
class PlainLabel;
class SheetHost;

class TunnelPanel final : public QWidget
{
    Q_OBJECT

public:
    // Sheets are laid over `host`.
    explicit TunnelPanel(SheetHost &host, QWidget *parent = nullptr);

    // Borrowed; null: there is no connection, and none can be added.
    void setForwards(forward::ForwardSet *forwards);

    // Whether tunnels can be saved with the session: it has been saved itself.
    void setSavable(bool isSavable);

    int listeningCount() const;

public slots:
    void add(); // asks what

signals:
    void changed(); // perhaps the count
    void attentionNeeded(); // one does not listen
    void keepRequested(); // of the login, when its last tab closes
    void saveRequested(const profiles::Forward &forward); // with the session

private:
    using Id = forward::ForwardSet::Id;

    void createActions();
    QAction *createAction(const char *icon, const QString &text, const char *name);
    QWidget *createEmpty();
    QWidget *createTable();
    QWidget *createButtons();
    void updateState();
    void handleChange(Id id);
    QString troubleText(Id id) const;
    std::optional<Id> selected() const;
    void startOrStop();
    void useFreePort();
    void remove();
    void copyAddress() const;
    void openInBrowser() const;
    void showClients();
    void updateKeep();

    SheetHost &m_host;
    QPointer<forward::ForwardSet> m_forwards;
    ForwardModel *m_model;
    QStackedWidget *m_pages;
    QTreeView *m_table = nullptr;
    PlainLabel *m_trouble; // of the selected one
    QAction *m_add = nullptr;
    QAction *m_toggle = nullptr;
    QAction *m_freePort = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_browse = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_save = nullptr;
    QAction *m_clients = nullptr;
    QAction *m_keep = nullptr; // when the tab closes
    QPointer<ForwardClientsWindow> m_clientsWindow;
    bool m_isSavable = false;
};

} // namespace ui
