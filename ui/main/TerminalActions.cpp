#include "ui/main/TerminalActions.h"

#include "ui/main/Actions.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/terminal/TerminalRecorder.h"
#include "ui/terminal/TerminalSplits.h"

#include <utility>

namespace ui {

TerminalActions::TerminalActions(Actions &actions, SessionTabs &tabs, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_tabs(tabs)
{
    onTerminals(actions.splitRight, [](TerminalSplits &all) { all.split(Qt::Horizontal); });
    onTerminals(actions.splitDown, [](TerminalSplits &all) { all.split(Qt::Vertical); });
    onTerminals(actions.recordOutput,
                [](TerminalSplits &all) { all.current().recorder().toggle(); });
    onTerminals(actions.commands, [](TerminalSplits &all) { all.current().showCommands(); });
    onTerminals(actions.copyLastOutput,
                [](TerminalSplits &all) { all.current().copyLastOutput(); });
    onTerminals(actions.zoomTerminal, &TerminalSplits::toggleZoom);
    onTerminals(actions.equalizeTerminals, &TerminalSplits::equalize);
    for (const auto &[action, direction] : {std::pair(actions.terminalLeft, Direction::Left),
                                            std::pair(actions.terminalRight, Direction::Right),
                                            std::pair(actions.terminalAbove, Direction::Up),
                                            std::pair(actions.terminalBelow, Direction::Down)}) {
        onTerminals(action,
                    [direction = direction](TerminalSplits &all) { all.focusNeighbor(direction); });
    }
    connect(actions.closeTerminal, &QAction::triggered, this, [this] {
        if (ConnectionPage *page = m_tabs.currentPage()) {
            page->requestCloseTerminal();
        }
    });
}

// They are shown first, where only files are.
void TerminalActions::onTerminals(QAction *action, std::function<void(TerminalSplits &)> call)
{
    connect(action, &QAction::triggered, this, [this, call = std::move(call)] {
        ConnectionPage *page = m_tabs.currentPage();
        if (page == nullptr) {
            return;
        }
        if (!page->terminals().isVisible()) {
            page->chooseView(ViewSwitch::View::Terminal);
        }
        call(page->terminals());
    });
}

void TerminalActions::update()
{
    const ConnectionPage *page = m_tabs.currentPage();
    const bool canSplit = page != nullptr && page->isReady();
    const bool areSeveral = page != nullptr && page->terminals().count() > 1;
    m_actions.closeTerminal->setEnabled(page != nullptr);
    for (QAction *action : {m_actions.splitRight, m_actions.splitDown}) {
        action->setEnabled(canSplit);
    }
    // The keys belong to the program in a terminal that is alone.
    for (QAction *action :
         {m_actions.zoomTerminal, m_actions.equalizeTerminals, m_actions.terminalLeft,
          m_actions.terminalRight, m_actions.terminalAbove, m_actions.terminalBelow}) {
        action->setEnabled(areSeveral);
    }
}

} // namespace ui
