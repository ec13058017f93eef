#include "ui/main/BroadcastControl.h"

#include "ui/main/BroadcastSheet.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TypingBroadcast.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/SheetHost.h"

#include <QAction>
#include <QLocale>
#include <QPointer>

namespace ui {

BroadcastControl::BroadcastControl(QAction &action, SessionTabs &tabs, SheetHost &host,
                                   QObject *parent)
    : QObject(parent)
    , m_action(action)
    , m_tabs(tabs)
    , m_host(host)
    , m_broadcast(new TypingBroadcast(this))
{
    connect(&action, &QAction::triggered, this, &BroadcastControl::toggle);
    // It stops when the window takes its terminals with it, and the action has gone before.
    connect(m_broadcast, &TypingBroadcast::changed, &action, [this] {
        m_action.setText(m_broadcast->isOn() ? tr("Stop typing into several terminals")
                                             : tr("Type into several terminals…"));
    });
}

void BroadcastControl::toggle()
{
    if (m_broadcast->isOn()) {
        m_broadcast->stop();
        return;
    }
    SheetHost &host = m_tabs.questionHost(m_host);
    if (host.currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new BroadcastSheet(m_tabs, &host);
    connect(sheet, &BroadcastSheet::chosen, this, &BroadcastControl::start);
    host.present(sheet);
    sheet->setFocus();
}

void BroadcastControl::start(const QList<TerminalPane *> &panes, const QStringList &cautions)
{
    if (cautions.isEmpty()) {
        begin(panes);
        return;
    }
    SheetHost &host = m_tabs.questionHost(m_host);
    QList<QPointer<TerminalPane>> waiting(panes.begin(), panes.end());
    auto *sheet = new ConfirmSheet(
        tr("Type into %1 terminals, production among them?").arg(QLocale().toString(panes.size())),
        tr("%1 Each key goes there too, until you stop it.").arg(cautions.join(u' ')),
        tr("Type into all"), &host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, waiting] {
        QList<TerminalPane *> alive;
        for (const QPointer<TerminalPane> &pane : waiting) {
            if (pane != nullptr) {
                alive.append(pane);
            }
        }
        begin(alive);
    });
    host.present(sheet);
}

void BroadcastControl::begin(const QList<TerminalPane *> &panes)
{
    m_broadcast->start(panes);
    if (ConnectionPage *page = m_tabs.currentPage()) {
        page->focusMainPane();
    }
}

} // namespace ui
