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

    int listeningCount() const;

public slots:
    void add(); // asks what

signals:
    void changed(); // perhaps the count
    void attentionNeeded(); // one does not listen

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
};

} // namespace ui
