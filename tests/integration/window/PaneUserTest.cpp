// The server's files as root: what is asked, shown and refused on the way there and back. The
// server's sudo is a FakeSudo.

#include "tests/integration/window/FilesFixture.h"
#include "tests/support/FakeSudo.h"
#include "tests/support/Reason.h"
#include "ui/files/FileChanges.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneActions.h"
#include "ui/main/MainWindow.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include <signal.h>

using namespace Qt::StringLiterals;
using tests::FakeSudo;
using tests::patience;
using ui::Place;
using Manner = FakeSudo::Manner;

class PaneUserTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void passwordOpensTheFilesOfRoot();
    void filesArriveThere();
    void foldersOfRootAreSynchronized();
    void careIsTakenAsRoot();
    void otherUserIsNamed();
    void refusalLeavesThePane();
    void escapeEndsTheWait();
    void programThatEndsBringsBack();
    void undoIsOfOneUser();
    void undoIsOfAllTabsOnTheServer();

private:
    void start(Manner manner);
    ui::FilePane &pane() const { return m_test->pane(Place::Server); }
    QString text(const char *label) const;
    QString userShown() const
    {
        return m_test->visible("remoteUser") ? text("remoteTitle") : u""_s;
    }
    bool becomesRoot() const;

    std::unique_ptr<FakeSudo> m_sudo;
    std::unique_ptr<tests::FilesFixture> m_test;
};

void PaneUserTest::cleanup()
{
    m_test.reset();
}

void PaneUserTest::start(Manner manner)
{
    m_sudo = std::make_unique<FakeSudo>(manner);
    m_test = std::make_unique<tests::FilesFixture>();
    const auto started
        = m_test->start(tests::SshServerOptions().withConfigLines({m_sudo->pathLine()}));
    QVERIFY2(started, tests::reason(started).constData());
    m_test->put(Place::Server, "report.txt", "content");
    QVERIFY(m_test->find(Place::Server, "report.txt"));
}

QString PaneUserTest::text(const char *label) const
{
    const auto *shown = m_test->visible<QLabel>(label);
    return shown != nullptr ? shown->text() : QString();
}

bool PaneUserTest::becomesRoot() const
{
    pane().actions().asRoot->trigger();
    return QTest::qWaitFor([this] { return userShown().endsWith(u" as root"); }, patience)
        && m_test->shows(Place::Server, "report.txt");
}

void PaneUserTest::passwordOpensTheFilesOfRoot()
{
    start(Manner::AsksPassword);
    QVERIFY(pane().actions().asRoot->isVisible());
    QVERIFY(!pane().actions().asLogin->isVisible());
    const auto directory = pane().directory();

    pane().actions().asRoot->trigger();
    QVERIFY(m_test->appears("userPassword"));
    QVERIFY(m_test->visible("userPassword")->hasFocus());
    m_test->type(u"falsch"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->appears("userProblem"));
    QVERIFY(text("userProblem").contains(u"Sorry, try again."_s));
    QVERIFY(m_test->visible<QLineEdit>("userPassword")->text().isEmpty());
    m_test->type(QString::fromLatin1(FakeSudo::password));
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->vanishes("userSheet"));
    QVERIFY(m_test->appears("remoteUser"));
    QVERIFY(m_test->appears("userFrame"));
    QVERIFY(userShown().endsWith(u" as root"));
    QTRY_COMPARE(pane().directory(), directory);
    QTRY_VERIFY(pane().list().hasFocus()); // once the sheet is gone
    QVERIFY(!pane().actions().asRoot->isVisible());

    pane().actions().asLogin->trigger();
    QVERIFY(m_test->vanishes("remoteUser"));
    QVERIFY(m_test->vanishes("userFrame"));
    QTRY_COMPARE(pane().directory(), directory);
    QVERIFY(pane().caution().isEmpty());
}

void PaneUserTest::filesArriveThere()
{
    start(Manner::LetsIn);
    QVERIFY(becomesRoot());
    m_test->put(Place::ThisComputer, "new.txt", "from here");
    QVERIFY(m_test->find(Place::ThisComputer, "new.txt"));

    QTest::keyClick(&m_test->list(Place::ThisComputer), Qt::Key_F5);

    QVERIFY(m_test->shows(Place::Server, "new.txt"));
    QTRY_COMPARE(m_test->get(Place::Server, "new.txt"), QByteArray("from here"));
}

void PaneUserTest::foldersOfRootAreSynchronized()
{
    start(Manner::LetsIn);
    QVERIFY(becomesRoot());
    m_test->put(Place::ThisComputer, "new.txt", "from here");

    m_test->click("synchronize");
    QVERIFY(m_test->appears("syncWindow"));
    QVERIFY(m_test->visible("syncWindow")->windowTitle().endsWith(u" as root"));
    m_test->click("syncCompare");
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("syncShown") != nullptr, patience);
    m_test->click("syncStart");
    QVERIFY(m_test->appears("confirmSheet")); // with root's rights
    m_test->click("confirmAccept");

    QTRY_COMPARE_WITH_TIMEOUT(m_test->get(Place::Server, "new.txt"), QByteArray("from here"),
                              patience);
    QCOMPARE(m_test->get(Place::Server, "report.txt"), QByteArray("content"));
}

