#include "ui/files/FilesView.h"

#include "files/LocalFileSystem.h"
#include "tests/support/Reason.h"
#include "tests/ui/transfers/ServerQueue.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PanePlace.h"
#include "ui/files/PathCrumbs.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using files::FilePath;
using transfer::Direction;
using ui::FilePane;
using ui::FilesView;
using ui::PanePlace;
using ui::Place;

// Two panes, the right one on a real server.
class FilesViewTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void nothingIsCopiedWithoutSelection();
    void copyGoesWhereTheOtherPaneIs();
    void transfersOfOthersAreShown();
    void tabChangesThePane();
    void dropsAreTransfersBothWays();
    void dragsOfUnknownPanesAreNotTaken();
    void filesOfOtherProgramsAreCopiedToEachSide();
    void bothSidesShowTheSameServer();
    void moveWithinAServerIsUndone();
    void panesHaveTabs();
    void serverIsBroughtToTheFront();
    void foldersOnTheWayAreClickedAndDroppedOn();
    void tabsAreDroppedOn();
    void filesAreFetchedForOtherPrograms();
    void endOfTheServerEmptiesItsPane();
    void stateIsRestored();

private:
    QWidget *child(const QString &name) const { return m_view->findChild<QWidget *>(name); }
    void select(FilePane &pane, const QString &name);
    static bool drop(const FilePane &pane, const QMimeData &data,
                     Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    static bool dropOn(QWidget &widget, QPoint position, const QMimeData &data,
                       Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void choosePlace(FilePane &pane, const QString &text);
    const transfer::TransferRequest &lastRequest()
    {
        return m_server->queue().jobs().last()->request();
    }

    QTemporaryDir m_scratch;
    files::LocalFileSystem m_localFiles;
    std::unique_ptr<tests::ServerQueue> m_server;
    std::shared_ptr<PanePlace> m_local; // shared with the view, as the next one
    std::shared_ptr<PanePlace> m_remote;
    std::unique_ptr<FilesView> m_view;
};

void FilesViewTest::init()
{
    m_server = std::make_unique<tests::ServerQueue>();
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    tests::writeFile(m_server->local(u"mine"_s), "mine");
    tests::writeFile(m_server->remote(u"theirs"_s), "theirs");
    m_local = std::make_shared<PanePlace>(Place::ThisComputer);
    m_local->open(&m_localFiles);
    m_local->showDownloads(m_server->schedule());
    m_remote = std::make_shared<PanePlace>(Place::Server);
    m_view = std::make_unique<FilesView>(m_local, m_remote);
    m_view->resize(900, 500);
    m_remote->setId(u"ann@web01:22"_s);
    m_remote->open(&m_server->files(), u"web01"_s, &m_server->queue());
    m_view->showLocal(FilePath::fromText(m_server->local()));
    m_view->showRemote(FilePath::fromText(m_server->remote()));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTRY_COMPARE(m_view->leftPane().list().model()->rowCount(), 1);
    QTRY_COMPARE(m_view->rightPane().list().model()->rowCount(), 1);
}

void FilesViewTest::cleanup()
{
    m_view.reset();
    m_local.reset();
    m_remote.reset();
    m_server.reset();
}

void FilesViewTest::select(FilePane &pane, const QString &name)
{
    const QAbstractItemModel &model = *pane.list().model();
    const auto found = model.match(model.index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    pane.list().setFocus();
    pane.list().setCurrentIndex(found.first());
}

bool FilesViewTest::drop(const FilePane &pane, const QMimeData &data,
                         Qt::KeyboardModifiers modifiers)
{
    QWidget *viewport = pane.list().viewport();
    return dropOn(*viewport, viewport->rect().bottomLeft() + QPoint(10, -10), data, modifiers);
}

bool FilesViewTest::dropOn(QWidget &widget, QPoint position, const QMimeData &data,
                           Qt::KeyboardModifiers modifiers)
{
    constexpr auto all = Qt::CopyAction | Qt::MoveAction | Qt::LinkAction;
    QDragEnterEvent enter(position, all, &data, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(&widget, &enter);
    QDropEvent drop(position, all, &data, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(&widget, &drop);
    return enter.isAccepted() && drop.isAccepted();
}

void FilesViewTest::choosePlace(FilePane &pane, const QString &text)
{
    pane.list().setFocus();
    QTest::keyClick(&pane.list(), Qt::Key_F1, Qt::AltModifier);
    auto *menu = &pane.placesMenu();
    QVERIFY(menu->isVisible());
    const auto actions = menu->actions();
    const auto found = std::ranges::find(actions, text, &QAction::text);
    QVERIFY(found != actions.end());
    menu->setActiveAction(*found);
    QTest::keyClick(menu, Qt::Key_Return);
    m_view->activateWindow(); // the offscreen platform forgets which one was
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void FilesViewTest::nothingIsCopiedWithoutSelection()
{
    m_view->leftPane().list().clearSelection();
    m_view->rightPane().list().clearSelection();
    QVERIFY(!child(u"uploadButton"_s)->isEnabled());
    QVERIFY(!child(u"downloadButton"_s)->isEnabled());
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_F5);
    QVERIFY(m_server->queue().jobs().isEmpty());

    select(m_view->leftPane(), u"mine"_s);
    QVERIFY(child(u"uploadButton"_s)->isEnabled());
    QVERIFY(!child(u"downloadButton"_s)->isEnabled());
}

void FilesViewTest::copyGoesWhereTheOtherPaneIs()
{
    select(m_view->leftPane(), u"mine"_s);
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_F5);
    QCOMPARE(lastRequest().direction, Direction::Upload);
    QCOMPARE(lastRequest().sources, {FilePath::fromText(m_server->local(u"mine"_s))});
    QCOMPARE(lastRequest().targetDirectory, m_view->rightPane().directory());
    QTRY_COMPARE(m_view->rightPane().list().model()->rowCount(), 2); // refreshed by itself
    QCOMPARE(tests::readFile(m_server->remote(u"mine"_s)), "mine");

    select(m_view->rightPane(), u"theirs"_s);
    QTest::mouseClick(child(u"downloadButton"_s), Qt::LeftButton);
    QCOMPARE(lastRequest().direction, Direction::Download);
    QCOMPARE(lastRequest().targetDirectory, m_view->leftPane().directory());
    QTRY_COMPARE(m_view->leftPane().list().model()->rowCount(), 2);
    QCOMPARE(tests::readFile(m_server->local(u"theirs"_s)), "theirs");
}

// As those that an earlier run of the program has left.
void FilesViewTest::transfersOfOthersAreShown()
{
    tests::writeFile(m_server->local(u"second"_s), "second");
    m_server->queue().add(m_server->upload({u"second"_s}));
    QTRY_COMPARE(m_view->rightPane().list().model()->rowCount(), 2);
}

void FilesViewTest::tabChangesThePane()
{
    m_view->leftPane().list().setFocus();
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_Tab);
    QVERIFY(m_view->rightPane().list().hasFocus());
    QTest::keyClick(&m_view->rightPane().list(), Qt::Key_Tab);
    QVERIFY(m_view->leftPane().list().hasFocus());
}

void FilesViewTest::dropsAreTransfersBothWays()
{
    FilePane &local = m_view->leftPane();
    FilePane &remote = m_view->rightPane();
    const FilePath mine = FilePath::fromText(m_server->local(u"mine"_s));
    const FilePath theirs = FilePath::fromText(m_server->remote(u"theirs"_s));

    QVERIFY(drop(remote, *ui::toMimeData({local.list().id(), {mine}}, Place::ThisComputer)));
    QCOMPARE(lastRequest().direction, Direction::Upload);
    QCOMPARE(lastRequest().sources, {mine});
    QVERIFY(drop(local, *ui::toMimeData({remote.list().id(), {theirs}}, Place::Server)));
    QCOMPARE(lastRequest().direction, Direction::Download);
    QCOMPARE(lastRequest().sources, {theirs});

    QTRY_COMPARE(tests::readFile(m_server->remote(u"mine"_s)), "mine");
    QTRY_COMPARE(tests::readFile(m_server->local(u"theirs"_s)), "theirs");
}

// Of a pane that is not there any more, or of another process.
void FilesViewTest::dragsOfUnknownPanesAreNotTaken()
{
    const auto drag
        = ui::toMimeData({QUuid::createUuid(), {FilePath("/etc/passwd")}}, Place::Server);

    QVERIFY(!drop(m_view->leftPane(), *drag));
    QVERIFY(!drop(m_view->rightPane(), *drag));
    QVERIFY(m_server->queue().jobs().isEmpty());
}

void FilesViewTest::filesOfOtherProgramsAreCopiedToEachSide()
{
    tests::writeFile(m_scratch.filePath(u"outside"_s), "outside");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_scratch.filePath(u"outside"_s))});

    QVERIFY(drop(m_view->leftPane(), data));
    QTRY_COMPARE(tests::readFile(m_server->local(u"outside"_s)), "outside");
    QVERIFY(drop(m_view->rightPane(), data));
    QTRY_COMPARE(tests::readFile(m_server->remote(u"outside"_s)), "outside");
    QVERIFY(QFile::exists(m_scratch.filePath(u"outside"_s)));
}

