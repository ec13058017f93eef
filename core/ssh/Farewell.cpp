#include "ssh/Farewell.h"

#include <QByteArray>

namespace ssh {

bool isOver(ssh_session session)
{
    return (ssh_get_status(session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0;
}

QString farewell(ssh_session session)
{
    // "Received SSH_MSG_DISCONNECT: 2:Too many authentication failures"
    const QByteArray prefix = QByteArrayLiteral("Received SSH_MSG_DISCONNECT: ");
    const QByteArray error = ssh_get_error(session);
    if (!error.startsWith(prefix)) {
        return {};
    }
    return QString::fromUtf8(error.sliced(error.indexOf(':', prefix.size()) + 1));
}

QString lastWords(ssh_session session)
{
    const QString words = farewell(session);
    return words.isEmpty() ? QString::fromUtf8(ssh_get_error(session)) : words;
}

} // namespace ssh
