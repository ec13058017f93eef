#include "ui/commands/FleetWindow.h"

#include "base/DisplayText.h"
#include "commands/AnsibleInventory.h"
#include "ui/commands/FleetForm.h"
#include "ui/commands/FleetPlanSheet.h"
#include "ui/commands/FleetResults.h"
#include "ui/commands/HistoryWindow.h"
#include "ui/commands/HostChoice.h"
#include "ui/errors/OpenSshErrorText.h"
#include "ui/prompts/PromptPresenter.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

// Of a window that was never resized, in characters and lines of the user's font.
constexpr int usualWidth = 190;
constexpr int leastChoiceWidth = 36; // a name and an address
constexpr int usualHeight = 44;

bool hasProduction(const commands::FleetHosts &hosts)
{
    return std::ranges::any_of(hosts.hosts(), [](const commands::FleetHost &host) {
        return host.profile.environmentClass == profiles::EnvironmentClass::Production;
    });
}

} // namespace

FleetWindow::FleetWindow(FleetSources sources, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_sources(std::move(sources))
    , m_host(new SheetHost(this))
{
    setObjectName(QStringLiteral("fleetWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Run on many servers"));
    setAccessibleName(tr("Run on many servers"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    m_host->setContent(createContent());
    connect(m_choice, &HostChoice::changed, this, &FleetWindow::updateState);
    connect(m_form, &FleetForm::changed, this, &FleetWindow::updateState);
    connect(m_form, &FleetForm::submitted, this, [this] {
        if (m_start->isEnabled() && !isRunning()) {
            prepare(false);
        }
    });
    connect(m_results, &FleetResults::rerunRequested, this, &FleetWindow::rerun);
    connect(m_results, &FleetResults::stateChanged, this, &FleetWindow::updateState);
    connect(m_results, &FleetResults::failed, m_banner, &ErrorBanner::showError);
    connect(m_results, &FleetResults::saved, this, [this](const QString &path) {
        m_notice->showNotice(tr("Saved to %1.").arg(base::displayText(path)));
    });
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    m_form->setFocus();
    updateState();
}

FleetWindow::~FleetWindow()
{
    m_results->setRun(nullptr);
    m_run.reset(); // its connections are followed by what goes after it
}

QWidget *FleetWindow::createContent()
{
    auto *content = new QWidget;
    m_banner = new ErrorBanner;
    m_notice = new NoticeBar(Theme::Meaning::Subtle);
    m_choice = new HostChoice(m_sources.profiles, m_sources.openSsh);
    m_form = new FleetForm;
    m_results = new FleetResults;
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->addWidget(m_form);
    column->addWidget(createButtons());
    column->addWidget(m_results, 1);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_choice);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 4);
    splitter->setChildrenCollapsible(false);
    m_choice->setMinimumWidth(fontMetrics().averageCharWidth() * leastChoiceWidth);
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_banner);
    layout->addWidget(m_notice);
    layout->addWidget(splitter, 1);
    return content;
}

