#include "hostkeys/KnownHosts.h"

#include "tests/core/hostkeys/SshKeygen.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using base::ErrorKind;
using hostkeys::HostKeyVerdict;
using hostkeys::KnownHosts;
using hostkeys::KnownHostsLine;
using Role = KnownHosts::Role;
using Status = HostKeyVerdict::Status;

class KnownHostsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void judges_data();
    void judges();
    void fallsBackToThePlainHost_data();
    void fallsBackToThePlainHost();
    void revocationInAnyFileWins();
    void keyInAnyFileIsOk();
    void verdictListsKnownKeys();
    void authorityIsToldAndTrustsNothing();
    void byteOrderMarkHidesNoHost();
    void unreadableSourceIsAnError();
    void knownTypesComeInFileOrder();
    void findsTheLinesThatSshKeygenFinds();

private:
    QString path(const QString &name = QStringLiteral("user")) const;
    void write(const QByteArray &content, const QString &name = QStringLiteral("user")) const;
    QByteArray read(const QString &name = QStringLiteral("user")) const;
    base::Result<KnownHosts> load() const; // "user", writable, and "global", read-only

    std::optional<QTemporaryDir> m_scratch;
};

namespace {

qsizetype lineOf(const HostKeyVerdict &verdict)
{
    return verdict.decidedBy ? verdict.decidedBy->line : 0;
}

} // namespace

void KnownHostsTest::init()
{
    m_scratch.emplace();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
}

QString KnownHostsTest::path(const QString &name) const
{
    return m_scratch->filePath(name);
}

void KnownHostsTest::write(const QByteArray &content, const QString &name) const
{
    QFile file(path(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QByteArray KnownHostsTest::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

base::Result<KnownHosts> KnownHostsTest::load() const
{
    return KnownHosts::load(
        {{path(), Role::Writable}, {path(QStringLiteral("global")), Role::ReadOnly}});
}

void KnownHostsTest::judges_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Status>("status");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const QByteArray &content, Status status, int line) {
        QTest::newRow(name) << SshKeygen::withKeys(content) << status << line;
    };

    row("empty file", "", Status::Unknown, 0);
    row("comments", "# host KEY\n\n", Status::Unknown, 0);
    row("other hosts", "other KEY\nhost.example KEY\n", Status::Unknown, 0);
    row("the key", "# mine\nhost KEY\n", Status::Ok, 2);
    row("the key without line feed", "host KEY", Status::Ok, 1);
    row("the key after tabs", "\thost\tKEY\n", Status::Ok, 1);
    row("the key with carriage return", "host KEY\r\n", Status::Ok, 1);
    row("the key with comment", "host KEY root@host\n", Status::Ok, 1);
    row("the key by pattern", "h*,!hosts KEY\n", Status::Ok, 1);
    row("the key denied by negation", "h*,!host KEY\n", Status::Unknown, 0);
    row("the key behind 16 KiB", QByteArray(16384, 'x') + " KEY\nhost KEY\n", Status::Ok, 2);
    row("the key beside others", "host ECDSA\nhost OTHER\nhost KEY\n", Status::Ok, 3);
    row("another key", "host OTHER\n", Status::Changed, 1);
    row("another key behind 16 KiB", QByteArray(16384, 'x') + " KEY\nhost OTHER\n", Status::Changed,
        2);
    row("another key in a line of 16 KiB",
        "host," + QByteArray("other.example,").repeated(1200) + "x OTHER\n", Status::Changed, 1);
    row("another key after tabs and carriage return", "\thost\tOTHER\r\n", Status::Changed, 1);
    row("another key and another type", "host ECDSA\nhost OTHER\n", Status::Changed, 2);
    row("another key after a broken line", "host ssh-ed25519 AAAA\nhost OTHER\n", Status::Changed,
        2);
    row("another key after DSA", "host ssh-dss AAAAB3NzaC1kc3M=\nhost OTHER\n", Status::Changed, 2);
    row("another type", "host ECDSA\n", Status::OtherType, 1);
    row("unknown type", "host ssh-new AAAAB3NzaC1uZXcx\n", Status::OtherType, 1);
    row("unknown type that lies", "host ssh-new BASE64\n", Status::OtherType, 1);
    row("broken base64", "host ssh-ed25519 AAAA*\n", Status::OtherType, 1);
    row("cut off", "host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\n", Status::OtherType, 1);
    row("type alone", "host ssh-ed25519\n", Status::OtherType, 1);
    row("name alone", "host\n", Status::OtherType, 1);
    row("protocol 1", "host 1024 35 1234567890\n", Status::OtherType, 1);
    row("the key after a broken line", "host ssh-ed25519 AAAA\nhost KEY\n", Status::Ok, 2);
    row("revoked", "@revoked host KEY\n", Status::Revoked, 1);
    row("revoked for all", "@revoked * KEY\n", Status::Revoked, 1);
    row("revoked before it is listed", "@revoked * KEY\nhost KEY\n", Status::Revoked, 1);
    row("revoked after it is listed", "host KEY\n@revoked\t*\tKEY\r\n", Status::Revoked, 2);
    row("revoked and changed", "host OTHER\n@revoked host KEY\n", Status::Revoked, 2);
    row("another one revoked", "@revoked host OTHER\n", Status::Unknown, 0);
    row("another one revoked beside the key", "@revoked * OTHER\nhost KEY\n", Status::Ok, 2);
    row("revoked elsewhere", "@revoked other KEY\nhost KEY\n", Status::Ok, 2);
    row("revocation that cannot be read", "@revoked host ssh-ed25519 AAAA\nhost KEY\n",
        Status::OtherType, 1);
    row("lone revocation that cannot be read", "@revoked host ssh-ed25519 AAAA\n",
        Status::OtherType, 1);
    row("changed and a revocation that cannot be read",
        "@revoked host ssh-ed25519 AAAA\nhost OTHER\n", Status::Changed, 2);
    row("unknown marker", "@trusted host KEY\n", Status::OtherType, 1);
    row("unknown marker beside the key", "host KEY\n@Revoked host KEY\n", Status::OtherType, 2);
    row("two markers", "@revoked @cert-authority host KEY\n", Status::OtherType, 1);
    row("authority", "@cert-authority host KEY\n", Status::Unknown, 0);
    row("authority and another key", "@cert-authority * KEY\nhost OTHER\n", Status::Changed, 2);
}

void KnownHostsTest::judges()
{
    QFETCH(QByteArray, content);
    QFETCH(Status, status);
    QFETCH(int, line);
    write(content);

    const auto hosts = load();
    QVERIFY(hosts);
    const HostKeyVerdict verdict = hosts->check(u"HOST", 22, SshKeygen::ed25519('k'));

    QCOMPARE(verdict.status, status);
    QCOMPARE(lineOf(verdict), line);
    QCOMPARE(verdict.decidedBy.has_value(), status != Status::Unknown);
}

// Seen with ssh of OpenSSH 10.0 and a server on another port, rows marked "stricter" excepted:
// where ssh goes on, we do not.
void KnownHostsTest::fallsBackToThePlainHost_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Status>("status");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const QByteArray &content, Status status, int line) {
        QTest::newRow(name) << SshKeygen::withKeys(content) << status << line;
    };

    row("the key with port", "[host]:2222 KEY\n", Status::Ok, 1);
    row("the key with another port", "[host]:2223 KEY\n", Status::Unknown, 0);
    row("the key of the plain host", "host KEY\n", Status::Ok, 1);
    row("another key of the plain host", "host OTHER\n", Status::Unknown, 0);
    row("another type of the plain host", "host ECDSA\n", Status::Unknown, 0);
    row("changed beside the plain host", "host KEY\n[host]:2222 OTHER\n", Status::Changed, 2);
    row("other type beside the plain host", "host KEY\n[host]:2222 ECDSA\n", Status::OtherType, 2);
    row("revoked for the plain host", "@revoked host KEY\n", Status::Revoked, 1);
    row("stricter: revoked for the plain host, listed with port",
        "[host]:2222 KEY\n@revoked host KEY\n", Status::Revoked, 2);
    row("stricter: broken line beside the plain host", "host KEY\n[host]:2222 ssh-ed25519 AAAA\n",
        Status::OtherType, 2);
    row("the key for all", "* KEY\n", Status::Ok, 1);
    row("negation of the plain host does not reach the port", "!host,* KEY\n", Status::Ok, 1);
}

