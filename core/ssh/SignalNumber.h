// The signals of RFC 4254 section 6.10 by name, as numbers of this computer.

#pragma once

#include <QByteArray>

namespace ssh {

// 0 for a name that the RFC does not have.
int signalNumber(const QByteArray &name);

} // namespace ssh
