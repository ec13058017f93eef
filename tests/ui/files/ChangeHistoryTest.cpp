#include "ui/files/ChangeHistory.h"

#include "tests/support/SlowFileSystem.h"
#include "tests/ui/files/PaneFixture.h"
#include "ui/files/FileChanges.h"
#include "ui/files/PaneActions.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"

#include <QAction>
#include <QSignalSpy>
#include <QTreeWidget>

#include <functional>

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::ChangeHistory;
using ui::FileChanges;
using ui::FilePane;
using ui::PanePlace;
using ui::Place;

// What can be undone belongs to the place where it was done.
class ChangeHistoryTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void stepsAreLimited();
    void otherPlaceHasItsOwn();
    void menuHoldsAnyName();
    void undoIsSeenInAllFolders();
    void panesOfOnePlaceShareIt();
    void windowShowsThatOfThePlace();
    void outlastsTheConnection();
    void whatWasDoneBeforeLeavingIsKept();
    void whatWasDoneBeforeClosingIsKept();
    void cutOffByTheConnectionIsTold();
    void undoGoesNoFurtherElsewhere();
    void whatWasStoppedCountsWhatWasDone_data();
    void whatWasStoppedCountsWhatWasDone();
    void undoThatIsStoppedCountsWhatIsLeft();
    void deletionIsStoppedWithinAFolder();
    void whatIsLeftBehindIsTold();
    void permissionsOfAClosedPaneAreKept();

private:
    void rename(const QString &from, const QByteArray &to);
    QList<FilePath> makeThree() const; // files
    void cancelAtSecond(); // which is done nevertheless
    QString notice() const { return m_pane->notice().accessibleName(); }

    std::shared_ptr<PanePlace> m_other; // another server, say
};

void ChangeHistoryTest::init()
{
    setUp();
    m_other = std::make_shared<PanePlace>(Place::Server);
    m_other->open(&m_files, u"other"_s);
}

void ChangeHistoryTest::cleanup()
{
    m_pane.reset();
    m_other.reset();
}

void ChangeHistoryTest::rename(const QString &from, const QByteArray &to)
{
    m_pane->changes().rename(FilePath::fromText(scratch(from)), to);
    QTRY_VERIFY(shown().contains(QString::fromUtf8(to)));
}

QList<FilePath> ChangeHistoryTest::makeThree() const
{
    QList<FilePath> paths;
    for (const char *name : {"one", "two", "three"}) {
        touch(QString::fromLatin1(name));
        paths.append(FilePath::fromText(scratch(QString::fromLatin1(name))));
    }
    return paths;
}

void ChangeHistoryTest::cancelAtSecond()
{
    FileChanges &changes = m_pane->changes();
    QObject::connect(&changes, &FileChanges::progressed, &changes, [&changes](qsizetype done) {
        if (done == 1) {
            changes.cancel();
        }
    });
}

void ChangeHistoryTest::stepsAreLimited()
{
    ChangeHistory history;
    QCOMPARE(history.add({}), 0U);
    for (int index = 0; index < 200; ++index) {
        QVERIFY(history.add({.text = QString::number(index), .steps = {ui::Renaming{}}}) != 0);
    }
    QCOMPARE(history.changes().size(), 100);
    QCOMPARE(history.changes().last().text, u"199"_s);
}

void ChangeHistoryTest::otherPlaceHasItsOwn()
{
    show();
    rename(u"a.txt"_s, "z.txt");
    QVERIFY(m_pane->actions().undo->isEnabled());

    m_pane->setPlace(m_other);
    QTRY_VERIFY(!m_pane->directory().isEmpty());
    QVERIFY(!m_pane->actions().undo->isEnabled());
    QCOMPARE(m_pane->actions().undo->text(), u"Undo"_s);

    m_pane->setPlace(m_place);
    QTRY_VERIFY(!m_pane->directory().isEmpty());
    QCOMPARE(m_pane->actions().undo->text(), u"Undo: Rename “a.txt”"_s);
    key(Qt::Key_Z, Qt::ControlModifier);

    QTRY_VERIFY(QFile::exists(scratch(u"a.txt"_s)));
    QTRY_VERIFY(m_pane->notice().isVisible());
    QCOMPARE(notice(), u"Undone: Rename “a.txt”"_s); // it was in another directory
}

