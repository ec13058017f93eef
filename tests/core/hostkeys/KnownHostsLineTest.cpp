#include "hostkeys/KnownHostsLine.h"

#include "tests/core/hostkeys/SshKeygen.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using hostkeys::KnownHostsLine;
using Marker = KnownHostsLine::Marker;

namespace {

// What `ssh-keygen -F name` says about a file with that content.
bool isFoundBySshKeygen(const QByteArray &name, const QByteArray &content)
{
    QTemporaryDir scratch;
    QFile file(scratch.filePath(QStringLiteral("known_hosts")));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        return false;
    }
    file.close();
    return SshKeygen::run({QStringLiteral("-F"), QString::fromLatin1(name), QStringLiteral("-f"),
                           file.fileName()})
               .exitCode
        == 0;
}

QByteArray lineFor(const QByteArray &names)
{
    return KnownHostsLine::format(names, SshKeygen::ed25519('k'));
}

} // namespace

class KnownHostsLineTest : public QObject
{
    Q_OBJECT

private slots:
    void namesTheHostAsOpenSshDoes_data();
    void namesTheHostAsOpenSshDoes();
    void matchesAsSshKeygenDoes_data();
    void matchesAsSshKeygenDoes();
    void findsWhatSshKeygenHashed();
    void hashIsFoundBySshKeygen();
    void saltsDiffer();
    void manyStarsTakeNoTime();
    void separates_data();
    void separates();
    void commentsAreNoEntries_data();
    void commentsAreNoEntries();
    void unreadableKeysAreAbsent_data();
    void unreadableKeysAreAbsent();
};

void KnownHostsLineTest::namesTheHostAsOpenSshDoes_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("standard port") << "Host.Example" << 22 << QByteArray("host.example");
    QTest::newRow("other port") << "Host.Example" << 2222 << QByteArray("[host.example]:2222");
    QTest::newRow("IPv6") << "2001:DB8::1" << 22 << QByteArray("2001:db8::1");
    QTest::newRow("IPv6, other port") << "::1" << 65535 << QByteArray("[::1]:65535");
}

void KnownHostsLineTest::namesTheHostAsOpenSshDoes()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QByteArray, name);

    QCOMPARE(KnownHostsLine::nameOf(host, static_cast<quint16>(port)), name);
}

void KnownHostsLineTest::matchesAsSshKeygenDoes_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *names, const char *host, bool matches) {
        QTest::addRow("%s for %s", names, host) << QByteArray(names) << QByteArray(host) << matches;
    };

    row("host.example", "host.example", true);
    row("Host.EXAMPLE", "host.example", true);
    row("host.example", "host.example.org", false);
    row("host.example", "host.exampl", false);
    row("host.example", "[host.example]:2222", false);
    row("[host.example]:2222", "[host.example]:2222", true);
    row("[host.example]:2222", "host.example", false);
    row("[host.example]:22", "host.example", false);
    row("[*.example]:2222", "[host.example]:2222", true);
    row("a.example,host.example,192.0.2.1", "host.example", true);
    row("a.example,host.example,192.0.2.1", "192.0.2.1", true);
    row(",host.example", "host.example", true);
    row("host.example,", "host.example", true);
    row("*", "host.example", true);
    row("*", "[host.example]:2222", true);
    row("*.example", "host.example", true);
    row("*.example", "example", false);
    row("ho?t.example", "host.example", true);
    row("ho?st.example", "host.example", false);
    row("h*t.*le", "host.example", true);
    row("*?", "host.example", true);
    row("**a*", "host.example", true);
    row("!host.example,*.example", "host.example", false);
    row("*.example,!host.example", "host.example", false);
    row("*.example,!host.example", "other.example", true);
    row("!host.example", "other.example", false);
    row("!*.other,host.example", "host.example", true);
    row("![host.example]:2222,*", "host.example", true);
    row("192.0.2.0/24", "192.0.2.1", false);
    row("2001:db8::1", "2001:db8::1", true);
    row("|1|broken", "host.example", false);
    row("|2|AAAA|AAAA", "host.example", false);
}

void KnownHostsLineTest::matchesAsSshKeygenDoes()
{
    QFETCH(QByteArray, names);
    QFETCH(QByteArray, host);
    QFETCH(bool, matches);

    QCOMPARE(KnownHostsLine::parse(lineFor(names)).matches(host), matches);
    QCOMPARE(isFoundBySshKeygen(host, lineFor(names) + '\n'), matches);
}

void KnownHostsLineTest::findsWhatSshKeygenHashed()
{
    QTemporaryDir scratch;
    QFile file(scratch.filePath(QStringLiteral("known_hosts")));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    file.write(lineFor("host.example") + '\n' + lineFor("[host.example]:2222") + '\n');
    file.close();
    QCOMPARE(SshKeygen::run({QStringLiteral("-H"), QStringLiteral("-f"), file.fileName()}).exitCode,
             0);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));

    const auto plain = KnownHostsLine::parse(file.readLine().chopped(1));
    const auto other = KnownHostsLine::parse(file.readLine().chopped(1));

    QVERIFY(plain.isHashed());
    QVERIFY(plain.matches("host.example"));
    QVERIFY(!plain.matches("[host.example]:2222"));
    QVERIFY(other.matches("[host.example]:2222"));
    QVERIFY(!other.matches("host.example"));
    QCOMPARE(other.key(), std::optional(SshKeygen::ed25519('k')));
}

