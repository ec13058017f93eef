#include "ui/files/FilePane.h"

#include "tests/support/SlowFileSystem.h"
#include "tests/ui/files/PaneFixture.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"

#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>

using files::FilePath;
using ui::FileDrop;
using ui::FileListModel;
using ui::FilePane;
using ui::Place;

// The pane as a user meets it, on a real directory.
class FilePaneTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void enterOpensAndBackspaceReturnsToTheFolder();
    void typedPathIsOpenedAndEscapeRestores();
    void typedPathSurvivesListings();
    void partsOfALargeFolderAreShown();
    void unreadableDirectoryKeepsTheView();
    void slowListingIsSeenAndCanBeStopped();
    void refreshKeepsSelectionAndScroll();
    void rowBelowTakesThePlaceOfOneThatIsGone();
    void otherPaneShowsWhatWasChanged();
    void hiddenFilesAreToggled();
    void headerSorts();
    void stateIsRestored();
    void typeAheadFindsANameFromAnyColumn();
    void dropOnAFolderGoesIntoIt();
    void unwelcomeDropIsIgnored();
    void withoutAServerItSaysSo();
    void noLabelReadsMarkup();
};

void FilePaneTest::init()
{
    setUp();
}

void FilePaneTest::cleanup()
{
    m_pane.reset();
}

void FilePaneTest::enterOpensAndBackspaceReturnsToTheFolder()
{
    show();
    select(QStringLiteral("folder"));

    key(Qt::Key_Return);
    waitForRows(0);
    QCOMPARE(child<QLineEdit>("localPath")->text(), scratch(QStringLiteral("folder")));
    key(Qt::Key_Backspace);
    waitForRows(3);

    QCOMPARE(m_pane->list().currentIndex().data().toString(), QStringLiteral("folder"));
}

void FilePaneTest::typedPathIsOpenedAndEscapeRestores()
{
    show();
    auto *path = child<QLineEdit>("localPath");
    path->setFocus();
    path->selectAll();
    QTest::keyClicks(path, QStringLiteral("/nonsense"));
    QTest::keyClick(path, Qt::Key_Escape);
    QCOMPARE(path->text(), m_scratch->path());

    path->setFocus();
    path->selectAll();
    QTest::keyClicks(path, scratch(QStringLiteral("folder/")));
    QTest::keyClick(path, Qt::Key_Return);
    waitForRows(0);
    QCOMPARE(path->text(), scratch(QStringLiteral("folder")));
}

// A listing that comes late, or fails, does not take away what is being typed meanwhile.
void FilePaneTest::typedPathSurvivesListings()
{
    show();
    auto *path = child<QLineEdit>("localPath");
    path->setFocus();
    path->selectAll();
    QTest::keyClicks(path, QStringLiteral("/half a pa"));

    m_pane->goTo(FilePath::fromText(scratch(QStringLiteral("folder"))));
    waitForRows(0);
    QCOMPARE(path->text(), QStringLiteral("/half a pa"));
    m_pane->goTo(FilePath::fromText(scratch(QStringLiteral("missing"))));
    QTRY_VERIFY(child<QWidget>("errorBanner")->isVisible());
    QCOMPARE(path->text(), QStringLiteral("/half a pa"));

    QTest::keyClick(path, Qt::Key_Escape);
    QCOMPARE(path->text(), scratch(QStringLiteral("folder")));
}

void FilePaneTest::partsOfALargeFolderAreShown()
{
    SlowFileSystem server;
    m_place->open(&server, QString());
    m_pane->show();
    m_pane->goTo(FilePath("/large"));
    const auto entries = [](int first, int last) {
        QList<files::FileEntry> list;
        for (int i = first; i < last; ++i) {
            files::FileEntry entry;
            entry.name = QByteArray::number(i);
            list.append(entry);
        }
        return list;
    };

    server.answerPart(FilePath("/large"), entries(0, 10));
    server.answerPart(FilePath("/large"), entries(10, 20));
    waitForRows(10); // the second could be the last, and the whole
    server.answerPart(FilePath("/large"), entries(20, 30));
    waitForRows(20);
    QCOMPARE(m_pane->directory(), FilePath("/large"));
    QTRY_VERIFY(child<QAbstractButton>("localStop")->isVisible());
    select(QStringLiteral("7"));

    server.answer(FilePath("/large"), entries(0, 40));
    waitForRows(40);
    QTRY_VERIFY(!child<QAbstractButton>("localStop")->isVisible());
    QCOMPARE(m_pane->selectedPaths(), {FilePath("/large/7")});
    m_place->close();
}