void ChangeHistoryTest::undoIsSeenInAllFolders()
{
    show();
    const FilePath here = FilePath::fromText(m_scratch->path());
    FilePane other(u"remote"_s, m_place);
    other.goTo(here.child("folder"));
    QTRY_COMPARE(other.directory(), here.child("folder"));
    m_pane->changes().move({here.child("a.txt")}, here.child("folder"));
    waitForRows(2);
    other.refresh();
    QTRY_COMPARE(other.list().model()->rowCount(), 1);

    key(Qt::Key_Z, Qt::ControlModifier);
    waitForRows(3);
    QTRY_COMPARE(other.list().model()->rowCount(), 0);
}

void ChangeHistoryTest::menuHoldsAnyName()
{
    show();
    rename(u"a.txt"_s, "a&b");
    rename(u"a&b"_s, "c");
    QCOMPARE(m_pane->actions().undo->text(), u"Undo: Rename “a&&b”"_s);
    rename(u"c"_s, QByteArray(255, 'x'));
    rename(QString(255, u'x'), "d");
    const QString half(30, u'x');
    QCOMPARE(m_pane->actions().undo->text(), u"Undo: Rename “%1…%1”"_s.arg(half));
}

void ChangeHistoryTest::panesOfOnePlaceShareIt()
{
    show();
    FilePane second(u"remote"_s, m_place);
    rename(u"a.txt"_s, "z.txt");
    QVERIFY(second.actions().undo->isEnabled());

    second.actions().undo->trigger();

    QTRY_VERIFY(QFile::exists(scratch(u"a.txt"_s)));
    QTRY_VERIFY(!m_pane->actions().undo->isEnabled());
}

void ChangeHistoryTest::windowShowsThatOfThePlace()
{
    show();
    rename(u"a.txt"_s, "z.txt");
    m_pane->setPlace(m_other);
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    waitForRows(3);
    rename(u"b.txt"_s, "y.txt");

    m_pane->actions().history->trigger();
    auto *list = child<QTreeWidget>("historyList");
    QVERIFY(list != nullptr);
    QCOMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(1), u"Rename “b.txt”"_s);

    m_pane->setPlace(m_place); // it would be about the wrong files
    QTRY_VERIFY(child<QTreeWidget>("historyList") == nullptr);
}

void ChangeHistoryTest::outlastsTheConnection()
{
    show();
    rename(u"a.txt"_s, "z.txt");
    m_place->close();
    QVERIFY(!m_pane->actions().undo->isEnabled());

    m_place->open(&m_files);
    QTRY_VERIFY(m_pane->actions().undo->isEnabled());
    m_pane->actions().undo->trigger();
    QTRY_VERIFY(QFile::exists(scratch(u"a.txt"_s)));
}

void ChangeHistoryTest::whatWasDoneBeforeLeavingIsKept()
{
    show();
    const FilePath here = FilePath::fromText(m_scratch->path());
    FileChanges &changes = m_pane->changes();
    connect(&changes, &FileChanges::progressed, this, [this](qsizetype done) {
        if (done == 1) {
            m_pane->setPlace(m_other); // "b.txt" is about to be renamed
        }
    });

    changes.renameMany(here, {{"a.txt", "1"}, {"b.txt", "2"}, {".hidden", "3"}});

    QTRY_COMPARE(m_place->history()->changes().size(), 1);
    QVERIFY(m_other->history()->changes().isEmpty());
    const qsizetype steps = m_place->history()->changes().first().steps.size();
    QVERIFY(QFile::exists(scratch(u"1"_s)));
    QCOMPARE(QFile::exists(scratch(u"2"_s)), steps == 2);
    QVERIFY(QFile::exists(scratch(u".hidden"_s)));
}

