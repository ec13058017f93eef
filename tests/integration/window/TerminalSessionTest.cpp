// The life of a connection in its tab: shell, loss, return, and terminals that share a login.

#include "settings/SettingsKeys.h"
#include "tests/integration/window/WindowFixture.h"
#include "tests/support/FocusWalk.h"
#include "tests/support/Reason.h"
#include "ui/main/MainWindow.h"
#include "ui/terminal/TerminalSplits.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::patience;
using View = tests::WindowFixture::View;

class TerminalSessionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void typedCommandAnswers();
    void endOfTheShellIsTold();
    void reconnectingKeepsTheScrollback();
    void stoppedServerIsToldUntilItIsBack();
    void secondTerminalNeedsNoSecondLogin();
    void sharedLoginComesBackShared();
    void loginTakesNoKeysFromThePalette();
    void splitNeedsNoSecondLogin();
    void splitThatTheServerRefusesIsTold();
    void singleSessionServerShowsFilesThroughASecondLogin();
    void everyControlHasAName();
    void everyControlOfWhatTheMenuOpensHasAName();
    void tabGoesAsPeopleReadAndIsSeen();

private:
    void start(const tests::SshServerOptions &options = {}, View view = View::Terminal);

    std::unique_ptr<tests::WindowFixture> m_test;
};

void TerminalSessionTest::init()
{
    m_test = std::make_unique<tests::WindowFixture>();
}

void TerminalSessionTest::cleanup()
{
    m_test.reset();
}

void TerminalSessionTest::start(const tests::SshServerOptions &options, View view)
{
    const auto started = m_test->startServer(options);
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_test->connectToServer(view));
    QVERIFY(m_test->screenShows(u"$"_s));
}

void TerminalSessionTest::typedCommandAnswers()
{
    start();
    m_test->run(u"echo =$((40+2))="_s);

    QVERIFY(m_test->screenShows(u"=42="_s));
    QVERIFY(m_test->status().contains(u"● connected 00:00:"_s));
    QVERIFY(m_test->status().contains(u"ED25519 SHA256:"_s));
}

void TerminalSessionTest::endOfTheShellIsTold()
{
    start();
    m_test->run(u"exit 3"_s);

    QVERIFY(m_test->appears("noticeBar"));
    QCOMPARE(m_test->visible("noticeBar")->accessibleName(), u"The shell ended with status 3."_s);
    QVERIFY(m_test->screenShows(u"The shell ended with status 3."_s));
    QVERIFY(m_test->status().contains(u"● connected"_s));

    m_test->click("noticeAction"); // New shell
    m_test->run(u"echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
    QCOMPARE(m_test->loginCount(), 1);
}

void TerminalSessionTest::reconnectingKeepsTheScrollback()
{
    start();
    m_test->run(u"seq 7001 7200"_s);
    QVERIFY(m_test->screenShows(u"\n7200\n"_s));

    m_test->server().killSessions();

    QVERIFY(m_test->appears("reconnectButton"));
    QVERIFY(m_test->visible("errorBanner")->accessibleName().startsWith(u"Disconnected"_s));
    QVERIFY(!m_test->visible("errorBanner")->accessibleDescription().isEmpty());
    QVERIFY(m_test->status().contains(u"○ not connected"_s));
    m_test->click("reconnectButton");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->visible("errorBanner") == nullptr);
    m_test->run(u"echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
    QVERIFY(m_test->screen().contains(u"\n7001\n"_s)); // has scrolled out long ago
}

void TerminalSessionTest::stoppedServerIsToldUntilItIsBack()
{
    start();
    m_test->server().stop();
    QVERIFY(m_test->appears("reconnectButton"));
    const QString lost = m_test->visible("errorBanner")->accessibleName();

    m_test->press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier); // Reconnect
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("errorBanner") != nullptr
                                 && m_test->visible("errorBanner")->accessibleName() != lost,
                             patience);
    QVERIFY(m_test->visible("errorBanner")->accessibleName().contains(u"127.0.0.1"_s));

    const auto restarted = m_test->server().start();
    QVERIFY2(restarted, tests::reason(restarted).constData());
    m_test->click("reconnectButton");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->visible("errorBanner") == nullptr);
}

