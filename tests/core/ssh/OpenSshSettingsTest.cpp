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

} // namespace

class OpenSshSettingsTest : public QObject
{
    Q_OBJECT

private slots:
    void connectionTakesOverWhatIsConfigured();
    void trustAndTransportAreTakenOver();
    void forwardsAreTakenOver();
    void commandLineStays();
    void nothingConfiguredChangesNothing();
    void whatIsNotHonoredIsListed();
};

void OpenSshSettingsTest::connectionTakesOverWhatIsConfigured()
{
    const auto settings
        = ssh::withOpenSsh({},
                           options("connecttimeout 7\nserveraliveinterval 15\n"
                                   "userknownhostsfile /a /b\nglobalknownhostsfile none\n"));
    QCOMPARE(settings.timeouts.connect, 7s);
    QCOMPARE(settings.timeouts.keepAlive, 15s);
    QCOMPARE(settings.knownHostsFiles, QStringList({QStringLiteral("/a"), QStringLiteral("/b")}));
    QCOMPARE(settings.globalKnownHostsFiles, QStringList(QStringLiteral("/dev/null")));
}

void OpenSshSettingsTest::trustAndTransportAreTakenOver()
{
    const auto settings
        = ssh::withOpenSsh({},
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
    for (const profiles::Forward &forward : ssh::withOpenSsh({}, configured).forwards) {
        forwards.append(forward.toString());
    }

    QCOMPARE(
        forwards,
        QStringList({QStringLiteral("*:1080"), QStringLiteral("127.0.0.2:8081:[::1]:80"),
                     QStringLiteral("/run/near:/run/far"), QStringLiteral("9090:localhost:90")}));
    QCOMPARE(ssh::notHonored({configured, {}}),
             QStringList(QStringLiteral("remoteforward 1080 [socks]:0")));
    QVERIFY(ssh::withOpenSsh({}, options("clearallforwardings yes\nlocalforward 1 [a]:1\n"))
                .forwards.isEmpty());
}

void OpenSshSettingsTest::commandLineStays()
{
    ConnectionSettings given;
    given.timeouts.connect = 3s;
    given.knownHostsFiles = {QStringLiteral("/mine")};
    const auto settings
        = ssh::withOpenSsh(given, options("connecttimeout 7\nuserknownhostsfile /a\n"));
    QCOMPARE(settings.timeouts.connect, 3s);
    QCOMPARE(settings.knownHostsFiles, QStringList(QStringLiteral("/mine")));
}

void OpenSshSettingsTest::nothingConfiguredChangesNothing()
{
    const auto settings = ssh::withOpenSsh({}, options("connecttimeout none\n"));
    QCOMPARE(settings.timeouts.connect, ssh::Timeouts().connect);
    QCOMPARE(settings.timeouts.keepAlive, ssh::Timeouts().keepAlive);
    QCOMPARE(settings.knownHostsFiles, ConnectionSettings().knownHostsFiles);
    QCOMPARE(settings.globalKnownHostsFiles, ConnectionSettings().globalKnownHostsFiles);
}

void OpenSshSettingsTest::whatIsNotHonoredIsListed()
{
    QCOMPARE(ssh::notHonored({options("host web\nport 2222\nhostname h\nidentityfile /k\n"
                                     "identityfile /%Z\ncertificatefile /k-cert.pub\n"
                                     "certificatefile /other-cert.pub\nuserknownhostsfile /a\n"
                                     "updatehostkeys false\nforwardx11 yes\n"
                                     "bindaddress uplink\nhostkeyalias farm\n"
                                     "controlpath /run/%C\n"), {}}),
             QStringList({QStringLiteral("identityfile /%Z"),
                          QStringLiteral("certificatefile /other-cert.pub"),
                          QStringLiteral("forwardx11 yes"), QStringLiteral("bindaddress uplink"),
                          QStringLiteral("controlpath /run/%C")}));
}

QTEST_GUILESS_MAIN(OpenSshSettingsTest)
#include "OpenSshSettingsTest.moc"
