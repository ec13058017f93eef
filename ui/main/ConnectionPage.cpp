#include "ui/main/ConnectionPage.h"

#include "base/DisplayText.h"
#include "forward/ForwardSet.h"
#include "ssh/Weakness.h"
#include "transfer/TransferSchedule.h"
#include "ui/commands/RunPanel.h"
#include "ui/errors/ErrorText.h"
#include "ui/errors/LoginErrorText.h"
#include "ui/files/FilesView.h"
#include "ui/main/AliasResolution.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ClosingLoss.h"
#include "ui/main/CommandNotices.h"
#include "ui/main/ConnectionDetails.h"
#include "ui/main/ConnectProgress.h"
#include "ui/main/DirectoryLink.h"
#include "ui/main/FilesEndText.h"
#include "ui/main/NoticeText.h"
#include "ui/main/Reconnection.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TabTerminals.h"
#include "ui/main/TransferTarget.h"
#include "ui/main/Workspace.h"
#include "ui/prompts/AgentUsePresenter.h"
#include "ui/prompts/PromptPresenter.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/theme/Icons.h"
#include "ui/transfers/TransferPanel.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QAbstractButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

ConnectionPage::ConnectionPage(const Services &services, ConnectRequest request, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_request(std::move(request))
    , m_status(new ConnectionStatus(this))
    , m_host(new SheetHost(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    createContent(*m_host);
    m_prompts = new PromptPresenter(*m_host, m_services.vault, this);
    m_prompts->setExpectedFingerprint(m_request.expectedFingerprint);
    m_agentUse = new AgentUsePresenter(*m_host, this);
    m_reconnection = new Reconnection(*m_banner, this);
    terminals().setHost(title());
    m_workspace->setProfile(m_request.profile);
    setView(m_request.purpose == profiles::TargetAddress::Purpose::Files
                ? ViewSwitch::View::Files
                : ViewSwitch::fromName(m_services.settings.value(settings::keys::view)));

    connect(m_prompts, &PromptPresenter::hostKeyReplaced, this, [this] {
        m_notice->showNotice(tr("The new host key of %1 has taken the place of the old one.")
                                 .arg(base::displayText(m_request.profile.host)));
    });
    connect(m_status, &ConnectionStatus::changed, this, &ConnectionPage::statusChanged);
    connect(m_progress, &ConnectProgress::cancelled, this, &ConnectionPage::cancelConnecting);
    connect(m_alias, &AliasResolution::resolved, this, &ConnectionPage::connectWith);
    connect(m_alias, &AliasResolution::failed, this,
            [this](const ErrorText &text) { showFailure(text, tr("Try again")); });
    connect(m_prompts, &PromptPresenter::notStored, this,
            [this](const QString &why) { m_notice->showNotice(why); });
    connect(m_reconnection, &Reconnection::countedDown, this,
            [this](auto left) { m_shared->transfers()->setNextTry(left); });
    connect(m_reconnection, &Reconnection::due, this, &ConnectionPage::reconnect);
    connect(m_reconnection, &Reconnection::stopped, this, &ConnectionPage::stopReconnecting);
    connect(m_viewSwitch, &ViewSwitch::viewChosen, this, &ConnectionPage::chooseView);
    connect(m_bottom, &BottomPanel::terminalWanted, this, [this](const QString &command) {
        const auto view = m_viewSwitch->view();
        setView(view == ViewSwitch::View::Files ? ViewSwitch::View::Both : view);
        m_workspace->runInTerminal(command);
    });
    connect(m_save, &QToolButton::clicked, this, &ConnectionPage::saveRequested);
    connect(&terminals(), &TerminalSplits::countChanged, this, &ConnectionPage::statusChanged);
    connect(&terminals(), &TerminalSplits::lastEndedWell, this, &ConnectionPage::requestClose);
    connect(m_terminals, &TabTerminals::changed, this, &ConnectionPage::statusChanged);
}

ConnectionPage::~ConnectionPage()
{
    if (m_details != nullptr) {
        m_details->close();
    }
    m_place.reset(); // a pane of another tab may go on with the files
    release();
}

QString ConnectionPage::title() const
{
    return base::displayText(m_request.profile.title());
}

bool ConnectionPage::allowsWeakAlgorithms() const
{
    return ssh::offersWeakness(m_request.profile.transport);
}

int ConnectionPage::unfinishedTransfers() const
{
    return m_transfers == nullptr ? 0 : static_cast<int>(m_transfers->unfinishedCount());
}

void ConnectionPage::createContent(SheetHost &host)
{
    auto *content = new QWidget;
    m_warning = new NoticeBar(Theme::Meaning::Warning, content);
    m_notice = new NoticeBar(Theme::Meaning::Subtle, content);
    auto *openSshNotice = new NoticeBar(Theme::Meaning::Subtle, content);
    openSshNotice->setObjectName(QStringLiteral("openSshNotice"));
    m_alias = new AliasResolution(m_services, *openSshNotice, host, this);
    m_banner = new ErrorBanner(content);
    m_stack = new QStackedWidget(content);
    m_progress = new ConnectProgress(m_stack);
    m_place = std::make_shared<ServerPlace>(title(), m_services.edits);
    keepBookmarks(*m_place, m_services.settings);
    connect(m_place.get(), &PanePlace::tabWanted, this, &ConnectionPage::attentionWanted);
    if (m_services.places != nullptr) {
        m_services.places->add(m_place);
    }
    m_workspace = new Workspace(m_services, m_place, m_stack);
    m_terminals = new TabTerminals(m_workspace->terminals(), host, *this);
    m_bottom = new BottomPanel(host, content);
    m_bottom->transfers().setSchedule(m_services.transfers);
    m_link = new DirectoryLink(*this, *m_workspace, m_services.settings, *m_notice);
    new CommandNotices(*this, m_workspace->terminals(), m_services.settings);
    m_stack->addWidget(new QWidget(m_stack)); // before the first open() and after it failed
    m_stack->addWidget(m_progress);
    m_stack->addWidget(m_workspace);

    auto *layout = new QVBoxLayout(content);
    layout->addLayout(createHeader());
    layout->addWidget(m_banner);
    layout->addWidget(m_warning);
    layout->addWidget(openSshNotice);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_bottom);
    host.setContent(content);
}

QLayout *ConnectionPage::createHeader()
{
    m_viewSwitch = new ViewSwitch;
    m_where = new PlainLabel(base::displayText(m_request.profile.address().toString()),
                             PlainLabel::Role::Value);
    m_where->setObjectName(QStringLiteral("connectionWhere"));
    m_save = new QToolButton;
    m_save->setObjectName(QStringLiteral("saveSessionButton"));
    m_save->setIcon(Icons::icon(QStringLiteral("pin")));
    m_save->setText(tr("Save session"));
    m_save->setAccessibleName(tr("Save session"));
    m_save->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_save->setAutoRaise(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_viewSwitch);
    row->addWidget(m_link->controls());
    row->addStretch();
    row->addWidget(m_save);
    row->addWidget(m_where);
    return row;
}

void ConnectionPage::open()
{
    release();
    m_reconnection->settle();
    m_banner->dismiss();
    m_warning->dismiss();
    m_notice->dismiss();
    m_stack->setCurrentWidget(m_progress);
    m_progress->setFocus(); // so that questions get the focus after it
    if (m_alias->start(m_request.profile)) {
        m_progress->showText(tr("Asking OpenSSH about %1…").arg(title()));
    } else {
        connectWith(m_services.connectionSettings(m_request.profile, {}));
    }
}

void ConnectionPage::connectWith(const ssh::ConnectionSettings &settings)
{
    m_shared = std::make_shared<SharedConnection>(
        settings, m_services.routes, m_remembered.memory(), std::move(m_forwards),
        m_services.transfers->queueFor(transferServer(settings, m_request.profile, title())));
    m_prompts->follow(m_shared->connection());
    follow();
    handleState(m_shared->connection().state());
    m_shared->connection().open();
}

void ConnectionPage::cancelConnecting()
{
    if (m_shared != nullptr) {
        m_shared->connection().close();
        return;
    }
    m_alias->cancel();
    showFailure({tr("Not connected to %1").arg(title()), tr("You canceled connecting."), {}, {}},
                tr("Try again"));
}

void ConnectionPage::share(std::shared_ptr<SharedConnection> connection)
{
    release();
    m_shared = std::move(connection);
    m_stack->setCurrentWidget(m_progress);
    m_progress->setFocus(); // as in open()
    follow();
    handleState(m_shared->connection().state());
}

// Keys without a passphrase and the agent need no secret.
ssh::LoginMemory ConnectionPage::loginMemory() const
{
    return m_remembered.memory().value_or(m_lostLogin);
}

// With the login answers of the connection that was lost. What is on the screen stays there.
void ConnectionPage::reconnect()
{
    const bool isFirst = !m_shared->hasSuccessor(); // other tabs follow this one
    std::shared_ptr<SharedConnection> next = m_shared->successor(loginMemory());
    release();
    m_shared = std::move(next);
    if (isFirst) {
        m_prompts->follow(m_shared->connection()); // for a changed host key: nothing is asked
    }
    follow();
    handleState(m_shared->connection().state());
}

void ConnectionPage::stopReconnecting()
{
    if (m_shared->connection().state() != ssh::Connection::State::Closed) {
        m_shared->connection().close(); // its end is told
        return;
    }
    showEnd(m_loss, true);
}

void ConnectionPage::follow()
{
    ssh::Connection *connection = &m_shared->connection();
    m_forwards = m_shared->forwards();
    m_transfers = m_shared->transfers();
    m_bottom->follow(connection, m_forwards.get());
    m_agentUse->follow(*connection);
    m_status->follow(*connection); // first, so that it knows a state before this page acts on it
    connect(connection, &ssh::Connection::stateChanged, this, &ConnectionPage::handleState);
    connect(connection, &ssh::Connection::noticed, this, &ConnectionPage::handleNotice);
    connect(connection, &ssh::Connection::agentWaitChanged, this, &ConnectionPage::handleAgentWait);
    connect(connection, &ssh::Connection::closed, this, &ConnectionPage::handleClosed);
    m_place->join(m_shared);
    connect(m_shared.get(), &SharedConnection::filesOpened, this, &ConnectionPage::showFiles);
    connect(m_shared.get(), &SharedConnection::filesClosed, this,
            &ConnectionPage::handleFilesClosed);
    if (m_shared->files() != nullptr) {
        showFiles();
    }
}

// Lets go of the connection, which ends if no other tab has it.
void ConnectionPage::release()
{
    m_alias->cancel();
    if (m_shared == nullptr) {
        return;
    }
    for (QObject *listener : std::initializer_list<QObject *>{this, m_status, m_prompts}) {
        m_shared->disconnect(listener);
        m_shared->connection().disconnect(listener);
    }
    if (m_place != nullptr) {
        m_place->leave();
    }
    terminals().leave();
    m_bottom->run().setConnection(nullptr);
    m_shared.reset();
}

void ConnectionPage::handleState(ssh::Connection::State state)
{
    if (state == ssh::Connection::State::Ready) {
        handleReady();
    } else if (state != ssh::Connection::State::Closed) {
        m_progress->showState(state, m_request.profile.address().toString());
    }
}

void ConnectionPage::handleReady()
{
    const bool takesFocus = m_host->hasFocusToGive();
    const ssh::ConnectionInfo &info = m_shared->connection().info();
    profiles::TargetAddress where = m_request.profile.address();
    where.user = info.user;
    m_where->setText(base::displayText(where.toString()));
    m_wasEverReady = true;
    if (m_reconnection->isUnderWay()) {
        m_banner->dismiss();
    }
    m_reconnection->settle();
    m_stack->setCurrentWidget(m_workspace);
    m_terminals->join(m_shared);
    setView(m_viewSwitch->view());
    if (takesFocus) {
        m_workspace->focusMainPane();
    }
}

void ConnectionPage::handleClosed(const base::Result<void> &reason)
{
    const bool wasReady = terminals().isJoined();
    if (wasReady) {
        m_remembered.keep(m_shared->connection().memory(), m_request.profile.rememberFor);
        m_lostLogin = m_shared->connection().memory().withoutSecrets();
    }
    const bool wasReconnecting = m_reconnection->isUnderWay();
    m_stack->setCurrentIndex(m_wasEverReady ? m_stack->indexOf(m_workspace) : 0);
    if (wasReady) {
        terminals().announce(tr("Disconnected."));
    }
    base::Error error = reason ? base::Error{.kind = base::ErrorKind::Cancelled} : reason.error();
    if (error.subject.isEmpty()) {
        error.subject = m_request.profile.host;
    }
    // Not after shells that ended normally: then the user is done here.
    const bool comesBack = (wasReconnecting || (wasReady && !terminals().haveAllEnded()))
        && Reconnection::isWantedAfter(error, m_shared->connection().settings(), loginMemory());
    if (comesBack) {
        m_loss = error;
        m_reconnection->schedule(errorText(error));
        return;
    }
    m_reconnection->settle();
    showEnd(error, wasReady || wasReconnecting);
}

void ConnectionPage::showEnd(const base::Error &error, bool wasReady)
{
    m_shared->transfers()->setNextTry({});
    ErrorText text = loginErrorText(error, m_shared->connection().info().loginTrace);
    if (error.kind == base::ErrorKind::Cancelled) {
        text
            = {.what = tr("Not connected to %1").arg(title()),
               .why = wasReady ? tr("The connection was closed.") : tr("You canceled connecting.")};
    }
    showFailure(text, wasReady ? tr("Reconnect") : tr("Try again"));
}

// With a button that connects again.
void ConnectionPage::showFailure(const ErrorText &text, const QString &action)
{
    const bool takesFocus = m_host->hasFocusToGive();
    m_stack->setCurrentIndex(m_wasEverReady ? m_stack->indexOf(m_workspace) : 0);
    m_banner->showError(text);
    QAbstractButton *button = m_banner->addAction(action);
    button->setObjectName(QStringLiteral("reconnectButton"));
    connect(button, &QAbstractButton::clicked, this, &ConnectionPage::open);
    if (takesFocus) {
        button->setFocus();
    }
}

void ConnectionPage::handleNotice(const ssh::Notice &notice)
{
    if (!notice.knownHostsLine.isEmpty()) {
        m_services.keepForThisRun(notice.knownHostsLine);
    }
    NoticeBar *bar = isWarning(notice.kind) ? m_warning : m_notice;
    bar->showNotice(noticeText(notice, m_request.profile.host));
}

void ConnectionPage::handleAgentWait(const std::optional<ssh::AgentWait> &wait)
{
    if (wait) {
        m_progress->showWait(*wait);
    } else {
        m_progress->showState(m_shared->connection().state(),
                              m_request.profile.address().toString());
    }
}

void ConnectionPage::showFiles()
{
    m_banner->dismiss(); // there were none for a while, perhaps
    m_workspace->beginAt(m_request.remotePath);
}

void ConnectionPage::handleFilesClosed(const base::Error &error)
{
    if (!isReady()) {
        return; // the banner of the closed connection says it
    }
    m_banner->showError(filesEndText(error, title()));
}

void ConnectionPage::setProfile(const profiles::Profile &profile)
{
    if (profile.address() != m_request.profile.address()) {
        m_remembered.forget(); // it was for another server
    }
    m_request.profile = profile;
    m_place->setTitle(title());
    m_workspace->setProfile(profile);
    if (m_forwards != nullptr) {
        m_forwards->setSaved(profile.forwards);
    }
    emit statusChanged();
}

void ConnectionPage::setSaved(bool saved)
{
    m_save->setVisible(!saved);
}

void ConnectionPage::setView(ViewSwitch::View view)
{
    m_viewSwitch->setView(view);
    m_workspace->setView(view);
    if (isReady()
        && (view != ViewSwitch::View::Terminal || m_shared->transfers()->hasUnfinished()
            || m_place->hasWaitingEdits())) {
        m_place->want();
    }
}

void ConnectionPage::chooseView(ViewSwitch::View view)
{
    m_services.settings.setValue(settings::keys::view, ViewSwitch::name(view));
    setView(view);
    m_workspace->focusMainPane();
}

QString ConnectionPage::tabTitle() const
{
    return m_terminals->tabTitle(title());
}

TerminalSplits &ConnectionPage::terminals() const
{
    return m_workspace->terminals();
}

void ConnectionPage::focusMainPane()
{
    m_workspace->focusMainPane();
}

void ConnectionPage::focusNextPane()
{
    m_workspace->focusNextPane();
}

void ConnectionPage::showDetails()
{
    if (m_details == nullptr) {
        // Not of this page: it must stay usable while a sheet covers the page.
        m_details = new ConnectionDetails(*m_status, title(), window());
    }
    m_details->show();
    m_details->raise();
    m_details->activateWindow();
}

void ConnectionPage::requestCloseTerminal()
{
    if (m_terminals->canCloseCurrent()) {
        m_terminals->closeCurrent();
    } else {
        requestClose();
    }
}

void ConnectionPage::requestClose()
{
    const QString loss = closingLoss(*this);
    if (loss.isEmpty()) {
        emit closeAllowed();
        return;
    }
    auto *sheet = new ConfirmSheet(tr("Close %1?").arg(title()), loss, tr("Close tab"), m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, &ConnectionPage::closeAllowed);
    m_host->present(sheet);
}

} // namespace ui
