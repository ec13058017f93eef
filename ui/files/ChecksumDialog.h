// ChecksumDialog: the SHA-256 of files, made where they are if the server can, and compared with
// one that the user has. Not modal.

#pragma once

#include "files/FileSystem.h"

#include <QDialog>
#include <QFutureWatcher>

class QLabel;
class QLineEdit;
class QProgressBar;
class QTreeWidget;

namespace ui {

class ChecksumDialog final : public QDialog
{
    Q_OBJECT

public:
    // One after another, at least one. The file system must outlive this.
    ChecksumDialog(files::FileSystem &fileSystem, QList<files::FilePath> paths, QWidget *parent);
    ~ChecksumDialog() override; // stops

private:
    using Digest = base::Result<files::Digest>;

    void next();
    void handleDigest();
    void compare();
    QString lines() const;

    files::FileSystem &m_fileSystem;
    const QList<files::FilePath> m_paths;
    qsizetype m_done = 0;
    QFutureWatcher<Digest> m_watcher;
    QTreeWidget *m_list;
    QProgressBar *m_progress;
    QLineEdit *m_expected;
    QLabel *m_verdict;
};

} // namespace ui
