// The way to a server in words, for the details of its connection.

#pragma once

#include "ssh/ConnectionSettings.h"

#include <QString>

namespace ui {

// "socks5://proxy:1080, then ada@gate:2222, then ada@inner": the nearest first. Empty for a server
// that is connected to directly. Safe to show as plain text.
QString routeText(const ssh::Route &route);

} // namespace ui
