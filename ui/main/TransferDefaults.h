// What the settings say of transfers that are started in the window.

#pragma once

#include "transfer/TransferRequest.h"

namespace settings {
class Settings;
}

namespace ui {

void applyTransferDefaults(const settings::Settings &settings, transfer::TransferRequest &request);

} // namespace ui
