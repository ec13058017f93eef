// What a server says no to when a channel is to be opened, or a program started in it, as an Error.

#pragma once

#include "base/Error.h"
#include "ssh/ChannelHandler.h"

#include <libssh/libssh.h>

namespace ssh {

enum class Refused { Opening, Start };

// `words` are libssh's: the session's last error may be another channel's by now.
base::Error channelRefusal(const ChannelRequest &request, Refused refused, ssh_session session,
                           const QByteArray &words);

} // namespace ssh
