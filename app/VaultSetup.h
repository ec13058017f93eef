// How this process reaches stored secrets: the vault that the settings and the command line ask
// for.

#pragma once

#include "app/CommandLine.h"
#include "app/ConfigFiles.h"
#include "settings/Settings.h"
#include "vault/Vault.h"

#include <chrono>
#include <memory>

namespace app {

// How long a keyring may take to answer, with the time for a person to unlock it.
constexpr std::chrono::seconds windowKeyringLimit{60};
constexpr std::chrono::seconds verbKeyringLimit{20};

std::unique_ptr<vault::Vault> makeVault(const ConfigFiles &files,
                                        const settings::Settings &settings,
                                        const ConnectionOptions &options,
                                        std::chrono::milliseconds keyringLimit);

} // namespace app
