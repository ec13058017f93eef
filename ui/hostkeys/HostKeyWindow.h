// HostKeyWindow: the host keys that are known, from all known_hosts files: to look at, to search,
// to delete, to hash and to import. A window of its own, beside the main window.
//
// Files are read and written by the pool; one change at a time. What can be undone is offered until
// the next change.

#pragma once

#include "hostkeys/KnownHosts.h"
#include "hostkeys/KnownHostsEdit.h"
#include "hostkeys/KnownHostsImport.h"

#include <QWidget>

class QAction;
class QHeaderView;
class QLabel;
class QLineEdit;
class QTreeView;

namespace ui {

class ErrorBanner;
class HostKeyFilter;
class HostKeyModel;
class NoticeBar;

class HostKeyWindow final : public QWidget
{
    Q_OBJECT

public:
    // Reads the files at once.
    explicit HostKeyWindow(QList<hostkeys::KnownHosts::Source> sources, QWidget *parent = nullptr);

    // Shows the lines about this host only; HOST or HOST:PORT.
    void search(const QString &host);

    // What the dialog of "Import…" leads to.
    void importFrom(const QString &file);

private:
    QWidget *createTop();
    QWidget *createTable();
    QWidget *createBottom();
    void setUpColumns(QHeaderView &columns) const;
    void createActions();
    QAction *createAction(const char *icon, const QString &text, const char *name,
                          const QKeySequence &shortcut = {});
    void reload();
    void present(const hostkeys::KnownHosts::Survey &survey);
    void updateState();
    QList<hostkeys::KnownHosts::Entry> selected() const;
    void copyFingerprints() const;
    void deleteSelected();
    void hashSelected();
    void make(const QList<hostkeys::FileChange> &changes, const QString &done);
    void undo(const QList<hostkeys::FileChange> &changes);
    void chooseImport();
    void tellImport(const hostkeys::KnownHostsImport &import);
    void setBusy(bool busy);

    QList<hostkeys::KnownHosts::Source> m_sources;
    HostKeyModel *m_model;
    HostKeyFilter *m_filter;
    QLineEdit *m_search = nullptr;
    ErrorBanner *m_banner = nullptr;
    NoticeBar *m_notice = nullptr;
    QTreeView *m_table = nullptr;
    QLabel *m_count = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_hash = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_import = nullptr;
    QAction *m_reload = nullptr;
    bool m_isBusy = false; // the pool is at work for this window
};

} // namespace ui
