#include "files/LocalFileSystem.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/RenameManyDialog.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::FilePane;
using ui::Place;
using ui::RenameManyDialog;

// Several files of a real directory get new names, by keyboard.
class RenameManyTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void selectedFilesAreRenamedByAPattern();
    void takenNameIsToldAndStopsIt();
    void firstProblemIsSeen();
    void searchAndReplace();
    void escapeChangesNothing();

private:
    void openDialog();
    QStringList names() const { return QDir(m_scratch->path()).entryList(QDir::Files); }

    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
    std::shared_ptr<ui::PanePlace> m_place; // shared with the pane
    std::unique_ptr<FilePane> m_pane;
    RenameManyDialog *m_dialog = nullptr;
};

void RenameManyTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    for (const QString &name : {u"a.jpg"_s, u"b.jpg"_s, u"keep.txt"_s}) {
        QFile file(m_scratch->filePath(name));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        file.write(name.toUtf8());
    }
    m_place = std::make_shared<ui::PanePlace>(Place::ThisComputer);
    m_pane = std::make_unique<FilePane>(QStringLiteral("local"), m_place);
    m_pane->resize(640, 400);
    m_place->open(&m_files, QString());
    m_pane->show();
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    QTRY_COMPARE(m_pane->list().model()->rowCount(), 3);
}

void RenameManyTest::cleanup()
{
    m_pane.reset();
}

// Of the first two files.
void RenameManyTest::openDialog()
{
    ui::FileListView &list = m_pane->list();
    list.setFocus();
    list.setCurrentIndex(list.model()->index(0, 0));
    QTest::keyClick(&list, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_pane->selectedPaths().size(), 2);
    QTest::keyClick(&list, Qt::Key_F2);
    QTRY_VERIFY(m_dialog = m_pane->findChild<RenameManyDialog *>());
    QVERIFY(QTest::qWaitForWindowActive(m_dialog));
}

void RenameManyTest::selectedFilesAreRenamedByAPattern()
{
    openDialog();
    auto *pattern = find<QLineEdit>("renamePattern");
    QTRY_VERIFY(pattern->hasFocus());
    QVERIFY(!find<QPushButton>("renameApply")->isEnabled()); // the usual pattern changes nothing
    QTest::keyClicks(pattern, u"img-{n}.{ext}"_s);
    const QAbstractItemModel &preview = *find<QTreeView>("renamePreview")->model();
    QCOMPARE(preview.index(1, 0).data().toString(), u"b.jpg"_s);
    QCOMPARE(preview.index(1, 1).data().toString(), u"img-02.jpg"_s);

    QTest::keyClick(pattern, Qt::Key_Return);

    QTRY_COMPARE(names(), QStringList({u"img-01.jpg"_s, u"img-02.jpg"_s, u"keep.txt"_s}));
    QFile file(m_scratch->filePath(u"img-02.jpg"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("b.jpg"));
    QTRY_VERIFY(m_pane->findChild<RenameManyDialog *>() == nullptr);
}

void RenameManyTest::takenNameIsToldAndStopsIt()
{
    openDialog();
    auto *pattern = find<QLineEdit>("renamePattern");
    QTest::keyClicks(pattern, u"keep.txt"_s);
    QVERIFY(!find<QPushButton>("renameApply")->isEnabled());
    QVERIFY(find<QLabel>("renameSummary")->text().startsWith(u"2 of 2"_s));

    QTest::keyClick(pattern, Qt::Key_Return);

    QVERIFY(m_dialog->isVisible());
    QCOMPARE(names(), QStringList({u"a.jpg"_s, u"b.jpg"_s, u"keep.txt"_s}));
}

// Among very many it would have to be looked for.
void RenameManyTest::firstProblemIsSeen()
{
    QByteArrayList names;
    for (int number = 0; number < 500; ++number) {
        names << (number == 400 ? QByteArray(255, 'x') : QByteArray::number(number));
    }
    ui::RenameManyDialog dialog(names, {names.begin(), names.end()}, nullptr);
    dialog.show();
    dialog.findChild<QLineEdit *>(QStringLiteral("renamePattern"))
        ->setText(QStringLiteral("new {name}"));
    const auto *view = dialog.findChild<QTreeView *>(QStringLiteral("renamePreview"));
    QTRY_VERIFY(
        view->viewport()->rect().intersects(view->visualRect(view->model()->index(400, 0))));
}

void RenameManyTest::searchAndReplace()
{
    openDialog();
    auto *kind = find<QComboBox>("renameKind");
    kind->setFocus();
    QTest::keyClick(kind, Qt::Key_Down);
    auto *search = find<QLineEdit>("renameSearch");
    QVERIFY(search->isVisible());
    search->setFocus();
    QTest::keyClicks(search, u".jpg"_s);
    QTest::keyClicks(find<QLineEdit>("renameReplacement"), u".jpeg"_s);

    QTest::mouseClick(find<QPushButton>("renameApply"), Qt::LeftButton);

    QTRY_COMPARE(names(), QStringList({u"a.jpeg"_s, u"b.jpeg"_s, u"keep.txt"_s}));
}

void RenameManyTest::escapeChangesNothing()
{
    openDialog();
    QTest::keyClicks(find<QLineEdit>("renamePattern"), u"x{n}"_s);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(m_pane->findChild<RenameManyDialog *>() == nullptr);
    QCOMPARE(names(), QStringList({u"a.jpg"_s, u"b.jpg"_s, u"keep.txt"_s}));
}

QTEST_MAIN(RenameManyTest)

#include "RenameManyTest.moc"
