// Tunnels in the window: those of a session start with it, and belong to its login.

#include "tests/integration/forward/ForwardFixture.h"
#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "ui/main/MainWindow.h"

#include <QAbstractItemModel>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

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
    void keptTunnelOutlivesItsTab();
    void tunnelIsSavedWithItsSession();
    void markedSessionStartsWithPonto();

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

void TunnelTest::keptTunnelOutlivesItsTab()
{
    QVERIFY(m_test->connectWith(
        *Forward::parse(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()))));
    QTRY_COMPARE(title(), u"Tunnels (1)"_s);
    m_test->click("tunnelsToggle");
    QTRY_VERIFY(listeningPort() != 0);
    const quint16 port = listeningPort();
    m_test->click("tunnelKeepButton");
    m_test->press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_test->vanishes("tunnelsToggle"));
    QCOMPARE(tests::exchange(port, "hello"), QByteArray("hello"));

    // It comes back by itself, and with it the port.
    m_test->press(Qt::Key_F8, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_test->appears("tunnelsList"));
    m_test->server().killSessions();
    auto *list = m_test->visible<QTreeWidget>("tunnelsList");
    QTRY_VERIFY(list->topLevelItem(0)->text(1).startsWith(u"Connects again"_s));
    m_test->click("tunnelsRetry");
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItem(0)->text(1), u"Connected"_s, 20'000);
    QTRY_COMPARE(list->topLevelItem(0)->text(2), u"1"_s);
    QCOMPARE(tests::exchange(port, "hello"), QByteArray("hello"));
    QCOMPARE(m_test->loginCount(), 2);

    // A tab of the session takes the login that is there.
    auto *edit = m_test->visible<QLineEdit>("quickConnectEdit");
    edit->setText(u"farm"_s);
    QTest::keyClick(edit, Qt::Key_Return); // the other window is the active one
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->loginCount(), 2);

    m_test->click("tabClose");
    m_test->click("tunnelsStop");
    QTRY_COMPARE(list->topLevelItemCount(), 0);
    QTRY_COMPARE(tests::exchange(port, "hello"), QByteArray());
}

void TunnelTest::tunnelIsSavedWithItsSession()
{
    const Forward saved
        = *Forward::parse(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(m_test->connectWith(saved));
    QTRY_COMPARE(title(), u"Tunnels (1)"_s);
    m_test->click("tunnelsToggle");
    auto *save = m_test->visible<QToolButton>("tunnelSaveButton");
    QVERIFY(save != nullptr && !save->isEnabled()); // this one is saved
    m_test->click("tunnelAddButton");
    QVERIFY(m_test->appears("tunnelListen"));
    auto *listen = m_test->visible<QLineEdit>("tunnelListen");
    auto *target = m_test->visible<QLineEdit>("tunnelTarget");
    QVERIFY(target != nullptr);
    listen->setText(u"0"_s);
    target->setText(u"127.0.0.1:9"_s);
    QTest::keyClick(target, Qt::Key_Return);
    QTRY_COMPARE(title(), u"Tunnels (2)"_s);

    m_test->click("tunnelSaveButton");

    const auto session = m_test->profiles().findByName(u"farm");
    QVERIFY(session);
    QCOMPARE(session->forwards.size(), 2);
    QCOMPARE(session->forwards.last().target.port, quint16{9});
    QVERIFY(!save->isEnabled());
    QCOMPARE(title(), u"Tunnels (2)"_s); // both go on
}

void TunnelTest::markedSessionStartsWithPonto()
{
    QVERIFY(m_test->connectWith(
        *Forward::parse(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()))));
    profiles::Profile session = *m_test->profiles().findByName(u"farm");
    session.startsForwards = true;
    QVERIFY(m_test->profiles().save(session));
    QVERIFY(m_test->openWindow(View::Terminal)); // another Ponto, so to speak

    m_test->press(Qt::Key_F8, Qt::ControlModifier | Qt::ShiftModifier);

    QVERIFY(m_test->appears("tunnelsList"));
    auto *list = m_test->visible<QTreeWidget>("tunnelsList");
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 1, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItem(0)->text(2), u"1"_s, 20'000);
    QVERIFY(listeningPort() != 0);
    QCOMPARE(tests::exchange(listeningPort(), "hello"), QByteArray("hello"));
}

QTEST_MAIN(TunnelTest)
#include "TunnelTest.moc"
