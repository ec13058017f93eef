// TunnelKeeper: the logins of a window that are kept for their tunnels: those of tabs whose tunnels
// are to outlive them, and those that were opened without a tab, by the user or with Ponto.

#pragma once

#include "ui/main/KeptLogin.h"

#include <QList>
#include <QObject>

namespace ui {

class ConnectionPage;
class SessionTabs;

class TunnelKeeper final : public QObject
{
    Q_OBJECT

public:
    // All are borrowed. Questions are asked over `host`.
    TunnelKeeper(const Services &services, SessionTabs &tabs, SheetHost &host,
                 QObject *parent = nullptr);
    ~TunnelKeeper() override;

    // Sessions whose tunnels are to start with Ponto.
    void startMarked();

    // Connects for the tunnels of this session, without a tab, unless it is kept already.
    void start(const profiles::Profile &session);

    // Lets go of it: its tunnels end unless a tab still has them.
    void release(KeptLogin *login);

    const QList<KeptLogin *> &logins() const { return m_logins; }

    // That a new tab of this session can use at once; null if there is none.
    std::shared_ptr<SharedConnection> readyConnection(const profiles::Profile::Id &session) const;

    qsizetype listeningCount() const; // tunnels of logins that no tab shows are among them

signals:
    void changed(); // logins(), or the state of one
    void failed(const ui::ErrorText &text); // a tunnel could not be saved with its session

private:
    KeptLogin *add(const profiles::Profile &session);
    void follow(ConnectionPage *page);
    void keep(ConnectionPage &page);
    void save(ConnectionPage &page, const profiles::Forward &forward);
    void updateSavable();

    Services m_services;
    SessionTabs &m_tabs;
    SheetHost &m_host;
    QList<KeptLogin *> m_logins; // children
};

} // namespace ui
