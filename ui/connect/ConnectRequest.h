// ConnectRequest: what the user wants to be connected to, whether it was picked or typed. Made by
// the sidebar, the quick-connect field and the command line, and carried out by MainWindow.

#pragma once

#include "profiles/Profile.h"
#include "profiles/TargetAddress.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace profiles {
class OpenSshConfig;
class ProfileStore;
} // namespace profiles

namespace ui {

struct ConnectRequest
{
    profiles::Profile profile; // of the store, or made from an address and not saved
    std::optional<profiles::TargetAddress::Purpose> purpose; // of a URL; absent: as remembered
    QByteArray remotePath; // where the files begin; empty: where the login does
    QString expectedFingerprint; // from a URL; empty if none
    bool isPassing = false; // nothing to save: gone after this run, or kept by OpenSSH

    // With what the profile inherits from its groups.
    static ConnectRequest forProfile(const profiles::Profile &profile,
                                     const profiles::ProfileStore &store);
    // An alias of OpenSSH's configuration, which says at the moment of connecting what it means.
    static ConnectRequest forAlias(const QString &alias);

    static ConnectRequest forAddress(const profiles::TargetAddress &address);

    // The name of a saved session, else one of OpenSSH's aliases, if there are any, else an
    // address.
    static base::Result<ConnectRequest, profiles::AddressError> fromText(
        const QString &text, const profiles::ProfileStore &store,
        const profiles::OpenSshConfig *openSsh = nullptr);
};

} // namespace ui
