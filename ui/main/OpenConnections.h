// findOpenConnection(): the connection of a window that the user calls by a name or an address.

#pragma once

#include "ui/main/Services.h"

#include <QString>

namespace ssh {
class Connection;
}

namespace ui {

class SessionTabs;
class TunnelKeeper;

// Of a tab, the one in front first, or one that is kept for its tunnels. Null if none is Ready.
ssh::Connection *findOpenConnection(const QString &name, const Services &services,
                                    const SessionTabs &tabs, const TunnelKeeper &tunnels);

} // namespace ui
