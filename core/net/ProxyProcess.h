// ProxyProcess: a program that makes the connection to the server and passes it on through its
// standard input and output, as ProxyCommand of ssh_config(5).

#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <optional>

namespace net {

struct ProxyCommand
{
    // Where a text comes from decides whether a shell may read it.
    enum class Origin {
        OwnConfiguration, // written by the user: a shell, if the text needs one
        Foreign, // imported or handed over: never a shell
    };

    // With the tokens that ssh_config(5) has for it: %h for the host, %p for the port, %r for the
    // user, %n for the host as typed, %k for its name in known_hosts, %% for %.
    QString text;
    Origin origin = Origin::OwnConfiguration;

    friend bool operator==(const ProxyCommand &, const ProxyCommand &) = default;
};

// What the tokens stand for. A host or user with characters that mean something to a shell is
// refused, with and without one: programs pass their arguments on (CVE-2023-51385).
struct ProxyCommandTarget
{
    QString host;
    quint16 port = 0;
    QString user;
    QString typedHost = {}; // before a configuration gave it another name; empty: `host`
    QString hostKeyAlias = {}; // empty: the host as typed
};

// Program and arguments to run. Fails with ProxyCommandFailed; why is in `detail`.
base::Result<QStringList> proxyCommandLine(const ProxyCommand &command,
                                           const ProxyCommandTarget &target);

// The program runs in a session of its own: it has no terminal, and is killed with all its children
// at the end.
class ProxyProcess final : public QObject
{
    Q_OBJECT

public:
    explicit ProxyProcess(QObject *parent = nullptr);
    ~ProxyProcess() override; // kills and reaps

    // Our end of the program's standard input and output: non-blocking, close-on-exec. That the
    // program could not be started shows in ended().
    base::Result<base::UniqueFd> start(const ProxyCommand &command,
                                       const ProxyCommandTarget &target);

    // It could not be started, or has ended: then nothing but death leaves it running.
    bool hasEnded() const { return m_end.has_value(); }

    // Why, and the last of its standard error; kind ProxyCommandFailed. While it runs, the latter
    // alone.
    base::Error error() const;

signals:
    void errorOutput(const QString &line); // of its standard error: foreign text
    void ended(); // once

private:
    void handleErrorOutput();
    void killGroup();
    void finish(const QString &how);

    QProcess m_process;
    QString m_program;
    qint64 m_group = 0; // of processes, the program's own
    QByteArray m_pendingLine;
    QStringList m_lastLines; // of standard error
    qsizetype m_reportedLines = 0;
    std::optional<QString> m_end;
};

} // namespace net