void PaneUserTest::careIsTakenAsRoot()
{
    start(Manner::LetsIn);
    QVERIFY(becomesRoot());
    QVERIFY(m_test->find(Place::Server, "report.txt"));

    pane().actions().trash->trigger();

    QVERIFY(m_test->appears("confirmSheet"));
    QVERIFY(m_test->get(Place::Server, "report.txt"));
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->vanishes("confirmSheet"));
}

void PaneUserTest::otherUserIsNamed()
{
    start(Manner::LetsIn);
    pane().actions().asUser->trigger();
    QVERIFY(m_test->appears("userName"));
    m_test->type(u"-x"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->appears("userProblem"));

    m_test->visible<QLineEdit>("userName")->clear();
    m_test->type(u"webmaster"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->appears("remoteUser"));
    QVERIFY(userShown().endsWith(u" as webmaster"));
    QVERIFY(m_test->shows(Place::Server, "report.txt"));
    QVERIFY(pane().actions().asRoot->isVisible()); // from there on to root
    QVERIFY(becomesRoot());
}

void PaneUserTest::refusalLeavesThePane()
{
    start(Manner::WantsTerminal);

    pane().actions().asRoot->trigger();

    QTRY_VERIFY(pane().banner().isVisible());
    QVERIFY(m_test->vanishes("userSheet"));
    QVERIFY(pane().banner().accessibleName().startsWith(u"No files as root from "));
    QCOMPARE(userShown(), QString());
    QVERIFY(m_test->shows(Place::Server, "report.txt"));
    QVERIFY(pane().actions().asRoot->isVisible());
}

void PaneUserTest::escapeEndsTheWait()
{
    start(Manner::AsksPassword);
    pane().actions().asRoot->trigger();
    QVERIFY(m_test->appears("userPassword"));

    m_test->press(Qt::Key_Escape);

    QVERIFY(m_test->vanishes("userSheet"));
    QTRY_VERIFY(m_sudo->hasMetTheEnd());
    QVERIFY(!pane().banner().isVisible());
    QTRY_VERIFY(pane().list().hasFocus()); // once the sheet is gone
    m_sudo->setManner(Manner::LetsIn);
    QVERIFY(becomesRoot());
}

void PaneUserTest::programThatEndsBringsBack()
{
    start(Manner::LetsIn);
    QVERIFY(becomesRoot());
    const auto directory = pane().directory();

    QCOMPARE(::kill(static_cast<pid_t>(m_sudo->processId()), SIGKILL), 0);

    QVERIFY(m_test->vanishes("remoteUser"));
    QTRY_VERIFY(pane().banner().isVisible());
    QVERIFY(pane().banner().accessibleName().startsWith(u"No longer root on "));
    QTRY_COMPARE(pane().directory(), directory);
    QVERIFY(pane().banner().isVisible());
}

void PaneUserTest::undoIsOfOneUser()
{
    start(Manner::LetsIn);
    pane().changes().rename(pane().directory().child("report.txt"), "renamed.txt");
    QTRY_VERIFY(pane().actions().undo->isEnabled());
    QVERIFY(m_test->shows(Place::Server, "renamed.txt"));

    pane().actions().asRoot->trigger();

    QTRY_VERIFY(userShown().endsWith(u" as root"));
    QVERIFY(m_test->shows(Place::Server, "renamed.txt"));
    QVERIFY(!pane().actions().undo->isEnabled());

    pane().actions().asLogin->trigger();
    QTRY_VERIFY(pane().actions().undo->isEnabled());
    pane().actions().undo->trigger();
    QVERIFY(m_test->shows(Place::Server, "report.txt"));
}

// Another tab, on a connection of its own, and later the first one on a new connection.
void PaneUserTest::undoIsOfAllTabsOnTheServer()
{
    start(Manner::LetsIn);
    pane().changes().rename(pane().directory().child("report.txt"), "renamed.txt");
    QVERIFY(m_test->shows(Place::Server, "renamed.txt"));
    m_test->connectTo(m_test->serverAddress());
    QTRY_COMPARE(m_test->loginCount(), 2);
    QVERIFY(m_test->appears("remoteFiles"));
    QTRY_VERIFY(pane().isConnected());
    QVERIFY(m_test->shows(Place::Server, "renamed.txt"));
    QVERIFY(pane().actions().undo->isEnabled());

    QVERIFY(QDir(m_test->server().home()).mkdir(u"deep"_s));
    QVERIFY(m_test->goTo(Place::Server, m_test->server().home() + u"/deep"_s));
    m_test->server().killSessions();
    QTRY_VERIFY(!pane().isConnected());
    QTRY_VERIFY_WITH_TIMEOUT(pane().isConnected(), 20'000);
    QTRY_COMPARE(pane().directory().name(), QByteArray("deep")); // goes on where it was
    pane().actions().undo->trigger();
    QTRY_VERIFY(QFile::exists(m_test->server().home() + u"/report.txt"_s));
}

QTEST_MAIN(PaneUserTest)

#include "PaneUserTest.moc"
