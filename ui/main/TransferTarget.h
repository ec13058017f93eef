// For which login a connection's transfers are, so that they go on with a later connection to the
// same account.

#pragma once

#include "profiles/Profile.h"
#include "ssh/ConnectionSettings.h"
#include "transfer/TransferRecord.h"

namespace ui {

transfer::TransferServer transferServer(const ssh::ConnectionSettings &settings,
                                        const profiles::Profile &profile, const QString &title);

} // namespace ui
