// The panel on a real connection, used by keyboard and mouse.

#include "ui/forwards/TunnelPanel.h"

#include "tests/integration/forward/ForwardFixture.h"
#include "tests/support/FocusWalk.h"
#include "tests/support/Reason.h"
#include "ui/widgets/SheetHost.h"

#include <QAbstractItemModel>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using profiles::Forward;
using tests::exchange;
using State = forward::ForwardStatus::State;

class TunnelPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void emptyPanelExplains();
    void tabGoesAsPeopleReadAndIsSeen();
    void tunnelIsAddedByKeyboard();
    void nonsenseIsRefused();
    void openTunnelIsWarnedOf();
    void tableFollowsTheTunnel();
    void tunnelIsStoppedAndStarted();
    void tunnelIsRemoved();
    void addressIsCopied();
    void busyPortOffersAnother();
    void refusalIsShown();
    void clientsAreListedWithTheirBytes();
    void refusalsAreListedWithTheirReasons();
    void savedTunnelsAreNotSavedAgain();
    void withoutConnectionNothingCanBeAdded();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_host->findChild<T *>(QString::fromLatin1(name));
    }
    void click(const char *name) const;
    void type(const char *name, const QString &text) const;
    QString cell(int column, int row = 0) const;
    int addForward(Forward::Kind kind, const QString &words) const;

    tests::ForwardFixture m_fixture;
    tests::EchoServer m_echo;
    std::unique_ptr<ui::SheetHost> m_host;
    ui::TunnelPanel *m_panel = nullptr;
};

void TunnelPanelTest::initTestCase()
{
    const auto started = m_fixture.start();
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_fixture.connect());
}

void TunnelPanelTest::init()
{
    m_host = std::make_unique<ui::SheetHost>();
    m_panel = new ui::TunnelPanel(*m_host);
    m_host->setContent(m_panel);
    m_panel->setForwards(&m_fixture.forwards());
    m_host->resize(1200, 500);
    m_host->show();
    m_host->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_host.get()));
}

void TunnelPanelTest::cleanup()
{
    for (const int id : m_fixture.forwards().ids()) {
        m_fixture.forwards().remove(id);
    }
    m_host.reset();
}

