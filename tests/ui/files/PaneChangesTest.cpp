#include "tests/ui/files/PaneFixture.h"
#include "ui/files/DirectoryLoader.h"
#include "ui/files/FileChanges.h"
#include "ui/widgets/Sheet.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QThreadPool>
#include <QTreeWidget>

#include <sys/stat.h>

using files::FilePath;
using ui::FileChanges;

// What a user does to files in a pane, on a real directory, and how it is undone.
class PaneChangesTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void renameByKeyboard();
    void renameToExistingNameSaysSo();
    void whatIsTypedSurvivesANewListing();
    void endOfThePaneIsNoRename();
    void newFolderByKeyboard();
    void deleteAsksAndCancelIsSafe();
    void questionsComeOneAtATimeAndEndWithTheDirectory();
    void deleteRemovesWhatWasSelected();
    void permissionsReachTheDisk();
    void linksHaveNoPermissionsToChange();
    void deletedFilesGoToTheTrashAndComeBack();
    void trashThatFailsOffersToDeleteForGood();
    void anyChangeOfTheListIsUndone();
    void undoThatFailsStaysInTheList();
    void permissionsOfATreeAreUndone();
    void duplicateTakesAFreeName();
    void linkIsMade();
    void emptyingAsks();
    void sizeIsSetAfterItWasToldWhatIsLost();
    void whatIsNewIsTakenAwayAgain();
    void whatWasChangedSinceIsLeftAlone();
    void copiedFolderGoesToTheTrash();
    void pathsAreCopiedAsText();
    void copiedFilesArePasted();

private:
    quint32 modeOf(const QString &name) const
    {
        struct stat status = {};
        ::stat(scratch(name).toUtf8().constData(), &status);
        return status.st_mode & 07777U;
    }
};

void PaneChangesTest::init()
{
    setUp();
}

void PaneChangesTest::cleanup()
{
    m_pane.reset();
}

void PaneChangesTest::renameByKeyboard()
{
    show();
    select(QStringLiteral("a.txt"));

    key(Qt::Key_F2);
    auto *field = child<QLineEdit>("renameEdit");
    QVERIFY(field != nullptr);
    QTRY_COMPARE(field->selectedText(), QStringLiteral("a")); // the extension stays
    QTest::keyClicks(field, QStringLiteral("z"));
    QTest::keyClick(field, Qt::Key_Return);

    QTRY_VERIFY(shown().contains(QStringLiteral("z.txt")));
    QVERIFY(QFile::exists(scratch(QStringLiteral("z.txt"))));
    QVERIFY(!QFile::exists(scratch(QStringLiteral("a.txt"))));
    QCOMPARE(m_pane->selectedPaths(), {FilePath::fromText(scratch(QStringLiteral("z.txt")))});
}

void PaneChangesTest::renameToExistingNameSaysSo()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_F2);
    auto *field = child<QLineEdit>("renameEdit");
    QVERIFY(field != nullptr);

    field->setText(QStringLiteral("b.txt"));
    QTest::keyClick(field, Qt::Key_Return);

    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(child<QWidget>("errorBanner")->accessibleName(),
             QStringLiteral("Could not rename a.txt"));
    QCOMPARE(QFile(scratch(QStringLiteral("b.txt"))).size(), 5);
    QCOMPARE(QFile(scratch(QStringLiteral("a.txt"))).size(), 10);
}

void PaneChangesTest::whatIsTypedSurvivesANewListing()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_F2);
    QPointer<QLineEdit> field = child<QLineEdit>("renameEdit");
    QVERIFY(field != nullptr);
    field->setText(QStringLiteral("half a na"));

    touch(QStringLiteral("new"));
    QSignalSpy loaded(m_pane->findChild<ui::DirectoryLoader *>(), &ui::DirectoryLoader::loaded);
    m_pane->refresh(); // as at the end of a transfer
    QTRY_COMPARE(loaded.count(), 1); // at once, if the disk was quick

    QVERIFY(field != nullptr && field->isVisible());
    QCOMPARE(field->text(), QStringLiteral("half a na"));
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Escape);
    waitForRows(4);
    QVERIFY(shown().contains(QStringLiteral("a.txt")));
}

void PaneChangesTest::endOfThePaneIsNoRename()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_F2);
    auto *field = child<QLineEdit>("renameEdit");
    QVERIFY(field != nullptr);
    QTRY_COMPARE(field->selectedText(), QStringLiteral("a"));
    QTest::keyClicks(field, QStringLiteral("half a na"));

    m_pane.reset(); // as when its tab is closed

    QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void PaneChangesTest::newFolderByKeyboard()
{
    show();

    key(Qt::Key_F7);
    auto *name = child<QLineEdit>("newFolderName");
    QVERIFY(name != nullptr);
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, QStringLiteral("fresh"));
    QTest::keyClick(name, Qt::Key_Return);

    QTRY_VERIFY(shown().contains(QStringLiteral("fresh")));
    QVERIFY(QDir(scratch(QStringLiteral("fresh"))).exists());
    QTRY_VERIFY(child<QWidget>("newFolderSheet") == nullptr);
    QVERIFY(m_pane->list().hasFocus());
}

