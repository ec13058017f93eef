#include "files/LocalFileSystem.h"
#include "tests/support/SlowFileSystem.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using files::FilePath;
using ui::FilePane;
using ui::Place;

namespace {

// As desktops have it where one click opens a file.
class SingleClickStyle final : public QProxyStyle
{
public:
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        return hint == SH_ItemView_ActivateItemOnSingleClick
            ? 1
            : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

} // namespace

// The ways through the directories of a pane, by keyboard and mouse, on a real directory.
class PaneNavigationTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void backAndForwardByKeyboardAndMouse();
    void backLeadsPastAFolderThatIsGone();
    void stoppedStepLeavesThePlace();
    void samePlaceConnectedAgainKeepsTheWay();
    void whatIsGoneThenIsReplacedByWhatIsAbove();
    void filterByKeyboard();
    void filterWithoutAMatchSaysSo();
    void filterEndsWithTheDirectory();
    void filteredOutIsNotSelected();
    void stepToWhereOneIsSelects_data();
    void stepToWhereOneIsSelects();
    void keypadIsLikeTheOtherKeys();
    void marksStayUntilTheyAreDropped();
    void shiftF10OpensTheMenuOfTheFile();
    void clicksWithModifiersOnlySelect();
    void folderThatWasLeftIsCurrentFurtherUp();

private:
    FilePath path(const QString &name) const
    {
        return FilePath::fromText(m_scratch->filePath(name));
    }
    FilePath start() const { return FilePath::fromText(m_scratch->path()); }
    void goTo(const FilePath &directory);
    void openFilter(const QString &pattern);
    QStringList shown() const;
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_pane->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
    std::shared_ptr<ui::PanePlace> m_place; // shared with the pane
    std::unique_ptr<FilePane> m_pane;
};

void PaneNavigationTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    for (const QString &name : {QStringLiteral("folder"), QStringLiteral("last")}) {
        QVERIFY(QDir(m_scratch->path()).mkdir(name));
    }
    for (const QString &name : {QStringLiteral("Report.txt"), QStringLiteral("b.log")}) {
        QFile file(m_scratch->filePath(name));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    }
    m_place = std::make_shared<ui::PanePlace>(Place::ThisComputer);
    m_pane = std::make_unique<FilePane>(QStringLiteral("local"), m_place);
    m_pane->resize(640, 400);
    m_place->open(&m_files, QString());
    m_pane->show();
    m_pane->list().setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    goTo(start());
}

void PaneNavigationTest::cleanup()
{
    m_pane.reset();
}

void PaneNavigationTest::goTo(const FilePath &directory)
{
    m_pane->goTo(directory);
    QTRY_COMPARE(m_pane->directory(), directory);
}

void PaneNavigationTest::openFilter(const QString &pattern)
{
    key(Qt::Key_F, Qt::ControlModifier);
    auto *filter = child<QLineEdit>("localFilter");
    QVERIFY(filter->isVisible());
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, pattern);
}

QStringList PaneNavigationTest::shown() const
{
    QStringList names;
    const QAbstractItemModel &model = *m_pane->list().model();
    for (int row = 0; row < model.rowCount(); ++row) {
        names << model.index(row, ui::FileListModel::Name).data().toString();
    }
    return names;
}

void PaneNavigationTest::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&m_pane->list(), key, modifiers);
}

