#include "ui/main/TerminalPlace.h"

#include "sftp/CommandOutput.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PaneActions.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/Workspace.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/terminal/TerminalView.h"
#include "ui/widgets/NoticeBar.h"

#include <QAction>

#include <algorithm>

namespace ui {

TerminalPlace::TerminalPlace(ConnectionPage &page, Workspace &workspace, NoticeBar &notice)
    : QObject(&page)
    , m_page(page)
    , m_workspace(workspace)
    , m_notice(notice)
{
    FilesView &view = workspace.filesView();
    connect(&view, &FilesView::paneOpened, this, &TerminalPlace::connectPane);
    for (FilePane *pane : view.panes()) {
        connectPane(*pane);
    }
}

// There are terminals of this tab's server alone.
void TerminalPlace::connectPane(FilePane &pane)
{
    const PaneActions &actions = pane.actions();
    connect(actions.terminalHere, &QAction::triggered, this, [this, &pane] { openTerminal(pane); });
    connect(actions.terminalPlace, &QAction::triggered, this,
            [this, &pane] { followTerminal(pane); });
    const auto follow = [this, &pane, &actions] {
        const bool isOurs = m_workspace.isOfServer(pane);
        actions.terminalHere->setVisible(isOurs);
        actions.terminalPlace->setVisible(isOurs);
    };
    connect(&pane, &FilePane::placeChanged, this, follow);
    follow();
}

// In a terminal of its own: in one that is open something may run that would take the words for its
// own. The blank keeps them out of the history of common shells.
void TerminalPlace::openTerminal(const FilePane &pane)
{
    const files::FilePath directory = pane.directory();
    const bool hasControl = std::ranges::any_of(directory.bytes(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (directory.isEmpty() || !m_page.isReady()) {
        return;
    }
    if (hasControl) { // a terminal would take it for keys
        m_notice.showNotice(tr("The name of this folder can not be typed into a terminal: it has "
                               "control characters."));
        return;
    }
    if (m_workspace.terminals().isVisibleTo(&m_page)) {
        openAt(directory);
        return;
    }
    m_page.setView(ViewSwitch::View::Both);
    // When it has its size, by which it is judged whether there is room for two.
    QMetaObject::invokeMethod(this, [this, directory] { openAt(directory); }, Qt::QueuedConnection);
}

void TerminalPlace::openAt(const files::FilePath &directory)
{
    const int before = m_workspace.terminals().count();
    m_workspace.terminals().split(Qt::Horizontal);
    if (m_workspace.terminals().count() == before) {
        return; // it has said why
    }
    TerminalView &view = m_workspace.terminals().current().view();
    view.setFocus();
    emit view.typed(" cd -- " + sftp::shellWord(directory.bytes()) + '\r');
}

void TerminalPlace::followTerminal(FilePane &pane)
{
    const QByteArray &directory = m_workspace.terminals().current().directory();
    if (directory.isEmpty()) {
        m_notice.showNotice(tr("The shell in the terminal does not tell where it is. “Commands of "
                               "this terminal” in the menu has a line that makes it tell."));
        return;
    }
    pane.goTo(files::FilePath(directory));
}

} // namespace ui
