#include "ui/main/RouteText.h"

#include "base/DisplayText.h"
#include "profiles/ProxyText.h"
#include "profiles/TargetAddress.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
namespace {

QString stationOf(const ssh::JumpVia &jump)
{
    profiles::TargetAddress address;
    address.user = jump.host->user;
    address.host = jump.host->host;
    address.port = jump.host->port;
    return address.toString();
}

void prependStation(QStringList &stations, const ssh::Route &route)
{
    if (const auto *proxy = std::get_if<base::ProxyAddress>(&route)) {
        stations.prepend(profiles::proxyText(*proxy));
    } else if (const auto *command = std::get_if<net::ProxyCommand>(&route)) {
        stations.prepend(command->text);
    } else if (const auto *jump = std::get_if<ssh::JumpVia>(&route)) {
        stations.prepend(stationOf(*jump));
        prependStation(stations, jump->host->route);
    }
}

} // namespace

QString routeText(const ssh::Route &route)
{
    QStringList stations;
    prependStation(stations, route);
    const QString next = QCoreApplication::translate("ui::RouteText", ", then ");
    return base::displayText(stations.join(next));
}

QString jumpHosts(const ssh::Route &route)
{
    QStringList stations;
    for (const auto *jump = std::get_if<ssh::JumpVia>(&route); jump != nullptr;
         jump = std::get_if<ssh::JumpVia>(&jump->host->route)) {
        stations.prepend(stationOf(*jump));
    }
    return stations.join(u',');
}

} // namespace ui
