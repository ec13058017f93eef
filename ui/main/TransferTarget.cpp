#include "ui/main/TransferTarget.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

QString accountOf(const ssh::ConnectionSettings &settings)
{
    return settings.user + u'@' + settings.host + u':' + QString::number(settings.port);
}

} // namespace

// A host name means another machine behind another jump host, and root's files are not the user's.
QString serverKey(const ssh::ConnectionSettings &settings)
{
    QString key = accountOf(settings);
    if (!settings.sftpServer.isEmpty()) {
        key += u" "_s + settings.sftpServer;
    }
    if (const auto *jump = std::get_if<ssh::JumpVia>(&settings.route)) {
        key += u" via "_s + serverKey(*jump->host);
    }
    return key;
}

transfer::TransferServer transferServer(const ssh::ConnectionSettings &settings,
                                        const profiles::Profile &profile, const QString &title)
{
    return {.key = serverKey(settings),
            .title = title,
            .profile = profile.id,
            .address = profile.address().toString()};
}

transfer::TransferServer transferServerAs(const ssh::ConnectionSettings &settings,
                                          const QString &user, const QString &title)
{
    return {.key = serverKey(settings) + u" as "_s + user,
            .title = QCoreApplication::translate("ui::TransferTarget", "%1 as %2").arg(title, user),
            .profile = {},
            .address = {},
            .isKept = false};
}

} // namespace ui