void FilesViewTest::bothSidesShowTheSameServer()
{
    FilePane &left = m_view->leftPane();
    QVERIFY(QDir(m_server->remote()).mkdir(u"deep"_s));
    choosePlace(left, u"web01"_s);
    QTRY_COMPARE(left.place(), m_remote);
    left.goTo(FilePath::fromText(m_server->remote(u"deep"_s)));
    QTRY_COMPARE(left.directory(), FilePath::fromText(m_server->remote(u"deep"_s)));
    QCOMPARE(left.accessibleName(), u"Files on web01"_s);
    QCOMPARE(left.objectName(), u"localPane"_s);
    m_view->rightPane().refresh();
    QTRY_COMPARE(m_view->rightPane().list().model()->rowCount(), 2);

    select(m_view->rightPane(), u"theirs"_s);
    QTest::keyClick(&m_view->rightPane().list(), Qt::Key_F5);
    QTRY_COMPARE(tests::readFile(m_server->remote(u"deep/theirs"_s)), "theirs");
    QTRY_COMPARE(left.list().model()->rowCount(), 1);
    QTest::keyClick(&m_view->rightPane().list(), Qt::Key_F5); // nothing is overwritten
    QTRY_COMPARE(tests::readFile(m_server->remote(u"deep/theirs (2)"_s)), "theirs");
    QTRY_COMPARE(left.list().model()->rowCount(), 2);
    QVERIFY(m_server->queue().jobs().isEmpty());

    QVERIFY(drop(left,
                 *ui::toMimeData({m_view->rightPane().list().id(),
                                  {FilePath::fromText(m_server->remote(u"theirs"_s))}},
                                 Place::Server),
                 Qt::ShiftModifier | Qt::ControlModifier));
    QTRY_COMPARE(QFile::symLinkTarget(m_server->remote(u"deep/theirs (3)"_s)),
                 m_server->remote(u"theirs"_s));

    QVERIFY(child(u"synchronize"_s)->isEnabled());
    QCOMPARE(child(u"uploadButton"_s)->accessibleName(), u"Copy to the right"_s);
}

