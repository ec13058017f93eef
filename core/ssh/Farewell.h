// Why a session ended, in the words of the server or of libssh.

#pragma once

#include "base/Error.h"

#include <QString>

#include <libssh/libssh.h>

namespace ssh {

// The session can not be used any more.
bool isOver(ssh_session session);

// The text of the server's SSH_MSG_DISCONNECT (RFC 4253 section 11.1), foreign; empty if it sent
// none. libssh's own call for it works only after ssh_disconnect(), and before that it replaces the
// error.
QString farewell(ssh_session session);

// The farewell, or else libssh's last error.
QString lastWords(ssh_session session);

// Why a session that was established is over: ConnectionLost, with its cause.
base::Error lossOf(ssh_session session, const QString &host);

} // namespace ssh
