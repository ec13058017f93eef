// Copies between the panes: by key, by button, by drop; with something in the way; canceled.

#include "tests/integration/window/FilesFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/SlowLink.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/main/MainWindow.h"

#include <QDir>
#include <QMimeData>
#include <QProgressBar>
#include <QTabWidget>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using tests::patience;
using tests::SlowLink;
using ui::Place;

class FileCopyTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keyUploads();
    void keyDownloads();
    void buttonsFollowTheSelection();
    void folderIsCopiedWhole();
    void settingsSayWhatIsKept();
    void dragFromTheLocalPaneUploads();
    void dragFromTheRemotePaneDownloadsIntoAFolder();
    void dragWithShiftMoves();
    void filesFromOutsideAreUploaded();
    void foreignDragIsNotTaken();
    void conflictIsAsked_data();
    void conflictIsAsked();
    void cancelledDownloadLeavesNothing();
    void downloadGoesOnAfterAReconnect();
    void waitingDownloadIsCancelled();
    void failedFilesAreRetried();
    void closingTheTabAsksWhileFilesAreCopied();
    void foreignHalfIsResumed();
    void paletteKnowsWhatThePaneCanDo();

private:
    void start();
    void startOverSlowLink(); // with a download of "big" under way
    std::unique_ptr<QMimeData> dragFrom(Place place) const; // what is selected there

    // The connections of the window end before their link.
    std::unique_ptr<SlowLink> m_link;
    std::unique_ptr<tests::FilesFixture> m_test;
    QByteArray m_content;
};

