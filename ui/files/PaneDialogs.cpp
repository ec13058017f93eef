#include "ui/files/PaneDialogs.h"

#include "base/DisplayText.h"
#include "ui/files/ChangeText.h"
#include "ui/files/FileChanges.h"
#include "ui/files/FilePane.h"
#include "ui/files/PermissionsDialog.h"
#include "ui/files/RenameManyDialog.h"

#include <QLocale>

#include <algorithm>

namespace ui {

QList<files::FileEntry> withPermissions(QList<files::FileEntry> entries)
{
    entries.removeIf([](const files::FileEntry &entry) {
        return entry.attributes.type() == files::FileType::SymbolicLink;
    });
    return entries;
}

void openPermissionsDialog(FileChanges &changes, const files::FilePath &directory,
                           const QList<files::FileEntry> &selected, FilePane &pane)
{
    const QList<files::FileEntry> entries = withPermissions(selected);
    if (entries.isEmpty()) {
        return;
    }
    QList<files::FileMode> modes;
    for (const files::FileEntry &entry : entries) {
        modes.append(entry.attributes.mode().value_or(files::FileMode()));
    }
    const QString subject = entries.size() == 1
        ? shortName(base::displayText(entries.first().name))
        : PermissionsDialog::tr("%1 items").arg(QLocale().toString(entries.size()));
    const bool hasFolder = std::ranges::any_of(entries, [](const files::FileEntry &entry) {
        return entry.attributes.type() == files::FileType::Directory;
    });
    using Contents = PermissionsDialog::Contents;
    auto *dialog = new PermissionsDialog(subject, modes,
                                         hasFolder ? Contents::MayFollow : Contents::None, &pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (files::FileSystem *fileSystem = pane.fileSystem()) {
        pane.closeWithPlace(*dialog); // which would take the file system away from it
        dialog->setEntries(entries, [fileSystem](const QString &user, const QString &group) {
            return files::lookUpOwners(*fileSystem, user, group);
        });
    }
    QObject::connect(dialog, &PermissionsDialog::applied, &changes,
                     [&changes, entries, directory](const files::AttributeChange &change) {
                         changes.setAttributes(directory, entries, change);
                     });
    QList<files::FilePath> paths;
    for (const files::FileEntry &entry : entries) {
        paths.append(directory.child(entry.name));
    }
    QObject::connect(
        dialog, &PermissionsDialog::appliedToTrees, &pane,
        [&changes, &pane, paths, subject](const files::AttributeChange &change) {
            pane.withCare(
                PermissionsDialog::tr("Change the permissions of all that is inside “%1”?")
                    .arg(subject),
                PermissionsDialog::tr("Change"), paths,
                [&changes, paths, change] { changes.changeTrees(paths, change); });
        });
    dialog->show();
}

void openRenameDialog(FileChanges &changes, const files::FilePath &directory,
                      const QList<files::FileEntry> &entries, const QSet<QByteArray> &present,
                      FilePane &pane)
{
    QByteArrayList names;
    for (const files::FileEntry &entry : entries) {
        names.append(entry.name);
    }
    auto *dialog = new RenameManyDialog(names, present, &pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &RenameManyDialog::accepted, &changes,
                     [&changes, directory](const QList<std::pair<QByteArray, QByteArray>> &steps) {
                         changes.renameMany(directory, steps);
                     });
    dialog->show();
}

} // namespace ui
