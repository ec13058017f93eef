// What the keys do to files of a server, looked up on its disk.

#include "tests/integration/window/FilesFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/ToolRun.h"
#include "ui/main/MainWindow.h"
#include "ui/terminal/TerminalSplits.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::patience;
using ui::Place;

class FileCommandsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void homeIsListed();
    void panesBeginWhereTheSessionSays();
    void newFolderIsMade();
    void newFileIsMadeAndReplacesNone();
    void renamedFileKeepsItsContent();
    void renamingOntoAnotherFileIsRefused();
    void deletionIsAskedFor();
    void folderIsDeletedWithAllThatIsInside();
    void octalPermissionsAreSet();
    void missingFolderIsTold();
    void terminalOpensWhereThePaneIs();

private:
    std::unique_ptr<tests::FilesFixture> m_test;
};

void FileCommandsTest::init()
{
    m_test = std::make_unique<tests::FilesFixture>();
    const auto started = m_test->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_test->put(Place::Server, "report.txt", "twelve bytes");
    QVERIFY(m_test->find(Place::Server, "report.txt"));
}

void FileCommandsTest::cleanup()
{
    m_test.reset();
}

void FileCommandsTest::homeIsListed()
{
    const QAbstractItemModel &model = *m_test->list(Place::Server).model();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data().toString(), u"report.txt"_s);
    QVERIFY(model.index(0, 1).data().toString().startsWith(u"12"_s));
}

void FileCommandsTest::panesBeginWhereTheSessionSays()
{
    const QString here = m_test->path(u"begin here"_s);
    const QString there = m_test->server().home() + u"/begin there"_s;
    QVERIFY(QDir().mkpath(here) && QDir().mkpath(there));
    auto profile = profiles::Profile::forAddress(
        profiles::TargetAddress::parse(m_test->serverAddress()).value());
    profile.name = u"elsewhere"_s;
    profile.localDirectory = here;
    profile.remoteDirectory = there;
    QVERIFY(m_test->profiles().save(profile));

    m_test->connectTo(u"elsewhere"_s);

    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible<QLineEdit>("localPath") != nullptr
                                 && m_test->visible<QLineEdit>("localPath")->text() == here,
                             patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible<QLineEdit>("remotePath") != nullptr
                                 && m_test->visible<QLineEdit>("remotePath")->text() == there,
                             patience);
}

void FileCommandsTest::newFolderIsMade()
{
    m_test->press(Qt::Key_F7);
    QTRY_VERIFY(m_test->visible("newFolderName") != nullptr
                && m_test->visible("newFolderName")->hasFocus());
    m_test->type(u"new folder"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->shows(Place::Server, "new folder"));
    QVERIFY(QFileInfo(m_test->server().home() + u"/new folder"_s).isDir());
}

void FileCommandsTest::newFileIsMadeAndReplacesNone()
{
    const auto create = [this](const QString &name) {
        m_test->press(Qt::Key_F4, Qt::ShiftModifier);
        QTRY_VERIFY(m_test->visible("newFileName") != nullptr
                    && m_test->visible("newFileName")->hasFocus());
        m_test->type(name);
        m_test->press(Qt::Key_Return);
    };

    create(u"-new file"_s);
    QVERIFY(m_test->shows(Place::Server, "-new file"));
    QCOMPARE(m_test->get(Place::Server, "-new file"), QByteArray());
    QVERIFY(m_test->vanishes("newFileSheet"));
    QTRY_VERIFY(m_test->list(Place::Server).hasFocus());
    create(u"report.txt"_s);

    QVERIFY(m_test->appears("errorBanner"));
    QCOMPARE(m_test->visible("errorBanner")->accessibleName(),
             u"Could not create the file report.txt"_s);
    QCOMPARE(m_test->get(Place::Server, "report.txt"), QByteArray("twelve bytes"));
}

void FileCommandsTest::renamedFileKeepsItsContent()
{
    m_test->press(Qt::Key_F2);
    auto *field = m_test->visible<QLineEdit>("renameEdit");
    QVERIFY(field != nullptr);
    QTRY_COMPARE(field->selectedText(), u"report"_s);
    m_test->type(u"notes"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->shows(Place::Server, "notes.txt"));
    QCOMPARE(m_test->get(Place::Server, "notes.txt"), QByteArray("twelve bytes"));
    QVERIFY(!m_test->get(Place::Server, "report.txt"));
}

