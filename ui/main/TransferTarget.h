// For which login a connection's transfers are, so that they go on with a later connection to the
// same account; and what is remembered of its files.

#pragma once

#include "profiles/Profile.h"
#include "ssh/ConnectionSettings.h"
#include "transfer/TransferRecord.h"

namespace ui {

// The same for two logins only if both give the same files to the same account.
QString serverKey(const ssh::ConnectionSettings &settings);

transfer::TransferServer transferServer(const ssh::ConnectionSettings &settings,
                                        const profiles::Profile &profile, const QString &title);

// For the same account as `user`, by sudo, which no later connection is without being asked.
// `title` is of the server, safe to show like `user`.
transfer::TransferServer transferServerAs(const ssh::ConnectionSettings &settings,
                                          const QString &user, const QString &title);

} // namespace ui
