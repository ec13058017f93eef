#include "ui/main/AliasResolution.h"

#include "base/DisplayText.h"
#include "profiles/OpenSshConfig.h"
#include "ssh/OpenSshSettings.h"
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
}

bool AliasResolution::start(const profiles::Profile &profile)
{
    cancel();
    m_notice.dismiss();
    const QString alias = profiles::OpenSshConfig::aliasOf(profile);
    if (alias.isEmpty() || m_services.openSsh == nullptr) {
        return false;
    }
    m_answer = m_services.openSsh->resolve(alias);
    m_answer.then(this, [this, profile](const base::Result<profiles::OpenSshHost> &host) {
        m_answer = {};
        handleAnswer(profile, host);
    });
    return true;
}

void AliasResolution::cancel()
{
    m_answer.cancel();
    m_answer = {};
}

void AliasResolution::handleAnswer(const profiles::Profile &profile,
                                   const base::Result<profiles::OpenSshHost> &host)
{
    const auto settings = host.and_then([&](const profiles::OpenSshHost &known) {
        return ssh::settingsForOpenSsh(known, profile, m_services.connectionSettings);
    });
    if (!settings) {
        emit failed(openSshErrorText(settings.error(), profile.title()));
        return;
    }
    tellAbout(*host, base::displayText(profile.title()));
    emit resolved(*settings);
}

// What the user may miss: told where the connection starts, and nowhere else.
void AliasResolution::tellAbout(const profiles::OpenSshHost &known, const QString &title)
{
    const QStringList lost = ssh::notHonored(known);
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
        m_notice.showNotice(text, tr("Details"), [this, lost, title] {
            m_host.present(new LostOptionsSheet(title, lost, &m_host));
        });
    }
}

} // namespace ui
