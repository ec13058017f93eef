// The window against a real sshd, driven by keyboard and mouse as a person would.

#include "ui/main/MainWindow.h"

#include "files/LocalFileSystem.h"
#include "ssh/JumpHost.h"
#include "ssh/ProfileSettings.h"
#include "storage/Database.h"
#include "tests/support/SshServer.h"
#include "transfer/TransferSchedule.h"
#include "ui/main/ConnectionPage.h"
#include "ui/terminal/TerminalView.h"

#include <QAbstractButton>
#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QSplitter>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void emptyWindowTeaches();
    void unknownKeyIsAskedForAndSaved();
    void cancelledKeyEndsTheConnection();
    void terminalRunsACommand();
    void secondTerminalSharesTheLogin();
    void lostConnectionKeepsTheScreenAndReconnects();
    void changedKeyIsRefused();
    void refusedPortIsToldInTheTab();
    void closedTabTellsNoMore();
    void singleSessionServerGetsASecondConnectionForFiles();
    void viewIsRemembered();
    void panesStandBesideEachOtherInAWideWindow();
    void savedConnectionAppearsInTheSidebar();
    void closingManyConnectionsIsAsked();
    void paletteFindsSessionsAndActions();
    void productionIsMarkedAndRecent();
    void brokenDatabaseIsTold();
    void unfinishedTransfersAreShownWithoutATab();

private:
    void startServer(tests::SshServerOptions options = {});
    void makeWindow();
    QString databaseFile() const { return m_directory->filePath(QStringLiteral("ponto.sqlite")); }
    void connectAndAccept();
    QString screen(int tab) const;
    int tabCount() const { return find<QTabWidget>("connectionTabs")->count(); }
    QString status() const { return find<QLabel>("connectionStatus")->text(); }
    void click(const char *name) { QTest::mouseClick(visible(name), Qt::LeftButton); }

    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    // The one that is in front; null if there is none.
    QWidget *visible(const char *name) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    QString m_keyFile;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<profiles::ProfileStore> m_store;
    files::LocalFileSystem m_localFiles;
    ssh::RoutePool m_routes;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<ui::MainWindow> m_window;
};

void MainWindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(
        m_directory->filePath(QStringLiteral("settings.ini")));
    m_store = std::make_unique<profiles::ProfileStore>(
        m_directory->filePath(QStringLiteral("sessions.json")));
    m_keyFile = m_directory->filePath(QStringLiteral("key"));
    makeWindow();
}

void MainWindowTest::cleanup()
{
    m_window.reset();
    m_database.reset();
    m_server.reset();
}

