// The dialogs of a file pane that change what is selected. None of them is modal: other tabs stay
// usable, and each is gone when it was answered.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QByteArray>
#include <QList>
#include <QSet>

namespace ui {

class FileChanges;
class FilePane;

// What of these has permissions that a dialog can change: a link has none of its own, and those of
// what it points at are not what the list shows.
QList<files::FileEntry> withPermissions(QList<files::FileEntry> entries);

// `entries` are those of `directory`, links among them are left out. Nothing if none is left. What
// is inside of folders is changed with the care that the pane asks for.
void openPermissionsDialog(FileChanges &changes, const files::FilePath &directory,
                           const QList<files::FileEntry> &entries, FilePane &pane);

// `present` are all names of the directory.
void openRenameDialog(FileChanges &changes, const files::FilePath &directory,
                      const QList<files::FileEntry> &entries, const QSet<QByteArray> &present,
                      FilePane &pane);

} // namespace ui
