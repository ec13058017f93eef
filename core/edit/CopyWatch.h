// CopyWatch: tells when another program has saved the copy of a file that it edits, be it in place
// or by a new file of the same name.

#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

namespace edit {

class CopyWatch final : public QObject
{
    Q_OBJECT

public:
    // `content` is what the file has now.
    CopyWatch(QString path, const QByteArray &content, QObject *parent = nullptr);

    const QString &path() const { return m_path; }

    // Looks at once, without waiting until the program is done.
    void look();

signals:
    void changed(
        const QByteArray &content); // it is another one, and nobody has written for a while

private:
    void handleEvent();

    const QString m_path;
    QByteArray m_hash; // of the last content
    QFileSystemWatcher m_watcher;
    QTimer m_rest; // since the last event
};

} // namespace edit
