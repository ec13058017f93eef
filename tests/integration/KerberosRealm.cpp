#include "tests/integration/KerberosRealm.h"

#include "tests/support/ToolRun.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

constexpr int startLimit = 10'000; // milliseconds
const QString realm = u"PONTO.TEST"_s;
const QByteArray password = QByteArrayLiteral("sesame");

QString programPath(const QString &name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty()
        ? QStandardPaths::findExecutable(name, {u"/usr/sbin"_s, u"/usr/local/sbin"_s})
        : found;
}

base::Result<void> writeFile(const QString &path, const QString &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0) {
        return base::Failure(base::Error{.operation = u"write"_s, .subject = path});
    }
    return {};
}

// Free now; krb5kdc can not be told to choose one by itself.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

KerberosRealm::KerberosRealm() = default;

KerberosRealm::~KerberosRealm()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

QString KerberosRealm::whyUnavailable()
{
    for (const QString &name : {u"krb5kdc"_s, u"kdb5_util"_s, u"kadmin.local"_s, u"kinit"_s}) {
        if (programPath(name).isEmpty()) {
            return u"%1 is not installed: it takes krb5-kdc, krb5-admin-server and krb5-user"_s.arg(
                name);
        }
    }
    return {};
}

QProcessEnvironment KerberosRealm::environment() const
{
    QProcessEnvironment environment;
    environment.insert(u"KRB5_CONFIG"_s, path(u"krb5.conf"_s));
    environment.insert(u"KRB5CCNAME"_s, u"FILE:"_s + path(u"tickets"_s));
    environment.insert(u"KRB5_KTNAME"_s, u"FILE:"_s + path(u"keytab"_s));
    return environment;
}

base::Result<void> KerberosRealm::writeConfiguration()
{
    const QString client = u"[libdefaults]\n"
                           " default_realm = %1\n"
                           " dns_lookup_kdc = false\n"
                           " dns_lookup_realm = false\n"
                           " dns_canonicalize_hostname = false\n"
                           " rdns = false\n"
                           "[realms]\n"
                           " %1 = {\n  kdc = 127.0.0.1:%2\n }\n"_s.arg(realm)
                               .arg(m_port);
    const QString center = u"[kdcdefaults]\n"
                           " kdc_listen = \"\"\n"
                           " kdc_tcp_listen = 127.0.0.1:%2\n"
                           "[realms]\n"
                           " %1 = {\n"
                           "  database_name = %3/db\n"
                           "  key_stash_file = %3/stash\n"
                           "  acl_file = %3/acl\n"
                           " }\n"
                           "[logging]\n kdc = FILE:%3/log\n"_s.arg(realm)
                               .arg(m_port)
                               .arg(m_directory.path());
    return writeFile(path(u"krb5.conf"_s), client).and_then([&] {
        return writeFile(path(u"kdc.conf"_s), center);
    });
}

base::Result<void> KerberosRealm::run(const QString &program, const QStringList &arguments,
                                      const QByteArray &input) const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(this->environment());
    environment.insert(u"KRB5_KDC_PROFILE"_s, path(u"kdc.conf"_s));
    const ToolResult result = runTool({.program = programPath(program),
                                       .arguments = arguments,
                                       .input = input,
                                       .environment = environment});
    if (result.exitStatus != 0) {
        return base::Failure(base::Error{
            .operation = u"run"_s, .subject = program, .detail = QString::fromUtf8(result.errors)});
    }
    return {};
}

base::Result<void> KerberosRealm::start(const QString &user, const QString &host)
{
    m_user = user;
    m_port = freePort();
    const QString principal = u"host/"_s + host;
    const auto query = [this](const QString &text) {
        return run(u"kadmin.local"_s, {u"-r"_s, realm, u"-q"_s, text});
    };
    const auto made
        = writeConfiguration()
              .and_then([&] {
                  return run(u"kdb5_util"_s,
                             {u"-r"_s, realm, u"create"_s, u"-s"_s, u"-P"_s, u"master"_s});
              })
              .and_then([&] {
                  return query(u"addprinc -pw %1 %2"_s.arg(QString::fromLatin1(password), user));
              })
              .and_then([&] { return query(u"addprinc -randkey "_s + principal); })
              .and_then(
                  [&] { return query(u"ktadd -k %1 %2"_s.arg(path(u"keytab"_s), principal)); });
    if (!made) {
        return made;
    }
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(this->environment());
    environment.insert(u"KRB5_KDC_PROFILE"_s, path(u"kdc.conf"_s));
    m_process = std::make_unique<QProcess>();
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(path(u"output"_s));
    m_process->start(programPath(u"krb5kdc"_s), {u"-n"_s, u"-r"_s, realm});
    const bool answers = QTest::qWaitFor([this] { return login().has_value(); }, startLimit);
    QFile::remove(path(u"tickets"_s));
    return answers ? base::Result<void>()
                   : base::Failure(base::Error{.operation = u"start"_s, .subject = u"krb5kdc"_s});
}

base::Result<void> KerberosRealm::login()
{
    return run(u"kinit"_s, {m_user}, password + '\n');
}

} // namespace tests
