#include "ui/files/FilePane.h"

#include "files/LocalFileSystem.h"
#include "tests/ui/files/SlowFileSystem.h"
#include "ui/files/DirectoryLoader.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/widgets/Sheet.h"

#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QUrl>

#include <sys/stat.h>

#include <memory>

using files::FilePath;
using ui::FileDrop;
using ui::FileListModel;
using ui::FilePane;
using ui::Place;

// The pane as a user meets it, on a real directory.
class FilePaneTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void enterOpensAndBackspaceReturnsToTheFolder();
    void typedPathIsOpenedAndEscapeRestores();
    void unreadableDirectoryKeepsTheView();
    void slowListingIsSeenAndCanBeStopped();
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
    void refreshKeepsSelectionAndScroll();
    void hiddenFilesAreToggled();
    void headerSorts();
    void stateIsRestored();
    void typeAheadFindsANameFromAnyColumn();
    void dropOnAFolderGoesIntoIt();
    void unwelcomeDropIsIgnored();
    void withoutAServerItSaysSo();
    void noLabelReadsMarkup();

private:
    QString scratch(const QString &name) const { return m_scratch->filePath(name); }
    void touch(const QString &name, qsizetype bytes = 0) const;
    void show();
    void waitForRows(int count);
    QStringList shown() const;
    void select(const QString &name);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_pane->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
    std::unique_ptr<FilePane> m_pane;
};

void FilePaneTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    QVERIFY(QDir(m_scratch->path()).mkdir(QStringLiteral("folder")));
    touch(QStringLiteral("a.txt"), 10);
    touch(QStringLiteral("b.txt"), 5);
    touch(QStringLiteral(".hidden"));
    m_pane = std::make_unique<FilePane>(Place::ThisComputer);
}

void FilePaneTest::cleanup()
{
    m_pane.reset();
}

void FilePaneTest::touch(const QString &name, qsizetype bytes) const
{
    QFile file(scratch(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(QByteArray(bytes, 'x')), bytes);
}

void FilePaneTest::show()
{
    m_pane->resize(640, 400);
    m_pane->setFileSystem(&m_files, QString());
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    m_pane->show();
    m_pane->list().setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    waitForRows(3);
}

void FilePaneTest::waitForRows(int count)
{
    QTRY_COMPARE(m_pane->list().model()->rowCount(), count);
}

QStringList FilePaneTest::shown() const
{
    QStringList names;
    const QAbstractItemModel &model = *m_pane->list().model();
    for (int row = 0; row < model.rowCount(); ++row) {
        names << model.index(row, FileListModel::Name).data().toString();
    }
    return names;
}

void FilePaneTest::select(const QString &name)
{
    const qsizetype row = shown().indexOf(name);
    QVERIFY2(row >= 0, qPrintable(name));
    m_pane->list().setCurrentIndex(m_pane->list().model()->index(static_cast<int>(row), 0));
}

void FilePaneTest::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&m_pane->list(), key, modifiers);
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
    m_pane->setFileSystem(&server, QString());
    m_pane->show();
    m_pane->goTo(FilePath("/slow"));

    auto *stop = child<QAbstractButton>("localStop");
    QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible(), 1000);
    QVERIFY(child<QWidget>("localProgress")->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);

    QVERIFY(!child<QWidget>("localProgress")->isVisible());
    m_pane->setFileSystem(nullptr, QString());
}

void FilePaneTest::renameByKeyboard()
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

void FilePaneTest::renameToExistingNameSaysSo()
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

void FilePaneTest::whatIsTypedSurvivesANewListing()
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

void FilePaneTest::endOfThePaneIsNoRename()
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

void FilePaneTest::newFolderByKeyboard()
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