void FileCopyTest::init()
{
    m_test = std::make_unique<tests::FilesFixture>();
    m_content = "\0\r\n\xff and the like\n"_ba.repeated(30'000);
}

void FileCopyTest::cleanup()
{
    m_test.reset();
    m_link.reset();
}

void FileCopyTest::start()
{
    const auto started = m_test->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void FileCopyTest::startOverSlowLink()
{
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    m_link = std::make_unique<SlowLink>(m_test->server().address(), m_test->server().port());
    QVERIFY(m_link->start());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_link->port());
    m_test->put(Place::Server, "big", m_content.repeated(10));
    QVERIFY(m_test->openPanes(m_test->addressAt(m_link->port())));
    m_link->setRate(SlowLink::Direction::ToClient, 300'000);
    m_test->select(Place::Server, "big");
    m_test->press(Qt::Key_F5);
    QVERIFY(m_test->appears("transferProgress"));
}

std::unique_ptr<QMimeData> FileCopyTest::dragFrom(Place place) const
{
    const ui::FilePane &pane = m_test->pane(place);
    return ui::toMimeData({pane.list().id(), pane.selectedPaths()}, place);
}

void FileCopyTest::keyUploads()
{
    m_test->put(Place::ThisComputer, "notes.txt", m_content);
    start();
    QVERIFY(m_test->find(Place::ThisComputer, "notes.txt"));

    m_test->press(Qt::Key_F5);

    QVERIFY(m_test->transferSays(u"1 file copied"_s));
    QVERIFY(m_test->visible("transferRow") != nullptr);
    QCOMPARE(m_test->visible("transferRow")->accessibleName(), u"Upload of notes.txt"_s);
    QVERIFY(m_test->shows(Place::Server, "notes.txt"));
    QCOMPARE(m_test->get(Place::Server, "notes.txt"), m_content);
    QCOMPARE(m_test->names(Place::Server), QByteArrayList({"notes.txt"}));
}

void FileCopyTest::keyDownloads()
{
    start();
    m_test->put(Place::Server, "notes.txt", m_content);
    QVERIFY(m_test->find(Place::Server, "notes.txt"));

    m_test->press(Qt::Key_F5);

    QVERIFY(m_test->transferSays(u"1 file copied"_s));
    QVERIFY(m_test->shows(Place::ThisComputer, "notes.txt"));
    QCOMPARE(m_test->get(Place::ThisComputer, "notes.txt"), m_content);
    QCOMPARE(m_test->names(Place::ThisComputer), QByteArrayList({"notes.txt"}));
}

void FileCopyTest::buttonsFollowTheSelection()
{
    m_test->put(Place::ThisComputer, "mine", "mine");
    start();
    m_test->put(Place::Server, "theirs", "theirs");
    QVERIFY(!m_test->visible("uploadButton")->isEnabled());
    QVERIFY(!m_test->visible("downloadButton")->isEnabled());

    QVERIFY(m_test->find(Place::ThisComputer, "mine"));
    QVERIFY(m_test->find(Place::Server, "theirs"));
    m_test->click("uploadButton");
    m_test->click("downloadButton");

    QVERIFY(m_test->shows(Place::Server, "mine"));
    QVERIFY(m_test->shows(Place::ThisComputer, "theirs"));
    QCOMPARE(m_test->get(Place::Server, "mine"), QByteArray("mine"));
    QCOMPARE(m_test->get(Place::ThisComputer, "theirs"), QByteArray("theirs"));
}

void FileCopyTest::folderIsCopiedWhole()
{
    QVERIFY(QDir(QString::fromUtf8(m_test->directory(Place::ThisComputer)))
                .mkpath(u"tree/empty/inner"_s));
    m_test->put(Place::ThisComputer, "tree/.hidden", "h");
    m_test->put(Place::ThisComputer, "tree/empty/inner/leaf", m_content);
    start();
    QVERIFY(m_test->find(Place::ThisComputer, "tree"));

    m_test->press(Qt::Key_F5);

    QVERIFY(m_test->transferSays(u"2 files copied"_s));
    QCOMPARE(m_test->get(Place::Server, "tree/.hidden"), QByteArray("h"));
    QCOMPARE(m_test->get(Place::Server, "tree/empty/inner/leaf"), m_content);
}

// The permissions of folders are the only sign of it that needs no second user.
void FileCopyTest::settingsSayWhatIsKept()
{
    start();
    const QString source = QString::fromUtf8(m_test->directory(Place::Server)) + u"/tree"_s;
    QVERIFY(QDir().mkpath(source));
    QVERIFY(QFile::setPermissions(source, QFile::ReadOwner | QFile::ExeOwner));
    QVERIFY(m_test->find(Place::Server, "tree"));
    m_test->settings().setValue(settings::keys::transferPreserve, true);

    m_test->press(Qt::Key_F5);

    QVERIFY(m_test->transferSays(u"0 files copied"_s));
    const QFileInfo target(QString::fromUtf8(m_test->directory(Place::ThisComputer)) + u"/tree"_s);
    QVERIFY(target.permission(QFile::ReadOwner | QFile::ExeOwner));
    QVERIFY(!target.permission(QFile::WriteOwner));
    QVERIFY(!target.permission(QFile::ReadGroup));
}

void FileCopyTest::dragFromTheLocalPaneUploads()
{
    m_test->put(Place::ThisComputer, "dragged", m_content);
    start();
    QVERIFY(m_test->find(Place::ThisComputer, "dragged"));

    QVERIFY(m_test->drop(Place::Server, *dragFrom(Place::ThisComputer)));

    QVERIFY(m_test->shows(Place::Server, "dragged"));
    QCOMPARE(m_test->get(Place::Server, "dragged"), m_content);
    QCOMPARE(m_test->get(Place::ThisComputer, "dragged"), m_content);
}

void FileCopyTest::dragFromTheRemotePaneDownloadsIntoAFolder()
{
    QVERIFY(QDir(QString::fromUtf8(m_test->directory(Place::ThisComputer))).mkdir(u"folder"_s));
    start();
    m_test->put(Place::Server, "dragged", m_content);
    QVERIFY(m_test->find(Place::Server, "dragged"));

    QVERIFY(m_test->drop(Place::ThisComputer, *dragFrom(Place::Server), "folder"));

    QVERIFY(m_test->transferSays(u"1 file copied"_s));
    QCOMPARE(m_test->get(Place::ThisComputer, "folder/dragged"), m_content);
    QVERIFY(!m_test->get(Place::ThisComputer, "dragged"));
}

void FileCopyTest::dragWithShiftMoves()
{
    start();
    m_test->put(Place::Server, "dragged", m_content);
    QVERIFY(m_test->find(Place::Server, "dragged"));

    QVERIFY(m_test->drop(Place::ThisComputer, *dragFrom(Place::Server), {}, Qt::ShiftModifier));
    QVERIFY(m_test->appears("confirmSheet"));
    QCOMPARE(m_test->get(Place::Server, "dragged"), m_content);
    m_test->click("confirmAccept");

    QVERIFY(m_test->hides(Place::Server, "dragged"));
    QCOMPARE(m_test->get(Place::ThisComputer, "dragged"), m_content);
    QVERIFY(!m_test->get(Place::Server, "dragged")); // it is in the trash
}

// As a file manager offers them (RFC 2483 section 5: lines end with CRLF, "#" is a comment).
void FileCopyTest::filesFromOutsideAreUploaded()
{
    m_test->put(Place::ThisComputer, "one file", "1");
    m_test->put(Place::ThisComputer, "two", m_content);
    start();
    QMimeData data;
    const QByteArray folder = "file://" + m_test->directory(Place::ThisComputer);
    data.setData(u"text/uri-list"_s,
                 "# two files\r\n" + folder + "/one%20file\r\n" + folder + "/two\r\n");

    QVERIFY(m_test->drop(Place::Server, data));

    QVERIFY(m_test->transferSays(u"2 files copied"_s));
    QVERIFY(m_test->shows(Place::Server, "one file"));
    QCOMPARE(m_test->get(Place::Server, "one file"), QByteArray("1"));
    QCOMPARE(m_test->get(Place::Server, "two"), m_content);
}

void FileCopyTest::foreignDragIsNotTaken()
{
    start();
    QMimeData web;
    web.setUrls({QUrl(u"https://example.org/file"_s)});

    QVERIFY(!m_test->drop(Place::Server, web));

    QVERIFY(m_test->visible("transferRow") == nullptr);
    QCOMPARE(m_test->names(Place::Server), QByteArrayList());
}

void FileCopyTest::conflictIsAsked_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QByteArray>("oldName"); // what holds "there" afterwards
    QTest::addColumn<QByteArray>("newName"); // what holds the copy
    QTest::addColumn<QString>("status");
    QTest::newRow("skip") << "conflictSkip"_ba << "a.txt"_ba << QByteArray()
                          << u"0 files copied, 1 skipped"_s;
    QTest::newRow("overwrite") << "conflictOverwrite"_ba << QByteArray() << "a.txt"_ba
                               << u"1 file copied"_s;
    QTest::newRow("keep both") << "conflictKeepBoth"_ba << "a.txt"_ba << "a (2).txt"_ba
                               << u"1 file copied"_s;
}

void FileCopyTest::conflictIsAsked()
{
    QFETCH(QByteArray, button);
    QFETCH(QByteArray, oldName);
    QFETCH(QByteArray, newName);
    QFETCH(QString, status);
    m_test->put(Place::ThisComputer, "a.txt", "copy");
    start();
    m_test->put(Place::Server, "a.txt", "there");
    QVERIFY(m_test->find(Place::ThisComputer, "a.txt"));
    m_test->press(Qt::Key_F5);
    QVERIFY(m_test->appears("conflictSheet"));
    QTRY_VERIFY(m_test->visible("conflictSkip") != nullptr);
    QVERIFY(m_test->list(Place::ThisComputer).hasFocus()); // the next key is not the answer
    QCOMPARE(m_test->get(Place::Server, "a.txt"), QByteArray("there"));

    m_test->click(button.constData());

    QVERIFY(m_test->transferSays(status));
    QVERIFY(m_test->vanishes("conflictSheet"));
    QByteArrayList expected;
    if (!oldName.isEmpty()) {
        QCOMPARE(m_test->get(Place::Server, oldName), QByteArray("there"));
        expected.append(oldName);
    }
    if (!newName.isEmpty()) {
        QCOMPARE(m_test->get(Place::Server, newName), QByteArray("copy"));
        expected.append(newName);
    }
    std::sort(expected.begin(), expected.end());
    QCOMPARE(m_test->names(Place::Server), expected);
}

void FileCopyTest::cancelledDownloadLeavesNothing()
{
    startOverSlowLink();
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible<QProgressBar>("transferProgress")->value() > 0,
                             patience);
    QVERIFY(m_test->transferStatus().contains(u" of "_s));
    QCOMPARE(m_test->names(Place::ThisComputer).size(), 1); // the partial file

    m_test->click("transferCancel");

    QVERIFY(m_test->transferSays(u"Cancelled"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::ThisComputer), QByteArrayList(), patience);
    QCOMPARE(m_test->visible("transferCancel")->accessibleName(), u"Remove from the list"_s);
    QVERIFY(m_test->status().contains(u"● connected"_s));
}

