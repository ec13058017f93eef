// A connection that is lost comes back by itself, if nobody has to be asked; and what there is to
// know about one is shown.

#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "ui/main/MainWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using View = tests::WindowFixture::View;

class ReconnectTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void comesBackByItself();
    void userNeedNotWait();
    void userCanStopIt();
    void changedHostKeyStopsIt();
    void notAfterTheShellHasEnded();
    void detailsFollowTheConnection();
    void sharedJumpHostIsConnectedOnce();

private:
    QString bannerReason() const;

    std::unique_ptr<tests::WindowFixture> m_test;
};

void ReconnectTest::init()
{
    m_test = std::make_unique<tests::WindowFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_test->connectToServer(View::Terminal));
    QVERIFY(m_test->screenShows(u"$"_s));
}

void ReconnectTest::cleanup()
{
    m_test.reset();
}

QString ReconnectTest::bannerReason() const
{
    const QWidget *banner = m_test->visible("errorBanner");
    return banner != nullptr ? banner->accessibleDescription() : QString();
}

void ReconnectTest::comesBackByItself()
{
    m_test->run(u"seq 7001 7200"_s);
    QVERIFY(m_test->screenShows(u"\n7200\n"_s));

    m_test->server().killSessions();

    QVERIFY(m_test->appears("reconnectStop"));
    QVERIFY2(bannerReason().contains(u"Reconnecting in "_s), qPrintable(bannerReason()));
    QVERIFY(m_test->waitForStatus(u"● connected"_s)); // after five seconds
    QVERIFY(m_test->visible("errorBanner") == nullptr);
    m_test->run(u"echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
    QVERIFY(m_test->screen().contains(u"\n7001\n"_s));
    QCOMPARE(m_test->loginCount(), 2);
}

void ReconnectTest::userNeedNotWait()
{
    m_test->server().killSessions();
    QVERIFY(m_test->appears("reconnectStop"));

    m_test->click("reconnectButton");

    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->loginCount(), 2);
}

void ReconnectTest::userCanStopIt()
{
    m_test->server().killSessions();
    QVERIFY(m_test->appears("reconnectStop"));

    m_test->click("reconnectStop");

    QVERIFY(m_test->vanishes("reconnectStop"));
    QVERIFY(!bannerReason().contains(u"Reconnecting"_s));
    QVERIFY(m_test->visible("reconnectButton") != nullptr);
    QVERIFY(m_test->status().contains(u"○ not connected"_s));
}

void ReconnectTest::changedHostKeyStopsIt()
{
    const QByteArray known = m_test->knownHosts();
    const auto restarted = m_test->server().restartWithNewHostKeys();
    QVERIFY2(restarted, tests::reason(restarted).constData());
    QVERIFY(m_test->appears("reconnectStop"));

    m_test->click("reconnectButton");

    QVERIFY(m_test->appears("hostKeyChangedSheet"));
    m_test->click("hostKeyChangedClose");
    QVERIFY(m_test->vanishes("hostKeyChangedSheet"));
    QVERIFY(m_test->visible("reconnectStop") == nullptr);
    QVERIFY(!bannerReason().contains(u"Reconnecting"_s));
    QCOMPARE(m_test->knownHosts(), known);
}

void ReconnectTest::notAfterTheShellHasEnded()
{
    m_test->run(u"exit"_s);
    QVERIFY(m_test->appears("noticeBar"));

    m_test->server().killSessions();

    QVERIFY(m_test->appears("reconnectButton"));
    QVERIFY(m_test->visible("reconnectStop") == nullptr);
}

// Two sessions through the same jump host, which goes away under both.
void ReconnectTest::sharedJumpHostIsConnectedOnce()
{
    QFile publicKey(m_test->userKeyFile() + u".pub"_s);
    QVERIFY(publicKey.open(QIODevice::ReadOnly));
    tests::SshServer hop(
        tests::SshServerOptions().withAuthorizedKey(publicKey.readAll().trimmed()));
    QVERIFY(hop.start());
    const auto loginsAtHop = [&hop] { return hop.logText().count("Accepted publickey"); };
    m_test->trust({hop.knownHostsLine(tests::KeyType::Ed25519),
                   m_test->server().knownHostsLine(tests::KeyType::Ed25519)});
    for (const QString &name : {u"one"_s, u"two"_s}) {
        auto profile = profiles::Profile::forAddress(
            profiles::TargetAddress::parse(m_test->serverAddress()).value());
        profile.name = name;
        profile.route.jumpHosts = {
            profiles::TargetAddress::parse(u"%1@127.0.0.1:%2"_s.arg(hop.userName()).arg(hop.port()))
                .value()};
        QVERIFY(m_test->profiles().save(profile));
        m_test->connectTo(name);
        QVERIFY(m_test->waitForStatus(u"● connected"_s));
    }
    QTRY_COMPARE(m_test->loginCount(), 3);
    QCOMPARE(loginsAtHop(), 1);

    hop.killSessions();

    QTRY_COMPARE_WITH_TIMEOUT(m_test->loginCount(), 5, 30'000);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(loginsAtHop(), 2);
}

void ReconnectTest::detailsFollowTheConnection()
{
    m_test->click("connectionStatus");
    QVERIFY(m_test->appears("connectionDetails"));
    const auto value = [this](const char *name) {
        const auto *label = m_test->visible<QLabel>(name);
        return label != nullptr ? label->text() : QString();
    };
    QCOMPARE(value("detail-peer"), u"127.0.0.1"_s);
    QVERIFY2(value("detail-version").startsWith(u"SSH-2.0-OpenSSH_"_s),
             qPrintable(value("detail-version")));
    QVERIFY(value("detail-trust").endsWith(u"known_hosts, line 1"_s));
    QVERIFY(value("detail-login").startsWith(u"publickey, "_s));
    QCOMPARE(value("detail-strict"), u"yes"_s);
    QCOMPARE(value("detail-compressionIn"), u"off"_s);
    QTRY_COMPARE(value("detail-channels"), u"1"_s);
    QTRY_VERIFY(value("detail-roundTrip").endsWith(u" ms"_s));
    m_test->click("connectionDetailsCopy");
    QVERIFY(QApplication::clipboard()->text().contains(value("detail-fingerprint")));

    m_test->server().stop();
    QTRY_COMPARE(value("detail-state"), u"not connected"_s);
}

QTEST_MAIN(ReconnectTest)
#include "ReconnectTest.moc"
