#include "files/LocalFileSystem.h"
#include "tests/support/SlowFileSystem.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PathBar.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <memory>

using namespace Qt::StringLiterals;
using files::FileEntry;
using files::FilePath;
using ui::FilePane;
using ui::PathBar;
using ui::Place;

// The folders that are offered while a path is typed, on a real directory and on a slow server.
class PathCompletionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void foldersAreOffered();
    void hiddenOnesOnlyAfterADot();
    void tabAddsWhatIsCommon();
    void tabWaitsForASlowServer();
    void lateAnswerForAnotherFolderIsIgnored();
    void escapeClosesTheListFirst();
    void enterGoesToTheOneThatIsChosen();
    void enterClosesTheListAndGoesToTheFiles();
    void whatCannotBeTypedIsNotOffered();
    void tabLeavesAnUntouchedPath();

private:
    void open(files::FileSystem &fileSystem, Place place);
    void typePath(const QString &text);
    QStringList offers() const;
    QString path(const QString &name) const { return m_scratch->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
    SlowFileSystem m_slow;
    std::shared_ptr<ui::PanePlace> m_place; // shared with the pane
    std::unique_ptr<FilePane> m_pane;
    PathBar *m_field = nullptr; // of the pane
};

void PathCompletionTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    for (const QString &name : {u"folder"_s, u"report-a"_s, u"report-b"_s, u".hidden"_s}) {
        QVERIFY(QDir(m_scratch->path()).mkdir(name));
    }
    QFile file(path(u"format.txt"_s));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
}

void PathCompletionTest::cleanup()
{
    m_pane.reset();
    // QTemporaryDir can not remove names that are not UTF-8.
    QCOMPARE(QProcess::execute(u"rm"_s, {u"-r"_s, m_scratch->path()}), 0);
}

void PathCompletionTest::open(files::FileSystem &fileSystem, Place place)
{
    m_place = std::make_shared<ui::PanePlace>(place);
    m_pane = std::make_unique<FilePane>(
        place == Place::Server ? u"remote"_s : QStringLiteral("local"), m_place);
    m_pane->resize(640, 400);
    m_place->open(&fileSystem, u"server"_s);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    m_field = m_pane->findChild<PathBar *>();
    if (&fileSystem == &m_files) {
        QTRY_VERIFY(!m_field->text().isEmpty()); // the first listing is shown
    }
}

void PathCompletionTest::typePath(const QString &text)
{
    m_field->setFocus();
    m_field->selectAll();
    QTest::keyClicks(m_field, text);
}

QStringList PathCompletionTest::offers() const
{
    QStringList texts;
    const QAbstractItemView &list = *m_field->completer()->popup();
    for (int row = 0; list.isVisible() && row < list.model()->rowCount(); ++row) {
        texts << list.model()->index(row, 0).data().toString();
    }
    return texts;
}

void PathCompletionTest::foldersAreOffered()
{
    open(m_files, Place::ThisComputer);
    typePath(path(u"FO"_s));
    QTRY_COMPARE(offers(), QStringList{path(u"folder/"_s)});

    typePath(path(u"zzz"_s));
    QTRY_COMPARE(offers(), QStringList());
}

void PathCompletionTest::hiddenOnesOnlyAfterADot()
{
    open(m_files, Place::ThisComputer);
    typePath(path(QString()) + u'/');
    QTRY_COMPARE(offers().size(), 3);

    QTest::keyClicks(m_field, u"."_s);
    QTRY_COMPARE(offers(), QStringList{path(u".hidden/"_s)});
}

void PathCompletionTest::tabAddsWhatIsCommon()
{
    open(m_files, Place::ThisComputer);
    typePath(path(u"re"_s));
    QTest::keyClick(m_field, Qt::Key_Tab);
    QTRY_COMPARE(m_field->text(), path(u"report-"_s));
    QTRY_COMPARE(offers().size(), 2);
    QVERIFY(m_field->hasFocus());

    QTest::keyClicks(m_field, u"b"_s);
    QTest::keyClick(m_field, Qt::Key_Tab);
    QCOMPARE(m_field->text(), path(u"report-b/"_s));
}