void KnownHostsTest::fallsBackToThePlainHost()
{
    QFETCH(QByteArray, content);
    QFETCH(Status, status);
    QFETCH(int, line);
    write(content);

    const auto hosts = load();
    QVERIFY(hosts);
    const HostKeyVerdict verdict = hosts->check(u"host", 2222, SshKeygen::ed25519('k'));

    QCOMPARE(verdict.status, status);
    QCOMPARE(lineOf(verdict), line);
}

void KnownHostsTest::revocationInAnyFileWins()
{
    write(SshKeygen::withKeys("host KEY\n"));
    write(SshKeygen::withKeys("\n@revoked * KEY\n"), QStringLiteral("global"));

    const auto hosts = load();
    QVERIFY(hosts);
    const HostKeyVerdict verdict = hosts->check(u"host", 22, SshKeygen::ed25519('k'));

    QCOMPARE(verdict.status, Status::Revoked);
    QCOMPARE(verdict.decidedBy->file, path(QStringLiteral("global")));
    QCOMPARE(verdict.decidedBy->line, 2);
}

void KnownHostsTest::keyInAnyFileIsOk()
{
    write(SshKeygen::withKeys("host OTHER\n"));
    write(SshKeygen::withKeys("host KEY\n"), QStringLiteral("global"));

    const auto hosts = load();
    QVERIFY(hosts);
    const HostKeyVerdict verdict = hosts->check(u"host", 22, SshKeygen::ed25519('k'));

    QCOMPARE(verdict.status, Status::Ok);
    QCOMPARE(verdict.decidedBy->file, path(QStringLiteral("global")));
}

