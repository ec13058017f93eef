// Verb: what exec, get, put, ls and known-hosts have in common for the one who runs them.

#pragma once

#include <QObject>

namespace vault {
class Vault;
}

namespace app {

class Verb : public QObject
{
    Q_OBJECT

public:
    virtual void start() = 0;

    // Stored passwords answer questions from now on. Borrowed; call it before start().
    virtual void useStoredSecrets(vault::Vault &) { }

    // SIGINT, SIGTERM or SIGHUP came. finished() follows, though not always at once.
    virtual void interrupt(int signal) = 0;

    // Our terminal has another size.
    virtual void handleResize() { }

signals:
    void finished(int exitStatus); // once, the last signal

protected:
    Verb() = default;
};

} // namespace app
