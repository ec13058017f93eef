#include "profiles/TargetAddress.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using profiles::AddressError;
using profiles::TargetAddress;

class TargetAddressTest : public QObject
{
    Q_OBJECT

private slots:
    void readsAsOpenSshDoes_data();
    void readsAsOpenSshDoes();
    void readsWhatOpenSshDoesNot_data();
    void readsWhatOpenSshDoesNot();
    void rejects_data();
    void rejects();
    void formatsWhatItReads_data();
    void formatsWhatItReads();
    void sftpUrlHasADecodedPath();
    void passwordIsDroppedAndTold();
    void fingerprintIsReadAsTheDraftWritesIt();
    void otherFingerprintsStayAsGiven();
};

// The expected values are what the ssh program of this computer makes of the same words.
void TargetAddressTest::readsAsOpenSshDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("user and host") << QStringLiteral("me@web01.example");
    QTest::newRow("user with an at sign") << QStringLiteral("me@corp.example@web01");
    QTest::newRow("user of a Windows domain") << QStringLiteral("CORP\\me@web01");
    QTest::newRow("bare IPv6 address") << QStringLiteral("me@2001:db8::7");
    QTest::newRow("URL") << QStringLiteral("ssh://me@web01.example");
    QTest::newRow("URL with port") << QStringLiteral("ssh://me@web01.example:2222");
    QTest::newRow("URL with slash") << QStringLiteral("ssh://me@web01.example:2222/");
    QTest::newRow("URL with encoded user") << QStringLiteral("ssh://m%65%40corp@web01.example");
}

void TargetAddressTest::readsAsOpenSshDoes()
{
    const QString ssh = QStandardPaths::findExecutable(QStringLiteral("ssh"));
    if (ssh.isEmpty()) {
        QSKIP("needs the OpenSSH client");
    }
    QFETCH(QString, text);
    QProcess process;
    process.start(ssh, {QStringLiteral("-F"), QStringLiteral("none"), QStringLiteral("-G"), text});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);

    QHash<QByteArray, QString> expected;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        const qsizetype space = line.indexOf(' ');
        expected.insert(line.first(std::max<qsizetype>(space, 0)),
                        QString::fromUtf8(line.sliced(space + 1)));
    }
    const auto address = TargetAddress::parse(text);
    QVERIFY(address);
    QCOMPARE(address->user, expected.value("user"));
    QCOMPARE(address->host, expected.value("hostname"));
    QCOMPARE(QString::number(address->port.value_or(22)), expected.value("port"));
}

void TargetAddressTest::readsWhatOpenSshDoesNot_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");

    const auto row
        = [](const char *name, const char *text, const char *user, const char *host, int port) {
              QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(user)
                                  << QString::fromUtf8(host) << port;
          };
    row("host alone", "web01", "", "web01", 0);
    row("blanks around", "  web01 \t", "", "web01", 0);
    row("host and port", "web01:2222", "", "web01", 2222);
    row("user, host and port", "me@web01:2222", "me", "web01", 2222);
    row("IPv6 address with port", "me@[::1]:2222", "me", "::1", 2222);
    row("IPv6 address in brackets", "[fe80::1%eth0]", "", "fe80::1%eth0", 0);
    row("URL with IPv6 address", "ssh://me@[2001:db8::7]:2222", "me", "2001:db8::7", 2222);
    row("IPv4 address", "192.0.2.7:22", "", "192.0.2.7", 22);
    row("name with umlaut",
        "b\xc3\xbc"
        "cher.example",
        "",
        "b\xc3\xbc"
        "cher.example",
        0);
    row("underscore", "web_01", "", "web_01", 0);
    row("scheme in capitals", "SSH://web01", "", "web01", 0);
    row("scope in a URL", "ssh://[fe80::1%25eth0]", "", "fe80::1%eth0", 0);
    row("query and fragment", "ssh://web01?x#y", "", "web01", 0);
    row("semicolon without parameter", "ssh://me;@web01", "me", "web01", 0);
}

void TargetAddressTest::readsWhatOpenSshDoesNot()
{
    QFETCH(QString, text);
    QFETCH(int, port);
    const auto address = TargetAddress::parse(text);
    QVERIFY(address);
    QTEST(address->user, "user");
    QTEST(address->host, "host");
    QCOMPARE(static_cast<int>(address->port.value_or(0)), port);
    QVERIFY(!address->hadPassword);
    QVERIFY(address->fingerprint.isEmpty());
}

