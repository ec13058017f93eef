// BottomPanel: what goes on in the background of a tab: its transfers and its tunnels. Folded to
// one line until there is something to see, and then one of them.

#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

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

    void unfold(); // the transfers
    void showTunnels();

private:
    QToolButton *createToggle(const QString &name, QWidget *panel);
    void updateTitle(int unfinished);
    void updateTunnels();

    TransferPanel *m_transfers;
    TunnelPanel *m_tunnels;
    QToolButton *m_transfersToggle;
    QToolButton *m_tunnelsToggle;
};

} // namespace ui
