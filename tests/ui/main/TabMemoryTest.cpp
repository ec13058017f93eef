// Windows one after another with the same file of tabs. The servers refuse to be connected to:
// whether a tab has tried is seen all the same.

#include "files/LocalFileSystem.h"
#include "ssh/JumpHost.h"
#include "ssh/ProfileSettings.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/MainWindow.h"
#include "ui/main/SavedTabs.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/TabTerminals.h"
#include "ui/terminal/TerminalSplits.h"

#include <QAction>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using ui::SavedTabs;
using ui::SplitLayout;

class TabMemoryTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void tabsComeBackAndConnectWhenSeen();
    void windowsOfTabsComeBack();
    void tabsAreOffered();
    void offeredTabsStayUntilThereAreOthers();
    void tabsAreForgotten();
    void onlyTheFirstProgramKeepsItsTabs();
    void storedSessionIsAsItIsNow();
    void splitsComeBack();
    void fileMayHoldAnything_data();
    void fileMayHoldAnything();

private:
    void openWindow();
    void connectTo(const QString &address);
    void closeWindow();
    ui::SessionTabs *tabs() const { return m_window->findChild<ui::SessionTabs *>(); }
    QPushButton *offer() const { return m_window->findChild<QPushButton *>(u"welcomeTabs"_s); }
    QString file() const { return m_directory->filePath(u"state/tabs.json"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<profiles::ProfileStore> m_store;
    files::LocalFileSystem m_localFiles;
    ssh::RoutePool m_routes;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TabMemoryTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(m_directory->filePath(u"settings.ini"_s));
    m_store = std::make_unique<profiles::ProfileStore>(m_directory->filePath(u"sessions.json"_s));
    openWindow();
}

void TabMemoryTest::cleanup()
{
    m_window.reset();
}

void TabMemoryTest::openWindow()
{
    m_window.reset();
    m_window = std::make_unique<ui::MainWindow>(ui::Services{
        .settings = *m_settings,
        .profiles = *m_store,
        .localFiles = m_localFiles,
        .connectionSettings
        = [this](const profiles::Profile &profile,
                 const ssh::AliasHosts &) { return ssh::settingsFor(profile, *m_settings); },
        .routes = m_routes,
        .tabsFile = file()});
    m_window->show();
}

void TabMemoryTest::connectTo(const QString &address)
{
    m_window->connectTo(ui::ConnectRequest::fromText(address, *m_store).value());
}

void TabMemoryTest::closeWindow()
{
    QVERIFY(m_window->close());
    m_window.reset();
}

void TabMemoryTest::tabsComeBackAndConnectWhenSeen()
{
    m_settings->setValue(settings::keys::reopenTabs, u"always"_s);
    connectTo(u"ann@127.0.0.1:1"_s);
    connectTo(u"ben@127.0.0.1:1"_s);
    connectTo(u"cem@127.0.0.1:1"_s);
    tabs()->page(0)->tab().setOwnName(u"mine"_s);
    tabs()->page(2)->setView(ui::ViewSwitch::View::Files);
    tabs()->setCurrentIndex(1);
    closeWindow();

    openWindow();

    QCOMPARE(tabs()->count(), 3);
    QVERIFY(tabs()->isVisible());
    QCOMPARE(tabs()->currentIndex(), 1);
    QCOMPARE(tabs()->page(1)->request().profile.user, u"ben"_s);
    QCOMPARE(tabs()->page(0)->tabTitle(), u"mine"_s);
    QCOMPARE(tabs()->page(2)->view(), ui::ViewSwitch::View::Files);
    QVERIFY(tabs()->page(1)->connection() != nullptr);
    QVERIFY(tabs()->page(0)->connection() == nullptr);
    QVERIFY(tabs()->page(2)->connection() == nullptr);
    tabs()->setCurrentIndex(0);
    QVERIFY(tabs()->page(0)->connection() != nullptr);
    QVERIFY(tabs()->page(2)->connection() == nullptr);
}

void TabMemoryTest::windowsOfTabsComeBack()
{
    m_settings->setValue(settings::keys::reopenTabs, u"always"_s);
    connectTo(u"ann@127.0.0.1:1"_s);
    connectTo(u"ben@127.0.0.1:1"_s);
    connectTo(u"cem@127.0.0.1:1"_s);
    tabs()->detach(tabs()->page(1));
    QCOMPARE(tabs()->count(), 2);
    closeWindow();

    openWindow();

    QCOMPARE(tabs()->count(), 2);
    QCOMPARE(tabs()->pageCount(), 3);
    const ui::ConnectionPage *apart = tabs()->page(2);
    QCOMPARE(apart->request().profile.user, u"ben"_s);
    QVERIFY(tabs()->isDetached(apart));
    QVERIFY(apart->isVisible());
    QVERIFY(apart->connection() != nullptr); // it is seen
    QCOMPARE(std::ranges::count_if(
                 std::array{0, 1},
                 [this](int index) { return tabs()->page(index)->connection() != nullptr; }),
             1); // the one in front
}

void TabMemoryTest::tabsAreOffered()
{
    QVERIFY(!offer()->isVisible());
    connectTo(u"ann@127.0.0.1:1"_s);
    closeWindow();

    openWindow();

    QCOMPARE(tabs()->count(), 0);
    QVERIFY(offer()->isVisible());
    QVERIFY(offer()->text().contains(u"ann@127.0.0.1:1"));
    QTest::mouseClick(offer(), Qt::LeftButton);
    QCOMPARE(tabs()->count(), 1);
    QVERIFY(tabs()->page(0)->connection() != nullptr);
    QVERIFY(!offer()->isVisibleTo(offer()->parentWidget()));
}

void TabMemoryTest::offeredTabsStayUntilThereAreOthers()
{
    connectTo(u"ann@127.0.0.1:1"_s);
    closeWindow();
    openWindow();
    closeWindow();
    openWindow();
    QVERIFY(offer()->isVisible());
    connectTo(u"ben@127.0.0.1:1"_s);
    closeWindow();
    QCOMPARE(SavedTabs::load(file()).tabs.size(), 1);
    QCOMPARE(SavedTabs::load(file()).tabs.first().profile.user, u"ben"_s);
}

void TabMemoryTest::tabsAreForgotten()
{
    connectTo(u"ann@127.0.0.1:1"_s);
    closeWindow();
    m_settings->setValue(settings::keys::reopenTabs, u"never"_s);
    openWindow();
    QVERIFY(!offer()->isVisible());
    QCOMPARE(tabs()->count(), 0);
    connectTo(u"ben@127.0.0.1:1"_s);
    closeWindow();
    QVERIFY(SavedTabs::load(file()).tabs.isEmpty());
}

void TabMemoryTest::onlyTheFirstProgramKeepsItsTabs()
{
    const auto first = std::move(m_window);
    openWindow();
    connectTo(u"ben@127.0.0.1:1"_s);
    closeWindow();
    QVERIFY(!QFile::exists(file()));
    first->connectTo(ui::ConnectRequest::fromText(u"ann@127.0.0.1:1"_s, *m_store).value());
    QTRY_COMPARE(SavedTabs::load(file()).tabs.size(), 1); // by itself, in case of a crash
    QCOMPARE(SavedTabs::load(file()).tabs.first().profile.user, u"ann"_s);
}

void TabMemoryTest::storedSessionIsAsItIsNow()
{
    profiles::Profile profile;
    profile.id = u"s"_s;
    profile.name = u"web"_s;
    profile.host = u"127.0.0.1"_s;
    profile.port = 1;
    QVERIFY(m_store->save(profile));
    connectTo(u"web"_s);
    closeWindow();
    profile.name = u"website"_s;
    QVERIFY(m_store->save(profile));
    openWindow();
    QVERIFY(offer()->text().contains(u"website"));
    m_window->findChild<QPushButton *>(u"welcomeTabs"_s)->click();
    QCOMPARE(tabs()->page(0)->title(), u"website"_s);
}

void TabMemoryTest::splitsComeBack()
{
    const SplitLayout layout{
        Qt::Vertical, {100, 300}, {{}, {Qt::Horizontal, {200, 200}, {{}, {}}}}};
    QCOMPARE(SplitLayout::fromJson(layout.toJson()), layout);

    ui::TerminalSplits splits;
    splits.resize(800, 600);
    splits.restore(layout);
    splits.show();

    QCOMPARE(splits.count(), 3);
    const SplitLayout again = splits.layout();
    QCOMPARE(again.orientation, Qt::Vertical);
    QCOMPARE(again.parts.size(), 2);
    QCOMPARE(again.parts[1].orientation, Qt::Horizontal);
    QCOMPARE(again.parts[1].parts.size(), 2);
    QVERIFY(again.sizes[1] > again.sizes[0] * 2);
}

void TabMemoryTest::fileMayHoldAnything_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("tabs");

    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("no JSON") << QByteArray("\xff\xfe{") << 0;
    QTest::newRow("newer") << QByteArray(R"({"version":2,"tabs":[{"alias":"a"}]})") << 0;
    QTest::newRow("option as alias")
        << QByteArray(R"({"version":1,"tabs":[{"alias":"-oProxyCommand=x"}]})") << 0;
    QTest::newRow("no host") << QByteArray(R"({"version":1,"tabs":[{"profile":{"id":"x"}},7]})")
                             << 0;
    QTest::newRow("place that is none")
        << QByteArray(R"({"version":1,"current":99,"tabs":[{"alias":"a"}]})") << 1;
    QJsonArray many;
    for (int index = 0; index < 1000; ++index) {
        many.append(QJsonObject{{u"alias"_s, u"a"_s}});
    }
    QTest::newRow("many")
        << QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"tabs"_s, many}}).toJson() << 50;
    QByteArray deep = "{}";
    for (int depth = 0; depth < 300; ++depth) {
        deep = "{\"parts\":[" + deep + ",{}]}";
    }
    QTest::newRow("deep splits") << QByteArray(R"({"version":1,"tabs":[{"alias":"a","splits":)"
                                               + deep + "}]}")
                                 << 1;
}

void TabMemoryTest::fileMayHoldAnything()
{
    QFETCH(QByteArray, content);
    QFETCH(int, tabs);

    QFile out(m_directory->filePath(u"any.json"_s));
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
    out.close();
    const SavedTabs read = SavedTabs::load(out.fileName());
    QCOMPARE(read.tabs.size(), tabs);
    QVERIFY(read.current >= 0 && read.current < std::max(1, tabs));
    for (const ui::SavedTab &tab : read.tabs) {
        ui::TerminalSplits splits;
        splits.restore(tab.splits);
        QVERIFY(splits.count() <= 17);
    }
}

QTEST_MAIN(TabMemoryTest)

#include "TabMemoryTest.moc"
