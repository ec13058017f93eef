#include "ui/main/AliasResolution.h"

#include "base/DisplayText.h"
#include "profiles/OpenSshConfig.h"
#include "ssh/AliasSettings.h"
#include "ui/connect/LostOptionsSheet.h"
#include "ui/errors/OpenSshErrorText.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/SheetHost.h"

#include <QLocale>

namespace ui {

AliasResolution::AliasResolution(const Services &services, NoticeBar &notice, SheetHost &host,
                                 QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_notice(notice)
    , m_host(host)
{
    if (m_services.openSsh == nullptr) {
        return;
    }
    m_question = new ssh::AliasSettings(*m_services.openSsh, m_services.connectionSettings, this);
    connect(m_question, &ssh::AliasSettings::resolved, this,
            [this](const ssh::ConnectionSettings &settings) {
                tellLostOptions(settings);
                emit resolved(settings);
            });
    connect(m_question, &ssh::AliasSettings::failed, this,
            [this](const base::Error &error, const QString &alias) {
                emit failed(openSshErrorText(error, alias));
            });
}

bool AliasResolution::start(const profiles::Profile &profile)
{
    m_notice.dismiss();
    m_title = base::displayText(profile.title());
    return m_question != nullptr
        && m_question->start(profile, ssh::effectiveProfiles(m_services.profiles));
}

void AliasResolution::cancel()
{
    if (m_question != nullptr) {
        m_question->cancel();
    }
}

// What the user may miss: told where the connection starts, and nowhere else.
void AliasResolution::tellLostOptions(const ssh::ConnectionSettings &settings)
{
    QStringList lost = m_question->notHonored();
    if (settings.endsOnForwardFailure && !settings.forwards.isEmpty()) {
        // Here a tunnel that can not be opened is shown with what to do, and the rest goes on.
        lost.append(QStringLiteral("exitonforwardfailure yes"));
    }
    const QString count = QLocale().toString(lost.size());
    QString text = lost.isEmpty()
        ? QString()
        : tr("Settings of OpenSSH's configuration that have no effect here: %1.").arg(count);
    if (!m_services.openSsh->hasClient()) {
        text.prepend(tr("OpenSSH's client is not installed: only plain Host blocks of "
                        "~/.ssh/config count.")
                     + u' ');
    }
    if (lost.isEmpty() && !text.isEmpty()) {
        m_notice.showNotice(text.trimmed());
    } else if (!lost.isEmpty()) {
        m_notice.showNotice(text, tr("Details"), [this, lost] {
            m_host.present(new LostOptionsSheet(m_title, lost, &m_host));
        });
    }
}

} // namespace ui
