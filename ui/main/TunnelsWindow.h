// TunnelsWindow: the logins that are kept for their tunnels, without a tab or besides one: how they
// are doing, with the tunnels of the marked one, and the sessions whose tunnels can be started.

#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

class QMenu;
class QToolButton;
class QTreeWidget;

namespace forward {
class ForwardSet;
}
namespace profiles {
class ProfileStore;
}

namespace ui {

class ErrorBanner;
class KeptLogin;
class SheetHost;
class TunnelKeeper;
class TunnelPanel;

class TunnelsWindow final : public QWidget
{
    Q_OBJECT

public:
    // Both are borrowed.
    TunnelsWindow(TunnelKeeper &keeper, const profiles::ProfileStore &store,
                  QWidget *parent = nullptr);

private:
    QWidget *createContent();
    QToolButton *createButton(const char *name, const QString &text, const QString &hint);
    void fillMenu();
    void refresh();
    void showCurrent();
    KeptLogin *current() const;

    TunnelKeeper &m_keeper;
    const profiles::ProfileStore &m_store;
    SheetHost *m_host;
    QMenu *m_menu = nullptr;
    QToolButton *m_retry = nullptr;
    QToolButton *m_stop = nullptr;
    QTreeWidget *m_list = nullptr;
    ErrorBanner *m_banner = nullptr;
    TunnelPanel *m_panel = nullptr;
    QList<KeptLogin *> m_logins; // of the rows
    QPointer<forward::ForwardSet> m_shown;
    QString m_trouble; // that is shown
};

} // namespace ui
