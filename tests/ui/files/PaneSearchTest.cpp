#include "tests/support/SlowFileSystem.h"
#include "tests/ui/files/PaneFixture.h"
#include "ui/files/FileChanges.h"
#include "ui/files/PaneBookmarks.h"
#include "ui/files/SearchSheet.h"
#include "ui/files/SynchronizedBrowsing.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using files::FilePath;

// Ways to files other than one folder after another: searches, bookmarks, and the other pane.
class PaneSearchTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void whatIsFoundIsShownAsAPane();
    void foundFilesAreRenamedWhereTheyAre();
    void foundFileIsShownInItsFolder();
    void whatIsShownAnewDoesNotTakeTheSelection();
    void sizesHaveUnits();
    void anotherFolderEndsTheSearch();
    void bookmarksAreToggledAndChosen();
    void stepsAreFollowed_data();
    void stepsAreFollowed();
    void panesGoTogether();

private:
    void search(const QString &name);
};

void PaneSearchTest::init()
{
    setUp();
    QVERIFY(QDir(m_scratch->path()).mkpath(u"folder/deep"_s));
    touch(u"folder/deep/found.txt"_s, 3);
}

void PaneSearchTest::cleanup()
{
    m_pane.reset();
}

void PaneSearchTest::search(const QString &name)
{
    key(Qt::Key_F7, Qt::AltModifier);
    auto *field = child<QLineEdit>("searchName");
    QVERIFY(field != nullptr);
    for (const QLabel *label : field->parentWidget()->findChildren<QLabel *>()) {
        QVERIFY2(label->buddy() != nullptr, qPrintable(label->text())); // else "&" is seen in it
    }
    field->setText(name);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(m_pane->list().hasFocus()); // the question has gone
}

void PaneSearchTest::whatIsFoundIsShownAsAPane()
{
    show();
    search(u"*.txt"_s);
    QTRY_COMPARE(shown(), QStringList({u"a.txt"_s, u"b.txt"_s, u"folder/deep/found.txt"_s}));
    QTRY_VERIFY(child<QLabel>("localStatus")->text().startsWith(u"3 found, by going through"_s));

    select(u"folder/deep/found.txt"_s);
    key(Qt::Key_Delete); // as in any pane, and what is shown is still what is found
    QTRY_COMPARE(shown(), QStringList({u"a.txt"_s, u"b.txt"_s}));
    QVERIFY(!QFile::exists(scratch(u"folder/deep/found.txt"_s)));
    key(Qt::Key_Z, Qt::ControlModifier);
    waitForRows(3);

    m_pane->goTo(m_pane->directory());
    QTRY_VERIFY(shown().contains(u"folder"_s));
}

