#include "net/AddressOrder.h"

#include <algorithm>

namespace net {

QList<QHostAddress> interleavedByFamily(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> preferred;
    QList<QHostAddress> others;
    for (const QHostAddress &address : addresses) {
        const bool isPreferred = address.protocol() == addresses.first().protocol();
        QList<QHostAddress> &family = isPreferred ? preferred : others;
        // Zones are no part of what operator==() compares.
        const auto isSame
            = [&](const QHostAddress &other) { return other.toString() == address.toString(); };
        if (std::ranges::none_of(family, isSame)) {
            family.append(address);
        }
    }

    QList<QHostAddress> order;
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
