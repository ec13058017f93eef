// The dialogs of a file pane that change what is selected. None of them is modal: other tabs stay
// usable, and each is gone when it was answered.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"

#include <QByteArray>
#include <QList>
#include <QSet>

class QWidget;

namespace ui {

class FileChanges;

// What of these has permissions that a dialog can change: a link has none of its own, and those of
// what it points at are not what the list shows.
QList<files::FileEntry> withPermissions(QList<files::FileEntry> entries);

// `entries` are those of `directory`, links among them are left out. Nothing if none is left.
void openPermissionsDialog(FileChanges &changes, const files::FilePath &directory,
                           const QList<files::FileEntry> &entries, QWidget *parent);

// `present` are all names of the directory.
void openRenameDialog(FileChanges &changes, const files::FilePath &directory,
                      const QList<files::FileEntry> &entries, const QSet<QByteArray> &present,
                      QWidget *parent);

} // namespace ui
