#include "ui/main/TabActions.h"

#include "ui/main/Actions.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/Workspace.h"

#include <QAction>

namespace ui {
namespace {

template<typename Call>
void onTab(const QAction &action, SessionTabs &tabs, Call call)
{
    QObject::connect(&action, &QAction::triggered, &tabs, [&tabs, call] {
        if (ConnectionPage *page = tabs.currentPage()) {
            call(*page);
        }
    });
}

} // namespace

void connectTabActions(const Actions &actions, SessionTabs &tabs)
{
    using View = ViewSwitch::View;
    QObject::connect(actions.renameTab, &QAction::triggered, &tabs, &SessionTabs::renameCurrent);
    QObject::connect(actions.nextTab, &QAction::triggered, &tabs, [&tabs] { tabs.step(1); });
    QObject::connect(actions.previousTab, &QAction::triggered, &tabs, [&tabs] { tabs.step(-1); });
    QObject::connect(&actions, &Actions::tabChosen, &tabs, &QTabWidget::setCurrentIndex);
    onTab(*actions.connectionDetails, tabs, [](ConnectionPage &page) { page.showDetails(); });
    onTab(*actions.tunnels, tabs, [](ConnectionPage &page) { page.bottom().showTunnels(); });
    onTab(*actions.run, tabs, [](ConnectionPage &page) { page.bottom().showRun(); });
    onTab(*actions.synchronize, tabs, [](ConnectionPage &page) { page.workspace().synchronize(); });
    onTab(*actions.closeTab, tabs, [](ConnectionPage &page) { page.requestClose(); });
    onTab(*actions.nextPane, tabs, [](ConnectionPage &page) { page.focusNextPane(); });
    onTab(*actions.reconnect, tabs, [](ConnectionPage &page) {
        if (page.status().liveness() == ConnectionStatus::Liveness::Closed) {
            page.open();
        }
    });
    onTab(*actions.viewTerminal, tabs,
          [](ConnectionPage &page) { page.chooseView(View::Terminal); });
    onTab(*actions.viewFiles, tabs, [](ConnectionPage &page) { page.chooseView(View::Files); });
    onTab(*actions.viewBoth, tabs, [](ConnectionPage &page) { page.chooseView(View::Both); });
}

} // namespace ui
