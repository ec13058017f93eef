#include "files/LocalFileSystem.h"
#include "tests/support/SlowFileSystem.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/widgets/Sheet.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::FilePane;
using ui::Place;

// Where a mistake is expensive a pane asks before dangerous acts, and says why.
class PaneCautionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void carefulActsAreAsked();
    void withoutACautionNothingIsAsked();
    void deletingTellsWhy();
    void questionStaysUntilItsFilesAreGone();
    void questionKeepsTheFolderItIsAbout();
    void questionBeforeTheFirstListingStays();

private:
    bool says(const QString &part) const;

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
    std::shared_ptr<ui::PanePlace> m_place; // shared with the pane
    std::unique_ptr<FilePane> m_pane;
};

void PaneCautionTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    QFile file(m_scratch->filePath(u"file"_s));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    m_place = std::make_shared<ui::PanePlace>(Place::Server);
    m_pane = std::make_unique<FilePane>(u"remote"_s, m_place);
    m_pane->resize(640, 400);
    m_place->open(&m_files, u"web01"_s);
    m_place->setCaution(u"web01 is a production server."_s);
    m_pane->show();
    m_pane->goTo(FilePath::fromText(m_scratch->path()));
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    QTRY_COMPARE(m_pane->list().model()->rowCount(), 1);
}

void PaneCautionTest::cleanup()
{
    m_pane.reset();
}

bool PaneCautionTest::says(const QString &part) const
{
    const auto labels = m_pane->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&part](const QLabel *label) {
        return label->isVisible() && label->text().contains(part);
    });
}

void PaneCautionTest::carefulActsAreAsked()
{
    int acts = 0;
    const auto ask
        = [&] { m_pane->withCare(u"Copy 3 items?"_s, u"Copy"_s, {}, [&acts] { ++acts; }); };
    ask();
    QCOMPARE(acts, 0);
    QVERIFY(says(u"Copy 3 items?"_s));
    QVERIFY(says(u"web01 is a production server."_s));
    QTest::keyClick(m_pane->window()->focusWidget(), Qt::Key_Return); // Cancel has the focus
    QTRY_VERIFY(m_pane->findChild<ui::Sheet *>() == nullptr);
    QCOMPARE(acts, 0);

    ask();
    for (auto *button : m_pane->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == u"Copy"_s) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QCOMPARE(acts, 1);
    QTRY_VERIFY(!says(u"Copy 3 items?"_s));
}

void PaneCautionTest::withoutACautionNothingIsAsked()
{
    m_place->setCaution({});
    int acts = 0;
    m_pane->withCare(u"Copy?"_s, u"Copy"_s, {}, [&acts] { ++acts; });
    QCOMPARE(acts, 1);
    QVERIFY(!says(u"Copy?"_s));
}

void PaneCautionTest::deletingTellsWhy()
{
    ui::FileListView &list = m_pane->list();
    list.setFocus();
    list.setCurrentIndex(list.model()->index(0, 0));
    QTest::keyClick(&list, Qt::Key_Delete, Qt::ShiftModifier);
    QTRY_VERIFY(says(u"web01 is a production server. This cannot be undone."_s));
    QVERIFY(QFile::exists(m_scratch->filePath(u"file"_s)));
}

void PaneCautionTest::questionStaysUntilItsFilesAreGone()
{
    const auto isAsking = [this] { return says(u"This cannot be undone."_s); };
    ui::FileListView &list = m_pane->list();
    list.setCurrentIndex(list.model()->index(0, 0));
    QTest::keyClick(&list, Qt::Key_Delete, Qt::ShiftModifier);
    QTRY_VERIFY(isAsking());
    QFile other(m_scratch->filePath(u"other"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    m_pane->refresh();
    QTRY_COMPARE(list.model()->rowCount(), 2);
    QVERIFY(isAsking());

    QVERIFY(QFile::remove(m_scratch->filePath(u"file"_s))); // by somebody else
    m_pane->refresh();
    QTRY_VERIFY(!isAsking());
}

// Its answer was about to be read while another folder was on its way.
void PaneCautionTest::questionKeepsTheFolderItIsAbout()
{
    SlowFileSystem server;
    m_place->open(&server, u"web02"_s);
    m_pane->goTo(FilePath("/one"));
    server.answer(FilePath("/one"), QList{files::FileEntry{.name = "file"}});
    QTRY_COMPARE(m_pane->directory(), FilePath("/one"));
    m_pane->list().setCurrentIndex(m_pane->list().model()->index(0, 0));
    m_pane->goTo(FilePath("/two"));

    QTest::keyClick(&m_pane->list(), Qt::Key_Delete, Qt::ShiftModifier);
    server.answer(FilePath("/two"), QList<files::FileEntry>());

    QTest::qWait(50); // for what must not come
    QCOMPARE(m_pane->directory(), FilePath("/one"));
    QVERIFY(says(u"This cannot be undone."_s));
    m_place->close();
}

void PaneCautionTest::questionBeforeTheFirstListingStays()
{
    SlowFileSystem server;
    m_place->open(&server, u"web02"_s);
    m_pane->goTo(FilePath("/one"));
    QVERIFY(m_pane->directory().isEmpty());
    m_pane->withCare(u"Copy 3 items?"_s, u"Copy"_s, {}, [] { });
    server.answer(FilePath("/one"), QList<files::FileEntry>());
    QTRY_COMPARE(m_pane->directory(), FilePath("/one"));
    QVERIFY(says(u"Copy 3 items?"_s));
    m_place->close();
}

QTEST_MAIN(PaneCautionTest)

#include "PaneCautionTest.moc"
