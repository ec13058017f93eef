// PathCompletion: offers the folders with which an absolute path may go on, in a list below the
// field in which it is typed. They are asked for while the user types, one directory at a time.

#pragma once

#include "base/Result.h"
#include "files/FileEntry.h"
#include "files/FilePath.h"
#include "files/FileSystem.h"

#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QTimer>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace ui {

class PathCompletion final : public QObject
{
    Q_OBJECT

public:
    explicit PathCompletion(QLineEdit &field); // which owns it

    // Borrowed; null offers nothing.
    void setFileSystem(files::FileSystem *fileSystem);

    // Adds what all the offered folders have in common, as Tab does in a shell; if that is nothing,
    // shows them. False if there is nothing to offer, now or soon.
    bool complete();

    bool isListShown() const;
    void hideList();

private:
    using Entries = base::Result<QList<files::FileEntry>>;

    void follow(const QString &text);
    void list();
    void take(const Entries &entries);
    void offer();
    void showList();
    void chooseNone();
    void forget();

    QLineEdit &m_field;
    QStringListModel *m_offers;
    QCompleter *m_completer;
    files::FileSystem *m_fileSystem = nullptr;
    QTimer m_pause; // before a directory is asked for: a name may be typed on
    QFuture<Entries> m_listing;
    QString m_directory; // as it was typed, with the slash at its end; empty: none
    QStringList m_folders; // of it
    bool m_isCompleting = false; // as soon as the folders are known
};

} // namespace ui