void FileCopyTest::downloadGoesOnAfterAReconnect()
{
    startOverSlowLink();

    m_link->cut();

    QVERIFY2(m_test->transferSays(u"Waiting to reconnect ("_s),
             qPrintable(m_test->transferStatus()));
    m_link->setRate(SlowLink::Direction::ToClient, 0);
    QVERIFY(m_test->transferSays(u"1 file copied"_s)); // after five seconds
    QCOMPARE(m_test->get(Place::ThisComputer, "big"), m_content.repeated(10));
    QCOMPARE(m_test->names(Place::ThisComputer), QByteArrayList({"big"}));
    QCOMPARE(m_test->window().findChildren<QWidget *>(u"transferRow"_s).size(), 1);
}

void FileCopyTest::waitingDownloadIsCancelled()
{
    startOverSlowLink();
    m_link->cut();
    QVERIFY2(m_test->transferSays(u"Waiting to reconnect ("_s),
             qPrintable(m_test->transferStatus()));

    m_test->click("transferCancel");

    QVERIFY(m_test->transferSays(u"Cancelled"_s));
    m_test->click("reconnectStop");
}

void FileCopyTest::failedFilesAreRetried()
{
    QVERIFY(QDir(QString::fromUtf8(m_test->directory(Place::ThisComputer))).mkdir(u"tree"_s));
    m_test->put(Place::ThisComputer, "tree/good", "good");
    const QByteArray missing = m_test->directory(Place::ThisComputer) + "/tree/missing";
    m_test->put(Place::ThisComputer, "tree/missing", "was missing");
    start();
    // A link that leads nowhere takes the file's place: nothing to follow, nothing to copy.
    QVERIFY(QFile::remove(QString::fromUtf8(missing)));
    QVERIFY(QFile::link(u"/nowhere"_s, QString::fromUtf8(missing)));
    QVERIFY(m_test->find(Place::ThisComputer, "tree"));
    m_test->press(Qt::Key_F5);
    QVERIFY(m_test->transferSays(u"1 of 2 failed"_s));
    QVERIFY(QFile::remove(QString::fromUtf8(missing)));
    m_test->put(Place::ThisComputer, "tree/missing", "was missing");

    m_test->click("transferRetry");

    QVERIFY(m_test->transferSays(u"1 file copied"_s));
    QCOMPARE(m_test->get(Place::Server, "tree/missing"), QByteArray("was missing"));
    QVERIFY(m_test->visible("transferRetry") == nullptr);
}

