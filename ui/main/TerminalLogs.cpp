#include "ui/main/TerminalLogs.h"

#include "archive/LogArchive.h"
#include "profiles/EffectiveProfile.h"
#include "settings/LogKeys.h"
#include "ui/archive/PastLogsWindow.h"
#include "ui/main/Actions.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/terminal/CastPlayer.h"
#include "ui/terminal/TerminalSplits.h"

#include <QDir>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace ui {
namespace {

namespace keys = settings::keys;
using terminal::OutputLog;
using namespace std::chrono_literals;

constexpr qint64 megabyte = qint64{1024} * 1024;
constexpr std::chrono::hours pruneInterval{1};

std::optional<OutputLog::Form> formNamed(const QString &name)
{
    if (name == QStringLiteral("plain")) {
        return OutputLog::Form::Plain;
    }
    if (name == QStringLiteral("timed")) {
        return OutputLog::Form::Timed;
    }
    return name == QStringLiteral("cast") ? std::optional(OutputLog::Form::Cast) : std::nullopt;
}

QString folderOf(const settings::Settings &settings)
{
    const QString folder = settings.value(keys::logFolder);
    return QDir::isAbsolutePath(folder) ? folder : archive::LogArchive::standardFolder();
}

qint64 mostBytes(const settings::Settings &settings)
{
    return std::max(0, settings.value(keys::logMegabytes)) * megabyte;
}

// Of what is open now: who changed the settings meanwhile is followed with the next shell.
base::Result<std::unique_ptr<OutputLog>> begin(const ConnectionPage &page, QSize cells,
                                               const Services &services)
{
    profiles::EffectiveProfile effective{page.request().profile, {}};
    effective.completeFrom(services.settings);
    const profiles::Profile &profile = effective.profile;
    const auto form = formNamed(profile.terminal.log);
    if (!form) {
        return nullptr;
    }
    return services.archive->begin({.form = *form,
                                    .folder = folderOf(services.settings),
                                    .nameTemplate = services.settings.value(keys::logName),
                                    .session = profile.title(),
                                    .host = profile.host,
                                    .user = profile.user,
                                    .cells = cells,
                                    .mostBytes = mostBytes(services.settings)});
}

} // namespace

TerminalLogs::TerminalLogs(const Services &services, const Actions &actions, SessionTabs &tabs,
                           std::function<void()> showSettings, QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_showSettings(std::move(showSettings))
    , m_window(window)
{
    actions.pastLogs->setVisible(m_services.archive != nullptr);
    actions.pastLogs->setEnabled(m_services.archive != nullptr);
    if (m_services.archive == nullptr) {
        return;
    }
    connect(&tabs, &SessionTabs::pageAdded, this, &TerminalLogs::follow);
    connect(actions.pastLogs, &QAction::triggered, this, &TerminalLogs::showPast);
    connect(&m_services.settings, &settings::Settings::changed, this,
            [this](QLatin1StringView name) {
                if (name == keys::logDays.name || name == keys::logMegabytes.name) {
                    m_sincePruned.invalidate(); // with the next log: somebody may still be typing
                }
            });
    prune();
}

void TerminalLogs::follow(ConnectionPage *page)
{
    page->terminals().setLogStarter([this, page](QSize cells) {
        prune();
        return begin(*page, cells, m_services);
    });
}

// What fails is tried again the next time: nobody waits for it.
void TerminalLogs::prune()
{
    if (m_sincePruned.isValid() && m_sincePruned.durationElapsed() < pruneInterval) {
        return;
    }
    m_sincePruned.start();
    static_cast<void>(m_services.archive->prune({.days = m_services.settings.value(keys::logDays),
                                                 .bytes = mostBytes(m_services.settings)}));
}

void TerminalLogs::showPast()
{
    if (m_past == nullptr) {
        m_past = new PastLogsWindow(*m_services.archive, &m_window);
        m_past->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_past, &PastLogsWindow::recordingWanted, this, &TerminalLogs::play);
        connect(m_past, &PastLogsWindow::settingsWanted, this, m_showSettings);
    } else {
        m_past->reload();
    }
    m_past->show();
    m_past->raise();
    m_past->activateWindow();
    m_past->setFocus();
}

void TerminalLogs::play(const archive::PastLog &log, std::chrono::milliseconds place)
{
    CastPlayer::open(log.path, *m_past, TerminalAppearance::of(m_services.settings), place);
}

} // namespace ui