void TunnelPanelTest::click(const char *name) const
{
    auto *button = find<QAbstractButton>(name);
    QVERIFY2(button != nullptr && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

void TunnelPanelTest::type(const char *name, const QString &text) const
{
    auto *edit = find<QLineEdit>(name);
    QVERIFY2(edit != nullptr, name);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

QString TunnelPanelTest::cell(int column, int row) const
{
    const QAbstractItemModel *model = find<QTreeView>("tunnelTable")->model();
    return model->index(row, column).data().toString();
}

int TunnelPanelTest::addForward(Forward::Kind kind, const QString &words) const
{
    return const_cast<tests::ForwardFixture &>(m_fixture).attempt(kind, words);
}

void TunnelPanelTest::emptyPanelExplains()
{
    QVERIFY(find<QLabel>("tunnelEmpty")->isVisible());
    QVERIFY(!find<QTreeView>("tunnelTable")->isVisible());
    QVERIFY(find<QToolButton>("tunnelAddButton")->isEnabled());
    QVERIFY(!find<QToolButton>("tunnelRemoveButton")->isEnabled());
    QVERIFY(!find<QToolButton>("tunnelFreePortButton")->isVisible());
}

void TunnelPanelTest::tabGoesAsPeopleReadAndIsSeen()
{
    QCOMPARE(tests::focusFaults(*m_host).join(u'\n'), QString());
    addForward(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QCOMPARE(tests::focusFaults(*m_host).join(u'\n'), QString());
    click("tunnelAddButton");
    QTRY_VERIFY(find<QLineEdit>("tunnelListen") != nullptr);
    QCOMPARE(tests::focusFaults(*m_host).join(u'\n'), QString());
    click("tunnelCancel");
}

void TunnelPanelTest::tunnelIsAddedByKeyboard()
{
    click("tunnelAddButton");
    QTRY_VERIFY(find<QLineEdit>("tunnelListen") != nullptr);
    QTRY_VERIFY(find<QLineEdit>("tunnelListen")->hasFocus());
    QTest::keyClicks(QApplication::focusWidget(), u"0"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), u"127.0.0.1:%1"_s.arg(m_echo.port()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);

    QTRY_COMPARE(m_panel->listeningCount(), 1);
    const int id = m_fixture.forwards().ids().first();
    QCOMPARE(exchange(m_fixture.status(id).port, "hello"), QByteArray("hello"));
    QTRY_COMPARE(m_host->currentSheet(), nullptr);
}

void TunnelPanelTest::nonsenseIsRefused()
{
    click("tunnelAddButton");
    type("tunnelListen", u"8080"_s);
    click("tunnelAccept");

    auto *problem = find<QLabel>("tunnelProblem");
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(u"target"_s), qPrintable(problem->text()));
    QVERIFY(m_fixture.forwards().ids().isEmpty());

    click("tunnelCancel");
    QTRY_COMPARE(m_host->currentSheet(), nullptr);
    QVERIFY(m_fixture.forwards().ids().isEmpty());
}

void TunnelPanelTest::openTunnelIsWarnedOf()
{
    click("tunnelAddButton");
    auto *kind = find<QComboBox>("tunnelKind");
    kind->setCurrentIndex(2);
    QVERIFY(!find<QLineEdit>("tunnelTarget")->isVisible());
    QVERIFY(!find<QLabel>("tunnelWarning")->isVisible());

    type("tunnelListen", u"*:1080"_s);

    QVERIFY(find<QLabel>("tunnelWarning")->isVisible());
    click("tunnelCancel");
}

void TunnelPanelTest::tableFollowsTheTunnel()
{
    const int id = addForward(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(find<QTreeView>("tunnelTable")->isVisible());

    QCOMPARE(cell(0), u"Local"_s);
    QCOMPARE(cell(1), QString::number(m_fixture.status(id).port));
    QCOMPARE(cell(2), u"127.0.0.1:%1"_s.arg(m_echo.port()));
    QCOMPARE(cell(3), u"Listens"_s);

    const tests::BlockingSocket client
        = tests::BlockingSocket::connectedTo(m_fixture.status(id).port);
    client.send("hello");
    QTRY_COMPARE(cell(4), u"1"_s);
    QTRY_VERIFY2(cell(5).contains(u"5 bytes"_s), qPrintable(cell(5)));
}

void TunnelPanelTest::tunnelIsStoppedAndStarted()
{
    const int id = addForward(Forward::Kind::Dynamic, u"0"_s);
    auto *table = find<QTreeView>("tunnelTable");
    table->setFocus();

    QTest::keyClick(table, Qt::Key_Space);
    QTRY_COMPARE(m_fixture.status(id).state, State::Stopped);
    QCOMPARE(cell(3), u"Stopped"_s);
    QCOMPARE(find<QToolButton>("tunnelToggleButton")->text(), u"Start"_s);

    click("tunnelToggleButton");
    QTRY_COMPARE(m_fixture.status(id).state, State::Listening);
}

void TunnelPanelTest::tunnelIsRemoved()
{
    addForward(Forward::Kind::Dynamic, u"0"_s);
    auto *table = find<QTreeView>("tunnelTable");
    table->setFocus();

    QTest::keyClick(table, Qt::Key_Delete);

    QVERIFY(m_fixture.forwards().ids().isEmpty());
    QVERIFY(find<QLabel>("tunnelEmpty")->isVisible());
}

void TunnelPanelTest::addressIsCopied()
{
    const int id = addForward(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    QVERIFY(find<QToolButton>("tunnelBrowseButton")->isEnabled());

    click("tunnelCopyButton");

    QCOMPARE(QApplication::clipboard()->text(), u"localhost:%1"_s.arg(m_fixture.status(id).port));
}

void TunnelPanelTest::busyPortOffersAnother()
{
    const QSignalSpy attention(m_panel, &ui::TunnelPanel::attentionNeeded);
    const int id = addForward(Forward::Kind::Local,
                              u"127.0.0.1:%1:127.0.0.1:%2"_s.arg(m_echo.port()).arg(m_echo.port()));
    QCOMPARE(m_fixture.status(id).state, State::Failed);
    QVERIFY(attention.count() > 0);
    QCOMPARE(cell(3), u"Does not listen"_s);
    const QString trouble = find<QLabel>("tunnelTrouble")->text();
    QVERIFY2(trouble.contains(u"Another program"_s), qPrintable(trouble));

    click("tunnelFreePortButton");

    QTRY_COMPARE(m_fixture.status(id).state, State::Listening);
    QCOMPARE(exchange(m_fixture.status(id).port, "hello"), QByteArray("hello"));
}

void TunnelPanelTest::refusalIsShown()
{
    const int id = addForward(Forward::Kind::Local, u"0:127.0.0.1:1"_s); // tcpmux: nobody there

    QCOMPARE(exchange(m_fixture.status(id).port, "hello"), QByteArray());

    QTRY_VERIFY2(cell(6).contains(u"127.0.0.1:1"_s), qPrintable(cell(6)));
}

void TunnelPanelTest::clientsAreListedWithTheirBytes()
{
    const int id = addForward(Forward::Kind::Local, u"0:127.0.0.1:%1"_s.arg(m_echo.port()));
    click("tunnelClientsButton");
    auto *clients = find<QTreeWidget>("forwardClients");
    QVERIFY(clients != nullptr && clients->isVisible());
    QCOMPARE(clients->topLevelItemCount(), 0);
    {
        const auto client = tests::BlockingSocket::connectedTo(m_fixture.status(id).port);
        QVERIFY(client.send("hello"));
        QCOMPARE(tests::inThread([&] { return client.receiveExactly(5); }), QByteArray("hello"));
        QTRY_COMPARE(clients->topLevelItemCount(), 1);
        const QTreeWidgetItem &row = *clients->topLevelItem(0);
        QTRY_COMPARE(row.text(4), u"5 bytes"_s);
        QCOMPARE(row.text(3), u"5 bytes"_s);
        QVERIFY(row.text(0).startsWith(u"127.0.0.1:"_s) || row.text(0).startsWith(u"[::1]:"_s));
        QCOMPARE(row.text(1), u"127.0.0.1:%1"_s.arg(m_echo.port()));
    }
    QTRY_COMPARE(clients->topLevelItemCount(), 0);
    m_fixture.forwards().remove(id);
    QTRY_VERIFY(find<QTreeWidget>("forwardClients") == nullptr); // it goes with its forward
}

void TunnelPanelTest::refusalsAreListedWithTheirReasons()
{
    const int id = addForward(Forward::Kind::Local, u"0:127.0.0.1:1"_s);
    QCOMPARE(exchange(m_fixture.status(id).port, "hello"), QByteArray());
    QCOMPARE(exchange(m_fixture.status(id).port, "hello"), QByteArray());
    click("tunnelClientsButton");

    auto *refusals = find<QTreeWidget>("forwardRefusals");
    QVERIFY(refusals != nullptr);
    QTRY_COMPARE(refusals->topLevelItemCount(), 2);
    QVERIFY(refusals->topLevelItem(0)->text(3).contains(u"127.0.0.1:1"_s));
}

void TunnelPanelTest::savedTunnelsAreNotSavedAgain()
{
    QSignalSpy saves(m_panel, &ui::TunnelPanel::saveRequested);
    addForward(Forward::Kind::Dynamic, u"0"_s);
    QVERIFY(!find<QToolButton>("tunnelSaveButton")->isEnabled()); // the session is not saved
    m_panel->setSavable(true);
    click("tunnelSaveButton");
    QCOMPARE(saves.size(), 1);
    const auto saved = saves.first().first().value<Forward>();
    QCOMPARE(saved.kind, Forward::Kind::Dynamic);

    m_fixture.forwards().setSaved({saved});
    m_panel->setSavable(true);
    QVERIFY(!find<QToolButton>("tunnelSaveButton")->isEnabled());
}

void TunnelPanelTest::withoutConnectionNothingCanBeAdded()
{
    m_panel->setForwards(nullptr);

    QVERIFY(!find<QToolButton>("tunnelAddButton")->isEnabled());
}

QTEST_MAIN(TunnelPanelTest)

#include "TunnelPanelTest.moc"