void PaneChangesTest::deleteAsksAndCancelIsSafe()
{
    show();
    select(QStringLiteral("a.txt"));

    key(Qt::Key_Delete, Qt::ShiftModifier);
    auto *cancel = child<QPushButton>("deleteCancel");
    QVERIFY(cancel != nullptr);
    QTRY_VERIFY(cancel->hasFocus());
    QTest::keyClick(cancel, Qt::Key_Return);

    QTRY_VERIFY(child<QWidget>("deleteSheet") == nullptr);
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void PaneChangesTest::questionsComeOneAtATimeAndEndWithTheDirectory()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_Delete, Qt::ShiftModifier);
    key(Qt::Key_Delete, Qt::ShiftModifier);
    key(Qt::Key_F7);
    QCOMPARE(m_pane->findChildren<ui::Sheet *>().size(), 1);

    m_pane->goTo(FilePath::fromText(scratch(QStringLiteral("folder"))));
    waitForRows(0);

    QTRY_COMPARE(m_pane->findChildren<ui::Sheet *>().size(), 0);
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void PaneChangesTest::deleteRemovesWhatWasSelected()
{
    show();
    select(QStringLiteral("folder"));
    key(Qt::Key_Down);
    key(Qt::Key_Insert);
    key(Qt::Key_Space);
    QCOMPARE(m_pane->selectedPaths().size(), 2);

    key(Qt::Key_F8, Qt::ShiftModifier);
    QTest::mouseClick(child<QPushButton>("deleteConfirm"), Qt::LeftButton);

    waitForRows(1);
    QCOMPARE(shown(), {QStringLiteral("folder")});
    QVERIFY(!QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void PaneChangesTest::permissionsReachTheDisk()
{
    show();
    const quint32 before = modeOf(QStringLiteral("a.txt"));
    select(QStringLiteral("a.txt"));

    key(Qt::Key_P, Qt::ControlModifier);
    auto *octal = child<QLineEdit>("permissionsOctal");
    QVERIFY(octal != nullptr);
    octal->selectAll();
    QTest::keyClicks(octal, QStringLiteral("751"));
    QTest::keyClick(octal, Qt::Key_Return);

    const QByteArray path = scratch(QStringLiteral("a.txt")).toLocal8Bit();
    struct stat status = {};
    QTRY_COMPARE((::stat(path.constData(), &status), status.st_mode & 07777U), 0751U);
    QTRY_COMPARE(m_pane->changes().history().changes().size(), 1);

    child<QAction>("localUndo")->trigger();
    QTRY_COMPARE((::stat(path.constData(), &status), status.st_mode & 07777U), before);
}

void PaneChangesTest::linksHaveNoPermissionsToChange()
{
    show();
    QVERIFY(QFile::link(scratch(QStringLiteral("a.txt")), scratch(QStringLiteral("a link"))));
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    waitForRows(4);
    const auto *action = m_pane->findChild<QAction *>(QStringLiteral("localPermissions"));
    QVERIFY(action != nullptr);

    select(QStringLiteral("a.txt"));
    QTRY_VERIFY(action->isEnabled());
    select(QStringLiteral("a link"));
    QTRY_VERIFY(!action->isEnabled());
}

void PaneChangesTest::deletedFilesGoToTheTrashAndComeBack()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_Delete);
    waitForRows(2);
    QVERIFY(QFile::exists(m_data->filePath(QStringLiteral("Trash/files/a.txt"))));
    QVERIFY(QFile::exists(m_data->filePath(QStringLiteral("Trash/info/a.txt.trashinfo"))));
    QVERIFY(child<QWidget>("localNotice")->isVisible());

    key(Qt::Key_Z, Qt::ControlModifier);
    waitForRows(3);
    QCOMPARE(QFile(scratch(QStringLiteral("a.txt"))).size(), 10);
    QVERIFY(!QFile::exists(m_data->filePath(QStringLiteral("Trash/files/a.txt"))));
    QTRY_COMPARE(child<QWidget>("localNotice")->accessibleName(),
                 QStringLiteral("Undone: Delete “a.txt”"));
}

