#include "ui/main/DirectoryLink.h"

#include "settings/Settings.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/PathReveal.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/Workspace.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/terminal/TerminalView.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/NoticeBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

// To the end of what is typed, and away with it: what is half typed must not become part of it.
constexpr QByteArrayView emptyLine = "\x05\x15";

constexpr std::chrono::milliseconds afterLine(700); // then "cd" is done, say

} // namespace

DirectoryLink::DirectoryLink(ConnectionPage &page, Workspace &workspace,
                             settings::Settings &settings, NoticeBar &notice)
    : QObject(&page)
    , m_page(page)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_notice(notice)
    , m_controls(new QWidget)
    , m_follow(createButton("followTerminal", "link", tr("Follow the terminal"),
                            tr("The server's files go where the shell goes, if it tells where")))
    , m_goThere(createButton("terminalToFiles", "terminal", tr("cd here"),
                             tr("The shell goes to the directory of the server's files")))
    , m_server(new ShellDirectory(this))
{
    auto *row = new QHBoxLayout(m_controls);
    row->setContentsMargins({});
    row->addWidget(m_follow);
    row->addWidget(m_goThere);
    m_controls->setVisible(false);
    m_follow->setCheckable(true);
    m_follow->setChecked(settings.value(settings::keys::filesFollowTerminal));
    new PathReveal(page, workspace, notice);
    connect(&workspace.terminals(), &TerminalSplits::currentDirectoryChanged, this,
            &DirectoryLink::note);
    m_pause.setSingleShot(true);
    m_pause.setInterval(afterLine);
    connect(&m_pause, &QTimer::timeout, this, &DirectoryLink::askServer);
    connect(&workspace.terminals(), &TerminalSplits::lineEntered, this, [this] {
        if (m_asksServer) {
            m_pause.start();
        }
    });
    connect(m_server, &ShellDirectory::failed, this, &DirectoryLink::tell);
    connect(m_server, &ShellDirectory::found, this, [this](const QByteArray &path) {
        m_asksServer = true;
        m_directory = path;
        follow();
    });
    connect(m_follow, &QToolButton::clicked, this, &DirectoryLink::setFollowing);
    connect(m_goThere, &QToolButton::clicked, this, &DirectoryLink::goThere);
    connect(&settings, &settings::Settings::changed, this, [this](QLatin1StringView name) {
        if (name == settings::keys::filesFollowTerminal.name) {
            m_follow->setChecked(m_settings.value(settings::keys::filesFollowTerminal));
        }
    });
    workspace.filesView().installEventFilter(this);
    workspace.terminals().installEventFilter(this);
}

QToolButton *DirectoryLink::createButton(const char *name, const char *icon, const QString &text,
                                         const QString &hint)
{
    auto *button = new QToolButton(m_controls);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(Icons::icon(QString::fromLatin1(icon)));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(hint);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

// Shells tell it at each prompt: only a change counts, so that the user may look elsewhere.
void DirectoryLink::note(const QByteArray &path)
{
    m_isTold = true;
    m_asksServer = false;
    if (path != m_directory) {
        m_directory = path;
        follow();
    }
}

void DirectoryLink::follow()
{
    const bool canFollow = m_follow->isChecked() && m_page.isReady()
        && m_page.connection()->files() != nullptr && m_workspace.filesView().isVisibleTo(&m_page);
    if (canFollow && !m_directory.isEmpty() && m_directory != m_followed) {
        m_followed = m_directory;
        FilePane *pane = m_workspace.filesView().serverPane();
        if (pane != nullptr) { // the user may look elsewhere
            pane->goTo(files::FilePath(m_directory).normalized());
        }
    }
}

void DirectoryLink::setFollowing(bool isOn)
{
    m_settings.setValue(settings::keys::filesFollowTerminal, isOn);
    if (!isOn) {
        m_asksServer = false;
        return;
    }
    if (!m_isTold) {
        m_followed.clear();
        askServer();
        return;
    }
    m_followed.clear();
    follow();
}

// Only once the user has asked for it: it runs a command there.
void DirectoryLink::askServer()
{
    if (m_page.isReady()) {
        m_server->ask(m_page.connection()->connection());
    }
}

void DirectoryLink::tell(ShellDirectory::Problem problem)
{
    m_asksServer = false;
    m_notice.showNotice(
        problem == ShellDirectory::Problem::SeveralShells
            ? tr("The shells of this login do not tell their directories, and the server can not "
                 "say which is meant. “Commands of this terminal” in the menu has a line that "
                 "makes them tell.")
            : tr("The shell does not tell its directory, and neither does the server. “Commands of "
                 "this terminal” in the menu has a line that makes the shell tell it."));
}

QByteArray DirectoryLink::changeDirectoryLine(const QByteArray &path)
{
    constexpr char firstPrintable = ' ';
    constexpr char del = '\x7f';
    const bool isOdd = std::ranges::any_of(
        path, [](char byte) { return (byte >= 0 && byte < firstPrintable) || byte == del; });
    if (isOdd || !path.startsWith('/')) {
        return {};
    }
    QByteArray quoted = path;
    quoted.replace("'", "'\\''"); // sh, and fish as well
    return emptyLine.toByteArray() + "cd '" + quoted + "'\r";
}

void DirectoryLink::goThere()
{
    const TerminalPane &pane = m_workspace.terminals().current();
    const FilePane *server = m_workspace.filesView().serverPane();
    const QByteArray line
        = changeDirectoryLine(server == nullptr ? QByteArray() : server->directory().bytes());
    if (line.isEmpty()) {
        m_notice.showNotice(tr("The name of this directory can not be typed into a terminal: it "
                               "has control characters."));
        return;
    }
    if (pane.bridge().isBusy()) {
        m_notice.showNotice(tr("A program is running in the terminal: only a shell's prompt takes "
                               "“cd”. End it first, or open another terminal."));
        return;
    }
    pane.view().type(line);
    pane.view().setFocus(Qt::OtherFocusReason);
}

bool DirectoryLink::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide
        || event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent) {
        const bool areFiles = m_workspace.filesView().isVisibleTo(&m_page);
        m_controls->setVisible(areFiles);
        m_goThere->setEnabled(m_workspace.terminals().isVisibleTo(&m_page));
        if (areFiles) {
            QMetaObject::invokeMethod(this, &DirectoryLink::follow, Qt::QueuedConnection);
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
