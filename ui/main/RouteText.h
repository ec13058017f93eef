// The way to a server in words, for the details of its connection, and for other programs.

#pragma once

#include "ssh/ConnectionSettings.h"

#include <QString>

namespace ui {

// "socks5://proxy:1080, then ada@gate:2222, then ada@inner": the nearest first. Empty for a server
// that is connected to directly. Safe to show as plain text.
QString routeText(const ssh::Route &route);

// "ada@gate:2222,ada@inner", as `ssh -J` takes them; empty without jump hosts. What stands before
// the first of them, such as a proxy, it does not tell.
QString jumpHosts(const ssh::Route &route);

} // namespace ui
