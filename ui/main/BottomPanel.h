// BottomPanel: what goes on in the background of a tab: its transfers, tunnels and commands. Folded
// to one line until there is something to see, and then one of them.

#pragma once

#include <QWidget>

class QToolButton;

namespace ssh {
class Connection;
}
namespace forward {
class ForwardSet;
}

namespace ui {

class RunPanel;
class SheetHost;
class TransferPanel;
class TunnelPanel;

class BottomPanel final : public QWidget
{
    Q_OBJECT

public:
    // Sheets of its panels are laid over `host`.
    explicit BottomPanel(SheetHost &host, QWidget *parent = nullptr);

    TransferPanel &transfers() const { return *m_transfers; }

    TunnelPanel &tunnels() const { return *m_tunnels; }

    RunPanel &run() const { return *m_run; }

    // All are borrowed; commands need the connection, which may be null.
    void follow(ssh::Connection *connection, forward::ForwardSet *forwards);

    void unfold(); // the transfers
    void showTransfers();
    void showTunnels();
    void showRun();

signals:
    void terminalWanted(const QString &command); // it is to be run there

private:
    QToolButton *createToggle(const QString &name, QWidget *panel);
    void updateTitle();
    void updateTunnels();
    void updateRun();

    TransferPanel *m_transfers;
    TunnelPanel *m_tunnels;
    RunPanel *m_run;
    QToolButton *m_transfersToggle;
    QToolButton *m_tunnelsToggle;
    QToolButton *m_runToggle;
    int m_unfinished = 0; // transfers
};

} // namespace ui