void FileCommandsTest::renamingOntoAnotherFileIsRefused()
{
    m_test->put(Place::Server, "notes.txt", "other");
    m_test->press(Qt::Key_F2);
    QTRY_COMPARE(m_test->visible<QLineEdit>("renameEdit")->selectedText(), u"report"_s);
    m_test->type(u"notes"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->appears("errorBanner"));
    QCOMPARE(m_test->visible("errorBanner")->accessibleName(), u"Could not rename report.txt"_s);
    QCOMPARE(m_test->get(Place::Server, "notes.txt"), QByteArray("other"));
    QCOMPARE(m_test->get(Place::Server, "report.txt"), QByteArray("twelve bytes"));
}

void FileCommandsTest::deletionIsAskedFor()
{
    m_test->press(Qt::Key_F8, Qt::ShiftModifier);
    QTRY_VERIFY(m_test->visible("deleteCancel") != nullptr
                && m_test->visible("deleteCancel")->hasFocus());
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->vanishes("deleteSheet"));
    QTRY_VERIFY(m_test->list(Place::Server).hasFocus());
    QVERIFY(m_test->get(Place::Server, "report.txt").has_value());

    m_test->press(Qt::Key_F8, Qt::ShiftModifier);
    QVERIFY(m_test->appears("deleteSheet"));
    m_test->click("deleteConfirm");
    QVERIFY(m_test->hides(Place::Server, "report.txt"));
    QVERIFY(!m_test->get(Place::Server, "report.txt"));
}

void FileCommandsTest::folderIsDeletedWithAllThatIsInside()
{
    const QString outside = m_test->path(u"outside"_s);
    QDir home(m_test->server().home());
    QVERIFY(home.mkpath(u"folder/deep/deeper"_s) && home.mkpath(outside));
    m_test->put(Place::Server, "folder/deep/file", "inside");
    QVERIFY(QFile::link(outside, home.filePath(u"folder/link"_s)));
    QVERIFY(m_test->find(Place::Server, "folder"));

    m_test->press(Qt::Key_Delete, Qt::ShiftModifier);
    QVERIFY(m_test->appears("deleteSheet"));
    m_test->click("deleteConfirm");

    QVERIFY(m_test->hides(Place::Server, "folder"));
    QVERIFY(!home.exists(u"folder"_s));
    QVERIFY(QFileInfo::exists(outside)); // links are not followed
}

void FileCommandsTest::octalPermissionsAreSet()
{
    m_test->press(Qt::Key_P, Qt::ControlModifier);
    QVERIFY(m_test->appears("permissionsDialog"));
    auto *octal = m_test->visible<QLineEdit>("permissionsOctal");
    QCOMPARE(octal->text(), u"0644"_s);
    octal->selectAll();
    QTest::keyClicks(octal, u"640"_s);
    m_test->click("permissionsApply");

    const QString file = m_test->server().home() + u"/report.txt"_s;
    const auto mode = [&file] {
        return tests::runTool({.program = u"stat"_s, .arguments = {u"-c%a"_s, file}})
            .output.trimmed();
    };
    QTRY_COMPARE_WITH_TIMEOUT(mode(), QByteArray("640"), patience);
    QVERIFY(m_test->vanishes("permissionsDialog"));
}

void FileCommandsTest::missingFolderIsTold()
{
    auto *path = m_test->visible<QLineEdit>("remotePath");
    const QString before = path->text();
    QTest::mouseClick(path, Qt::LeftButton);
    path->selectAll();
    m_test->type(u"/no/such/folder"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->appears("errorBanner"));
    QCOMPARE(m_test->visible("errorBanner")->accessibleName(), u"Could not open /no/such/folder"_s);
    QCOMPARE(path->text(), before);
    QVERIFY(m_test->shows(Place::Server, "report.txt"));
}

// Although the terminals are not shown by then.
void FileCommandsTest::terminalOpensWhereThePaneIs()
{
    m_test->select(Place::Server, "report.txt");
    m_test->list(Place::Server).setFocus();
    m_test->press(Qt::Key_F9);

    QTRY_VERIFY(m_test->window().findChild<ui::TerminalSplits *>()->isVisible());
    QTRY_COMPARE(m_test->window().findChild<ui::TerminalSplits *>()->count(), 2);
}

QTEST_MAIN(FileCommandsTest)
#include "FileCommandsTest.moc"