void ChangeHistoryTest::whatWasDoneBeforeClosingIsKept()
{
    show();
    QSignalSpy progress(&m_pane->changes(), &FileChanges::progressed);
    const FilePath here = FilePath::fromText(m_scratch->path());
    m_pane->changes().renameMany(here, {{"a.txt", "1"}, {"b.txt", "2"}});
    QTRY_VERIFY(progress.count() == 2);

    m_pane.reset();

    QCOMPARE(m_place->history()->changes().size(), 1);
}

// When the files are seen again: until then there is no place for it.
void ChangeHistoryTest::cutOffByTheConnectionIsTold()
{
    show();
    const FilePath here = FilePath::fromText(m_scratch->path());
    QSignalSpy progress(&m_pane->changes(), &FileChanges::progressed);
    m_pane->changes().renameMany(here, {{"a.txt", "1"}, {"b.txt", "2"}});
    QTRY_VERIFY(!progress.isEmpty());
    m_place->close();
    m_place->open(&m_files);
    QTRY_VERIFY(m_pane->banner().isVisible());
    QCOMPARE(m_pane->banner().accessibleName(), u"Not finished: Rename 2 items"_s);

    m_pane->goTo(here.child("folder"));
    QTRY_VERIFY(!m_pane->banner().isVisible());
    m_pane->changes().remove({here.child("1")});
    m_place->close();
    m_pane->setPlace(m_other); // these are other files
    QTRY_COMPARE(m_pane->directory(), FilePath::fromText(QDir::homePath()));
    QVERIFY(!m_pane->banner().isVisible());
}

void ChangeHistoryTest::undoGoesNoFurtherElsewhere()
{
    SlowFileSystem here;
    const auto history = std::make_shared<ChangeHistory>();
    FileChanges changes;
    changes.setPlace(&here, history);
    changes.createFile(FilePath::fromText(m_scratch->path()), "new");
    QTRY_COMPARE(history->changes().size(), 1);
    here.holdStatus();
    changes.undo(history->changes().last().id);
    QTRY_VERIFY(here.wasAskedForStatus()); // it looks what is there now

    changes.setPlace(&m_files, std::make_shared<ChangeHistory>());
    here.answerStatus();

    QTRY_COMPARE(history->changes().size(), 1);
    QVERIFY(QFile::exists(scratch(u"new"_s)));
}

void ChangeHistoryTest::whatWasStoppedCountsWhatWasDone_data()
{
    using Act = std::function<void(FileChanges &, const QList<FilePath> &)>;
    QTest::addColumn<Act>("act");
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("kept"); // empty: it can not be undone
    const auto in = [](const QList<FilePath> &paths) { return paths.first().parent(); };
    const auto entries = [](const QList<FilePath> &paths) {
        QList<files::FileEntry> found;
        for (const FilePath &path : paths) {
            found << files::FileEntry{.name = path.name()};
        }
        return found;
    };
    QTest::newRow("trash") << Act(&FileChanges::trash)
                           << u"Stopped: 2 of 3 items are in the trash."_s << u"Delete 2 items"_s;
    QTest::newRow("move") << Act([](FileChanges &changes, const QList<FilePath> &paths) {
        changes.move(paths, paths.first().parent().child("folder"));
    }) << u"Stopped: 2 of 3 items are moved."_s
                          << u"Move 2 items"_s;
    QTest::newRow("rename") << Act([in](FileChanges &changes, const QList<FilePath> &paths) {
        changes.renameMany(in(paths), {{"one", "1"}, {"two", "2"}, {"three", "3"}});
    }) << u"Stopped: 2 of 3 items are renamed."_s
                            << u"Rename 2 items"_s;
    QTest::newRow("touch") << Act([in, entries](FileChanges &changes, const auto &paths) {
        changes.touch(in(paths), entries(paths));
    }) << u"Stopped: 2 of 3 items are changed."_s
                           << u"Set the time of 2 items"_s;
    QTest::newRow("resize") << Act(
        [](FileChanges &changes, const QList<FilePath> &paths) { changes.resize(paths, 7); })
                            << u"Stopped: 2 of 3 items are changed."_s << QString();
}

