// Services: what a window needs from the program, made by the composition root and borrowed.

#pragma once

#include "files/FileSystem.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "settings/Settings.h"
#include "ssh/AliasSettings.h"
#include "ssh/JumpHost.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace archive {
class LogArchive;
}
namespace logging {
class LogBook;
}
namespace storage {
class Database;
}
namespace transfer {
class TransferSchedule;
}
namespace vault {
class Vault;
}

namespace ui {

class EditDesk;
class ServerPlaces;

struct Services
{
    settings::Settings &settings;
    profiles::ProfileStore &profiles;
    files::FileSystem &localFiles;

    // How to connect to a profile: ssh::settingsFor() and what the command line adds to it.
    ssh::AliasSettings::SettingsOf connectionSettings;

    ssh::RoutePool &routes; // so that tabs share the logins on their jump hosts
    vault::Vault *vault = nullptr; // stored secrets; null: ask each time
    // A line of known_hosts that no file could take: it holds for the connections to come.
    std::function<void(const QByteArray &)> keepForThisRun = [](const QByteArray &) { };
    // The aliases of OpenSSH's configuration; null: there are none to offer.
    profiles::OpenSshConfig *openSsh = nullptr;
    // What is remembered beside settings and sessions; null: nothing is.
    storage::Database *database = nullptr;
    archive::LogArchive *archive = nullptr; // the logs of terminals; null: none are kept
    logging::LogBook *logs = nullptr; // of the program and its connections; null: none are kept
    // Where the tabs of a window are kept for the next start; empty: nowhere.
    QString tabsFile = {};
    // Where files that are edited are kept; empty: nothing is left when the window ends.
    QString editsDirectory = {};
    EditDesk *edits = nullptr; // set by the window, as the next one
    ServerPlaces *places = nullptr; // whose files a pane can show; null: those of its tab alone
    // The transfers of all windows and tabs; null: the window has its own, which ends with it.
    transfer::TransferSchedule *transfers = nullptr;
};

} // namespace ui
