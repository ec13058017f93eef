// FleetWindow: one command on many servers: who, what, by which rules, and what comes of it. A
// window of its own, beside the main window.

#pragma once

#include "commands/FleetHosts.h"
#include "commands/FleetRun.h"
#include "commands/RunHistory.h"
#include "ssh/PromptQueue.h"

#include <QDateTime>
#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>

class QProgressBar;
class QPushButton;
class QToolButton;

namespace vault {
class Vault;
}

namespace ui {

class ErrorBanner;
class FleetForm;
class FleetResults;
class HistoryWindow;
class HostChoice;
class NoticeBar;
class PlainLabel;
class PromptPresenter;
class SheetHost;

// What the window needs of the program, all borrowed.
struct FleetSources
{
    const profiles::ProfileStore &profiles;
    profiles::OpenSshConfig *openSsh = nullptr; // null: no hosts of OpenSSH's configuration
    ssh::AliasSettings::SettingsOf connectionSettings;
    vault::Vault *vault = nullptr; // null: ask each time
    std::function<void(const QByteArray &)> keepForThisRun = [](const QByteArray &) { };
    commands::RunHistory *history = nullptr; // null: none is kept
};

class FleetWindow final : public QWidget
{
    Q_OBJECT

public:
    explicit FleetWindow(FleetSources sources, QWidget *parent = nullptr);
    ~FleetWindow() override;

    void choose(const QSet<profiles::Profile::Id> &sessions);
    void setCommand(const QString &command);

    bool isRunning() const { return m_run && m_run->isRunning(); }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *createContent();
    QWidget *createButtons();
    void createMore();
    void startOrStop();
    void prepare(bool isDryRun);
    bool fill(commands::FleetHosts &hosts);
    void start(std::unique_ptr<commands::FleetHosts> hosts, const commands::BatchOrder &order);
    void rerun();
    void preparePrompts();
    void follow(commands::CommandBatch::Index host, ssh::Connection &connection);
    void handleNotice(const QString &host, const ssh::Notice &notice);
    void handleFinished();
    void showHistory();
    void chooseInventory();
    void saveInventory(const QString &path);
    std::unique_ptr<commands::FleetHosts> makeHosts();
    void updateState();
    void askToClose();

    FleetSources m_sources;
    SheetHost *m_host;
    ErrorBanner *m_banner = nullptr;
    NoticeBar *m_notice = nullptr;
    HostChoice *m_choice = nullptr;
    FleetForm *m_form = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_dryRun = nullptr;
    QToolButton *m_more = nullptr;
    QProgressBar *m_progress = nullptr;
    PlainLabel *m_state = nullptr;
    FleetResults *m_results = nullptr;
    ssh::PromptQueue *m_prompts = nullptr; // of the run, as the presenter
    PromptPresenter *m_presenter = nullptr;
    std::unique_ptr<commands::FleetHosts> m_planned; // while a sheet asks about them
    std::unique_ptr<commands::FleetHosts> m_hosts; // of the run
    std::unique_ptr<commands::FleetRun> m_run; // the last one
    QDateTime m_begun; // the run, or the last part of it
    QPointer<HistoryWindow> m_historyWindow; // while it is open
    bool m_isCloseConfirmed = false;
};

} // namespace ui