void FilePaneTest::unreadableDirectoryKeepsTheView()
{
    show();

    m_pane->goTo(FilePath::fromText(scratch(QStringLiteral("missing"))));

    auto *banner = child<QWidget>("errorBanner");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->accessibleName().contains(QStringLiteral("missing")),
             qPrintable(banner->accessibleName()));
    QCOMPARE(m_pane->list().model()->rowCount(), 3);
    QCOMPARE(child<QLineEdit>("localPath")->text(), m_scratch->path());
}

void FilePaneTest::slowListingIsSeenAndCanBeStopped()
{
    SlowFileSystem server;
    m_place->open(&server, QString());
    m_pane->show();
    m_pane->goTo(FilePath("/slow"));

    auto *stop = child<QAbstractButton>("localStop");
    QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible(), 1000);
    QVERIFY(child<QWidget>("localProgress")->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);

    QVERIFY(!child<QWidget>("localProgress")->isVisible());
    m_place->close();
}

void FilePaneTest::refreshKeepsSelectionAndScroll()
{
    for (int i = 0; i < 200; ++i) {
        touch(QStringLiteral("file%1").arg(i));
    }
    m_pane->resize(640, 300);
    m_place->open(&m_files, QString());
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    m_pane->show();
    waitForRows(203);
    select(QStringLiteral("file100"));
    const QList<FilePath> selected = m_pane->selectedPaths();
    const int scroll = m_pane->list().verticalScrollBar()->value();
    QVERIFY(scroll > 0);

    touch(QStringLiteral("zzz"));
    m_pane->refresh();
    waitForRows(204);

    QCOMPARE(m_pane->selectedPaths(), selected);
    QCOMPARE(m_pane->list().verticalScrollBar()->value(), scroll);
}

void FilePaneTest::rowBelowTakesThePlaceOfOneThatIsGone()
{
    show();
    const auto current
        = [this] { return m_pane->list().currentIndex().siblingAtColumn(0).data().toString(); };
    select(QStringLiteral("a.txt"));
    key(Qt::Key_Delete);
    waitForRows(2);
    QCOMPARE(current(), QStringLiteral("b.txt"));
    select(QStringLiteral("b.txt"));
    key(Qt::Key_Delete);
    waitForRows(1);
    QCOMPARE(current(), QStringLiteral("folder")); // it was the last one
}

void FilePaneTest::otherPaneShowsWhatWasChanged()
{
    show();
    ui::FilePane other(QStringLiteral("other"), m_place);
    ui::FilePane elsewhere(QStringLiteral("elsewhere"), m_place);
    other.goTo(m_pane->directory());
    elsewhere.goTo(FilePath::fromText(scratch(QStringLiteral("folder"))));
    QTRY_COMPARE(other.list().model()->rowCount(), 3);
    QTRY_COMPARE(elsewhere.directory().name(), QByteArray("folder"));
    touch(QStringLiteral("folder/unseen"));

    select(QStringLiteral("a.txt"));
    key(Qt::Key_Delete);

    waitForRows(2);
    QTRY_COMPARE(other.list().model()->rowCount(), 2);
    QCOMPARE(elsewhere.list().model()->rowCount(), 0); // nothing of it was changed here
}

void FilePaneTest::hiddenFilesAreToggled()
{
    show();
    key(Qt::Key_H, Qt::ControlModifier);
    waitForRows(4);
    QVERIFY(shown().contains(QStringLiteral(".hidden")));
    key(Qt::Key_H, Qt::ControlModifier);
    waitForRows(3);
}

void FilePaneTest::headerSorts()
{
    show();
    QHeaderView *header = m_pane->list().header();
    const QPoint onSize(header->sectionViewportPosition(FileListModel::Size) + 8,
                        header->height() / 2);

    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, onSize);

    QTRY_COMPARE(
        shown(),
        QStringList({QStringLiteral("folder"), QStringLiteral("b.txt"), QStringLiteral("a.txt")}));
}