void KnownHostsLineTest::hashIsFoundBySshKeygen()
{
    const QByteArray name = "[host.example]:2222";
    const QByteArray content = lineFor(KnownHostsLine::hashed(name)) + '\n';

    QVERIFY(!content.contains("host.example"));
    QVERIFY(isFoundBySshKeygen(name, content));
    QVERIFY(!isFoundBySshKeygen("host.example", content));
}

void KnownHostsLineTest::saltsDiffer()
{
    QVERIFY(KnownHostsLine::hashed("host.example") != KnownHostsLine::hashed("host.example"));
}

void KnownHostsLineTest::manyStarsTakeNoTime()
{
    const auto line = KnownHostsLine::parse(lineFor(QByteArray("*a").repeated(200) + "b"));

    QVERIFY(!line.matches(QByteArray(4000, 'a'))); // without a bound: longer than the universe
}

void KnownHostsLineTest::separates_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Marker>("marker");
    QTest::addColumn<QByteArray>("comment");
    const QByteArray key = SshKeygen::ed25519('k').blob().toBase64();

    QTest::newRow("blanks") << "host ssh-ed25519 " + key << Marker::None << QByteArray();
    QTest::newRow("tabs") << "\thost\tssh-ed25519\t" + key << Marker::None << QByteArray();
    QTest::newRow("many blanks") << "  host \t ssh-ed25519   " + key + "  " << Marker::None
                                 << QByteArray();
    QTest::newRow("carriage return")
        << "host ssh-ed25519 " + key + '\r' << Marker::None << QByteArray();
    QTest::newRow("comment") << "host ssh-ed25519 " + key + " me, 2026 # x" << Marker::None
                             << QByteArray("me, 2026 # x");
    QTest::newRow("comment and carriage return")
        << "host ssh-ed25519 " + key + " me\r" << Marker::None << QByteArray("me");
    QTest::newRow("revoked") << "@revoked host ssh-ed25519 " + key << Marker::Revoked
                             << QByteArray();
    QTest::newRow("authority") << "@cert-authority\thost ssh-ed25519 " + key
                               << Marker::CertificateAuthority << QByteArray();
    QTest::newRow("unknown marker")
        << "@trusted host ssh-ed25519 " + key << Marker::Unknown << QByteArray();
    QTest::newRow("marker in capitals")
        << "@REVOKED host ssh-ed25519 " + key << Marker::Unknown << QByteArray();
    QTest::newRow("two markers") << "@revoked @cert-authority host ssh-ed25519 " + key
                                 << Marker::Unknown << QByteArray();
    QTest::newRow("over 8 KiB") << QByteArray("host,") + QByteArray("other.example,").repeated(2000)
            + " ssh-ed25519 " + key
                                << Marker::None << QByteArray();
}

void KnownHostsLineTest::separates()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Marker, marker);
    QFETCH(QByteArray, comment);

    const auto line = KnownHostsLine::parse(bytes);

    QVERIFY(line.isEntry());
    QVERIFY(line.matches("host"));
    QCOMPARE(line.marker(), marker);
    QCOMPARE(line.keyType(), QByteArray("ssh-ed25519"));
    QCOMPARE(line.key(), std::optional(SshKeygen::ed25519('k')));
    QCOMPARE(line.comment(), comment);
}

void KnownHostsLineTest::commentsAreNoEntries_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blanks") << QByteArray(" \t ");
    QTest::newRow("carriage return") << QByteArray("\r");
    QTest::newRow("comment") << QByteArray("# host ssh-ed25519 AAAA");
    QTest::newRow("indented comment") << QByteArray("\t# host ssh-ed25519 AAAA");
    QTest::newRow("marker alone") << QByteArray("@revoked");
}

void KnownHostsLineTest::commentsAreNoEntries()
{
    QFETCH(QByteArray, bytes);

    const auto line = KnownHostsLine::parse(bytes);

    QVERIFY(!line.isEntry());
    QVERIFY(!line.matches("host"));
    QVERIFY(!line.matches(""));
}

void KnownHostsLineTest::unreadableKeysAreAbsent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray key = SshKeygen::ed25519('k').blob().toBase64();

    QTest::newRow("name alone") << QByteArray("host");
    QTest::newRow("no key") << QByteArray("host ssh-ed25519");
    QTest::newRow("no type") << "host " + key;
    QTest::newRow("another type") << "host ssh-rsa " + key;
    QTest::newRow("cut off") << "host ssh-ed25519 " + key.chopped(4);
    QTest::newRow("blank inside") << "host ssh-ed25519 " + key.first(20) + ' ' + key.sliced(20);
    QTest::newRow("no base64") << "host ssh-ed25519 " + key.first(20) + "*!" + key.sliced(20);
    QTest::newRow("NUL inside") << "host ssh-ed25519 " + key.first(20) + '\0' + key.sliced(20);
    QTest::newRow("protocol 1") << QByteArray("host 1024 35 1234567890");
}

void KnownHostsLineTest::unreadableKeysAreAbsent()
{
    QFETCH(QByteArray, bytes);

    const auto line = KnownHostsLine::parse(bytes);

    QVERIFY(line.isEntry());
    QVERIFY(line.matches("host"));
    QVERIFY(!line.key());
}

QTEST_GUILESS_MAIN(KnownHostsLineTest)

#include "KnownHostsLineTest.moc"
