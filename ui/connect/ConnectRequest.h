// ConnectRequest: what the user wants to be connected to, whether it was picked or typed. Made by
// the sidebar, the quick-connect field and the command line, and carried out by MainWindow.

#pragma once

#include "profiles/Profile.h"
#include "profiles/TargetAddress.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace profiles {
class ProfileStore;
}

namespace ui {

struct ConnectRequest
{
    profiles::Profile profile; // of the store, or made from an address and not saved
    std::optional<profiles::TargetAddress::Purpose> purpose; // of a URL; absent: as remembered
    QByteArray remotePath; // where the files begin; empty: where the login does
    QString expectedFingerprint; // from a URL; empty if none
    bool isPassing = false; // the server will be gone after this run: not worth saving

    // With what the profile inherits from its groups.
    static ConnectRequest forProfile(const profiles::Profile &profile,
                                     const profiles::ProfileStore &store);
    static ConnectRequest forAddress(const profiles::TargetAddress &address);

    // The name of a saved session, else an address.
    static base::Result<ConnectRequest, profiles::AddressError> fromText(
        const QString &text, const profiles::ProfileStore &store);
};

} // namespace ui
