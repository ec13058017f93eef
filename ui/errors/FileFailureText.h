// Why one file of a transfer was not copied, in words. Used by the transfer panel and by the verbs.

#pragma once

#include "transfer/TransferRequest.h"
#include "ui/errors/ErrorText.h"

namespace ui {

ErrorText fileFailureText(const transfer::FileFailure &failure);

} // namespace ui
