// Tunnels in the window: those of a session start with it, and belong to its login.

#include "tests/integration/forward/ForwardFixture.h"
#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"

#include <QAbstractItemModel>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using profiles::Forward;
using View = tests::WindowFixture::View;

namespace {

class Fixture final : public tests::WindowFixture
{
public:
    // Saves a session with this forward, and connects to it.
    [[nodiscard]] bool connectWith(const Forward &forward)
    {
        if (!openWindow(View::Terminal)) {
            return false;
        }
        trust(server().hostKey(tests::KeyType::Ed25519), server().port());
        profiles::Profile profile
            = profiles::Profile::forAddress(*profiles::TargetAddress::parse(serverAddress()));
        profile.name = u"farm"_s;
        profile.forwards = {forward};
        if (!m_profiles->save(profile)) {
            return false;
        }
        connectTo(u"farm"_s);
        return waitForStatus(u"● connected"_s);
    }
};

} // namespace

class TunnelTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void savedTunnelStartsAndComesBack();
    void tunnelIsSharedByTheTabsOfALogin();
    void busyTunnelIsShown();

private:
    QString title() const;
    quint16 listeningPort() const;

    std::unique_ptr<Fixture> m_test;
    tests::EchoServer m_echo;
};

void TunnelTest::init()
{
    m_test = std::make_unique<Fixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
}

void TunnelTest::cleanup()
{
    m_test.reset();
}

QString TunnelTest::title() const
{
    const auto *toggle = m_test->visible<QToolButton>("tunnelsToggle");
    return toggle != nullptr ? toggle->text() : QString();
}

quint16 TunnelTest::listeningPort() const
{
    const auto *table = m_test->visible<QTreeView>("tunnelTable");
    return table != nullptr ? table->model()->index(0, 1).data().toString().toUShort() : 0;
}

void TunnelTest::savedTunnelStartsAndComesBack()
{
    QVERIFY(m_test->connectWith(
        *Forward::parse(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()))));
    QTRY_COMPARE(title(), u"Tunnels (1)"_s);
    m_test->click("tunnelsToggle");
    QTRY_VERIFY(listeningPort() != 0);
    const quint16 port = listeningPort();
    QCOMPARE(tests::exchange(port, "hello"), QByteArray("hello"));

    m_test->server().killSessions();
    QTRY_COMPARE(title(), u"Tunnels"_s);
    QVERIFY(m_test->appears("reconnectStop"));
    m_test->click("reconnectButton");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));

    QTRY_COMPARE(title(), u"Tunnels (1)"_s);
    QCOMPARE(tests::exchange(port, "hello"), QByteArray("hello"));
}

void TunnelTest::tunnelIsSharedByTheTabsOfALogin()
{
    QVERIFY(m_test->connectWith(
        *Forward::parse(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()))));
    QTRY_COMPARE(title(), u"Tunnels (1)"_s);

    m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);

    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QTRY_COMPARE(title(), u"Tunnels (1)"_s);
    QCOMPARE(m_test->loginCount(), 1);
    m_test->press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(listeningPort() != 0);
    QCOMPARE(tests::exchange(listeningPort(), "hello"), QByteArray("hello"));
}

void TunnelTest::busyTunnelIsShown()
{
    QVERIFY(m_test->connectWith(
        *Forward::parse(Forward::Kind::Local, u"127.0.0.1:%1:127.0.0.1:%1"_s.arg(m_echo.port()))));

    QVERIFY(m_test->appears("tunnelPanel")); // by itself
    QVERIFY(m_test->appears("tunnelFreePortButton"));
    m_test->click("tunnelFreePortButton");

    QTRY_COMPARE(title(), u"Tunnels (1)"_s);
}

QTEST_MAIN(TunnelTest)
#include "TunnelTest.moc"
