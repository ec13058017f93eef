// What a connection remarks on its way, in words for a terminal: safe to print, of one or several
// lines.

#pragma once

#include "ssh/Connection.h"

#include <QString>

namespace app {

QString noticeText(const ssh::Notice &notice);

// False for what only a person at a desktop cares about: a verb has often no use for X11, and the
// variables that a server drops stand in its log.
bool isWorthTelling(const ssh::Notice &notice);

// What the user is to do while an agent waits.
QString agentWaitText(const ssh::AgentWait &wait);

// Text of a server, with a bar in front of each line: none of it can pass for a line of ours.
QString quotedServerText(const QString &text);

// With old and new fingerprint and where the old one stands, so that the user can compare.
QString refusalText(const ssh::HostKeyRefusal &refusal);

} // namespace app