void FileCopyTest::closingTheTabAsksWhileFilesAreCopied()
{
    startOverSlowLink();
    m_test->click("tabClose");
    QVERIFY(m_test->appears("confirmSheet"));
    QTRY_VERIFY(m_test->visible("confirmCancel")->hasFocus());
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->vanishes("confirmSheet"));
    QVERIFY(m_test->visible("transferCancel") != nullptr);

    m_test->click("tabClose");
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmAccept");

    QVERIFY(m_test->appears("welcomePage"));
    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::ThisComputer), QByteArrayList(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_test->server().sessionCount(), 0, patience);
}

void FileCopyTest::foreignHalfIsResumed()
{
    m_test->put(Place::ThisComputer, "report.txt", m_content);
    start();
    m_test->put(Place::Server, "report.txt", m_content.first(1000));
    QVERIFY(m_test->find(Place::ThisComputer, "report.txt"));
    m_test->press(Qt::Key_F5);
    QVERIFY(m_test->appears("conflictResume"));
    QTest::mouseClick(m_test->visible("conflictResume"), Qt::LeftButton);

    QVERIFY(m_test->transferSays(u"1 file copied"_s));
    QCOMPARE(m_test->get(Place::Server, "report.txt"), m_content);
    QCOMPARE(m_test->names(Place::Server), QByteArrayList({"report.txt"}));
}

void FileCopyTest::paletteKnowsWhatThePaneCanDo()
{
    m_test->put(Place::ThisComputer, "notes.txt", m_content);
    start();
    QVERIFY(m_test->find(Place::ThisComputer, "notes.txt"));
    QTest::keyClick(&m_test->list(Place::ThisComputer), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(m_test->appears("paletteEdit"));
    QTest::keyClicks(m_test->visible("paletteEdit"), u"duplicate"_s);
    QTest::keyClick(m_test->visible("paletteEdit"), Qt::Key_Return);

    QVERIFY(m_test->shows(Place::ThisComputer, "notes (2).txt"));
}

QTEST_MAIN(FileCopyTest)
#include "FileCopyTest.moc"
