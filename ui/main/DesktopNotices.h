// DesktopNotices: messages of the desktop (org.freedesktop.Notifications), for what happens while
// nobody looks at the window. Without a desktop that shows such messages nothing happens.

#pragma once

#include <QObject>
#include <QSet>

class QDBusPendingCallWatcher;

namespace ui {

class DesktopNotices final : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotices(QObject *parent = nullptr);

    // Both are plain text.
    void show(const QString &title, const QString &text);

signals:
    void activated(); // the user has clicked on one

private slots:
    void handleAction(uint id, const QString &action);

private:
    void keep(const QDBusPendingCallWatcher &call);

    QSet<uint> m_ids;
    bool m_isListening = false;
};

} // namespace ui