void ChangeHistoryTest::whatWasStoppedCountsWhatWasDone()
{
    using Act = std::function<void(FileChanges &, const QList<FilePath> &)>;
    QFETCH(Act, act);
    QFETCH(QString, kept);
    show();
    const QList<FilePath> paths = makeThree();
    FileChanges &changes = m_pane->changes();
    cancelAtSecond();
    act(changes, paths);

    QTRY_VERIFY(m_pane->notice().isVisible());
    QTEST(notice(), "told");
    const auto &history = changes.history().changes();
    QCOMPARE(history.isEmpty() ? QString() : history.last().text, kept);
}

void ChangeHistoryTest::undoThatIsStoppedCountsWhatIsLeft()
{
    show();
    FileChanges &changes = m_pane->changes();
    changes.move(makeThree(), FilePath::fromText(scratch(u"folder"_s)));
    QTRY_COMPARE(changes.history().changes().size(), 1);
    QCOMPARE(changes.history().changes().last().text, u"Move 3 items"_s);
    cancelAtSecond();
    changes.undo(changes.history().changes().last().id);

    QTRY_VERIFY(m_pane->notice().isVisible());
    QCOMPARE(notice(), u"Stopped: 2 of 3 changes are undone."_s);
    QCOMPARE(changes.history().changes().last().text, u"Move “one”"_s);
}

// By Escape, also while a listing has come and gone beside it; and what it took until then is told.
void ChangeHistoryTest::deletionIsStoppedWithinAFolder()
{
    show();
    SlowFileSystem server;
    SlowFileSystem::Removal removal;
    server.holdRemoval(removal);
    m_place->open(&server, QString());
    m_pane->goTo(FilePath("/srv"));
    server.answer(FilePath("/srv"), QList{files::FileEntry{.name = "tree"}});
    waitForRows(1);
    m_pane->changes().remove({FilePath("/srv/tree")});
    QTRY_VERIFY(removal.removed != nullptr);
    *removal.removed = 1234;
    removal.promise.setProgressValue(1234);
    auto *status = child<QLabel>("localStatus");
    QTRY_COMPARE(status->text(), u"Working… 1,234 files so far"_s);
    m_pane->refresh();
    server.answer(FilePath("/srv"), QList{files::FileEntry{.name = "tree"}});
    QTest::qWait(50); // for what must not come
    QCOMPARE(status->text(), u"Working… 1,234 files so far"_s);

    m_pane->list().setFocus();
    key(Qt::Key_Escape);
    QVERIFY(removal.promise.isCanceled());
    QCOMPARE(status->text(), u"Stopping…"_s);
    *removal.removed = 1240;
    removal.promise.finish();
    QTRY_VERIFY(m_pane->notice().isVisible());
    QCOMPARE(notice(), u"Stopped. Deleted: 1,240 files and folders; nothing else was touched."_s);
    m_place->close();
}

void ChangeHistoryTest::whatIsLeftBehindIsTold()
{
    show();
    FileChanges &changes = m_pane->changes();
    QObject::connect(&changes, &FileChanges::progressed, &changes, [this](qsizetype done) {
        if (done == 1) {
            m_pane->setPlace(m_other); // the second is about to be deleted
        }
    });
    changes.remove(makeThree());

    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(child<QWidget>("errorBanner")->accessibleName(),
             u"This computer: 2 of 3 items are deleted"_s);
    QVERIFY(QFile::exists(scratch(u"three"_s)));
}

void ChangeHistoryTest::permissionsOfAClosedPaneAreKept()
{
    show();
    const std::shared_ptr<ui::ChangeHistory> history = m_place->history();
    connect(
        &m_pane->changes(), &FileChanges::progressed, this,
        [this] { m_pane.release()->deleteLater(); }, Qt::SingleShotConnection);
    files::AttributeChange change;
    change.others = {.set = 0100, .clear = 0};
    m_pane->changes().changeTrees(makeThree(), change);

    QTRY_VERIFY(m_pane == nullptr);
    QTRY_COMPARE(history->changes().size(), 1);
    QVERIFY(!history->changes().first().steps.isEmpty());
}

QTEST_MAIN(ChangeHistoryTest)

#include "ChangeHistoryTest.moc"