void PaneNavigationTest::backAndForwardByKeyboardAndMouse()
{
    auto *forward = child<QAbstractButton>("localForwardButton");
    auto *back = child<QAbstractButton>("localBackButton");
    goTo(path(QStringLiteral("folder")));
    QVERIFY(!forward->isEnabled());

    key(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(m_pane->directory(), start());
    key(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(m_pane->directory(), path(QStringLiteral("folder")));
    QTest::mouseClick(back, Qt::LeftButton);
    QTRY_COMPARE(m_pane->directory(), start());
    QTest::mouseClick(forward, Qt::LeftButton);
    QTRY_COMPARE(m_pane->directory(), path(QStringLiteral("folder")));
    QTest::mouseClick(m_pane->list().viewport(), Qt::BackButton);
    QTRY_COMPARE(m_pane->directory(), start());
    QTest::mouseClick(m_pane->list().viewport(), Qt::ForwardButton);
    QTRY_COMPARE(m_pane->directory(), path(QStringLiteral("folder")));
}

void PaneNavigationTest::backLeadsPastAFolderThatIsGone()
{
    goTo(path(QStringLiteral("folder")));
    goTo(path(QStringLiteral("last")));
    QVERIFY(QDir(m_scratch->path()).rmdir(QStringLiteral("folder")));

    key(Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(m_pane->directory(), path(QStringLiteral("last")));
    key(Qt::Key_Left, Qt::AltModifier);

    QTRY_COMPARE(m_pane->directory(), start());
}

void PaneNavigationTest::stoppedStepLeavesThePlace()
{
    SlowFileSystem server;
    m_place->open(&server, QStringLiteral("web01"));
    m_pane->goTo(FilePath("/one"));
    server.answer(FilePath("/one"), QList<files::FileEntry>());
    QTRY_COMPARE(m_pane->directory(), FilePath("/one"));
    m_pane->goTo(FilePath("/two"));
    server.answer(FilePath("/two"), QList<files::FileEntry>());
    QTRY_COMPARE(m_pane->directory(), FilePath("/two"));

    key(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(server.wasAsked(FilePath("/one")));
    auto *stop = child<QAbstractButton>("localStop");
    QTRY_VERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);

    QCOMPARE(m_pane->directory(), FilePath("/two"));
    QVERIFY(!child<QAbstractButton>("localForwardButton")->isEnabled());
    QVERIFY(child<QAbstractButton>("localBackButton")->isEnabled());
    m_place->close();
}

void PaneNavigationTest::samePlaceConnectedAgainKeepsTheWay()
{
    auto *back = child<QAbstractButton>("localBackButton");
    goTo(path(QStringLiteral("folder")));

    m_place->close();
    QVERIFY(!back->isEnabled());
    m_place->open(&m_files, QString());
    QTRY_COMPARE(m_pane->directory(), path(QStringLiteral("folder")));
    QVERIFY(back->isEnabled());

    m_place->open(nullptr, QStringLiteral("web01"));
    m_place->open(&m_files, QStringLiteral("web01"));
    QVERIFY(!back->isEnabled());
}

void PaneNavigationTest::whatIsGoneThenIsReplacedByWhatIsAbove()
{
    QVERIFY(QDir(m_scratch->path()).mkpath(QStringLiteral("folder/deep/deeper")));
    goTo(path(QStringLiteral("folder/deep/deeper")));
    m_place->close();
    QVERIFY(QDir(path(QStringLiteral("folder/deep")).toDisplay()).removeRecursively());

    m_place->open(&m_files, QString());

    QTRY_COMPARE(m_pane->directory(), path(QStringLiteral("folder")));
    QTRY_VERIFY(child<QWidget>("localNotice")->isVisible());
    QVERIFY(child<QWidget>("localNotice")
                ->accessibleName()
                .contains(QStringLiteral("folder/deep/deeper is not there any more")));
    QVERIFY(!child<QWidget>("errorBanner")->isVisible());
}

void PaneNavigationTest::filterByKeyboard()
{
    openFilter(QStringLiteral("REP"));
    QTRY_COMPARE(shown(), QStringList{QStringLiteral("Report.txt")});

    auto *filter = child<QLineEdit>("localFilter");
    QTest::keyClick(filter, Qt::Key_Return);
    QVERIFY(m_pane->list().hasFocus());
    QVERIFY(filter->isVisible()); // as long as it hides anything
    key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(filter, QStringLiteral("*.log"));
    QTRY_COMPARE(shown(), QStringList{QStringLiteral("b.log")});
    QTest::keyClick(filter, Qt::Key_Escape);

    QTRY_COMPARE(shown().size(), 4);
    QVERIFY(!filter->isVisible());
    QVERIFY(m_pane->list().hasFocus());
}

void PaneNavigationTest::filterWithoutAMatchSaysSo()
{
    const QImage before = m_pane->list().viewport()->grab().toImage();

    openFilter(QStringLiteral("nonsense"));

    QTRY_COMPARE(shown(), QStringList());
    QVERIFY(m_pane->list().viewport()->grab().toImage() != before);
    QCOMPARE(m_pane->list().emptyText(), QStringLiteral("No name matches the filter"));
}

void PaneNavigationTest::filterEndsWithTheDirectory()
{
    openFilter(QStringLiteral("folder"));
    QTRY_COMPARE(shown().size(), 1);
    QTest::keyClick(child<QLineEdit>("localFilter"), Qt::Key_Down);
    key(Qt::Key_Return);
    QTRY_COMPARE(m_pane->directory(), path(QStringLiteral("folder")));
    QVERIFY(!child<QLineEdit>("localFilter")->isVisible());

    key(Qt::Key_Backspace);
    QTRY_COMPARE(m_pane->directory(), start());

    QCOMPARE(shown().size(), 4);
    QCOMPARE(m_pane->list().currentIndex().data().toString(), QStringLiteral("folder"));
}

// What is not seen must not be deleted by the next key.
void PaneNavigationTest::filteredOutIsNotSelected()
{
    m_pane->list().selectAll();
    QCOMPARE(m_pane->selectedPaths().size(), 4);

    openFilter(QStringLiteral(".log"));

    QTRY_COMPARE(m_pane->selectedPaths(), QList{path(QStringLiteral("b.log"))});
}

void PaneNavigationTest::stepToWhereOneIsSelects_data()
{
    QTest::addColumn<Qt::Key>("step");
    QTest::addColumn<int>("row");
    QTest::newRow("Home") << Qt::Key_Home << 0;
    QTest::newRow("Up") << Qt::Key_Up << 0;
    QTest::newRow("End") << Qt::Key_End << 3;
    QTest::newRow("Page Down") << Qt::Key_PageDown << 3;
}

// A click beside the rows takes away the selection and leaves the current row: the next step must
// not leave it without one, or Delete would do nothing.
void PaneNavigationTest::stepToWhereOneIsSelects()
{
    QFETCH(Qt::Key, step);
    QFETCH(int, row);
    ui::FileListView &list = m_pane->list();
    list.setCurrentIndex(list.model()->index(row, 0));
    const QPoint beside(5, list.viewport()->height() - 5);
    QVERIFY(!list.indexAt(beside).isValid());
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, beside);
    QCOMPARE(m_pane->selectedPaths(), QList<FilePath>());

    key(step);

    QCOMPARE(list.currentIndex().row(), row);
    QCOMPARE(list.selectedRowNumbers(), QList{row});
}

void PaneNavigationTest::keypadIsLikeTheOtherKeys()
{
    ui::FileListView &list = m_pane->list();
    list.setCurrentIndex(list.model()->index(0, 0));
    list.clearSelection();
    key(Qt::Key_Home, Qt::KeypadModifier);
    QCOMPARE(list.selectedRowNumbers(), QList{0});

    key(Qt::Key_Insert, Qt::KeypadModifier);
    QCOMPARE(list.selectedRowNumbers(), QList{0});
    QCOMPARE(list.currentIndex().row(), 1);
}

void PaneNavigationTest::marksStayUntilTheyAreDropped()
{
    ui::FileListView &list = m_pane->list();
    list.setCurrentIndex(list.model()->index(0, 0));
    key(Qt::Key_Insert);
    key(Qt::Key_Down);
    key(Qt::Key_Space);
    QCOMPARE(list.selectedRowNumbers(), (QList{0, 2}));
    key(Qt::Key_Up);
    key(Qt::Key_Home);
    QTest::keyClicks(&list, list.model()->index(1, 0).data().toString().first(1));
    QCOMPARE(list.selectedRowNumbers(), (QList{0, 2}));
    m_pane->refresh();
    QSignalSpy reset(list.model(), &QAbstractItemModel::modelReset);
    QTRY_COMPARE(reset.size(), 1);
    key(Qt::Key_End);
    QCOMPARE(list.selectedRowNumbers(), (QList{0, 2}));

    key(Qt::Key_Home);
    key(Qt::Key_Insert); // it has a mark
    QCOMPARE(list.selectedRowNumbers(), QList{2});
    key(Qt::Key_Home);
    key(Qt::Key_Escape);
    QCOMPARE(list.selectedRowNumbers(), QList{0});
    key(Qt::Key_Down);
    QCOMPARE(list.selectedRowNumbers(), QList{1});

    key(Qt::Key_Insert);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                      list.visualRect(list.model()->index(3, 0)).center());
    key(Qt::Key_Up);
    QCOMPARE(list.selectedRowNumbers(), QList{2});
}

void PaneNavigationTest::shiftF10OpensTheMenuOfTheFile()
{
    ui::FileListView &list = m_pane->list();
    list.setCurrentIndex(list.model()->index(1, 0));
    QPoint position;
    connect(&list, &QWidget::customContextMenuRequested, this,
            [&position](QPoint where) { position = where; });
    key(Qt::Key_F10, Qt::ShiftModifier);
    QCOMPARE(list.indexAt(position).row(), 1);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QApplication::activePopupWidget()->close();
}

void PaneNavigationTest::clicksWithModifiersOnlySelect()
{
    const SingleClickStyle style;
    ui::FileListView &list = m_pane->list();
    list.setStyle(const_cast<SingleClickStyle *>(&style));
    const QSignalSpy opened(m_pane.get(), &FilePane::fileActivated);
    const auto click = [&list](int row, Qt::KeyboardModifiers modifiers) {
        const QPoint place = list.visualRect(list.model()->index(row, 0)).center();
        QTest::mouseClick(list.viewport(), Qt::LeftButton, modifiers, place);
    };
    click(2, Qt::ControlModifier);
    click(3, Qt::ControlModifier);
    QCOMPARE(list.selectedRowNumbers(), (QList{2, 3}));
    click(2, Qt::ShiftModifier);
    const QPoint place = list.visualRect(list.model()->index(3, 0)).center();
    QTest::mouseDClick(list.viewport(), Qt::LeftButton, Qt::ControlModifier, place);
    QCOMPARE(opened.count(), 0);

    click(2, Qt::NoModifier);

    QCOMPARE(opened.count(), 1);
    list.setStyle(nullptr);
}

void PaneNavigationTest::folderThatWasLeftIsCurrentFurtherUp()
{
    const QDir scratch(m_scratch->path());
    for (int number = 0; number < 100; ++number) {
        QVERIFY(scratch.mkdir(QStringLiteral("f%1").arg(number, 3, 10, QLatin1Char('0'))));
    }
    QVERIFY(scratch.mkpath(QStringLiteral("f090/deep/deeper")));
    goTo(path(QStringLiteral("f090/deep/deeper")));

    goTo(start());

    const ui::FileListView &list = m_pane->list();
    QTRY_COMPARE(list.currentIndex().data().toString(), QStringLiteral("f090"));
    QVERIFY(list.viewport()->rect().contains(list.visualRect(list.currentIndex()).center()));
}

QTEST_MAIN(PaneNavigationTest)

#include "PaneNavigationTest.moc"
