#include "tests/support/SshServerOptions.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

QString yesOrNo(bool value)
{
    return value ? u"yes"_s : u"no"_s;
}

} // namespace

SshServerOptions &SshServerOptions::withHostKeys(QList<KeyType> types)
{
    m_hostKeys = std::move(types);
    return *this;
}

SshServerOptions &SshServerOptions::withPassword(QString password)
{
    m_password = std::move(password);
    return *this;
}

SshServerOptions &SshServerOptions::withAuthorizedKey(QByteArray line)
{
    m_authorizedKeys += std::move(line);
    return *this;
}

SshServerOptions &SshServerOptions::withoutPublicKeyLogin()
{
    m_publicKeyLogin = false;
    return *this;
}

SshServerOptions &SshServerOptions::withAuthenticationMethods(QString methods)
{
    m_authenticationMethods = std::move(methods);
    return *this;
}

SshServerOptions &SshServerOptions::withMaxSessions(int sessions)
{
    m_maxSessions = sessions;
    return *this;
}

SshServerOptions &SshServerOptions::withMaxStartups(QString startups)
{
    m_maxStartups = std::move(startups);
    return *this;
}

SshServerOptions &SshServerOptions::withoutSftp()
{
    m_sftpCommand.clear();
    return *this;
}

SshServerOptions &SshServerOptions::withSftpCommand(QString command)
{
    m_sftpCommand = std::move(command);
    return *this;
}

SshServerOptions &SshServerOptions::withBanner(QByteArray text)
{
    m_banner = std::move(text);
    return *this;
}

SshServerOptions &SshServerOptions::withoutTcpForwarding()
{
    m_tcpForwarding = false;
    return *this;
}

SshServerOptions &SshServerOptions::withAddress(QString address)
{
    m_address = std::move(address);
    return *this;
}

SshServerOptions &SshServerOptions::withPort(quint16 port)
{
    m_port = port;
    return *this;
}

SshServerOptions &SshServerOptions::withShell(QString shell)
{
    m_shell = std::move(shell);
    return *this;
}

SshServerOptions &SshServerOptions::withEnvironment(QProcessEnvironment environment)
{
    m_environment = std::move(environment);
    return *this;
}

SshServerOptions &SshServerOptions::withConfigLines(QStringList lines)
{
    m_configLines = std::move(lines);
    return *this;
}

QStringList SshServerOptions::configLines() const
{
    QStringList lines = m_configLines; // first, so that they win over the ones below
    lines << u"PubkeyAuthentication "_s + yesOrNo(m_publicKeyLogin)
          << u"PasswordAuthentication "_s + yesOrNo(!m_password.isEmpty())
          << u"KbdInteractiveAuthentication no"_s // without PAM it has no way to ask
          << u"MaxSessions %1"_s.arg(m_maxSessions) << u"MaxStartups "_s + m_maxStartups
          << u"AllowTcpForwarding "_s + yesOrNo(m_tcpForwarding);
    if (!m_authenticationMethods.isEmpty()) {
        lines << u"AuthenticationMethods "_s + m_authenticationMethods;
    }
    if (!m_sftpCommand.isEmpty()) {
        lines << u"Subsystem sftp "_s + m_sftpCommand;
    }
    return lines;
}

} // namespace tests
