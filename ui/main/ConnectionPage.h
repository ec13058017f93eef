// ConnectionPage: one tab: a terminal and the files of a server on one login, with everything that
// is to be said about it: progress, questions, remarks, failures.
//
// Terminal and panes stay when the connection ends, so that nothing on the screen is lost;
// reconnecting joins them to a new one.

#pragma once

#include "ssh/RememberedLogin.h"
#include "ui/connect/ConnectRequest.h"
#include "ui/main/ConnectionStatus.h"
#include "ui/main/Services.h"
#include "ui/main/ViewSwitch.h"

#include <QPointer>
#include <QWidget>

#include <memory>

namespace forward {
class ForwardSet;
}
namespace transfer {
class TransferQueue;
}

class QStackedWidget;
class QToolButton;

namespace ui {

class AliasResolution;
class BottomPanel;
class ConnectProgress;
class DirectoryLink;
class ErrorBanner;
struct ErrorText;
class NoticeBar;
class PlainLabel;
class ConnectionDetails;
class AgentUsePresenter;
class PromptPresenter;
class Reconnection;
class ServerPlace;
class SharedConnection;
class SheetHost;
class TabTerminals;
class TerminalSplits;
class Workspace;

class ConnectionPage final : public QWidget
{
    Q_OBJECT

public:
    // Does nothing before open() or share().
    ConnectionPage(const Services &services, ConnectRequest request, QWidget *parent = nullptr);
    ~ConnectionPage() override;

    // Logs in. Also again, after the connection has ended.
    void open();

    // Uses a login that is Ready already; questions about it stay with the tab that opened it.
    void share(std::shared_ptr<SharedConnection> connection);

    const ConnectRequest &request() const { return m_request; }
    QString title() const; // plain text, safe to show
    const ConnectionStatus &status() const { return *m_status; }
    bool isReady() const { return m_status->liveness() == ConnectionStatus::Liveness::Connected; }
    std::shared_ptr<SharedConnection> connection() const { return m_shared; } // null before open()

    // The profile is one for old devices, say.
    bool allowsWeakAlgorithms() const;

    // Of this tab's own doing; a tab that shares the login counts them too.
    int unfinishedTransfers() const;

    // The session was saved or renamed.
    void setProfile(const profiles::Profile &profile);
    void setSaved(bool saved); // hides the button that offers to save it

    ViewSwitch::View view() const { return m_viewSwitch->view(); }
    void setView(ViewSwitch::View view);
    void chooseView(ViewSwitch::View view); // also for tabs to come
    void focusNextPane();
    void focusMainPane();
    TerminalSplits &terminals() const;
    Workspace &workspace() const { return *m_workspace; }
    TabTerminals &tab() const { return *m_terminals; }
    QString tabTitle() const;
    BottomPanel &bottom() const { return *m_bottom; }

    // In a window of its own, which ends with the tab; brings it to the front if it is open.
    void showDetails();

    // Asks before something would be lost, then emits closeAllowed(), perhaps at once.
    void requestClose();

    // The same for the terminal that is typed into, or for the tab if that is its only one or has
    // not the focus.
    void requestCloseTerminal();

signals:
    void statusChanged(); // or the title, or the number of terminals
    void saveRequested();
    void closeAllowed();
    void attentionWanted(); // it is to be brought to the front

private:
    void createContent(SheetHost &host);
    QLayout *createHeader();
    void connectWith(const ssh::ConnectionSettings &settings);
    void cancelConnecting();
    void showFailure(const ErrorText &text, const QString &action);
    void follow();
    void release();
    ssh::LoginMemory loginMemory() const;
    void reconnect();
    void stopReconnecting();
    void showEnd(const base::Error &error, bool wasReady);
    void handleState(ssh::Connection::State state);
    void handleReady();
    void handleClosed(const base::Result<void> &reason);
    void handleNotice(const ssh::Notice &notice);
    void handleAgentWait(const std::optional<ssh::AgentWait> &wait);
    void showFiles();
    void handleFilesClosed(const base::Error &error);

    Services m_services;
    ssh::RememberedLogin m_remembered; // of the connection that has ended
    ConnectRequest m_request;
    ConnectionStatus *m_status;
    AgentUsePresenter *m_agentUse = nullptr;
    PromptPresenter *m_prompts = nullptr;
    ViewSwitch *m_viewSwitch = nullptr;
    QToolButton *m_save = nullptr;
    PlainLabel *m_where = nullptr;
    NoticeBar *m_warning = nullptr;
    NoticeBar *m_notice = nullptr;
    AliasResolution *m_alias = nullptr;
    ErrorBanner *m_banner = nullptr;
    QStackedWidget *m_stack = nullptr;
    ConnectProgress *m_progress = nullptr;
    Reconnection *m_reconnection = nullptr;
    QPointer<ConnectionDetails> m_details; // while it is open
    std::shared_ptr<ServerPlace> m_place; // shared with the panes
    Workspace *m_workspace = nullptr;
    TabTerminals *m_terminals = nullptr;
    DirectoryLink *m_link = nullptr;
    BottomPanel *m_bottom = nullptr;
    SheetHost *m_host = nullptr;

    ssh::LoginMemory m_lostLogin; // without its secrets
    base::Error m_loss; // the last one, for as long as it is being mended
    bool m_wasEverReady = false; // there is something on the screen to be kept

    // Shared with the other tabs on the same login; the last one ends it.
    std::shared_ptr<SharedConnection> m_shared;
    std::shared_ptr<forward::ForwardSet> m_forwards; // of m_shared, and of the next
    std::shared_ptr<transfer::TransferQueue> m_transfers; // likewise
};

} // namespace ui
