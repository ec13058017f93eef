// SingleInstance: the program that has a window takes what later ones were asked for, over a socket
// that only its user can reach. Verbs without a window never come here.

#pragma once

#include "forward/ListeningSocket.h"

#include <QLockFile>
#include <QObject>
#include <QString>

#include <memory>

namespace app {

// What a later start wants: a tab for `target`, or just the window if that is empty.
struct WindowMessage
{
    QString target; // as on the command line; written by whoever started the program
    QString activationToken; // of the desktop, so that the window may come to the front

    friend bool operator==(const WindowMessage &, const WindowMessage &) = default;
};

class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(QObject *parent = nullptr);
    ~SingleInstance() override;

    // Of programs with the configuration in that directory; one with another one is another
    // program. Empty where the system gives users no directory for such things (XDG_RUNTIME_DIR).
    static QString socketPath(const QString &configDirectory);

    // True if a program that runs has taken the message. Waits for it, for some seconds at most:
    // for a program that has no window yet.
    static bool handOver(const QString &socketPath, const WindowMessage &message);

    // False if there is one already, or there can be none.
    bool listen(const QString &socketPath);

signals:
    void received(const app::WindowMessage &message);

private:
    class Client;

    void serve(base::UniqueFd socket);
    void read(Client &client);

    std::unique_ptr<QLockFile> m_lock; // held while we listen
    std::unique_ptr<forward::ListeningSocket> m_listener;
    QObject m_clients; // their parent
};

} // namespace app