void MainWindowTest::makeWindow()
{
    m_database = std::make_unique<storage::Database>(databaseFile());
    ui::Services services{*m_settings, *m_store, m_localFiles,
                          [this](const profiles::Profile &profile, const ssh::AliasHosts &) {
                              ssh::ConnectionSettings result
                                  = ssh::settingsFor(profile, *m_settings);
                              result.identityFiles = {m_keyFile};
                              result.useAgent = false;
                              result.useDefaultKeys = false;
                              result.knownHostsFiles
                                  = {m_directory->filePath(QStringLiteral("known_hosts"))};
                              return result;
                          },
                          m_routes};
    services.database = m_database.get();
    m_window = std::make_unique<ui::MainWindow>(services, ui::MainWindow::Showing::BeforeContent);
    m_window->resize(1024, 640);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void MainWindowTest::startServer(tests::SshServerOptions options)
{
    const auto pair = tests::generateKey(m_keyFile);
    QVERIFY(pair);
    options.withAuthorizedKey(pair->publicLine);
    m_server = std::make_unique<tests::SshServer>(options);
    QVERIFY(m_server->start());
}

QWidget *MainWindowTest::visible(const char *name) const
{
    for (QWidget *widget : m_window->findChildren<QWidget *>(QString::fromLatin1(name))) {
        if (widget->isVisible()) {
            return widget;
        }
    }
    return nullptr;
}

void MainWindowTest::connectAndAccept()
{
    auto *edit = find<QLineEdit>("quickConnectEdit");
    edit->setText(QStringLiteral("%1@%2:%3")
                      .arg(m_server->userName(), m_server->address())
                      .arg(m_server->port()));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(visible("hostKeySheet") != nullptr, patience);
    QVERIFY(find<QWidget>("hostKeyCancel")->hasFocus());
    click("hostKeyAcceptSave");
    QTRY_VERIFY_WITH_TIMEOUT(status().contains(QStringLiteral("● connected")), patience);
}

QString MainWindowTest::screen(int tab) const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    find<QTabWidget>("connectionTabs")
        ->widget(tab)
        ->findChild<ui::TerminalView *>()
        ->saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void MainWindowTest::emptyWindowTeaches()
{
    QVERIFY(visible("welcomePage") != nullptr);
    QVERIFY(find<QLineEdit>("quickConnectEdit")->hasFocus());
    click("welcomeNewSession");
    QVERIFY(visible("profileEditor") != nullptr);
    QVERIFY(find<QWidget>("profileHost")->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(visible("profileEditor") == nullptr);
}

void MainWindowTest::unknownKeyIsAskedForAndSaved()
{
    startServer();
    connectAndAccept();
    QFile knownHosts(m_directory->filePath(QStringLiteral("known_hosts")));
    QVERIFY(knownHosts.open(QIODevice::ReadOnly));
    QCOMPARE(knownHosts.readAll(), m_server->knownHostsLine(tests::KeyType::Ed25519));
    QVERIFY(visible("welcomePage") == nullptr);
}

void MainWindowTest::cancelledKeyEndsTheConnection()
{
    startServer();
    auto *edit = find<QLineEdit>("quickConnectEdit");
    edit->setText(QStringLiteral("tester@127.0.0.1:%1").arg(m_server->port()));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(visible("hostKeySheet") != nullptr, patience);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // Cancel
    QTRY_VERIFY_WITH_TIMEOUT(visible("errorBanner") != nullptr, patience);
    QVERIFY(visible("reconnectButton") != nullptr);
    QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("known_hosts"))));
    QVERIFY(status().contains(QStringLiteral("not connected")));
}

void MainWindowTest::terminalRunsACommand()
{
    startServer();
    connectAndAccept();
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(u'$'), patience);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("echo $((6*7))x"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(QStringLiteral("42x")), patience);
}

void MainWindowTest::secondTerminalSharesTheLogin()
{
    startServer();
    connectAndAccept();
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(u'$'), patience);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_T,
                    Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(tabCount(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(screen(1).contains(u'$'), patience);
    QCOMPARE(m_server->sessionCount(), 1);

    // The first tab goes, the second one's shell lives on.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_PageUp, Qt::ControlModifier);
    click("tabClose");
    QTRY_COMPARE(tabCount(), 1);
    visible("terminalView")->setFocus();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("echo $((6*7))x\r"));
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(QStringLiteral("42x")), patience);
    click("tabClose");
    QTRY_COMPARE_WITH_TIMEOUT(m_server->sessionCount(), 0, patience);
    QVERIFY(visible("welcomePage") != nullptr);
}

void MainWindowTest::lostConnectionKeepsTheScreenAndReconnects()
{
    startServer();
    connectAndAccept();
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(u'$'), patience);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("echo $((6*7))x\r"));
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(QStringLiteral("42x")), patience);
    m_server->killSessions();
    QTRY_VERIFY_WITH_TIMEOUT(visible("reconnectButton") != nullptr, patience);
    QVERIFY(visible("errorBanner")->accessibleName().startsWith(QStringLiteral("Disconnected")));
    QVERIFY(status().contains(QStringLiteral("not connected")));
    click("reconnectButton");
    QTRY_VERIFY_WITH_TIMEOUT(status().contains(QStringLiteral("● connected")), patience);
    QVERIFY(visible("errorBanner") == nullptr);
    QVERIFY(screen(0).contains(QStringLiteral("42x")));
}

