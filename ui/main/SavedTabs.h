// SavedTabs: the tabs of a window, to be opened again another time: which sessions, how they are
// called and what they show. No secret is in them.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"
#include "ui/connect/ConnectRequest.h"
#include "ui/main/SavedPanes.h"
#include "ui/main/ViewSwitch.h"
#include "ui/terminal/SplitLayout.h"

#include <QList>
#include <QString>

namespace ui {

struct SavedTab
{
    QString alias; // of OpenSSH's configuration; empty: `profile`
    profiles::Profile profile; // of a session that is stored, its id counts
    QString name; // of the user's; empty: the session's
    ViewSwitch::View view = ViewSwitch::View::Both;
    SplitLayout splits;
    SavedPanes panes;
    bool isDetached = false; // in a window of its own
    int login = 0; // tabs with the same number share one; 0: with nobody

    // As the session is stored now, or as it was then.
    ConnectRequest request(const profiles::ProfileStore &store) const;
    QString title(const profiles::ProfileStore &store) const; // plain text, safe to show

    friend bool operator==(const SavedTab &, const SavedTab &) = default;
};

struct SavedTabs
{
    QList<SavedTab> tabs; // 50 at most
    int current = 0; // the one in front

    // No tabs if there is no file, or none of ours: there is nothing to lose then.
    static SavedTabs load(const QString &file);

    // Replaces the file, for the user's eyes only.
    base::Result<void> save(const QString &file) const;

    friend bool operator==(const SavedTabs &, const SavedTabs &) = default;
};

} // namespace ui
