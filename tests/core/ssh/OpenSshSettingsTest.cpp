// What a connection takes over from OpenSSH's options, and what is told to be lost.

#include "ssh/OpenSshSettings.h"

#include <QTest>

using namespace std::chrono_literals;
using profiles::OpenSshOptions;
using ssh::ConnectionSettings;

namespace {

OpenSshOptions options(const QByteArray &output)
{
    return OpenSshOptions::ofClient(QStringLiteral("web"), output, "host web\nport 22\n");
}

ConnectionSettings taken(const ConnectionSettings &settings, const OpenSshOptions &options)
{
    const auto result = ssh::withOpenSsh(settings, options);
    if (!result) {
        qWarning("%s", qPrintable(result.error().quote));
    }
    return result.value_or(ConnectionSettings());
}

} // namespace

class OpenSshSettingsTest : public QObject
{
    Q_OBJECT

private slots:
    void connectionTakesOverWhatIsConfigured();
    void trustAndTransportAreTakenOver();
    void forwardsAreTakenOver();
    void sessionsStartAsConfigured();
    void rekeyLimits_data();
    void rekeyLimits();
    void algorithms_data();
    void algorithms();
    void algorithmsWithoutClient_data();
    void algorithmsWithoutClient();
    void noAlgorithmLeftIsAFailure();
    void commandLineStays();
    void nothingConfiguredChangesNothing();
    void whatIsNotHonoredIsListed();
};

void OpenSshSettingsTest::connectionTakesOverWhatIsConfigured()
{
    const auto settings = taken({},
                                options("connecttimeout 7\nserveraliveinterval 15\n"
                                        "userknownhostsfile /a /b\nglobalknownhostsfile none\n"));
    QCOMPARE(settings.timeouts.connect, 7s);
    QCOMPARE(settings.timeouts.keepAlive, 15s);
    QCOMPARE(settings.knownHostsFiles, QStringList({QStringLiteral("/a"), QStringLiteral("/b")}));
    QCOMPARE(settings.globalKnownHostsFiles, QStringList(QStringLiteral("/dev/null")));
}

void OpenSshSettingsTest::trustAndTransportAreTakenOver()
{
    const auto settings = taken({},
                                options("hostkeyalias farm\nhashknownhosts yes\ncompression yes\n"
                                        "serveralivecountmax 5\naddressfamily inet6\n"
                                        "bindaddress 192.0.2.1\n"));
    QCOMPARE(settings.hostKeyAlias, QStringLiteral("farm"));
    QVERIFY(settings.hashKnownHosts);
    QVERIFY(settings.transport.compress);
    QCOMPARE(settings.keepAliveCount, 5);
    QCOMPARE(settings.addressFamily, base::AddressFamily::IPv6);
    QCOMPARE(settings.bindAddress, QStringLiteral("192.0.2.1"));
}

// As `ssh -G` of OpenSSH 10.0 prints them.
void OpenSshSettingsTest::forwardsAreTakenOver()
{
    const auto configured = options("gatewayports yes\n"
                                    "dynamicforward /run/near\n"
                                    "dynamicforward 1080\n"
                                    "localforward [127.0.0.2]:8081 [::1]:80\n"
                                    "localforward /run/near /run/far\n"
                                    "remoteforward 9090 [localhost]:90\n"
                                    "remoteforward 1080 [socks]:0\n");
    QStringList forwards;
    for (const profiles::Forward &forward : taken({}, configured).forwards) {
        forwards.append(forward.toString());
    }

    QCOMPARE(
        forwards,
        QStringList({QStringLiteral("*:1080"), QStringLiteral("127.0.0.2:8081:[::1]:80"),
                     QStringLiteral("/run/near:/run/far"), QStringLiteral("9090:localhost:90")}));
    QCOMPARE(ssh::notHonored({configured, {}}),
             QStringList(QStringLiteral("remoteforward 1080 [socks]:0")));
    QVERIFY(
        taken({}, options("clearallforwardings yes\nlocalforward 1 [a]:1\n")).forwards.isEmpty());
}

