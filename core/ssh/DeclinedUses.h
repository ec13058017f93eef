// DeclinedUses: what a server did not give the programs of one connection, told once for each
// thing: every shell would say the same again.

#pragma once

#include "ssh/Channel.h"
#include "ssh/Connection.h"

#include <QList>
#include <QSet>

namespace ssh {

class DeclinedUses
{
public:
    // Remarks about what was not told yet.
    QList<Notice> newNotices(const Declined &declined);

private:
    QSet<QByteArray> m_variables;
    bool m_isDisplayTold = false;
};

} // namespace ssh
