#include "ui/main/PathReveal.h"

#include "files/FileSystem.h"
#include "ui/errors/ErrorText.h"
#include "ui/files/FilesView.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TerminalPlace.h"
#include "ui/main/Workspace.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/widgets/NoticeBar.h"

#include <QFuture>

namespace ui {

PathReveal::PathReveal(ConnectionPage &page, Workspace &workspace, NoticeBar &notice)
    : QObject(&page)
    , m_page(page)
    , m_workspace(workspace)
    , m_notice(notice)
{
    connect(&workspace.terminals(), &TerminalSplits::pathActivated, this, &PathReveal::show);
    new TerminalPlace(page, workspace, notice); // the other ways between the two
}

void PathReveal::show(const QByteArray &path)
{
    if (!m_page.isReady()) {
        return; // the banner of the closed connection says it
    }
    m_path = files::FilePath(path).normalized();
    if (!m_workspace.filesView().isVisibleTo(&m_page)) {
        m_page.setView(ViewSwitch::View::Both);
    }
    if (m_page.connection()->files() != nullptr) {
        ask();
        return;
    }
    connect(m_page.connection().get(), &SharedConnection::filesOpened, this, &PathReveal::ask,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
}

// A link may lead anywhere: it is shown where it stands.
void PathReveal::ask()
{
    files::FileSystem *files = m_page.isReady() ? m_page.connection()->files() : nullptr;
    if (files == nullptr) {
        return;
    }
    const files::FilePath path = m_path;
    files->status(path).then(this, [this, path](const base::Result<files::FileEntry> &entry) {
        if (path != m_path) {
            return; // another one is of interest now
        }
        if (entry) {
            const bool isDirectory = entry->attributes.type() == files::FileType::Directory;
            m_workspace.filesView().showRemote(isDirectory ? path : path.parent());
        } else {
            m_notice.showNotice(
                tr("%1 can not be shown: %2").arg(path.toDisplay(), errorText(entry.error()).why));
        }
    });
}

} // namespace ui