void FilePaneTest::stateIsRestored()
{
    show();
    m_pane->list().header()->setSortIndicator(FileListModel::Size, Qt::DescendingOrder);
    key(Qt::Key_H, Qt::ControlModifier);
    waitForRows(4);
    const QByteArray state = m_pane->saveState();
    const QStringList before = shown();

    const auto place = std::make_shared<ui::PanePlace>(Place::ThisComputer);
    FilePane other(QStringLiteral("local"), place);
    QVERIFY(other.restoreState(state));
    QVERIFY(!other.restoreState("other version"));
    m_pane.reset();
    place->open(&m_files);
    other.goTo(FilePath::fromText(m_scratch->path()));

    const QAbstractItemModel &model = *other.list().model();
    QTRY_COMPARE(model.rowCount(), 4);
    for (int row = 0; row < 4; ++row) {
        QCOMPARE(model.index(row, 0).data().toString(), before[row]);
    }
}

void FilePaneTest::typeAheadFindsANameFromAnyColumn()
{
    show();
    m_pane->list().setCurrentIndex(m_pane->list().model()->index(0, FileListModel::Modified));

    QTest::keyClicks(&m_pane->list(), QStringLiteral("b.t"));

    QCOMPARE(m_pane->list().currentIndex().siblingAtColumn(0).data().toString(),
             QStringLiteral("b.txt"));
}

void FilePaneTest::dropOnAFolderGoesIntoIt()
{
    show();
    QList<FileDrop> drops;
    connect(m_pane.get(), &FilePane::dropped, this,
            [&drops](const FileDrop &drop) { drops.append(drop); });
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/etc/hostname"))});
    QWidget *viewport = m_pane->list().viewport();
    const auto dropAt = [&](QPoint position) {
        QDragEnterEvent enter(position, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(viewport, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(position, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(viewport, &drop);
        QVERIFY(drop.isAccepted());
    };

    select(QStringLiteral("folder"));
    dropAt(m_pane->list().visualRect(m_pane->list().currentIndex()).center());
    dropAt(viewport->rect().bottomLeft() - QPoint(-10, 10));

    QCOMPARE(drops.size(), 2);
    QCOMPARE(drops[0].drag.paths, {FilePath("/etc/hostname")});
    QCOMPARE(drops[0].targetDirectory, FilePath::fromText(scratch(QStringLiteral("folder"))));
    QCOMPARE(drops[1].targetDirectory, FilePath::fromText(m_scratch->path()));
}

void FilePaneTest::unwelcomeDropIsIgnored()
{
    show();
    QSignalSpy dropped(m_pane.get(), &FilePane::dropped);
    const auto ownDrag = ui::toMimeData({m_pane->list().id(), {FilePath("/a")}}, Place::Server);
    const auto strange = ui::toMimeData({QUuid::createUuid(), {FilePath("/a")}}, Place::Server);
    const QPoint below = m_pane->list().viewport()->rect().bottomLeft() + QPoint(10, -10);

    for (const QMimeData *data : {ownDrag.get(), strange.get()}) {
        QDragEnterEvent enter(below, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_pane->list().viewport(), &enter);
        QVERIFY(!enter.isAccepted());
        QDropEvent drop(below, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_pane->list().viewport(), &drop);
        QVERIFY(!drop.isAccepted());
    }

    QCOMPARE(dropped.size(), 0);
}

void FilePaneTest::withoutAServerItSaysSo()
{
    const auto place = std::make_shared<ui::PanePlace>(Place::Server);
    FilePane pane(QStringLiteral("remote"), place);
    place->open(nullptr,
                QStringLiteral("web\x1b"
                               "01"));
    pane.show();

    auto *placeholder = pane.findChild<QLabel *>(QStringLiteral("remotePlaceholder"));
    QVERIFY(placeholder->isVisible());
    QCOMPARE(placeholder->text(), QStringLiteral("Not connected to web\\x1B01"));
    QVERIFY(!pane.findChild<QLineEdit *>(QStringLiteral("remotePath"))->isEnabled());
}

void FilePaneTest::noLabelReadsMarkup()
{
    touch(QStringLiteral("<b>bold<b>"));
    m_place->open(&m_files, QString());
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    m_pane->show();
    waitForRows(4);
    select(QStringLiteral("<b>bold<b>"));
    key(Qt::Key_Delete, Qt::ShiftModifier);
    key(Qt::Key_P, Qt::ControlModifier);
    key(Qt::Key_Return, Qt::AltModifier);

    for (const QLabel *label : m_pane->findChildren<QLabel *>()) {
        const bool isFixedText = label->buddy() != nullptr || label->text().isEmpty();
        QVERIFY2(isFixedText || label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }
}

QTEST_MAIN(FilePaneTest)

#include "FilePaneTest.moc"
