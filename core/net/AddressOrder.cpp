#include "net/AddressOrder.h"

#include <algorithm>

namespace net {

QList<IpAddress> interleavedByFamily(const QList<IpAddress> &addresses)
{
    QList<IpAddress> preferred;
    QList<IpAddress> others;
    for (const IpAddress &address : addresses) {
        const bool isPreferred = address.family() == addresses.first().family();
        QList<IpAddress> &family = isPreferred ? preferred : others;
        if (!family.contains(address)) {
            family.append(address);
        }
    }

    QList<IpAddress> order;
    for (qsizetype i = 0; i < std::max(preferred.size(), others.size()); ++i) {
        if (i < preferred.size()) {
            order.append(preferred[i]);
        }
        if (i < others.size()) {
            order.append(others[i]);
        }
    }
    return order;
}

} // namespace net