void MainWindowTest::changedKeyIsRefused()
{
    startServer();
    connectAndAccept();
    QVERIFY(m_server->restartWithNewHostKeys());
    QTRY_VERIFY_WITH_TIMEOUT(visible("reconnectButton") != nullptr, patience);
    click("reconnectButton");
    QTRY_VERIFY_WITH_TIMEOUT(visible("hostKeyChangedSheet") != nullptr, patience);
    QVERIFY(visible("hostKeySheet") == nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(status().contains(QStringLiteral("not connected")), patience);
    click("hostKeyChangedClose");
    QTRY_VERIFY(visible("hostKeyChangedSheet") == nullptr);
}

void MainWindowTest::refusedPortIsToldInTheTab()
{
    startServer();
    const quint16 port = m_server->port();
    m_server->stop();
    auto *edit = find<QLineEdit>("quickConnectEdit");
    edit->setText(QStringLiteral("127.0.0.1:%1").arg(port));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(visible("errorBanner") != nullptr, patience);
    QVERIFY(visible("errorBanner")->accessibleName().contains(QStringLiteral("127.0.0.1")));
}

// Its page goes a little later, and its terminals may end in between.
void MainWindowTest::closedTabTellsNoMore()
{
    m_window->connectTo(
        ui::ConnectRequest::forAddress(*profiles::TargetAddress::parse(u"me@127.0.0.1:1")));
    QPointer<ui::ConnectionPage> page = m_window->findChild<ui::ConnectionPage *>();
    QVERIFY(page != nullptr);
    page->requestClose();
    QCOMPARE(find<QTabWidget>("connectionTabs")->count(), 0);
    QVERIFY(page != nullptr);

    emit page->statusChanged();

    QTRY_VERIFY(page == nullptr);
    QCOMPARE(status(), QStringLiteral("Not connected"));
}

void MainWindowTest::singleSessionServerGetsASecondConnectionForFiles()
{
    tests::SshServerOptions options;
    options.withMaxSessions(1);
    startServer(options);
    connectAndAccept();
    auto *path = find<QLineEdit>("remotePath");
    QTRY_VERIFY_WITH_TIMEOUT(!path->text().isEmpty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(screen(0).contains(u'$'), patience);
    QCOMPARE(m_server->sessionCount(), 2);
    QVERIFY(visible("errorBanner") == nullptr);
}

void MainWindowTest::viewIsRemembered()
{
    startServer();
    connectAndAccept();
    QTRY_VERIFY(visible("terminalView") != nullptr && visible("remotePane") != nullptr);
    click("viewFiles");
    QVERIFY(visible("terminalView") == nullptr);
    makeWindow();
    auto *edit = find<QLineEdit>("quickConnectEdit");
    edit->setText(QStringLiteral("tester@127.0.0.1:%1").arg(m_server->port()));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(visible("remotePane") != nullptr, patience);
    QVERIFY(visible("terminalView") == nullptr);
}

void MainWindowTest::panesStandBesideEachOtherInAWideWindow()
{
    startServer();
    connectAndAccept();
    const auto isBeside = [this] {
        const QWidget *terminal = visible("terminalView");
        const QWidget *pane = visible("localPane");
        return terminal->mapTo(m_window.get(), terminal->rect().topRight()).x()
            < pane->mapTo(m_window.get(), QPoint()).x();
    };
    QVERIFY(!isBeside());
    m_window->resize(2400, 900);
    QTRY_VERIFY(isBeside());
    m_window->resize(1024, 640);
    QTRY_VERIFY(!isBeside());
}

void MainWindowTest::savedConnectionAppearsInTheSidebar()
{
    startServer();
    connectAndAccept();
    click("saveSessionButton");
    QVERIFY(visible("profileEditor") != nullptr);
    find<QLineEdit>("profileName")->setText(QStringLiteral("Playground"));
    click("profileSave");
    QVERIFY(m_store->findByName(u"Playground"));
    QVERIFY(visible("saveSessionButton") == nullptr);
    QCOMPARE(find<QTabWidget>("connectionTabs")->tabText(0), QStringLiteral("Playground"));
}

void MainWindowTest::closingManyConnectionsIsAsked()
{
    startServer();
    connectAndAccept();
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(tabCount(), 2);
    QVERIFY(!m_window->close());
    QVERIFY(visible("confirmSheet") != nullptr);
    QVERIFY(find<QWidget>("confirmCancel")->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(m_window->isVisible());
    m_window->close();
    click("confirmAccept");
    QTRY_VERIFY(!m_window->isVisible());
}

void MainWindowTest::paletteFindsSessionsAndActions()
{
    startServer();
    profiles::Profile profile = profiles::Profile::forAddress({});
    profile.host = m_server->address();
    profile.port = m_server->port();
    profile.name = QStringLiteral("Playground of the test");
    QVERIFY(m_store->save(profile));

    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(find<QLineEdit>("paletteEdit")->hasFocus());
    QTest::keyClicks(find<QLineEdit>("paletteEdit"), "plaground");
    QTest::keyClick(find<QLineEdit>("paletteEdit"), Qt::Key_Return);
    QCOMPARE(tabCount(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(visible("hostKeyAcceptSave") != nullptr, patience);

    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(find<QLineEdit>("paletteEdit")->hasFocus());
    QTest::keyClicks(find<QLineEdit>("paletteEdit"), "quick");
    QTest::keyClick(find<QLineEdit>("paletteEdit"), Qt::Key_Return);
    QVERIFY(find<QLineEdit>("quickConnectEdit")->hasFocus());
}

// Nothing listens there: what the server is for shows from the beginning.
void MainWindowTest::productionIsMarkedAndRecent()
{
    makeWindow();
    profiles::Profile group;
    group.environmentClass = profiles::EnvironmentClass::Production;
    QVERIFY(m_store->saveGroup(QStringLiteral("Live"), group));
    profiles::Profile profile = profiles::Profile::forAddress({});
    profile.name = QStringLiteral("web01");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = 1;
    QVERIFY(m_store->save(profile));
    auto *edit = find<QLineEdit>("quickConnectEdit");
    edit->setText(QStringLiteral("web01"));
    QTest::keyClick(edit, Qt::Key_Return);
    auto *tabs = find<QTabWidget>("connectionTabs");
    auto *frame = find<QWidget>("environmentFrame");
    QCOMPARE(tabs->tabText(0), QStringLiteral("web01"));
    QVERIFY(!frame->isVisible());
    QTRY_COMPARE(m_settings->value(settings::keys::recentSessions), QStringList(profile.id));

    profile.group = QStringLiteral("Live");
    QVERIFY(m_store->save(profile));
    QCOMPARE(tabs->tabText(0), QStringLiteral("web01 · Production")); // open as it is
    QVERIFY(frame->isVisible());
    edit->setText(QStringLiteral("web01"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(tabs->count(), 2);
    QCOMPARE(tabs->tabText(1), QStringLiteral("web01 · Production"));
    auto *second = tabs->widget(1)->findChild<QWidget *>(QStringLiteral("environmentFrame"));
    QVERIFY(second->isVisible());
    QCOMPARE(second->geometry(), tabs->widget(1)->rect());
}

void MainWindowTest::brokenDatabaseIsTold()
{
    m_window.reset();
    m_database.reset();
    QFile file(databaseFile());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("no database\n").repeated(100));
    file.close();
    makeWindow();
    m_database->read({QStringLiteral("nothing"), {}},
                     [](storage::Transaction &) -> base::Result<void> { return {}; });
    QTRY_VERIFY_WITH_TIMEOUT(visible("errorBanner") != nullptr, patience);
    QVERIFY(visible("errorBanner")
                ->accessibleDescription()
                .contains(databaseFile() + QStringLiteral(".broken-")));
}

void MainWindowTest::unfinishedTransfersAreShownWithoutATab()
{
    m_window.reset();
    {
        transfer::TransferSchedule before(m_database.get());
        transfer::TransferRequest request;
        request.sources = {files::FilePath("/there/report.txt")};
        request.targetDirectory = files::FilePath("/tmp");
        before.queueFor({QStringLiteral("key"), QStringLiteral("db02"), {}, {}})->add(request);
    }
    m_database.reset();
    makeWindow();
    QTRY_VERIFY_WITH_TIMEOUT(visible("restoredTransfers") != nullptr, patience);
    QWidget *notice = visible("restoredTransfers");
    QVERIFY(notice->accessibleName().contains(QStringLiteral("not finished")));
    QVERIFY(visible("errorBanner") == nullptr); // nothing has failed

    notice->findChild<QAbstractButton *>(QStringLiteral("noticeAction"))->click();

    auto *window = find<QWidget>("transferWindow");
    QVERIFY(window != nullptr && window->isVisible());
    QCOMPARE(window->findChildren<QWidget *>(QStringLiteral("transferRow")).size(), 1);
    QCOMPARE(window->findChild<QLabel *>(QStringLiteral("transferServer"))->text(),
             QStringLiteral("db02"));
    QVERIFY(window->findChild<QWidget *>(QStringLiteral("transferConnect"))->isVisible());
    QVERIFY(visible("restoredTransfers") == nullptr);
}

QTEST_MAIN(MainWindowTest)
#include "MainWindowTest.moc"
