#include "ui/main/OpenConnections.h"

#include "ui/connect/ConnectRequest.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TunnelKeeper.h"

namespace ui {
namespace {

// The same session, or an address that says no more than the connection's.
bool isMeant(const profiles::Profile &wanted, const profiles::Profile &profile,
             const ssh::Connection &connection)
{
    if (wanted.id == profile.id) {
        return true;
    }
    const bool hasUser = wanted.user.isEmpty() || wanted.user == connection.info().user;
    return hasUser && wanted.host.compare(profile.host, Qt::CaseInsensitive) == 0
        && wanted.port == profile.port;
}

} // namespace

ssh::Connection *findOpenConnection(const QString &name, const Services &services,
                                    const SessionTabs &tabs, const TunnelKeeper &tunnels)
{
    const auto request = ConnectRequest::fromText(name, services.profiles, services.openSsh);
    if (!request) {
        return nullptr;
    }
    ssh::Connection *found = nullptr;
    for (int index = 0; index < tabs.pageCount(); ++index) {
        const ConnectionPage *page = tabs.page(index);
        if (!page->isReady()) {
            continue;
        }
        ssh::Connection &connection = page->connection()->connection();
        const bool isFirst = found == nullptr || page == tabs.currentPage();
        if (isFirst && isMeant(request->profile, page->request().profile, connection)) {
            found = &connection;
        }
    }
    for (const KeptLogin *login : tunnels.logins()) {
        if (found == nullptr && login->state() == KeptLogin::State::Connected
            && isMeant(request->profile, login->profile(), login->connection()->connection())) {
            found = &login->connection()->connection();
        }
    }
    return found;
}

} // namespace ui
