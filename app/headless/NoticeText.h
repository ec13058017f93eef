// What a connection remarks on its way, in words for a terminal: safe to print, of one or several
// lines.

#pragma once

#include "ssh/Connection.h"

#include <QString>

namespace app {

QString noticeText(const ssh::Notice &notice);

// With old and new fingerprint and where the old one stands, so that the user can compare.
QString refusalText(const ssh::HostKeyRefusal &refusal);

} // namespace app