void PathCompletionTest::tabWaitsForASlowServer()
{
    open(m_slow, Place::Server);
    typePath(u"/srv/w"_s);
    QTest::keyClick(m_field, Qt::Key_Tab);
    QTRY_VERIFY(m_slow.wasAsked(FilePath("/srv")));
    QCOMPARE(m_field->text(), u"/srv/w"_s);

    FileEntry folder;
    folder.name = "www";
    folder.attributes.permissions = 0040755;
    m_slow.answer(FilePath("/srv"), QList<FileEntry>{folder});

    QTRY_COMPARE(m_field->text(), u"/srv/www/"_s);
    QVERIFY(m_field->hasFocus());
}

void PathCompletionTest::lateAnswerForAnotherFolderIsIgnored()
{
    open(m_slow, Place::Server);
    typePath(u"/srv/"_s);
    QTRY_VERIFY(m_slow.wasAsked(FilePath("/srv")));
    typePath(u"/var/"_s);
    QTRY_VERIFY(m_slow.wasAsked(FilePath("/var")));

    FileEntry folder;
    folder.attributes.permissions = 0040755;
    folder.name = "wrong";
    m_slow.answer(FilePath("/srv"), QList<FileEntry>{folder});
    folder.name = "right";
    m_slow.answer(FilePath("/var"), QList<FileEntry>{folder});

    QTRY_COMPARE(offers(), QStringList{u"/var/right/"_s});
}

void PathCompletionTest::escapeClosesTheListFirst()
{
    open(m_files, Place::ThisComputer);
    const QString before = m_field->text();
    typePath(path(u"fo"_s));
    QTRY_COMPARE(offers().size(), 1);

    QTest::keyClick(m_field->completer()->popup(), Qt::Key_Escape);
    QTRY_COMPARE(offers().size(), 0);
    QCOMPARE(m_field->text(), path(u"fo"_s));
    QVERIFY(m_field->hasFocus());

    QTest::keyClick(m_field, Qt::Key_Escape);
    QCOMPARE(m_field->text(), before);
}

void PathCompletionTest::enterGoesToTheOneThatIsChosen()
{
    open(m_files, Place::ThisComputer);
    typePath(path(u"re"_s));
    QTRY_COMPARE(offers().size(), 2);
    QAbstractItemView *list = m_field->completer()->popup();
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);

    QTRY_COMPARE(m_pane->directory(), FilePath::fromText(path(u"report-b"_s)));
    QTRY_VERIFY(m_pane->list().hasFocus());
}

void PathCompletionTest::enterClosesTheListAndGoesToTheFiles()
{
    open(m_files, Place::ThisComputer);
    typePath(path(u"folder"_s));
    QTRY_COMPARE(offers().size(), 1);
    QTRY_VERIFY(!m_field->completer()->popup()->currentIndex().isValid());
    QTest::keyClick(m_field->completer()->popup(), Qt::Key_Return);

    QTRY_COMPARE(m_pane->directory(), FilePath::fromText(path(u"folder"_s)));
    QTRY_VERIFY(m_pane->list().hasFocus());
    QCOMPARE(QApplication::focusWidget(), &m_pane->list());
    QVERIFY(!m_field->completer()->popup()->isVisible());
}

void PathCompletionTest::whatCannotBeTypedIsNotOffered()
{
    QVERIFY(::mkdir((m_scratch->path().toUtf8() + "/rep\xff").constData(), 0755) == 0);
    open(m_files, Place::ThisComputer);
    typePath(path(u"rep"_s));
    QTRY_COMPARE(offers().size(), 2);
}

void PathCompletionTest::tabLeavesAnUntouchedPath()
{
    open(m_files, Place::ThisComputer);
    m_field->setFocus();
    QTest::keyClick(m_field, Qt::Key_Tab);
    QVERIFY(!m_field->hasFocus());
}

QTEST_MAIN(PathCompletionTest)

#include "PathCompletionTest.moc"
