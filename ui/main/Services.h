// Services: what a window needs from the program, made by the composition root and borrowed.

#pragma once

#include "files/FileSystem.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "settings/Settings.h"
#include "ssh/ConnectionSettings.h"

#include <functional>

namespace ui {

struct Services
{
    settings::Settings &settings;
    profiles::ProfileStore &profiles;
    files::FileSystem &localFiles;

    // How to connect to a profile: ssh::settingsFor() and what the command line adds to it.
    std::function<ssh::ConnectionSettings(const profiles::Profile &)> connectionSettings;

    // The aliases of OpenSSH's configuration; null: there are none to offer.
    profiles::OpenSshConfig *openSsh = nullptr;
};

} // namespace ui
