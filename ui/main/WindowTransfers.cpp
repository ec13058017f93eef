#include "ui/main/WindowTransfers.h"

#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/transfers/TransferWindow.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"

#include <QBoxLayout>
#include <QLocale>

#include <algorithm>

namespace ui {

using transfer::TransferSchedule;
using EndAction = TransferSchedule::EndAction;

WindowTransfers::WindowTransfers(const Services &services, SessionTabs &tabs, ErrorBanner &banner,
                                 QBoxLayout &notices,
                                 std::function<void(const ConnectRequest &)> connectTo,
                                 QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_tabs(tabs)
    , m_banner(banner)
    , m_notices(notices)
    , m_connectTo(std::move(connectTo))
    , m_window(window)
    , m_watch(*services.transfers, services.settings, m_inhibitor)
{
    TransferSchedule *schedule = m_services.transfers;
    connect(schedule, &TransferSchedule::restored, this, &WindowTransfers::tellRestored);
    connect(schedule, &TransferSchedule::stateChanged, this, &WindowTransfers::followRestored);
    connect(schedule, &TransferSchedule::notKept, this, &WindowTransfers::tellNotKept);
    connect(schedule, &TransferSchedule::connectionWanted, this, &WindowTransfers::connectToServer);
    connect(&m_watch, &TransferWatch::ended, this, [this](const QString &text) {
        if (!m_window.isActiveWindow()) {
            notifyDesktop(tr("Transfers"), text);
        }
    });
    connect(&m_watch, &TransferWatch::endActionAnnounced, this, &WindowTransfers::announceEnd);
    connect(&m_watch, &TransferWatch::endActionPutOff, this, [this] { m_end->dismiss(); });
    connect(&m_watch, &TransferWatch::endActionDue, this, &WindowTransfers::carryOut);
}

void WindowTransfers::show()
{
    if (ConnectionPage *page = m_tabs.currentPage()) {
        page->bottom().showTransfers();
        return;
    }
    if (m_own == nullptr) {
        m_own = new TransferWindow(*m_services.transfers, &m_window);
        m_own->setAttribute(Qt::WA_DeleteOnClose);
        m_own->show();
    }
    m_own->raise();
    m_own->activateWindow();
}

void WindowTransfers::tellRestored(int unfinished)
{
    if (m_restored == nullptr) {
        m_restored = createNotice(Theme::Meaning::Subtle, QStringLiteral("restoredTransfers"));
    }
    const QString text = unfinished == 1
        ? tr("A transfer of the last time is not finished. It goes on where it was when its server "
             "is connected.")
        : tr("%1 transfers of the last time are not finished. They go on where they were when "
             "their servers are connected.")
              .arg(QLocale().toString(unfinished));
    m_restored->showNotice(text, tr("Show"), [this] { show(); });
}

// Once nothing waits for its server, the notice has nothing to say.
void WindowTransfers::followRestored()
{
    const auto isWaiting = [this](const transfer::TransferJob *job) {
        return job->state() != transfer::TransferJob::State::Finished
            && !m_services.transfers->isConnected(*job);
    };
    if (m_restored != nullptr && std::ranges::none_of(m_services.transfers->jobs(), isWaiting)) {
        m_restored->dismiss();
    }
}

NoticeBar *WindowTransfers::createNotice(Theme::Meaning meaning, const QString &objectName)
{
    auto *notice = new NoticeBar(meaning);
    notice->setObjectName(objectName);
    m_notices.addWidget(notice);
    return notice;
}

void WindowTransfers::tellNotKept(const base::Error &error)
{
    if (std::exchange(m_hasToldNotKept, true)) {
        return;
    }
    ErrorText text = errorText(error);
    text.what = tr("Transfers cannot be kept for the next start");
    text.advice = tr("They go on as long as Ponto runs.");
    m_banner.showError(text);
}

void WindowTransfers::connectToServer(const transfer::TransferServer &server)
{
    if (const auto profile = m_services.profiles.find(server.profile)) {
        m_connectTo({.profile = *profile});
    } else if (const auto request = ConnectRequest::fromText(server.address, m_services.profiles,
                                                             m_services.openSsh)) {
        m_connectTo(*request);
    }
}

void WindowTransfers::announceEnd(EndAction action)
{
    const QString seconds = QLocale().toString(static_cast<int>(TransferWatch::graceTime.count()));
    QString text = tr("All transfers have ended: Ponto closes in %1 seconds.").arg(seconds);
    if (action == EndAction::Suspend) {
        text = tr("All transfers have ended: the computer sleeps in %1 seconds.").arg(seconds);
    } else if (action == EndAction::PowerOff) {
        text = tr("All transfers have ended: the computer is turned off in %1 seconds.")
                   .arg(seconds);
    }
    if (m_end == nullptr) {
        m_end = createNotice(Theme::Meaning::Warning, QStringLiteral("endNotice"));
    }
    m_end->showNotice(text, tr("Stop that"), [this] { m_watch.cancelEndAction(); });
}

void WindowTransfers::carryOut(EndAction action)
{
    m_end->dismiss();
    switch (action) {
    case EndAction::Quit:
        m_window.close();
        break;
    case EndAction::Suspend:
        suspendComputer();
        break;
    case EndAction::PowerOff:
        powerOffComputer();
        break;
    case EndAction::Nothing:
        break;
    }
}

} // namespace ui
