#include "ssh/DeclinedUses.h"

#include "ssh/LibsshLog.h"

#include <QStringList>

namespace ssh {
namespace {

// The configuration that most systems ship sends them (SendEnv): nobody asked for them.
bool isLanguage(const QByteArray &name)
{
    return name == "LANG" || name == "LANGUAGE" || name.startsWith("LC_");
}

} // namespace

QList<Notice> DeclinedUses::newNotices(const Declined &declined)
{
    QList<Notice> notices;
    QStringList names;
    for (const QByteArray &name : declined.variables) {
        logMessage(LogLevel::Info,
                   QStringLiteral("the server does not accept the variable %1: AcceptEnv in its "
                                  "sshd_config says which it does")
                       .arg(QString::fromUtf8(name)));
        if (!isLanguage(name) && !m_variables.contains(name)) {
            m_variables.insert(name);
            names.append(QString::fromUtf8(name));
        }
    }
    if (!names.isEmpty()) {
        names.sort();
        notices.append({Notice::Kind::VariablesDeclined, names.join(QStringLiteral(", ")), {}});
    }
    if (declined.display && !m_isDisplayTold) {
        m_isDisplayTold = true;
        notices.append({Notice::Kind::DisplayDeclined, {}, {}});
    }
    return notices;
}

} // namespace ssh
