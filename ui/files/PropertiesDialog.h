// PropertiesDialog: what is known of the selected files, with what is in folders counted while the
// user looks on. Not modal.

#pragma once

#include "files/FileSystem.h"

#include <QDialog>
#include <QFutureWatcher>

class QFormLayout;
class QLabel;
class QPushButton;

namespace ui {

class PropertiesDialog final : public QDialog
{
    Q_OBJECT

public:
    // `entries` are those of `directory`, at least one. The file system must outlive this.
    PropertiesDialog(files::FileSystem &fileSystem, const files::FilePath &directory,
                     const QList<files::FileEntry> &entries, QWidget *parent);
    ~PropertiesDialog() override; // stops counting

private:
    using Size = base::Result<files::TreeSize>;

    void addFacts(QFormLayout &form, const files::FileEntry &entry);
    void addRow(QFormLayout &form, const QString &title, const QString &text, const char *id);
    void countNext();
    void handleCounted();
    void stop();
    void showSize(const files::TreeSize &current, bool isFinal);

    files::FileSystem &m_fileSystem;
    QList<files::FilePath> m_paths; // still to be counted
    files::TreeSize m_counted; // of those that are done
    QFutureWatcher<Size> m_watcher;
    QString m_sizeText; // as far as it is known
    QLabel *m_size;
    QLabel *m_contents;
    QPushButton *m_stop;
};

} // namespace ui
