// DirectoryLoader: what a file pane knows of the directory it shows. Lists, filters and sorts off
// the main thread, and lets late answers to older questions fall.

#pragma once

#include "base/Error.h"
#include "files/EntryOrder.h"
#include "files/FileSystem.h"
#include "files/NameFilter.h"

#include <QObject>
#include <QSet>

namespace ui {

class DirectoryLoader final : public QObject
{
    Q_OBJECT

public:
    explicit DirectoryLoader(QObject *parent = nullptr);

    // Borrowed, may be null. Forgets the directory and what was asked of the last one.
    void setFileSystem(files::FileSystem *fileSystem);
    files::FileSystem *fileSystem() const { return m_fileSystem; }

    // Goes to `directory`. An empty path is where a login starts, and relative ones, also those
    // that begin with "~/", are taken from there. Ends with loaded() or failed().
    void open(const files::FilePath &directory);
    void refresh();
    void stop(); // gives up what is under way; stopped() follows if there was anything

    void setOrder(const files::EntryOrder &order);
    void setHidden(files::Hidden hidden);
    // As files::NameFilter takes it. Another directory is shown without it.
    void setPattern(const QString &pattern);

    const files::FilePath &directory() const { return m_directory; } // empty before the first
    QSet<QByteArray> names() const; // all that it holds, filtered out or not
    files::EntryOrder order() const { return m_order; }
    files::Hidden hidden() const { return m_hidden; }

signals:
    void started(); // a question to the file system: loaded() or failed() follows the last one
    // Also after a change of order or filter alone.
    void loaded(const files::FilePath &directory, const QList<files::FileEntry> &entries);
    void stopped();
    void failed(const files::FilePath &directory, const base::Error &error);

private:
    void list(const files::FilePath &directory);
    void arrange();
    quint64 startQuestion();
    void fail(const files::FilePath &directory, const base::Error &error);
    bool isLate(quint64 question) const { return question != m_question; }

    files::FileSystem *m_fileSystem = nullptr;
    files::FilePath m_directory;
    QList<files::FileEntry> m_entries; // all of them, unsorted
    files::EntryOrder m_order;
    files::Hidden m_hidden = files::Hidden::Exclude;
    QString m_pattern; // empty: every name
    // Both count, so that an answer knows whether it is still wanted.
    quint64 m_question = 0;
    quint64 m_arrangement = 0;
    bool m_isAsking = false;
};

} // namespace ui
