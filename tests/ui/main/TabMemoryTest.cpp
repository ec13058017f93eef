// Windows one after another with the same file of tabs. The servers refuse to be connected to:
// whether a tab has tried is seen all the same.

#include "files/LocalFileSystem.h"
#include "ssh/JumpHost.h"
#include "ssh/ProfileSettings.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PaneTabs.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/MainWindow.h"
#include "ui/main/SavedTabs.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/TabTerminals.h"
#include "ui/main/Workspace.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/widgets/NoticeBar.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

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
    void panesComeBack();
    void paneOfAnotherTabConnectsWhenWanted();
    void paneWithoutItsTabIsLeftOut();
    void fileMayHoldAnything_data();
    void fileMayHoldAnything();

private:
    void openWindow();
    void connectTo(const QString &address);
    void closeWindow();
    ui::SessionTabs *tabs() const { return m_window->findChild<ui::SessionTabs *>(); }
    QPushButton *offer() const { return m_window->findChild<QPushButton *>(u"welcomeTabs"_s); }
    ui::FilesView &files(int page) const { return tabs()->page(page)->workspace().filesView(); }
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
    m_store.reset();
    m_settings.reset(); // it writes once more: before the directory goes
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

// Names are bytes; and what is gone is told.
void TabMemoryTest::panesComeBack()
{
    m_settings->setValue(settings::keys::reopenTabs, u"always"_s);
    const QByteArray base = m_directory->path().toUtf8();
    const files::FilePath odd(base + "/odd\xff\n%");
    QCOMPARE(::mkdir(odd.bytes().constData(), 0700), 0);
    QVERIFY(QDir(m_directory->path()).mkpath(u"gone/deep"_s));
    connectTo(u"ann@127.0.0.1:1"_s);
    ui::FilePane &first = files(0).leftPane();
    first.goTo(odd);
    QTRY_COMPARE(first.directory(), odd);
    ui::FilePane &second
        = files(0).leftSide().open(files(0).localPlace(), files::FilePath(base + "/gone/deep"));
    QTRY_COMPARE(second.directory(), files::FilePath(base + "/gone/deep"));
    files(0).leftSide().raise(first);
    files(0).rightPane().goTo(files::FilePath("/srv/www")); // once it is connected
    closeWindow();
    QVERIFY(QDir(m_directory->filePath(u"gone"_s)).removeRecursively());

    openWindow();

    const auto left = files(0).leftSide().panes();
    QCOMPARE(left.size(), 2);
    QCOMPARE(&files(0).leftPane(), left[0]);
    QTRY_COMPARE(left[0]->directory(), odd);
    QTRY_COMPARE(left[1]->directory(), files::FilePath(base));
    QVERIFY(left[1]->notice().accessibleName().contains(u"gone/deep is not there any more"));
    QVERIFY(left[0]->notice().isHidden());
    QCOMPARE(files(0).rightSide().panes().size(), 1);
    QCOMPARE(files(0).rightPane().place(), files(0).serverPlace());
    QCOMPARE(files(0).rightPane().directoryToResume(), files::FilePath("/srv/www"));
}

void TabMemoryTest::paneOfAnotherTabConnectsWhenWanted()
{
    m_settings->setValue(settings::keys::reopenTabs, u"always"_s);
    connectTo(u"ann@127.0.0.1:1"_s);
    connectTo(u"ben@127.0.0.1:1"_s);
    files(0).rightSide().open(files(1).serverPlace(), files::FilePath("/var"));
    tabs()->setCurrentIndex(0);
    closeWindow();

    openWindow();

    QCOMPARE(files(0).rightSide().panes().size(), 2);
    const ui::FilePane &pane = files(0).rightPane();
    QCOMPARE(pane.place(), files(1).serverPlace());
    QCOMPARE(pane.directoryToResume(), files::FilePath("/var"));
    QVERIFY(tabs()->page(1)->connection() == nullptr);
    auto *connect = pane.findChild<QPushButton *>(u"remoteConnect"_s);
    QVERIFY(!connect->isHidden());
    connect->click();
    QCOMPARE(tabs()->currentIndex(), 1);
    QVERIFY(tabs()->page(1)->connection() != nullptr);
}

void TabMemoryTest::paneWithoutItsTabIsLeftOut()
{
    m_settings->setValue(settings::keys::reopenTabs, u"always"_s);
    connectTo(u"ann@127.0.0.1:1"_s);
    connectTo(u"ben@127.0.0.1:1"_s);
    files(0).rightSide().open(files(1).serverPlace(), files::FilePath("/var"));
    emit tabs() -> page(1)->closeAllowed();
    QTRY_COMPARE(tabs()->count(), 1);
    closeWindow();
    openWindow();
    QCOMPARE(files(0).rightSide().panes().size(), 1);
    QCOMPARE(files(0).rightPane().place(), files(0).serverPlace());
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
    QTest::newRow("panes that are none")
        << QByteArray(R"({"version":1,"tabs":[{"alias":"a","panes":{"left":{"tabs":[7,{},
            {"place":"other","tab":-3},{"place":"other","tab":99},{"place":"root"},
            {"place":"local","directory":"relative/../%zz%00"}],"current":-9},"right":[]}}]})")
        << 1;
    QJsonArray panes;
    for (int index = 0; index < 100; ++index) {
        panes.append(
            QJsonObject{{u"place"_s, u"local"_s}, {u"directory"_s, u'/' + QString(5000, u'x')}});
    }
    const QJsonObject side{{u"tabs"_s, panes}, {u"current"_s, 1e300}};
    QTest::newRow("many panes")
        << QJsonDocument(
               QJsonObject{{u"version"_s, 1},
                           {u"tabs"_s,
                            QJsonArray{QJsonObject{{u"alias"_s, u"a"_s},
                                                   {u"panes"_s, QJsonObject{{u"left"_s, side}}}}}}})
               .toJson()
        << 1;
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
        for (const ui::SavedSide &side : {tab.panes.left, tab.panes.right}) {
            QVERIFY(side.panes.size() <= 20);
            QVERIFY(side.current >= 0 && side.current < std::max<qsizetype>(1, side.panes.size()));
            for (const ui::SavedPane &pane : side.panes) {
                QCOMPARE(pane.of, ui::SavedPane::Of::ThisComputer);
                QVERIFY(pane.directory.isEmpty());
            }
        }
    }
}

QTEST_MAIN(TabMemoryTest)

#include "TabMemoryTest.moc"
