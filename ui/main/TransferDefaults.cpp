#include "ui/main/TransferDefaults.h"

#include "settings/Settings.h"
#include "settings/TransferKeys.h"

namespace ui {

void applyTransferDefaults(const settings::Settings &settings, transfer::TransferRequest &request)
{
    request.links = transfer::linkChoiceFromName(settings.value(settings::keys::transferLinks))
                        .value_or(transfer::LinkChoice::Copy);
    request.answers.files
        = transfer::conflictAnswerFromName(settings.value(settings::keys::transferConflicts));
    request.options.preserve = settings.value(settings::keys::transferPreserve);
    request.options.verify = settings.value(settings::keys::transferVerify);
    request.options.flush = settings.value(settings::keys::transferFlush);
}

} // namespace ui
