#include "ui/main/TransferDefaults.h"

#include "settings/Settings.h"

namespace ui {

void applyTransferDefaults(const settings::Settings &settings, transfer::TransferRequest &request)
{
    request.links = transfer::linkChoiceFromName(settings.value(settings::keys::transferLinks))
                        .value_or(transfer::LinkChoice::Copy);
}

} // namespace ui