void OpenSshSettingsTest::sessionsStartAsConfigured()
{
    qputenv("PONTO_TEST_CITY", "here");
    const auto settings = taken({},
                                options("sendenv PONTO_TEST_*\nsetenv FARM=a b\nsetenv EMPTY=\n"
                                        "remotecommand tmux attach\nrequesttty force\n"
                                        "forwardagent /run/other\nforwardx11 yes\n"));
    QCOMPARE(settings.environment,
             ssh::Variables({{"PONTO_TEST_CITY", "here"}, {"FARM", "a b"}, {"EMPTY", ""}}));
    QCOMPARE(settings.startupCommand, QStringLiteral("tmux attach"));
    QCOMPARE(settings.commandTerminal, ssh::CommandTerminal::Always);
    QVERIFY(settings.forwardsAgent);
    QVERIFY(settings.forwardsX11);
    QVERIFY(!taken({}, options("forwardx11 no\n")).forwardsX11);
    QCOMPARE(settings.forwardedAgent, QStringLiteral("/run/other"));
    QVERIFY(!taken({}, options("forwardagent no\n")).forwardsAgent);
    QVERIFY(taken({}, options("forwardagent yes\n")).forwardedAgent.isEmpty());
    QCOMPARE(settings.typedHost, QStringLiteral("web"));
}

void OpenSshSettingsTest::rekeyLimits_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<int>("seconds");
    const auto row = [](const char *value, quint64 bytes, int seconds) {
        QTest::newRow(value) << QByteArray(value) << bytes << seconds;
    };
    row("1073741824 3600", 1U << 30U, 3600); // as `ssh -G` prints "1G 1h"
    row("1G 1h30m", 1U << 30U, 5400);
    row("500M none", 500U << 20U, 0);
    row("default 2w", 0, 1209600);
    row("0 0", 0, 0);
    row("16 3600", 0, 0); // a new key for every packet
    row("1G 1", 0, 0);
    row("99999999999999999999G 1y", 0, 0);
}

void OpenSshSettingsTest::rekeyLimits()
{
    QFETCH(const QByteArray, value);
    const auto settings = taken({}, options("rekeylimit " + value + '\n'));
    QTEST(settings.transport.rekeyBytes, "bytes");
    QTEST(static_cast<int>(settings.transport.rekeyTime.count()), "seconds");
}

void OpenSshSettingsTest::algorithms_data()
{
    QTest::addColumn<QByteArray>("configured");
    QTest::addColumn<QByteArray>("usual");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QStringList>("told");
    const auto row = [](const char *name, const char *configured, const char *usual,
                        const char *expected, const QStringList &told) {
        QTest::newRow(name) << QByteArray(configured) << QByteArray(usual) << QByteArray(expected)
                            << told;
    };
    row("another order", "aes256-ctr,aes128-ctr", "aes128-ctr,aes256-ctr", "aes256-ctr,aes128-ctr",
        {});
    row("one that is not there", "aes256-ctr,rot13", "aes256-ctr,aes128-ctr", "aes256-ctr",
        {QStringLiteral("ciphers rot13")});
    row("only added", "aes128-ctr,rot13,aes256-cbc", "aes128-ctr,rot13", "aes128-ctr,aes256-cbc",
        {});
    row("none of OpenSSH's own is missed", "aes128-ctr,rot13,rot14", "aes128-ctr,rot13",
        "aes128-ctr", {QStringLiteral("ciphers rot14")});
}

void OpenSshSettingsTest::algorithms()
{
    QFETCH(const QByteArray, configured);
    QFETCH(const QByteArray, usual);
    QFETCH(const QByteArray, expected);
    const auto known = OpenSshOptions::ofClient(
        QStringLiteral("web"), "ciphers " + configured + '\n', "ciphers " + usual + '\n');
    QCOMPARE(taken({}, known).transport.list(profiles::AlgorithmList::Cipher).join(u',').toUtf8(),
             expected);
    QTEST(ssh::notHonored({known, {}}), "told");
}