void TerminalSessionTest::secondTerminalNeedsNoSecondLogin()
{
    start();
    m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);

    const auto *tabs = m_test->visible<QTabWidget>("connectionTabs");
    QTRY_COMPARE(tabs->count(), 2);
    QCOMPARE(tabs->currentIndex(), 1);
    QVERIFY(m_test->screenShows(u"$"_s));
    m_test->run(u"echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
    QCOMPARE(m_test->loginCount(), 1);

    m_test->press(Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), 0);
    QVERIFY(!m_test->screen().contains(u"=42="_s));
}

void TerminalSessionTest::sharedLoginComesBackShared()
{
    m_test->setTabsFile(m_test->path(u"tabs.json"_s));
    m_test->settings().setValue(settings::keys::reopenTabs, u"always"_s);
    start();
    m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier); // on the same login
    QTRY_COMPARE(m_test->visible<QTabWidget>("connectionTabs")->count(), 2);
    m_test->connectTo(m_test->serverAddress()); // and one of its own
    QTRY_COMPARE(m_test->visible<QTabWidget>("connectionTabs")->count(), 3);
    QVERIFY(m_test->screenShows(u"$"_s));
    QCOMPARE(m_test->loginCount(), 2);

    for (const int logins : {4, 6}) { // also what was not looked at is shared the next time
        QVERIFY(m_test->window().close() || m_test->appears("confirmAccept"));
        if (m_test->window().isVisible()) {
            m_test->click("confirmAccept");
        }
        m_test->closeWindow();
        QVERIFY(m_test->openWindow(View::Terminal));
        auto *tabs = m_test->visible<QTabWidget>("connectionTabs");
        QVERIFY(tabs != nullptr && tabs->count() == 3);
        for (const int index : {2, 0, 1}) {
            tabs->setCurrentIndex(index);
            QVERIFY(m_test->waitForStatus(u"● connected"_s));
            QVERIFY(m_test->screenShows(u"$"_s));
        }
        QCOMPARE(m_test->loginCount(), logins);
    }
}

// What is typed there would be a command for the server.
void TerminalSessionTest::loginTakesNoKeysFromThePalette()
{
    QVERIFY(m_test->startServer());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
    QVERIFY(m_test->openWindow(View::Terminal));
    m_test->connectTo(m_test->serverAddress());
    m_test->press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QWidget *field = m_test->visible("paletteEdit");
    QVERIFY(field != nullptr && !m_test->status().contains(u"● connected"_s));

    QVERIFY(m_test->screenShows(u"$"_s));

    QVERIFY(field->hasFocus());
    m_test->press(Qt::Key_Escape); // leads back into the tab
    QTRY_VERIFY(m_test->visible("terminalView")->isAncestorOf(QApplication::focusWidget()));
}

void TerminalSessionTest::splitNeedsNoSecondLogin()
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
    const auto count
        = [this] { return m_test->window().findChildren<QWidget *>(u"terminalPane"_s).size(); };
    start();
    m_test->run(u"echo =first="_s);
    QVERIFY(m_test->screenShows(u"\n=first="_s));

    m_test->press(Qt::Key_E, both);
    QCOMPARE(count(), 2);
    m_test->type(u"touch made-by-the-second\r"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(m_test->server().home() + u"/made-by-the-second"_s),
                             patience);
    m_test->press(Qt::Key_O, both);
    QCOMPARE(count(), 3);
    QCOMPARE(m_test->loginCount(), 1);

    m_test->server().killSessions(); // all of them come back with the connection
    QVERIFY(m_test->appears("reconnectButton"));
    m_test->click("reconnectButton");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    m_test->press(Qt::Key_Left, both);
    m_test->type(u"touch made-by-the-first\r"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(m_test->server().home() + u"/made-by-the-first"_s),
                             patience);
    m_test->press(Qt::Key_X, both); // alone, so that it is the one that is read
    QVERIFY(m_test->screen().contains(u"\n=first="_s));
    const auto *terminals = m_test->window().findChild<ui::TerminalSplits *>();
    QTRY_COMPARE(terminals->perhapsBusyCount(), 0); // or it would ask

    m_test->press(Qt::Key_W, both);
    QTRY_COMPARE(count(), 2);
    m_test->press(Qt::Key_W, both);
    QTRY_COMPARE(count(), 1);
    QCOMPARE(m_test->visible<QTabWidget>("connectionTabs")->count(), 1);
    m_test->press(Qt::Key_W, both); // the last one is the tab
    QTRY_COMPARE(count(), 0);
}

