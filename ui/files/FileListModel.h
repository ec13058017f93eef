// FileListModel: the entries of one directory, in the order in which they are given, as the rows of
// a file pane.

#pragma once

#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "ui/files/EditedName.h"
#include "ui/files/FileIcons.h"
#include "ui/units/SizeText.h"

#include <QAbstractTableModel>
#include <QList>

namespace ui {

class FileListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Name,
        Size,
        Modified,
        Permissions,
        Owner,
        Group,
        Octal,
        Kind,
        LinkTarget,
        Accessed,
    };
    static constexpr int columns = 10;
    // Of a name: what its cell shows behind it: where a link leads, and whether it is broken.
    static constexpr int linkRole = Qt::UserRole;

    explicit FileListModel(QObject *parent = nullptr);

    // Replaces all rows; `entries` are taken in their order (see files::EntryOrder).
    void setListing(const files::FilePath &directory, const QList<files::FileEntry> &entries);

    void showSizesAnew(); // their units are others by now

    const files::FilePath &directory() const { return m_directory; }
    const files::FileEntry &entry(int row) const { return m_entries[row]; }
    files::FilePath path(int row) const { return m_directory.child(m_entries[row].name); }
    int rowOf(const QByteArray &name) const; // -1 if there is none

    int rowCount(const QModelIndex &parent = QModelIndex()) const override;
    int columnCount(const QModelIndex &parent = QModelIndex()) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    // Asks for the new name, as editedName() understands it, by renameRequested(); the row changes
    // when the directory is read again.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void renameRequested(const QByteArray &name, const QByteArray &newName);
    void renameRefused(const QByteArray &name, ui::EditProblem problem, const QString &typed);

private:
    static QByteArray ownName(const files::FileEntry &entry);
    static QString linkText(const files::FileEntry &entry); // empty: no link, or not told
    QString text(const files::FileEntry &entry, int column) const;
    QString toolTip(const files::FileEntry &entry) const;

    files::FilePath m_directory;
    QList<files::FileEntry> m_entries;
    FileIcons m_icons;
};

// "drwxr-xr-x", as `ls -l` prints it; empty if the mode is not known.
QString permissionsText(const files::FileAttributes &attributes);

// "Folder", "Link", "PDF file".
QString kindText(const files::FileEntry &entry);

// "2026-11-27 06:30"; empty if it is not known.
QString timeText(std::optional<qint64> seconds);

// A text for setToolTip() that shows `text` as it is, markup included.
QString plainToolTip(const QString &text);

} // namespace ui
