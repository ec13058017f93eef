// Why one file of a transfer was not copied, in words. Used by the transfer panel and by the verbs.

#pragma once

#include "transfer/TransferRequest.h"
#include "ui/errors/ErrorText.h"

namespace ui {

ErrorText fileFailureText(const transfer::FileFailure &failure);

// Which file is at fault: that of the source, or "/srv/report.txt on the server" where it was to
// go, if the error is about that. Safe to show.
QString failedPlace(const transfer::FileFailure &failure, const transfer::TransferRequest &request);

} // namespace ui