void TerminalSessionTest::splitThatTheServerRefusesIsTold()
{
    tests::SshServerOptions options;
    options.withMaxSessions(1);
    start(options);

    m_test->press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);

    QVERIFY(m_test->appears("noticeBar"));
    QVERIFY(m_test->visible("noticeBar")->accessibleName().startsWith(u"There is no terminal: "_s));
    QVERIFY(m_test->status().contains(u"● connected"_s));
}

void TerminalSessionTest::singleSessionServerShowsFilesThroughASecondLogin()
{
    tests::SshServerOptions options;
    options.withMaxSessions(1);
    start(options, View::Both);
    QVERIFY(m_test->appears("remoteFiles"));
    QTRY_COMPARE_WITH_TIMEOUT(m_test->loginCount(), 2, patience);

    m_test->visible("remoteFiles")->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("remoteNewFolderButton")->isEnabled(), patience);
    m_test->press(Qt::Key_F7);
    m_test->type(u"through the second"_s);
    m_test->press(Qt::Key_Return);

    const QString made = m_test->server().home() + u"/through the second"_s;
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(made).isDir(), patience);
    QVERIFY(m_test->visible("errorBanner") == nullptr);
    m_test->run(u"echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
}

namespace {

// What a screen reader would say of those that the keyboard reaches: the class of each that it has
// no name for.
QStringList namelessControls()
{
    QStringList nameless;
    for (QWidget *widget : QApplication::allWidgets()) {
        const auto *scroll = qobject_cast<QAbstractScrollArea *>(widget->parentWidget());
        const bool isReached = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus)
            && widget->focusProxy() == nullptr && scroll == nullptr
            && qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) == nullptr
            && qobject_cast<QComboBox *>(widget->parentWidget()) == nullptr;
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        if (isReached && (spoken == nullptr || spoken->text(QAccessible::Name).isEmpty())) {
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->objectName());
        }
    }
    return nameless;
}

} // namespace

// In the window with all its panels, and on each page of the editor of a session.
void TerminalSessionTest::everyControlHasAName()
{
    start({}, View::Both);
    QVERIFY(m_test->appears("remoteFiles"));
    for (const Qt::Key panel : {Qt::Key_E, Qt::Key_P, Qt::Key_D, Qt::Key_M, Qt::Key_F}) {
        m_test->press(panel, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(namelessControls(), QStringList());
    }
    m_test->press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_test->appears("profilePages"));
    auto *pages = m_test->visible<QListWidget>("profilePages");
    for (int row = 0; row < pages->count(); ++row) {
        pages->setCurrentRow(row);
        QCOMPARE(namelessControls(), QStringList());
    }
}

void TerminalSessionTest::everyControlOfWhatTheMenuOpensHasAName()
{
    start();
    const QStringList openers{u"Import sessions…"_s,
                              u"Export sessions…"_s,
                              u"Past logs…"_s,
                              u"Run on many servers…"_s,
                              u"Snippets…"_s,
                              u"Log…"_s,
                              u"Running tunnels…"_s,
                              u"Host keys…"_s,
                              u"Keys…"_s,
                              u"Type into several terminals…"_s};
    for (const QString &opener : openers) {
        const auto actions = m_test->window().findChildren<QAction *>();
        const auto action = std::ranges::find_if(
            actions, [&](const QAction *each) { return each->text().remove(u'&') == opener; });
        QVERIFY2(action != actions.end(), qPrintable(opener));
        (*action)->trigger();
        QCOMPARE(namelessControls(), QStringList());
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : QApplication::activeWindow(), Qt::Key_Escape);
    }
}

void TerminalSessionTest::tabGoesAsPeopleReadAndIsSeen()
{
    start({}, View::Both);
    QVERIFY(m_test->appears("remoteFiles"));
    QCOMPARE(tests::focusFaults(m_test->window()).join(u"\n"_s), QString());
    m_test->press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_test->appears("profilePages"));
    auto *pages = m_test->visible<QListWidget>("profilePages");
    for (int row = 0; row < pages->count(); ++row) {
        pages->setCurrentRow(row);
        QCOMPARE(
            tests::focusFaults(*m_test->visible<QWidget>("profileEditor")->window()).join(u"\n"_s),
            QString());
    }
}

QTEST_MAIN(TerminalSessionTest)
#include "TerminalSessionTest.moc"
