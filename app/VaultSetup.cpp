#include "app/VaultSetup.h"

#include "vault/KeyringAccess.h"

using namespace Qt::StringLiterals;

namespace app {

std::unique_ptr<vault::Vault> makeVault(const ConfigFiles &files,
                                        const settings::Settings &settings,
                                        const ConnectionOptions &options,
                                        std::chrono::milliseconds keyringLimit)
{
    const vault::Place place = options.useStoredSecrets
        ? vault::placeFromName(settings.value(settings::keys::secretPlace))
        : vault::Place::Nowhere;
    // This very program, even after the file that it was started from has been replaced (proc(5)).
    const QStringList accessProgram{u"/proc/self/exe"_s, vault::KeyringAccess::argument};
    return std::make_unique<vault::Vault>(place, accessProgram,
                                          vault::Vault::Files{files.secretIndex, files.secretFile},
                                          keyringLimit);
}

} // namespace app