void PaneChangesTest::trashThatFailsOffersToDeleteForGood()
{
    show();
    touch(QStringLiteral("no folder"));
    qputenv("XDG_DATA_HOME", scratch(QStringLiteral("no folder")).toUtf8());
    select(QStringLiteral("a.txt"));
    key(Qt::Key_Delete);

    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
    auto *offer = child<QAbstractButton>("trashDeleteForGood");
    QVERIFY(offer != nullptr);
    waitForRows(4);
    QTest::mouseClick(offer, Qt::LeftButton);
    QVERIFY(child<QPushButton>("deleteConfirm") != nullptr);
    QTest::mouseClick(child<QPushButton>("deleteConfirm"), Qt::LeftButton);
    waitForRows(3);
    QVERIFY(!QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void PaneChangesTest::anyChangeOfTheListIsUndone()
{
    show();
    FileChanges &changes = m_pane->changes();
    const FilePath a = FilePath::fromText(scratch(QStringLiteral("a.txt")));
    changes.rename(a, "z.txt");
    QTRY_VERIFY(shown().contains(QStringLiteral("z.txt")));
    select(QStringLiteral("b.txt"));
    changes.trash(m_pane->selectedPaths());
    waitForRows(2);

    key(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
    auto *list = child<QTreeWidget>("historyList");
    QVERIFY(list != nullptr);
    QCOMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(0)->text(1), QStringLiteral("Delete “b.txt”"));
    list->setCurrentItem(list->topLevelItem(1)); // the rename, which came first
    QTest::mouseClick(child<QPushButton>("historyUndo"), Qt::LeftButton);

    QTRY_VERIFY(shown().contains(QStringLiteral("a.txt")));
    QTRY_COMPARE(list->topLevelItemCount(), 1);
    QTest::mouseClick(child<QPushButton>("historyUndo"), Qt::LeftButton);
    waitForRows(3);
    QTRY_COMPARE(list->topLevelItemCount(), 0);
}

void PaneChangesTest::undoThatFailsStaysInTheList()
{
    show();
    FileChanges &changes = m_pane->changes();
    changes.rename(FilePath::fromText(scratch(QStringLiteral("a.txt"))), "z.txt");
    QTRY_VERIFY(shown().contains(QStringLiteral("z.txt")));
    touch(QStringLiteral("a.txt"), 3); // somebody else's

    key(Qt::Key_Z, Qt::ControlModifier);

    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(QFile(scratch(QStringLiteral("a.txt"))).size(), 3);
    QCOMPARE(QFile(scratch(QStringLiteral("z.txt"))).size(), 10);
    QCOMPARE(changes.history().changes().size(), 1);
}

void PaneChangesTest::permissionsOfATreeAreUndone()
{
    show();
    touch(QStringLiteral("folder/inside"));
    const quint32 before = modeOf(QStringLiteral("folder/inside"));
    files::AttributeChange change;
    change.others = change.directories = {.set = 0700, .clear = 077};
    m_pane->changes().changeTrees({FilePath::fromText(scratch(QStringLiteral("folder")))}, change);
    QTRY_COMPARE(modeOf(QStringLiteral("folder/inside")), 0700U);
    QTRY_COMPARE(m_pane->changes().history().changes().size(), 1);

    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(modeOf(QStringLiteral("folder/inside")), before);
}

void PaneChangesTest::duplicateTakesAFreeName()
{
    show();
    touch(QStringLiteral("a (2).txt"));
    m_pane->refresh();
    waitForRows(4);
    select(QStringLiteral("a.txt"));
    key(Qt::Key_D, Qt::ControlModifier);
    waitForRows(5);
    QCOMPARE(QFile(scratch(QStringLiteral("a (3).txt"))).size(), 10);
}

void PaneChangesTest::linkIsMade()
{
    show();
    select(QStringLiteral("a.txt"));
    child<QAction>("localNewLink")->trigger();
    QCOMPARE(child<QLineEdit>("newLinkTarget")->text(), QStringLiteral("a.txt"));
    QTest::keyClicks(child<QLineEdit>("newLinkName"), QStringLiteral("a link"));
    QTest::mouseClick(child<QPushButton>("newLinkCreate"), Qt::LeftButton);
    waitForRows(4);
    QCOMPARE(QFileInfo(scratch(QStringLiteral("a link"))).readSymLink(), QStringLiteral("a.txt"));
}

void PaneChangesTest::emptyingAsks()
{
    show();
    select(QStringLiteral("a.txt"));
    child<QAction>("localEmpty")->trigger();
    QCOMPARE(QFile(scratch(QStringLiteral("a.txt"))).size(), 10);
    QTest::mouseClick(child<QPushButton>("confirmAccept"), Qt::LeftButton);
    QTRY_COMPARE(QFile(scratch(QStringLiteral("a.txt"))).size(), 0);
}

void PaneChangesTest::sizeIsSetAfterItWasToldWhatIsLost()
{
    show();
    select(QStringLiteral("a.txt"));
    child<QAction>("localResize")->trigger();
    auto *field = child<QLineEdit>("sizeField");
    auto *accept = child<QPushButton>("sizeAccept");
    auto *consequence = child<QLabel>("sizeConsequence");
    QVERIFY(field != nullptr && accept != nullptr && consequence != nullptr);
    QCOMPARE(field->text(), QStringLiteral("10"));
    QVERIFY(!accept->isEnabled());

    field->setText(QStringLiteral("nonsense"));
    QVERIFY(!accept->isEnabled());
    field->setText(QStringLiteral("1 k"));
    QVERIFY(consequence->text().contains(QStringLiteral("1,014 bytes of zeros")));
    field->setText(QStringLiteral("4"));
    QVERIFY(consequence->text().contains(QStringLiteral("last 6 bytes are lost")));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(QFile(scratch(QStringLiteral("a.txt"))).size(), 4);
}

void PaneChangesTest::whatIsNewIsTakenAwayAgain()
{
    show();
    const FilePath here = FilePath::fromText(m_scratch->path());
    FileChanges &changes = m_pane->changes();
    changes.createFolder(here, "new folder");
    waitForRows(4);
    changes.createFile(here, "new file");
    waitForRows(5);
    changes.createLink(here, "new link", "new file");
    waitForRows(6);
    select(QStringLiteral("a.txt"));
    key(Qt::Key_D, Qt::ControlModifier);
    waitForRows(7);
    QCOMPARE(changes.history().changes().size(), 4);
    QCOMPARE(child<QAction>("localUndo")->text(),
             QStringLiteral("Undo: Copy to \u201ca (2).txt\u201d"));

    for (int rows = 6; rows >= 3; --rows) {
        key(Qt::Key_Z, Qt::ControlModifier);
        waitForRows(rows);
    }
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void PaneChangesTest::whatWasChangedSinceIsLeftAlone()
{
    show();
    const FilePath here = FilePath::fromText(m_scratch->path());
    FileChanges &changes = m_pane->changes();
    changes.createFile(here, "new file");
    waitForRows(4);
    touch(QStringLiteral("new file"), 3);
    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(QFile(scratch(QStringLiteral("new file"))).size(), 3);
    QCOMPARE(changes.history().changes().size(), 1);

    changes.createFolder(here, "new folder");
    waitForRows(5);
    touch(QStringLiteral("new folder/inside"), 1);
    const quint64 latest = changes.history().changes().last().id;
    QSignalSpy finished(&changes, &FileChanges::finished);
    changes.undo(latest);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished.first().first().value<ui::ChangeOutcome>().errors.first().kind,
             base::ErrorKind::DirectoryNotEmpty);
    QVERIFY(QFile::exists(scratch(QStringLiteral("new folder/inside"))));
}

void PaneChangesTest::copiedFolderGoesToTheTrash()
{
    show();
    touch(QStringLiteral("folder/inside"), 7);
    select(QStringLiteral("folder"));
    key(Qt::Key_D, Qt::ControlModifier);
    waitForRows(4);
    touch(QStringLiteral("folder (2)/mine"), 9);
    key(Qt::Key_Z, Qt::ControlModifier);
    waitForRows(3);
    QCOMPARE(QFile(m_data->filePath(QStringLiteral("Trash/files/folder (2)/mine"))).size(), 9);
    QCOMPARE(QFile(scratch(QStringLiteral("folder/inside"))).size(), 7);
}

void PaneChangesTest::pathsAreCopiedAsText()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), scratch(QStringLiteral("a.txt")));
    child<QAction>("localCopyNames")->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("a.txt"));
    child<QAction>("localCopyUrls")->trigger();
    QCOMPARE(QApplication::clipboard()->text(),
             QStringLiteral("file://") + scratch(QStringLiteral("a.txt")));
}

void PaneChangesTest::copiedFilesArePasted()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_C, Qt::ControlModifier);
    key(Qt::Key_V, Qt::ControlModifier); // beside itself, under a free name
    waitForRows(4);
    QCOMPARE(QFile(scratch(QStringLiteral("a (2).txt"))).size(), 10);

    m_pane->goTo(FilePath::fromText(scratch(QStringLiteral("folder"))));
    waitForRows(0);
    key(Qt::Key_V, Qt::ControlModifier);
    waitForRows(1);
    QCOMPARE(QFile(scratch(QStringLiteral("folder/a.txt"))).size(), 10);
    QVERIFY(QApplication::clipboard()->mimeData()->hasUrls()); // for file managers
}

QTEST_MAIN(PaneChangesTest)

#include "PaneChangesTest.moc"