void FilePaneTest::deleteAsksAndCancelIsSafe()
{
    show();
    select(QStringLiteral("a.txt"));

    key(Qt::Key_Delete);
    auto *cancel = child<QPushButton>("deleteCancel");
    QVERIFY(cancel != nullptr);
    QTRY_VERIFY(cancel->hasFocus());
    QTest::keyClick(cancel, Qt::Key_Return);

    QTRY_VERIFY(child<QWidget>("deleteSheet") == nullptr);
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void FilePaneTest::questionsComeOneAtATimeAndEndWithTheDirectory()
{
    show();
    select(QStringLiteral("a.txt"));
    key(Qt::Key_Delete);
    key(Qt::Key_Delete);
    key(Qt::Key_F7);
    QCOMPARE(m_pane->findChildren<ui::Sheet *>().size(), 1);

    m_pane->goTo(FilePath::fromText(scratch(QStringLiteral("folder"))));
    waitForRows(0);

    QTRY_COMPARE(m_pane->findChildren<ui::Sheet *>().size(), 0);
    QVERIFY(QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void FilePaneTest::deleteRemovesWhatWasSelected()
{
    show();
    select(QStringLiteral("folder"));
    key(Qt::Key_Insert);
    QCOMPARE(m_pane->selectedPaths().size(), 0); // Insert toggles, and moves down
    key(Qt::Key_Insert);
    key(Qt::Key_Space);
    QCOMPARE(m_pane->selectedPaths().size(), 2);

    key(Qt::Key_F8);
    QTest::mouseClick(child<QPushButton>("deleteConfirm"), Qt::LeftButton);

    waitForRows(1);
    QCOMPARE(shown(), {QStringLiteral("folder")});
    QVERIFY(!QFile::exists(scratch(QStringLiteral("a.txt"))));
}

void FilePaneTest::permissionsReachTheDisk()
{
    show();
    select(QStringLiteral("a.txt"));

    key(Qt::Key_Return, Qt::AltModifier);
    auto *octal = child<QLineEdit>("permissionsOctal");
    QVERIFY(octal != nullptr);
    octal->selectAll();
    QTest::keyClicks(octal, QStringLiteral("751"));
    QTest::keyClick(octal, Qt::Key_Return);

    const QByteArray path = scratch(QStringLiteral("a.txt")).toLocal8Bit();
    struct stat status = {};
    QTRY_COMPARE((::stat(path.constData(), &status), status.st_mode & 07777U), 0751U);
}

void FilePaneTest::linksHaveNoPermissionsToChange()
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

void FilePaneTest::refreshKeepsSelectionAndScroll()
{
    for (int i = 0; i < 200; ++i) {
        touch(QStringLiteral("file%1").arg(i));
    }
    m_pane->resize(640, 300);
    m_pane->setFileSystem(&m_files, QString());
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

    FilePane other(Place::ThisComputer);
    QVERIFY(other.restoreState(state));
    QVERIFY(!other.restoreState("other version"));
    m_pane.reset();
    other.setFileSystem(&m_files, QString());
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
    m_pane->list().setDropSources({QUuid()});
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
    m_pane->list().setDropSources({QUuid::createUuid()});
    QSignalSpy dropped(m_pane.get(), &FilePane::dropped);
    const auto ownDrag = ui::toMimeData({m_pane->list().id(), {FilePath("/a")}}, Place::Server);
    QMimeData fromDesktop;
    fromDesktop.setUrls({QUrl::fromLocalFile(QStringLiteral("/etc/hostname"))});

    for (const QMimeData *data : QList<const QMimeData *>{ownDrag.get(), &fromDesktop}) {
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_pane->list().viewport(), &enter);
        QVERIFY(!enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_pane->list().viewport(), &drop);
        QVERIFY(!drop.isAccepted());
    }

    QCOMPARE(dropped.size(), 0);
}

void FilePaneTest::withoutAServerItSaysSo()
{
    FilePane pane(Place::Server);
    pane.setFileSystem(nullptr,
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
    m_pane->setFileSystem(&m_files, QString());
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    m_pane->show();
    waitForRows(4);
    select(QStringLiteral("<b>bold<b>"));
    key(Qt::Key_Delete);
    key(Qt::Key_Return, Qt::AltModifier);

    for (const QLabel *label : m_pane->findChildren<QLabel *>()) {
        const bool isFixedText = label->buddy() != nullptr || label->text().isEmpty();
        QVERIFY2(isFixedText || label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }
}

QTEST_MAIN(FilePaneTest)

#include "FilePaneTest.moc"
