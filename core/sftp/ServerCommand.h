// ServerCommand: what is started on a server to speak SFTP there. Used by Client.

#pragma once

#include "ssh/ChannelHandler.h"

#include <QString>

namespace sftp {

// `command` is what the user wants for the session. Empty: the subsystem "sftp". "sudo": OpenSSH's
// sftp-server as root, wherever it is. Else a command for the login shell; one that begins with
// "sudo " is kept from waiting for a password, since there is no terminal to type it into.
ssh::ChannelRequest serverRequest(const QString &command);

} // namespace sftp