void KnownHostsTest::verdictListsKnownKeys()
{
    write(SshKeygen::withKeys("host ECDSA\n@revoked host KEY\nhost ssh-rsa broken\nhost OTHER\n"));

    const auto hosts = load();
    QVERIFY(hosts);
    const HostKeyVerdict verdict = hosts->check(u"host", 22, SshKeygen::ed25519('x'));

    QCOMPARE(verdict.status, Status::Changed);
    QCOMPARE(verdict.knownKeys.size(), 2);
    QCOMPARE(verdict.knownKeys[0].key, SshKeygen::ecdsa('e'));
    QCOMPARE(verdict.knownKeys[1].key, SshKeygen::ed25519('o'));
    QCOMPARE(verdict.knownKeys[1].location, (hostkeys::Location{path(), 4}));
}

void KnownHostsTest::authorityIsToldAndTrustsNothing()
{
    write(SshKeygen::withKeys("@cert-authority *.example KEY\nother.test KEY\n"));

    const auto hosts = load();
    QVERIFY(hosts);
    const HostKeyVerdict verdict = hosts->check(u"a.example", 22, SshKeygen::ed25519('k'));

    QCOMPARE(verdict.status, Status::Unknown);
    QVERIFY(verdict.hasCertificateAuthority);
    QVERIFY(verdict.knownKeys.isEmpty());
    QVERIFY(!hosts->check(u"other.test", 22, SshKeygen::ed25519('k')).hasCertificateAuthority);
}

void KnownHostsTest::byteOrderMarkHidesNoHost()
{
    write("\xEF\xBB\xBF" + SshKeygen::withKeys("host OTHER\n"));

    const auto hosts = load();
    QVERIFY(hosts);
    QCOMPARE(hosts->check(u"host", 22, SshKeygen::ed25519('k')).status, Status::Changed);
}

void KnownHostsTest::unreadableSourceIsAnError()
{
    QVERIFY(QDir().mkdir(path(QStringLiteral("global"))));

    const auto hosts = load();

    QVERIFY(!hosts);
    QCOMPARE(hosts.error().kind, ErrorKind::IsADirectory);
    QCOMPARE(hosts.error().subject, path(QStringLiteral("global")));
}

void KnownHostsTest::knownTypesComeInFileOrder()
{
    write(SshKeygen::withKeys(
        "host ECDSA\nhost OTHER\n@revoked host ssh-dss x\nhost ssh-rsa x\nhost ECDSA\n"
        "[port]:2222 KEY\nport ECDSA\n"));
    const QByteArray ecdsa = "ecdsa-sha2-nistp256";
    const QByteArray ed25519 = "ssh-ed25519";

    const auto hosts = load();
    QVERIFY(hosts);

    QCOMPARE(hosts->knownTypes(u"host", 22), QList<QByteArray>({ecdsa, ed25519}));
    QCOMPARE(hosts->knownTypes(u"host", 2222), QList<QByteArray>({ecdsa, ed25519}));
    QCOMPARE(hosts->knownTypes(u"port", 2222), QList<QByteArray>({ed25519}));
    QCOMPARE(hosts->knownTypes(u"other", 22), QList<QByteArray>());
}

// The same questions to `ssh-keygen -F`, for a file that ssh-keygen has partly hashed itself.
void KnownHostsTest::findsTheLinesThatSshKeygenFinds()
{
    write(SshKeygen::withKeys("# comment\nhost KEY\n[host]:2222 OTHER\na,host ECDSA\n"));
    QCOMPARE(SshKeygen::run({QStringLiteral("-H"), QStringLiteral("-f"), path()}).exitCode, 0);
    write(read()
          + SshKeygen::withKeys(
              "*.example,!x.example KEY\r\n\n@revoked * OTHER\n\t10.0.0.?\tECDSA\nHost KEY"));
    const auto hosts = load();
    QVERIFY(hosts);

    const QList<std::pair<QString, quint16>> questions{
        {QStringLiteral("host"), 22},      {QStringLiteral("host"), 2222},
        {QStringLiteral("a"), 22},         {QStringLiteral("a.example"), 22},
        {QStringLiteral("x.example"), 22}, {QStringLiteral("10.0.0.7"), 22},
        {QStringLiteral("10.0.0.77"), 22}, {QStringLiteral("a.example"), 2222}};
    for (const auto &[host, port] : questions) {
        const QString name = QString::fromLatin1(KnownHostsLine::nameOf(host, port));
        const QByteArray output
            = SshKeygen::run({QStringLiteral("-F"), name, QStringLiteral("-f"), path()}).output;
        QList<QByteArray> expected; // "# Host a found: line 3", "# Host a found: line 5 REVOKED"
        for (const QByteArray &line : output.split('\n')) {
            if (line.startsWith("# Host")) {
                expected += line.split(' ').value(5);
            }
        }
        QList<QByteArray> found;
        for (const auto &entry : hosts->entries(host, port)) {
            found += QByteArray::number(entry.location.line);
        }
        QCOMPARE(found, expected);
    }
}

QTEST_GUILESS_MAIN(KnownHostsTest)

#include "KnownHostsTest.moc"