void FilesViewTest::moveWithinAServerIsUndone()
{
    FilePane &left = m_view->leftPane();
    QVERIFY(QDir(m_server->remote()).mkdir(u"deep"_s));
    left.setPlace(m_remote);
    left.goTo(FilePath::fromText(m_server->remote(u"deep"_s)));
    QTRY_COMPARE(left.directory(), FilePath::fromText(m_server->remote(u"deep"_s)));

    select(m_view->rightPane(), u"theirs"_s);
    QTest::keyClick(&m_view->rightPane().list(), Qt::Key_F6);
    QTRY_COMPARE(left.list().model()->rowCount(), 1);
    QVERIFY(!QFile::exists(m_server->remote(u"theirs"_s)));
    QTRY_COMPARE(m_view->rightPane().list().model()->rowCount(), 1); // the folder alone

    left.list().setFocus();
    QTest::keyClick(&left.list(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(tests::readFile(m_server->remote(u"theirs"_s)), "theirs");
}

void FilesViewTest::panesHaveTabs()
{
    auto *tabs = m_view->findChild<QTabBar *>(u"remoteTabs"_s);
    QVERIFY(!tabs->isVisible());
    QVERIFY(QDir(m_server->remote()).mkdir(u"deep"_s));
    FilePane &first = m_view->rightPane();
    first.refresh();
    QTRY_COMPARE(first.list().model()->rowCount(), 2);

    select(first, u"deep"_s);
    first.list().setFocus();
    QTest::keyClick(&first.list(), Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(tabs->isVisible());
    QCOMPARE(tabs->count(), 2);
    FilePane &second = m_view->rightPane();
    QVERIFY(&second != &first);
    QVERIFY(second.list().hasFocus());
    QTRY_COMPARE(second.directory(), FilePath::fromText(m_server->remote(u"deep"_s)));
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"deep"_s);

    select(m_view->leftPane(), u"mine"_s); // goes to the one in front
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_F5);
    QTRY_COMPARE(tests::readFile(m_server->remote(u"deep/mine"_s)), "mine");

    second.list().setFocus();
    QTest::keyClick(&second.list(), Qt::Key_PageDown, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(&m_view->rightPane(), &first);
    QVERIFY(first.list().hasFocus());
    QTest::keyClick(&first.list(), Qt::Key_W, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(&m_view->rightPane(), &second);
    QVERIFY(second.list().hasFocus());
    QVERIFY(!tabs->isVisible());
    QTest::keyClick(&second.list(), Qt::Key_W, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(tabs->count(), 1); // the last one stays
}

void FilesViewTest::serverIsBroughtToTheFront()
{
    FilePane &first = m_view->rightPane();
    first.list().setFocus();
    QTest::keyClick(&first.list(), Qt::Key_Return, Qt::ShiftModifier);
    FilePane &second = m_view->rightPane();
    QVERIFY(&second != &first);
    second.setPlace(m_local);
    QCOMPARE(m_view->serverPane(), &first);

    m_view->showRemote(FilePath("/"));

    QCOMPARE(&m_view->rightPane(), &first);
    QTRY_COMPARE(first.directory(), FilePath("/"));
    first.setPlace(m_local);
    QCOMPARE(m_view->serverPane(), nullptr);
    m_view->showRemote(FilePath("/"));
    QTRY_COMPARE(m_view->rightPane().directory(), FilePath("/"));
    QCOMPARE(m_view->rightPane().place(), m_remote);
}

void FilesViewTest::foldersOnTheWayAreClickedAndDroppedOn()
{
    FilePane &remote = m_view->rightPane();
    const FilePath home = FilePath::fromText(m_server->remote()).normalized();
    QVERIFY(QDir(m_server->remote()).mkdir(u"deep"_s));
    remote.goTo(FilePath::fromText(m_server->remote(u"deep"_s)));
    QTRY_COMPARE(remote.directory(), FilePath::fromText(m_server->remote(u"deep"_s)));
    auto *crumbs = remote.findChild<ui::PathCrumbs *>();
    m_view->leftPane().list().setFocus();
    QVERIFY(crumbs->isVisible());
    const QPoint overHome = crumbs->areaOf(home).center();
    QVERIFY(!crumbs->areaOf(home).isEmpty());

    const auto drag = ui::toMimeData(
        {m_view->leftPane().list().id(), {FilePath::fromText(m_server->local(u"mine"_s))}},
        Place::ThisComputer);
    QVERIFY(dropOn(*crumbs, overHome, *drag));
    QTRY_COMPARE(tests::readFile(m_server->remote(u"mine"_s)), "mine");

    QTest::mouseClick(crumbs, Qt::LeftButton, {}, overHome);
    QTRY_COMPARE(remote.directory(), home);
    QVERIFY(remote.list().hasFocus());
    QTest::mouseClick(crumbs, Qt::LeftButton, {}, crumbs->rect().center() + QPoint(200, 0));
    QVERIFY(child(u"remotePath"_s)->hasFocus());
    QVERIFY(!crumbs->isVisible());
}

void FilesViewTest::tabsAreDroppedOn()
{
    auto *tabs = m_view->findChild<QTabBar *>(u"remoteTabs"_s);
    QVERIFY(QDir(m_server->remote()).mkdir(u"deep"_s));
    m_view->rightPane().actions().newTab->trigger();
    QTRY_COMPARE(tabs->count(), 2);
    m_view->rightPane().goTo(FilePath::fromText(m_server->remote(u"deep"_s)));
    QTRY_COMPARE(tabs->tabText(1), u"deep"_s);
    tabs->setCurrentIndex(0);
    const QUuid left = m_view->leftPane().list().id();
    const FilePath mine = FilePath::fromText(m_server->local(u"mine"_s));
    const auto drag = ui::toMimeData({left, {mine}}, Place::ThisComputer);

    QVERIFY(dropOn(*tabs, tabs->tabRect(1).center(), *drag));

    QTRY_COMPARE(tests::readFile(m_server->remote(u"deep/mine"_s)), "mine");
    auto *own = m_view->findChild<QTabBar *>(u"localTabs"_s);
    QVERIFY(!dropOn(*own, own->tabRect(0).center(), *drag)); // it is there already
    QVERIFY(!dropOn(*tabs, tabs->tabRect(1).center(), QMimeData()));
}

void FilesViewTest::filesAreFetchedForOtherPrograms()
{
    FilePane &remote = m_view->rightPane();
    QVERIFY(QDir(m_server->remote()).mkdir(u"deep"_s));
    tests::writeFile(m_server->remote(u"deep/inner"_s), "inner");
    remote.refresh();
    QTRY_COMPARE(remote.list().model()->rowCount(), 2);
    remote.list().setFocus();
    remote.list().selectAll();
    QTest::keyClick(&remote.list(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);

    auto *copy = remote.findChild<QAbstractButton *>(u"stagingCopy"_s);
    QVERIFY(copy != nullptr);
    QTRY_VERIFY(copy->isVisible());
    QVERIFY(child(u"dragHandle"_s)->isVisible());
    copy->click();

    const QMimeData *data = QApplication::clipboard()->mimeData();
    QCOMPARE(data->urls().size(), 2);
    QStringList contents;
    for (const QUrl &url : data->urls()) {
        const QString path = url.toLocalFile();
        QVERIFY(!path.startsWith(m_server->remote()));
        contents << QString::fromUtf8(
            tests::readFile(QFileInfo(path).isDir() ? path + u"/inner"_s : path));
    }
    QCOMPARE(contents, (QStringList{u"inner"_s, u"theirs"_s}));
    QVERIFY(data->data(u"x-special/gnome-copied-files"_s).startsWith("copy\nfile:///"));

    m_view->leftPane().list().setFocus(); // and so can we
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(tests::readFile(m_server->local(u"deep/inner"_s)), "inner");
}

void FilesViewTest::endOfTheServerEmptiesItsPane()
{
    select(m_view->leftPane(), u"mine"_s);

    m_remote->close();
    m_server->stop();

    QVERIFY(!child(u"uploadButton"_s)->isEnabled());
    QCOMPARE(m_view->rightPane().list().model()->rowCount(), 0);
    QCOMPARE(m_view->findChild<QLabel *>(u"remotePlaceholder"_s)->text(),
             u"Not connected to web01"_s);
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_F5); // goes nowhere
    QTest::keyClick(&m_view->leftPane().list(), Qt::Key_Tab);
    QVERIFY(m_view->leftPane().list().hasFocus());
}

void FilesViewTest::stateIsRestored()
{
    m_view->rightPane().list().header()->setSortIndicator(1, Qt::DescendingOrder);
    const QByteArray state = m_view->saveState();

    FilesView other(m_local, m_remote);
    QVERIFY(!other.restoreState("of another version"));
    QVERIFY(other.restoreState(state));

    QCOMPARE(other.rightPane().list().header()->sortIndicatorSection(), 1);
    QCOMPARE(other.rightPane().list().header()->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(other.leftPane().list().header()->sortIndicatorSection(), 0);
    QCOMPARE(other.saveState(), state);
}

QTEST_MAIN(FilesViewTest)

#include "FilesViewTest.moc"