void PaneSearchTest::foundFilesAreRenamedWhereTheyAre()
{
    show();
    search(u"found"_s);
    QTRY_COMPARE(shown(), QStringList(u"folder/deep/found.txt"_s));
    select(u"folder/deep/found.txt"_s);
    key(Qt::Key_F2);
    auto *field = child<QLineEdit>("renameEdit");
    QVERIFY(field != nullptr);
    QCOMPARE(field->text(), u"found.txt"_s);
    field->setText(u"found it.txt"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(shown(), QStringList(u"folder/deep/found it.txt"_s));
    QVERIFY(QFile::exists(scratch(u"folder/deep/found it.txt"_s)));
}

void PaneSearchTest::foundFileIsShownInItsFolder()
{
    show();
    search(u"found"_s);
    QTRY_COMPARE(shown(), QStringList(u"folder/deep/found.txt"_s));
    select(u"folder/deep/found.txt"_s);
    key(Qt::Key_Return, Qt::ControlModifier);
    const FilePath file = FilePath::fromText(scratch(u"folder/deep/found.txt"_s));
    QTRY_COMPARE(m_pane->directory(), file.parent());
    QTRY_COMPARE(m_pane->selectedPaths(), QList<FilePath>{file});
}

// What was found may be arranged once more while the folder of one of the files is on its way, and
// that may come in parts.
void PaneSearchTest::whatIsShownAnewDoesNotTakeTheSelection()
{
    SlowFileSystem server;
    m_place->open(&server, QString());
    m_pane->show();
    m_pane->list().setFocus();
    const auto entry = [](const char *name) { return files::FileEntry{.name = name}; };
    m_pane->goTo(FilePath("/srv"));
    server.answer(FilePath("/srv"), QList{entry("a"), entry("b")});
    waitForRows(2);
    m_pane->reveal(FilePath("/srv/folder/wanted"));
    QSignalSpy reset(m_pane->list().model(), &QAbstractItemModel::modelReset);
    m_pane->list().header()->setSortIndicator(0, Qt::DescendingOrder);
    QTRY_COMPARE(reset.size(), 1);
    server.answerPart(FilePath("/srv/folder"), {entry("x"), entry("y")});
    server.answerPart(FilePath("/srv/folder"), {entry("z")});
    QTRY_COMPARE(m_pane->directory(), FilePath("/srv/folder"));
    server.answer(FilePath("/srv/folder"),
                  QList{entry("x"), entry("y"), entry("z"), entry("wanted")});
    QTRY_COMPARE(m_pane->selectedPaths(), QList<FilePath>{FilePath("/srv/folder/wanted")});
    m_place->close();
}

void PaneSearchTest::sizesHaveUnits()
{
    ui::SearchSheet sheet({});
    auto *least = sheet.findChild<QSpinBox *>(u"searchLeast"_s);
    QCOMPARE(least->text(), u"any"_s);
    const auto typed = [least](const QString &text) {
        least->selectAll();
        QTest::keyClicks(least, text);
        least->interpretText();
        return least->text();
    };
    QCOMPARE(typed(u"300"_s), u"300 kB"_s);
    QCOMPARE(typed(u"1 MB"_s), u"1 MB"_s);
    QCOMPARE(least->value(), 1024);
    QCOMPARE(typed(u"2048 kb"_s), u"2 MB"_s);
    QCOMPARE(typed(u"3g"_s), u"3 GB"_s);
    QCOMPARE(typed(u"99 x"_s), u"99 kB"_s);
}

void PaneSearchTest::anotherFolderEndsTheSearch()
{
    show();
    search(u"x"_s);
    m_pane->goTo(FilePath::fromText(scratch(u"folder"_s)));
    QTRY_COMPARE(shown(), QStringList(u"deep"_s));
    QVERIFY(!m_pane->isSearch());
    m_pane->refresh();
    QTRY_COMPARE(shown(), QStringList(u"deep"_s));
}

void PaneSearchTest::bookmarksAreToggledAndChosen()
{
    show();
    ui::PaneBookmarks &bookmarks = m_pane->bookmarks();
    QSignalSpy changed(&bookmarks, &ui::PaneBookmarks::changed);
    bookmarks.toggle();
    QCOMPARE(bookmarks.paths(), {m_pane->directory()});
    m_pane->goTo(FilePath::fromText(scratch(u"folder"_s)));
    QTRY_COMPARE(shown(), QStringList(u"deep"_s));
    emit bookmarks.chosen(bookmarks.paths().first());
    waitForRows(3);
    bookmarks.toggle();
    QVERIFY(bookmarks.paths().isEmpty());
    QCOMPARE(changed.size(), 2);
}

void PaneSearchTest::stepsAreFollowed_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *from, const char *to, const char *other,
                        const char *expected) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(other)
                            << QByteArray(expected);
    };
    row("down", "/a", "/a/b", "/x", "/x/b");
    row("two down", "/a", "/a/b/c", "/x", "/x/b/c");
    row("down from the root", "/", "/b", "/x", "/x/b");
    row("up", "/a/b", "/a", "/x/y", "/x");
    row("two up", "/a/b/c", "/a", "/x/y/z", "/x");
    row("up beyond the root", "/a/b/c", "/a", "/x", "");
    row("elsewhere", "/a", "/c", "/x", "");
    row("a name that begins alike", "/a", "/ab", "/x", "");
}

void PaneSearchTest::stepsAreFollowed()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, other);
    QFETCH(QByteArray, expected);
    QCOMPARE(
        ui::SynchronizedBrowsing::followed(FilePath(from), FilePath(to), FilePath(other)).bytes(),
        expected);
}

void PaneSearchTest::panesGoTogether()
{
    show();
    QVERIFY(QDir(m_data->path()).mkpath(u"folder/deep"_s));
    const auto place = std::make_shared<ui::PanePlace>(ui::Place::Server);
    place->open(&m_files, u"web01"_s);
    ui::FilePane other(u"remote"_s, place);
    other.goTo(FilePath::fromText(m_data->path()));
    QTRY_COMPARE(other.directory(), FilePath::fromText(m_data->path()));
    ui::SynchronizedBrowsing browsing;
    browsing.setPanes(*m_pane, other);
    browsing.setOn(true);

    m_pane->goTo(FilePath::fromText(scratch(u"folder"_s)));
    QTRY_COMPARE(other.directory(), FilePath::fromText(m_data->filePath(u"folder"_s)));
    other.goTo(FilePath::fromText(m_data->path()));
    QTRY_COMPARE(m_pane->directory(), FilePath::fromText(m_scratch->path()));
    browsing.setOn(false);
    m_pane->goTo(FilePath::fromText(scratch(u"folder"_s)));
    QTRY_COMPARE(m_pane->directory(), FilePath::fromText(scratch(u"folder"_s)));
    QCOMPARE(other.directory(), FilePath::fromText(m_data->path()));
    m_pane->disconnect(&browsing);
}

QTEST_MAIN(PaneSearchTest)

#include "PaneSearchTest.moc"