void TargetAddressTest::rejects_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AddressError>("error");

    const auto row = [](const char *name, const QString &text, AddressError error) {
        QTest::newRow(name) << text << error;
    };
    row("nothing", QString(), AddressError::Empty);
    row("blanks", QStringLiteral("  \n"), AddressError::Empty);
    row("no host", QStringLiteral("me@"), AddressError::NoHost);
    row("no host but a port", QStringLiteral(":22"), AddressError::NoHost);
    row("URL without host", QStringLiteral("ssh://"), AddressError::NoHost);
    row("option for a host", QStringLiteral("-oProxyCommand=x"), AddressError::BadHost);
    row("option behind a user", QStringLiteral("me@-oProxyCommand=x"), AddressError::BadHost);
    row("option hidden in a URL", QStringLiteral("ssh://me@%2DoProxyCommand=x"),
        AddressError::BadHost);
    row("blank in the host", QStringLiteral("web 01"), AddressError::BadHost);
    row("line feed hidden in a URL", QStringLiteral("ssh://web%0A01"), AddressError::BadHost);
    row("host that turns around", QStringLiteral("web\u202e10"), AddressError::BadHost);
    row("command in the host", QStringLiteral("$(id)"), AddressError::BadHost);
    row("backquote in the host", QStringLiteral("`id`"), AddressError::BadHost);
    row("path", QStringLiteral("web01/etc"), AddressError::BadHost);
    row("pattern", QStringLiteral("web*"), AddressError::BadHost);
    row("overlong host", QString(256, u'a'), AddressError::BadHost);
    row("option for a user", QStringLiteral("-l@web01"), AddressError::BadUser);
    row("option behind a blank", QStringLiteral("me -l@web01"), AddressError::BadUser);
    row("empty user", QStringLiteral("@web01"), AddressError::BadUser);
    row("blank user", QStringLiteral("ssh://%20@web01"), AddressError::BadUser);
    row("pipe in the user", QStringLiteral("me|id@web01"), AddressError::BadUser);
    row("escape hidden in a user", QStringLiteral("ssh://m%1Be@web01"), AddressError::BadUser);
    row("backslash at the end", QStringLiteral("me\\@web01"), AddressError::BadUser);
    row("port 0", QStringLiteral("web01:0"), AddressError::BadPort);
    row("port 65536", QStringLiteral("web01:65536"), AddressError::BadPort);
    row("negative port", QStringLiteral("web01:-22"), AddressError::BadPort);
    row("no port after the colon", QStringLiteral("web01:"), AddressError::BadPort);
    row("word for a port", QStringLiteral("web01:ssh"), AddressError::BadPort);
    row("digits that are not ASCII", QStringLiteral("web01:\u0662\u0662"), AddressError::BadPort);
    row("bracket left open", QStringLiteral("[::1"), AddressError::BadIpv6);
    row("name in brackets", QStringLiteral("[web01]:22"), AddressError::BadIpv6);
    row("two ports", QStringLiteral("web01:22:22"), AddressError::BadIpv6);
    row("IPv6 address without scope", QStringLiteral("fe80::1%"), AddressError::BadIpv6);
    row("other scheme", QStringLiteral("http://web01"), AddressError::UnknownScheme);
    row("broken percent sign", QStringLiteral("ssh://m%e@web01"), AddressError::BadEncoding);
    row("broken percent sign in the path", QStringLiteral("sftp://web01/%"),
        AddressError::BadEncoding);
}

void TargetAddressTest::rejects()
{
    QFETCH(QString, text);
    const auto address = TargetAddress::parse(text);
    QVERIFY(!address);
    QTEST(address.error(), "error");
}

void TargetAddressTest::formatsWhatItReads_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"web01", "me@web01", "me@web01:2222", "me@[::1]:2222", "me@::1", "192.0.2.7:2222"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TargetAddressTest::formatsWhatItReads()
{
    QFETCH(QString, text);
    const auto address = TargetAddress::parse(text);
    QVERIFY(address);
    QCOMPARE(address->toString(), text);
}

void TargetAddressTest::sftpUrlHasADecodedPath()
{
    const auto address = TargetAddress::parse(u"sftp://me@web01:2222/srv/a%20b/%ff?x");
    QVERIFY(address);
    QCOMPARE(address->purpose, TargetAddress::Purpose::Files);
    QCOMPARE(address->path, QByteArray("/srv/a b/\xff"));
    QCOMPARE(address->toString(), QStringLiteral("me@web01:2222"));
}

void TargetAddressTest::passwordIsDroppedAndTold()
{
    const auto address = TargetAddress::parse(u"ssh://me:s3cret%40@web01");
    QVERIFY(address);
    QVERIFY(address->hadPassword);
    QCOMPARE(address->user, QStringLiteral("me"));
    QCOMPARE(address->toString(), QStringLiteral("me@web01"));
}

// The example of draft-ietf-secsh-scp-sftp-ssh-uri-04, section 5.2.
void TargetAddressTest::fingerprintIsReadAsTheDraftWritesIt()
{
    const auto address = TargetAddress::parse(
        u"ssh://user;fingerprint=ssh-dss-c1-b1-30-29-d7-b8-de-6c-97-77-10-d7-46-41-63-87"
        u"@host.example.com");
    QVERIFY(address);
    QCOMPARE(address->user, QStringLiteral("user"));
    QCOMPARE(address->host, QStringLiteral("host.example.com"));
    QCOMPARE(address->fingerprint,
             QStringLiteral("c1:b1:30:29:d7:b8:de:6c:97:77:10:d7:46:41:63:87"));
}

void TargetAddressTest::otherFingerprintsStayAsGiven()
{
    const auto address
        = TargetAddress::parse(u"ssh://me;x=1,fingerprint=SHA256%3AAbCd%2B%2F12@web01");
    QVERIFY(address);
    QCOMPARE(address->fingerprint, QStringLiteral("SHA256:AbCd+/12"));
}

QTEST_GUILESS_MAIN(TargetAddressTest)
#include "TargetAddressTest.moc"