void OpenSshSettingsTest::algorithmsWithoutClient_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("whole") << QStringLiteral("hmac-sha2-512") << QStringLiteral("hmac-sha2-512");
    const QString usual = QStringLiteral("hmac-sha2-256-etm@openssh.com,"
                                         "hmac-sha2-512-etm@openssh.com,hmac-sha2-256,"
                                         "hmac-sha2-512");
    QTest::newRow("added") << QStringLiteral("+hmac-sha1") << usual + QStringLiteral(",hmac-sha1");
    QTest::newRow("preferred") << QStringLiteral("^hmac-sha1")
                               << QStringLiteral("hmac-sha1,") + usual;
    QTest::newRow("taken away") << QStringLiteral("-*etm*,hmac-sha2-512")
                                << QStringLiteral("hmac-sha2-256");
}

void OpenSshSettingsTest::algorithmsWithoutClient()
{
    QFETCH(const QString, value);
    const auto plain
        = OpenSshOptions::ofPlainBlocks(QStringLiteral("web"), {{QStringLiteral("macs"), value}});
    QTEST(taken({}, plain).transport.list(profiles::AlgorithmList::Mac).join(u','), "expected");
}

void OpenSshSettingsTest::noAlgorithmLeftIsAFailure()
{
    const auto result = ssh::withOpenSsh({}, options("ciphers rot13,rot14\n"));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::NoCommonAlgorithm);
    QCOMPARE(result.error().subject, QStringLiteral("ciphers"));
    QCOMPARE(result.error().quote, QStringLiteral("rot13,rot14"));
    ConnectionSettings given; // the command line comes first
    given.transport.list(profiles::AlgorithmList::Cipher) = {QStringLiteral("aes128-ctr")};
    QVERIFY(ssh::withOpenSsh(given, options("ciphers rot13\n")));
}

void OpenSshSettingsTest::commandLineStays()
{
    ConnectionSettings given;
    given.timeouts.connect = 3s;
    given.knownHostsFiles = {QStringLiteral("/mine")};
    const auto settings = taken(given, options("connecttimeout 7\nuserknownhostsfile /a\n"));
    QCOMPARE(settings.timeouts.connect, 3s);
    QCOMPARE(settings.knownHostsFiles, QStringList(QStringLiteral("/mine")));
}

void OpenSshSettingsTest::nothingConfiguredChangesNothing()
{
    const auto settings = taken({}, options("connecttimeout none\n"));
    QCOMPARE(settings.timeouts.connect, ssh::Timeouts().connect);
    QCOMPARE(settings.timeouts.keepAlive, ssh::Timeouts().keepAlive);
    QCOMPARE(settings.knownHostsFiles, ConnectionSettings().knownHostsFiles);
    QCOMPARE(settings.globalKnownHostsFiles, ConnectionSettings().globalKnownHostsFiles);
}

void OpenSshSettingsTest::whatIsNotHonoredIsListed()
{
    QCOMPARE(
        ssh::notHonored({options("host web\nport 2222\nhostname h\nidentityfile /k\n"
                                 "identityfile /%Z\nrekeylimit 1024 0\n"
                                 "certificatefile /other-cert.pub\nuserknownhostsfile /a\n"
                                 "updatehostkeys false\npermitlocalcommand yes\n"
                                 "bindaddress uplink\nhostkeyalias farm\n"
                                 "controlpath /run/%C\n"),
                         {}}),
        QStringList({QStringLiteral("identityfile /%Z"), QStringLiteral("rekeylimit 1024 0"),
                     QStringLiteral("permitlocalcommand yes"), QStringLiteral("bindaddress uplink"),
                     QStringLiteral("controlpath /run/%C")}));
}

QTEST_GUILESS_MAIN(OpenSshSettingsTest)
#include "OpenSshSettingsTest.moc"
