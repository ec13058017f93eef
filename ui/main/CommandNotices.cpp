#include "ui/main/CommandNotices.h"

#include "settings/Settings.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/DesktopNotices.h"
#include "ui/terminal/CommandsPanel.h"
#include "ui/terminal/TerminalSplits.h"

#include <QApplication>

namespace ui {

CommandNotices::CommandNotices(ConnectionPage &page, TerminalSplits &terminals,
                               settings::Settings &settings)
    : QObject(&page)
    , m_page(page)
    , m_settings(settings)
    , m_notices(new DesktopNotices(this))
{
    connect(&terminals, &TerminalSplits::commandFinished, this, &CommandNotices::note);
    connect(m_notices, &DesktopNotices::activated, &page, &ConnectionPage::attentionWanted);
}

void CommandNotices::note(const TerminalPane &pane, const ShellCommand &command)
{
    const int least = m_settings.value(settings::keys::commandNoticeSeconds);
    const bool isSeen = pane.isVisible() && pane.isActiveWindow();
    if (least <= 0 || isSeen || !command.duration
        || *command.duration < std::chrono::seconds(least)) {
        return;
    }
    QApplication::alert(m_page.window());
    // Its first word alone: there may be a password in what follows, and desktops keep messages.
    const QString name = command.text.section(u' ', 0, 0);
    const QString time = CommandsPanel::durationText(*command.duration);
    m_notices->show(name.isEmpty() ? tr("A command has ended on %1").arg(m_page.title())
                                   : tr("%1 has ended on %2").arg(name, m_page.title()),
                    command.status
                        ? tr("It took %1. Exit status: %2").arg(time).arg(*command.status)
                        : tr("It took %1.").arg(time));
}

} // namespace ui
