#include "tests/support/OpenSshClient.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

QStringList commonArguments(const OpenSshLogin &login)
{
    QStringList arguments{u"-F"_s, u"none"_s,
                          u"-o"_s, u"StrictHostKeyChecking=no"_s,
                          u"-o"_s, u"UserKnownHostsFile=/dev/null"_s,
                          u"-o"_s, u"GlobalKnownHostsFile=/dev/null"_s,
                          u"-o"_s, u"IdentityAgent=none"_s,
                          u"-o"_s, u"IdentitiesOnly=yes"_s,
                          u"-o"_s, u"NumberOfPasswordPrompts=1"_s,
                          u"-o"_s, u"LogLevel=ERROR"_s};
    arguments << u"-o"_s
              << u"IdentityFile="_s + (login.keyFile.isEmpty() ? u"none"_s : login.keyFile);
    return login.options + arguments; // ssh takes the first of two equal options
}

// ssh asks SSH_ASKPASS, a program, instead of a terminal (ssh(1), "ENVIRONMENT").
QProcessEnvironment askingEnvironment(const QString &directory, const QString &password)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, password.isEmpty() ? u"never"_s : u"force"_s);
    environment.insert(u"SSH_ASKPASS"_s, directory + u"/askpass"_s);
    environment.insert(u"ANSWER"_s, password);
    QFile script(directory + u"/askpass"_s);
    if (script.open(QIODevice::WriteOnly)) {
        script.write("#!/bin/sh\nprintf '%s\\n' \"$ANSWER\"\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return environment;
}

ToolResult runClient(const QString &program, const QStringList &arguments,
                     const OpenSshLogin &login, const QByteArray &input)
{
    const QTemporaryDir directory;
    return runTool({.program = program,
                    .arguments = arguments,
                    .input = input,
                    .environment = askingEnvironment(directory.path(), login.password)});
}

} // namespace

OpenSshLogin loginTo(const SshServer &server)
{
    return {.host = server.address(), .port = server.port(), .user = server.userName()};
}

ToolResult runSsh(const OpenSshLogin &login, const QString &command, const QByteArray &input)
{
    QStringList arguments = commonArguments(login)
        << u"-p"_s << QString::number(login.port) << u"-l"_s << login.user << login.host;
    if (!command.isEmpty()) {
        arguments << u"--"_s << command;
    }
    return runClient(u"ssh"_s, arguments, login, input);
}

ToolResult runSftp(const OpenSshLogin &login, const QByteArray &batch)
{
    const QStringList arguments = commonArguments(login)
        << u"-P"_s << QString::number(login.port) << u"-b"_s << u"-"_s
        << u"%1@[%2]"_s.arg(login.user, login.host);
    return runClient(u"sftp"_s, arguments, login, batch);
}

} // namespace tests
