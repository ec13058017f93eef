// LogLevel: how much a connection says about what the protocol does.

#pragma once

#include "log/LogLevel.h"

namespace ssh {

using logging::LogLevel;

} // namespace ssh
