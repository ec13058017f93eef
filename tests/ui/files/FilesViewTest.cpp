#include "ui/files/FilesView.h"

#include "files/LocalFileSystem.h"
#include "tests/support/Reason.h"
#include "tests/ui/transfers/ServerQueue.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using files::FilePath;
using transfer::Direction;
using ui::FilePane;
using ui::FilesView;
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
    void tabChangesThePane();
    void dropsAreTransfersBothWays();
    void dragsOfOtherViewsAreNotTaken();
    void endOfTheServerEmptiesItsPane();
    void enterOnARemoteFileActivatesIt();
    void stateIsRestored();

private:
    QWidget *child(const QString &name) const { return m_view->findChild<QWidget *>(name); }
    void select(FilePane &pane, const QString &name);
    static bool drop(const FilePane &pane, const QMimeData &data);
    const transfer::TransferRequest &lastRequest()
    {
        return m_server->queue().jobs().last()->request();
    }

    files::LocalFileSystem m_localFiles;
    std::unique_ptr<tests::ServerQueue> m_server;
    std::unique_ptr<FilesView> m_view;
};

void FilesViewTest::init()
{
    m_server = std::make_unique<tests::ServerQueue>();
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    tests::writeFile(m_server->local(u"mine"_s), "mine");
    tests::writeFile(m_server->remote(u"theirs"_s), "theirs");
    m_view = std::make_unique<FilesView>(m_localFiles);
    m_view->resize(900, 500);
    m_view->setRemote(&m_server->files(), &m_server->queue(), u"web01"_s);
    m_view->showLocal(FilePath::fromText(m_server->local()));
    m_view->showRemote(FilePath::fromText(m_server->remote()));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTRY_COMPARE(m_view->localPane().list().model()->rowCount(), 1);
    QTRY_COMPARE(m_view->remotePane().list().model()->rowCount(), 1);
}

void FilesViewTest::cleanup()
{
    m_view.reset();
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

bool FilesViewTest::drop(const FilePane &pane, const QMimeData &data)
{
    QWidget *viewport = pane.list().viewport();
    const QPoint position = viewport->rect().bottomLeft() + QPoint(10, -10);
    QDragEnterEvent enter(position, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &enter);
    QDropEvent drop(position, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &drop);
    return enter.isAccepted() && drop.isAccepted();
}

void FilesViewTest::nothingIsCopiedWithoutSelection()
{
    m_view->localPane().list().clearSelection();
    m_view->remotePane().list().clearSelection();
    QVERIFY(!child(u"uploadButton"_s)->isEnabled());
    QVERIFY(!child(u"downloadButton"_s)->isEnabled());
    QTest::keyClick(&m_view->localPane().list(), Qt::Key_F5);
    QVERIFY(m_server->queue().jobs().isEmpty());

    select(m_view->localPane(), u"mine"_s);
    QVERIFY(child(u"uploadButton"_s)->isEnabled());
    QVERIFY(!child(u"downloadButton"_s)->isEnabled());
}

void FilesViewTest::copyGoesWhereTheOtherPaneIs()
{
    select(m_view->localPane(), u"mine"_s);
    QTest::keyClick(&m_view->localPane().list(), Qt::Key_F5);
    QCOMPARE(lastRequest().direction, Direction::Upload);
    QCOMPARE(lastRequest().sources, {FilePath::fromText(m_server->local(u"mine"_s))});
    QCOMPARE(lastRequest().targetDirectory, m_view->remotePane().directory());
    QTRY_COMPARE(m_view->remotePane().list().model()->rowCount(), 2); // refreshed by itself
    QCOMPARE(tests::readFile(m_server->remote(u"mine"_s)), "mine");

    select(m_view->remotePane(), u"theirs"_s);
    QTest::mouseClick(child(u"downloadButton"_s), Qt::LeftButton);
    QCOMPARE(lastRequest().direction, Direction::Download);
    QCOMPARE(lastRequest().targetDirectory, m_view->localPane().directory());
    QTRY_COMPARE(m_view->localPane().list().model()->rowCount(), 2);
    QCOMPARE(tests::readFile(m_server->local(u"theirs"_s)), "theirs");
}

void FilesViewTest::tabChangesThePane()
{
    m_view->localPane().list().setFocus();
    QTest::keyClick(&m_view->localPane().list(), Qt::Key_Tab);
    QVERIFY(m_view->remotePane().list().hasFocus());
    QTest::keyClick(&m_view->remotePane().list(), Qt::Key_Tab);
    QVERIFY(m_view->localPane().list().hasFocus());
}

void FilesViewTest::dropsAreTransfersBothWays()
{
    FilePane &local = m_view->localPane();
    FilePane &remote = m_view->remotePane();
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

// Paths of another server's pane mean nothing here.
void FilesViewTest::dragsOfOtherViewsAreNotTaken()
{
    const FilesView other(m_localFiles);
    const FilePath path("/etc/passwd");

    QVERIFY(!drop(m_view->localPane(),
                  *ui::toMimeData({other.remotePane().list().id(), {path}}, Place::Server)));
    QVERIFY(!drop(m_view->remotePane(),
                  *ui::toMimeData({other.remotePane().list().id(), {path}}, Place::Server)));
    QVERIFY(!drop(m_view->remotePane(),
                  *ui::toMimeData({m_view->remotePane().list().id(), {path}}, Place::Server)));
    QVERIFY(m_server->queue().jobs().isEmpty());
}

void FilesViewTest::endOfTheServerEmptiesItsPane()
{
    select(m_view->localPane(), u"mine"_s);

    m_view->setRemote(nullptr, nullptr, u"web01"_s);
    m_server->stop();

    QVERIFY(!child(u"uploadButton"_s)->isEnabled());
    QCOMPARE(m_view->remotePane().list().model()->rowCount(), 0);
    QCOMPARE(m_view->findChild<QLabel *>(u"remotePlaceholder"_s)->text(),
             u"Not connected to web01"_s);
    QTest::keyClick(&m_view->localPane().list(), Qt::Key_F5); // goes nowhere
    QTest::keyClick(&m_view->localPane().list(), Qt::Key_Tab);
    QVERIFY(m_view->localPane().list().hasFocus());
}

void FilesViewTest::enterOnARemoteFileActivatesIt()
{
    QList<FilePath> activated;
    connect(m_view.get(), &FilesView::fileActivated, this,
            [&activated](const FilePath &path) { activated.append(path); });
    select(m_view->remotePane(), u"theirs"_s);

    QTest::keyClick(&m_view->remotePane().list(), Qt::Key_Return);

    QCOMPARE(activated, {FilePath::fromText(m_server->remote(u"theirs"_s))});
}

void FilesViewTest::stateIsRestored()
{
    m_view->remotePane().list().header()->setSortIndicator(1, Qt::DescendingOrder);
    const QByteArray state = m_view->saveState();

    FilesView other(m_localFiles);
    QVERIFY(!other.restoreState("of another version"));
    QVERIFY(other.restoreState(state));

    QCOMPARE(other.remotePane().list().header()->sortIndicatorSection(), 1);
    QCOMPARE(other.remotePane().list().header()->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(other.localPane().list().header()->sortIndicatorSection(), 0);
    QCOMPARE(other.saveState(), state);
}

QTEST_MAIN(FilesViewTest)

#include "FilesViewTest.moc"