QWidget *FleetWindow::createButtons()
{
    auto *buttons = new QWidget;
    m_start = new QPushButton(tr("Run"));
    m_start->setObjectName(QStringLiteral("fleetStart"));
    m_dryRun = new QPushButton(tr("Dry run"));
    m_dryRun->setObjectName(QStringLiteral("fleetDryRun"));
    m_dryRun->setToolTip(tr("Show exactly what would be run where, and run nothing"));
    createMore();
    m_state = new PlainLabel({}, PlainLabel::Role::Text);
    m_state->setObjectName(QStringLiteral("fleetState"));
    m_progress = new QProgressBar;
    m_progress->setObjectName(QStringLiteral("fleetProgress"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    m_progress->hide();
    connect(m_start, &QPushButton::clicked, this, &FleetWindow::startOrStop);
    connect(m_dryRun, &QPushButton::clicked, this, [this] { prepare(true); });
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins({});
    row->addWidget(m_start);
    row->addWidget(m_dryRun);
    row->addWidget(m_more);
    row->addWidget(m_progress);
    row->addWidget(m_state, 1);
    return buttons;
}

void FleetWindow::createMore()
{
    m_more = new QToolButton;
    m_more->setObjectName(QStringLiteral("fleetMore"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More"));
    m_more->setAutoRaise(true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    menu->addAction(tr("Save the chosen servers for Ansible…"), this,
                    &FleetWindow::chooseInventory);
    menu->addAction(tr("Earlier runs…"), this, &FleetWindow::showHistory)
        ->setEnabled(m_sources.history != nullptr);
    m_more->setMenu(menu);
}

void FleetWindow::choose(const QSet<profiles::Profile::Id> &sessions)
{
    m_choice->choose(sessions);
}

void FleetWindow::setCommand(const QString &command)
{
    m_form->setCommand(command);
    m_form->setFocus();
}

void FleetWindow::startOrStop()
{
    if (isRunning()) {
        m_run->cancel();
    } else {
        prepare(false);
    }
}

std::unique_ptr<commands::FleetHosts> FleetWindow::makeHosts()
{
    return std::make_unique<commands::FleetHosts>(
        m_sources.profiles, m_sources.openSsh, m_sources.connectionSettings,
        [](const base::Error &error, const QString &alias) {
            return openSshErrorText(error, alias).toSentence();
        });
}

// Asks first where that is wanted, or production servers are among them.
void FleetWindow::prepare(bool isDryRun)
{
    auto hosts = makeHosts();
    if (isRunning() || m_host->currentSheet() != nullptr || !fill(*hosts)) {
        return;
    }
    if (m_form->command().trimmed().isEmpty()) {
        m_state->setText(tr("Type a command first."));
        return;
    }
    const commands::BatchOrder order = m_form->order(hosts->names());
    if (!isDryRun && !hasProduction(*hosts)) {
        start(std::move(hosts), order);
        return;
    }
    using Reason = FleetPlanSheet::Reason;
    auto *sheet
        = new FleetPlanSheet(*hosts, order, isDryRun ? Reason::DryRun : Reason::Production, m_host);
    m_planned = std::move(hosts);
    connect(sheet, &FleetPlanSheet::confirmed, this,
            [this, order] { start(std::move(m_planned), order); });
    m_host->present(sheet);
    sheet->setFocus();
}

bool FleetWindow::fill(commands::FleetHosts &hosts)
{
    m_banner->dismiss();
    const auto added = m_choice->addTo(hosts);
    if (!added) {
        m_banner->showError({.what = tr("Nothing was run"), .why = added.error()});
        return false;
    }
    if (hosts.hosts().isEmpty()) {
        m_state->setText(tr("Choose servers first."));
        return false;
    }
    return true;
}

void FleetWindow::start(std::unique_ptr<commands::FleetHosts> hosts,
                        const commands::BatchOrder &order)
{
    if (isRunning() || m_results->isSaving()) {
        return;
    }
    m_form->remember();
    m_notice->dismiss();
    m_results->setRun(nullptr);
    m_run.reset();
    m_hosts = std::move(hosts);
    m_run = std::make_unique<commands::FleetRun>(
        order, [this](qsizetype host, const commands::CommandBatch::Resolved &resolved) {
            m_hosts->resolve(host, resolved);
        });
    connect(m_run.get(), &commands::FleetRun::hostBegun, this,
            [this](commands::CommandBatch::Index host, ssh::Connection *connection) {
                follow(host, *connection);
            });
    connect(m_run.get(), &commands::FleetRun::hostChanged, this, &FleetWindow::updateState);
    connect(m_run.get(), &commands::FleetRun::finished, this, &FleetWindow::handleFinished);
    m_results->setRun(m_run.get());
    preparePrompts();
    m_begun = QDateTime::currentDateTime();
    m_run->start();
    updateState();
}

void FleetWindow::rerun()
{
    if (m_run && !isRunning()) {
        preparePrompts();
        m_begun = QDateTime::currentDateTime();
        m_run->startFailed();
        updateState();
    }
}

// New for each run: what was typed for the one before is forgotten.
void FleetWindow::preparePrompts()
{
    delete m_prompts;
    delete m_presenter;
    m_prompts = new ssh::PromptQueue(this);
    m_prompts->setPasswords(m_form->passwords());
    m_presenter = new PromptPresenter(*m_host, m_sources.vault, this);
    connect(m_prompts, &ssh::PromptQueue::asked, m_presenter, &PromptPresenter::present);
    connect(m_prompts, &ssh::PromptQueue::withdrawn, m_presenter, &PromptPresenter::withdraw);
    connect(m_prompts, &ssh::PromptQueue::changed, this, &FleetWindow::updateState);
    connect(m_presenter, &PromptPresenter::answered, m_prompts, &ssh::PromptQueue::answer);
    connect(m_presenter, &PromptPresenter::notStored, this,
            [this](const QString &why) { m_notice->showNotice(why); });
}

// Banners are left out: most of two hundred hosts have the same. A host key that was refused is
// told in the host's row.
void FleetWindow::follow(commands::CommandBatch::Index host, ssh::Connection &connection)
{
    using ssh::Connection;
    const QString name = base::displayText(m_run->order().hosts.at(host));
    m_prompts->follow(connection);
    connect(&connection, &Connection::jumpHostPassed, m_presenter, &PromptPresenter::storeAccepted);
    connect(&connection, &Connection::stateChanged, m_presenter,
            [this, followed = &connection](Connection::State state) {
                if (state == Connection::State::Ready) {
                    m_presenter->storeAccepted(followed->settings(), followed->info());
                }
            });
    connect(&connection, &Connection::noticed, this,
            [this, name](const ssh::Notice &notice) { handleNotice(name, notice); });
    connect(&connection, &Connection::agentWaitChanged, this,
            [this, name](const std::optional<ssh::AgentWait> &wait) {
                if (wait && wait->needsTouch) {
                    m_notice->showNotice(tr("%1: touch your security key.").arg(name));
                } else {
                    m_notice->dismiss();
                }
            });
}

void FleetWindow::handleNotice(const QString &host, const ssh::Notice &notice)
{
    if (notice.kind == ssh::Notice::Kind::HostKeyKeptForRun) {
        m_sources.keepForThisRun(notice.knownHostsLine);
        m_notice->showNotice(tr("%1: the host key is trusted until Ponto ends, for it could not be "
                                "stored: %2")
                                 .arg(host, base::displayText(notice.text)));
    }
}

void FleetWindow::updateState()
{
    const bool runs = isRunning();
    m_start->setText(runs ? tr("Stop") : tr("Run"));
    const bool mayRun
        = m_choice->count() > 0 && !m_form->command().trimmed().isEmpty() && !m_results->isSaving();
    m_start->setEnabled(runs || mayRun);
    m_dryRun->setEnabled(!runs && mayRun);
    m_progress->setVisible(runs);
    if (!m_run) {
        m_state->setText(tr("Each server runs it in a shell of its own."));
        return;
    }
    const QLocale locale;
    const commands::FleetRun::Counts counts = m_run->counts();
    const qsizetype done = counts.succeeded + counts.failed;
    m_progress->setRange(0, static_cast<int>(m_run->size()));
    m_progress->setValue(static_cast<int>(done));
    QString text = tr("%1 of %2 done, %3 failed.")
                       .arg(locale.toString(done), locale.toString(m_run->size()),
                            locale.toString(counts.failed));
    if (runs && m_prompts->waitingCount() > 0) {
        text += u' ' + tr("Questions: %1.").arg(locale.toString(m_prompts->waitingCount()));
    }
    m_state->setText(text);
}

void FleetWindow::handleFinished()
{
    updateState();
    if (m_sources.history == nullptr) {
        return;
    }
    m_sources.history->add(*m_run, m_begun).then(this, [this](const base::Result<void> &added) {
        if (!added) {
            ErrorText text = errorText(added.error());
            text.what = tr("The run is not in the list of earlier runs");
            m_banner->showError(text);
        } else if (m_historyWindow != nullptr) {
            m_historyWindow->reload();
        }
    });
}

void FleetWindow::showHistory()
{
    if (m_historyWindow == nullptr) {
        m_historyWindow = new HistoryWindow(*m_sources.history, this);
        m_historyWindow->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_historyWindow, &HistoryWindow::commandChosen, this, &FleetWindow::setCommand);
        m_historyWindow->QWidget::show();
    }
    m_historyWindow->raise();
    m_historyWindow->activateWindow();
}

void FleetWindow::chooseInventory()
{
    auto *dialog = new QFileDialog(this, tr("Save the chosen servers for Ansible"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yml"));
    dialog->selectFile(QStringLiteral("inventory.yml"));
    connect(dialog, &QFileDialog::fileSelected, this, &FleetWindow::saveInventory);
    dialog->open();
}

void FleetWindow::saveInventory(const QString &path)
{
    const auto hosts = makeHosts();
    if (!fill(*hosts)) {
        return;
    }
    const QByteArray text = commands::ansibleInventory(hosts->hosts(), m_sources.profiles);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) {
        m_notice->showNotice(tr("Saved to %1.").arg(base::displayText(path)));
        return;
    }
    m_banner->showError(
        {.what = tr("Could not save the inventory as %1").arg(base::displayText(path)),
         .why = base::displayText(file.errorString()),
         .advice = tr("Choose another place.")});
}

void FleetWindow::askToClose()
{
    auto *sheet = new ConfirmSheet(tr("Stop the run?"),
                                   tr("The commands that have not ended are left alone; they may "
                                      "go on at their servers. No further one is begun."),
                                   tr("Stop and close"), m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_isCloseConfirmed = true;
        close();
    });
    m_host->present(sheet);
    sheet->setFocus();
}

void FleetWindow::closeEvent(QCloseEvent *event)
{
    if (!isRunning() || m_isCloseConfirmed) {
        event->accept();
        return;
    }
    event->ignore();
    if (m_host->currentSheet() == nullptr) {
        askToClose();
    }
}

} // namespace ui
