// VerbFixture: a server, a user who may log in to it by key, and the real program `ponto` run
// against it with nothing of the person who runs the tests.

#pragma once

#include "tests/integration/ConnectionFixture.h"
#include "tests/support/ToolRun.h"

#include <QProcess>

#include <memory>

namespace tests {

class VerbFixture
{
public:
    ~VerbFixture(); // removes what QTemporaryDir cannot: names that are not UTF-8

    // Starts the server; the user's key is authorized.
    [[nodiscard]] base::Result<void> setUp(SshServerOptions options = {});

    SshServer &server() const { return *m_server; }

    // Another one, which knows the same user and is known to the program as well.
    [[nodiscard]] base::Result<void> addServer();
    SshServer &otherServer() const { return *m_otherServer; }
    QString path(const QString &name) const { return m_fixture.path(name); }

    QString userKeyFile() const { return m_fixture.userKey().privateFile; }

    // user@host:port
    QString target() const { return targetOf(*m_server); }
    static QString targetOf(const SshServer &server);

    // A verb, options that make it log in by key and know the server, then `arguments`.
    QStringList commandLine(const QString &verb, const QStringList &arguments) const;

    // Without a terminal, in a session of its own. `environment` comes on top of almost nothing.
    ToolResult run(const QStringList &arguments, const QByteArray &input = {},
                   const QMap<QString, QString> &environment = {}) const;

    // The same, for tests that talk to the running program. Its streams are the process's.
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;

    static QString program();

    // Bytes that no two places have in common, so that a loss or a repetition shows.
    static QByteArray distinctBytes(qsizetype size);

    // Writes an executable script below the fixture's directory and returns its path.
    QString script(const QString &name, const QByteArray &text) const;

private:
    QProcessEnvironment environment(const QMap<QString, QString> &more) const;

    ConnectionFixture m_fixture;
    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<SshServer> m_otherServer;
};

} // namespace tests
