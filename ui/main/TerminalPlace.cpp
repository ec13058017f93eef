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
    const PaneActions &actions = workspace.filesView().remotePane().actions();
    actions.terminalHere->setVisible(true);
    actions.terminalPlace->setVisible(true);
    connect(actions.terminalHere, &QAction::triggered, this, &TerminalPlace::openTerminal);
    connect(actions.terminalPlace, &QAction::triggered, this, &TerminalPlace::followTerminal);
}

// In a terminal of its own: in one that is open something may run that would take the words for its
// own. The blank keeps them out of the history of common shells.
void TerminalPlace::openTerminal()
{
    const files::FilePath directory = m_workspace.filesView().remotePane().directory();
    const bool hasControl = std::ranges::any_of(directory.bytes(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (directory.isEmpty() || !m_page.isReady()) {
        return;
    }
    if (hasControl) { // a terminal would take it for keys
        m_notice.showNotice(tr("The name of this folder can not be typed into a terminal."));
        return;
    }
    if (!m_workspace.terminals().isVisibleTo(&m_page)) {
        m_page.setView(ViewSwitch::View::Both);
    }
    const int before = m_workspace.terminals().count();
    m_workspace.terminals().split(Qt::Horizontal);
    if (m_workspace.terminals().count() == before) {
        return; // it has said why
    }
    TerminalView &view = m_workspace.terminals().current().view();
    view.setFocus();
    emit view.typed(" cd -- " + sftp::shellWord(directory.bytes()) + '\r');
}

void TerminalPlace::followTerminal()
{
    const QByteArray &directory = m_workspace.terminals().current().directory();
    if (directory.isEmpty()) {
        m_notice.showNotice(tr("The shell in the terminal does not tell where it is."));
        return;
    }
    m_workspace.filesView().showRemote(files::FilePath(directory));
}

} // namespace ui
