// OpenSshClient: the real `ssh` and `sftp`, logging in to a test's server, as the yardstick for
// what the servers of this directory do. No user configuration, agent or known_hosts is read.

#pragma once

#include "tests/support/SshServer.h"
#include "tests/support/ToolRun.h"

#include <QString>
#include <QStringList>

namespace tests {

struct OpenSshLogin
{
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    QString user = QStringLiteral("tester");
    QString keyFile = {}; // empty: no key login
    QString password = {}; // given to every question; empty: no question is answered
    QStringList options = {}; // further words, for example {"-o", "StrictHostKeyChecking=yes"}
};

// The login of that server's user, without key or password.
OpenSshLogin loginTo(const SshServer &server);

// Runs `command` with ssh, or an interactive shell fed with `input` if it is empty.
ToolResult runSsh(const OpenSshLogin &login, const QString &command, const QByteArray &input = {});

// Runs a batch of sftp(1) commands, one a line; the first that fails ends it with status 1.
ToolResult runSftp(const OpenSshLogin &login, const QByteArray &batch);

} // namespace tests
