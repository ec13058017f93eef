// Two panes' directories compared and synchronized in their window, and kept up to date.

#include "tests/integration/window/FilesFixture.h"
#include "tests/support/Reason.h"
#include "ui/files/FilePane.h"
#include "ui/main/MainWindow.h"
#include "ui/synchronize/SyncModel.h"
#include "ui/synchronize/SyncWindow.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::patience;
using ui::Place;

class SynchronizeTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void mirrorDoesWhatTheListSays();
    void linkThatLeadsOutIsTold();
    void anyTwoPlacesWillDo_data();
    void anyTwoPlacesWillDo();
    void foldersInsideEachOtherAreRefused();
    void spaceChangesWhatIsDone();
    void bothWaysExchange();
    void sameFoldersAreToldToBe();
    void missingFolderIsTold();
    void emptyFieldIsNoFolder();
    void serverIsKeptUpToDate();
    void mirrorIsKeptOnlyOnceItIsSeen();
    void differencesAreMarkedInThePanes();

private:
    void put(Place place, const QByteArray &name, const QByteArray &data, int age) const;
    void open(); // the window
    void compare() const;
    QStringList rows() const; // "name: what is done"
    QString text(const char *name) const;
    QAbstractItemView &list() const { return *m_test->visible<QAbstractItemView>("syncList"); }

    std::unique_ptr<tests::FilesFixture> m_test;
};

void SynchronizeTest::init()
{
    m_test = std::make_unique<tests::FilesFixture>();
    const auto started = m_test->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void SynchronizeTest::cleanup()
{
    m_test.reset();
}

// `age` in seconds: files of the same age have the same time.
void SynchronizeTest::put(Place place, const QByteArray &name, const QByteArray &data,
                          int age) const
{
    static const QDateTime now = QDateTime::currentDateTimeUtc();
    m_test->put(place, name, data);
    QFile file(QFile::decodeName(m_test->directory(place) + '/' + name));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(now.addSecs(-age), QFileDevice::FileModificationTime));
}

void SynchronizeTest::open()
{
    m_test->click("synchronize");
    QVERIFY(m_test->appears("syncWindow"));
    auto *window = m_test->visible("syncWindow");
    QVERIFY(QTest::qWaitForWindowActive(window));
}

void SynchronizeTest::compare() const
{
    m_test->click("syncCompare");
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("syncShown") != nullptr, patience);
}

QStringList SynchronizeTest::rows() const
{
    const QAbstractItemModel &model = *list().model();
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all << model.index(row, 0).data().toString() + u": "_s
                + model.index(row, 3).data().toString();
    }
    return all;
}

QString SynchronizeTest::text(const char *name) const
{
    const auto *label = m_test->visible<QLabel>(name);
    return label == nullptr ? QString() : label->text();
}

void SynchronizeTest::mirrorDoesWhatTheListSays()
{
    put(Place::ThisComputer, "new", "new", 10);
    put(Place::ThisComputer, "same", "same", 10);
    put(Place::ThisComputer, "changed", "after", 10);
    put(Place::Server, "same", "same", 10);
    put(Place::Server, "changed", "before it", 20);
    put(Place::Server, "extra", "extra", 10);
    open();
    m_test->visible<QCheckBox>("syncDeletes")->setChecked(true);
    compare();
    QCOMPARE(rows(), QStringList({u"changed: Copy"_s, u"extra: Delete right"_s, u"new: Copy"_s}));
    QVERIFY2(text("syncState").contains(u"2 files (8 bytes, 1 of them replaced), 1 file deleted"_s),
             qPrintable(text("syncState")));

    QCOMPARE(text("syncDeletions").section(u": "_s, 1), u"extra."_s);
    m_test->click("syncStart");
    QVERIFY(m_test->appears("confirmSheet")); // for the deletion
    QVERIFY(m_test->visible("confirmSheet")->accessibleDescription().contains(u"extra"_s));
    QVERIFY(m_test->get(Place::Server, "extra").has_value());
    m_test->click("confirmAccept");

    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::Server),
                              QByteArrayList({"changed", "new", "same"}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(text("syncEmpty"), u"Both folders are the same."_s, patience);
    QCOMPARE(m_test->get(Place::Server, "changed"), "after");
    QVERIFY(m_test->visible("syncNotice") != nullptr);
    QVERIFY(m_test->shows(Place::Server, "new")); // the pane knows
}

void SynchronizeTest::linkThatLeadsOutIsTold()
{
    const QByteArray link = m_test->directory(Place::ThisComputer) + "/out";
    QVERIFY(QFile::link(u"/etc/hosts"_s, QFile::decodeName(link)));
    open();
    compare();
    QCOMPARE(rows(), QStringList(u"out: Undecided"_s));
    QCOMPARE(list().model()->index(0, ui::SyncModel::Why).data().toString(),
             u"A link that leads out: not copied"_s);
}

// All files are on one disk: the server's, too.
void SynchronizeTest::anyTwoPlacesWillDo_data()
{
    QTest::addColumn<Place>("left");
    QTest::addColumn<Place>("right");
    QTest::newRow("this computer twice") << Place::ThisComputer << Place::ThisComputer;
    QTest::newRow("one server twice") << Place::Server << Place::Server;
    QTest::newRow("the server at the left") << Place::Server << Place::ThisComputer;
}

void SynchronizeTest::anyTwoPlacesWillDo()
{
    QFETCH(Place, left);
    QFETCH(Place, right);
    put(Place::ThisComputer, "new", "new", 10);
    put(Place::ThisComputer, "changed", "after", 10);
    put(Place::Server, "changed", "before it", 20);
    put(Place::Server, "extra", "extra", 10);
    const auto local = m_test->pane(Place::ThisComputer).place();
    const auto server = m_test->pane(Place::Server).place();
    const auto placeOf = [&](Place kind) { return kind == Place::Server ? server : local; };
    for (const auto &[pane, kind] :
         {std::pair(Place::ThisComputer, left), std::pair(Place::Server, right)}) {
        m_test->pane(pane).setPlace(placeOf(kind));
        QVERIFY(m_test->goTo(pane, QString::fromUtf8(m_test->directory(pane))));
        QVERIFY(m_test->shows(pane, "changed"));
    }

    open();
    QCOMPARE(m_test->visible("syncKeep")->isEnabled(), left == Place::ThisComputer);
    QCOMPARE(m_test->visible("syncKeep")->toolTip().startsWith(u"Only a folder of this computer"_s),
             left == Place::Server);
    m_test->visible<QCheckBox>("syncDeletes")->setChecked(true);
    compare();
    QCOMPARE(rows(), QStringList({u"changed: Copy"_s, u"extra: Delete right"_s, u"new: Copy"_s}));
    m_test->click("syncStart");
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmAccept");

    QTRY_COMPARE_WITH_TIMEOUT(text("syncEmpty"), u"Both folders are the same."_s, patience);
    QCOMPARE(m_test->names(Place::Server), QByteArrayList({"changed", "new"}));
    QCOMPARE(m_test->get(Place::Server, "changed"), "after");
    QCOMPARE(m_test->get(Place::ThisComputer, "changed"), "after");
}

void SynchronizeTest::foldersInsideEachOtherAreRefused()
{
    const QString here = QString::fromUtf8(m_test->directory(Place::ThisComputer));
    m_test->pane(Place::Server).setPlace(m_test->pane(Place::ThisComputer).place());
    QVERIFY(m_test->goTo(Place::Server, here));
    m_test->click("synchronize");
    QVERIFY(m_test->visible("syncWindow") == nullptr);
    const auto tells = [this](const QString &part) {
        const auto labels = m_test->window().findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&part](const QLabel *label) {
            return label->isVisible() && label->text().contains(part);
        });
    };
    QTRY_VERIFY(tells(u"one shows a folder inside the other"_s));

    QVERIFY(QFile::link(here, m_test->path(u"link"_s)));
    QVERIFY(m_test->goTo(Place::Server, m_test->path(u"link"_s))); // only the disk knows it
    open();
    m_test->click("syncCompare");
    QTRY_VERIFY_WITH_TIMEOUT(tells(u"one of them is inside the other"_s), patience);
    QVERIFY(m_test->visible("syncCompare")->isEnabled());
}

void SynchronizeTest::spaceChangesWhatIsDone()
{
    put(Place::ThisComputer, "one", "1", 10);
    put(Place::ThisComputer, "two", "2", 10);
    open();
    compare();
    list().setFocus();

    QTest::keyClick(&list(), Qt::Key_Space);
    QCOMPARE(rows(), QStringList({u"one: –"_s, u"two: Copy"_s})); // and nothing that deletes
    list().setCurrentIndex(list().model()->index(1, 0));
    QTest::keyClick(&list(), Qt::Key_Space);
    QCOMPARE(text("syncState"), u"Nothing is done: by these rules, all that differs stays."_s);
    QTest::keyClick(&list(), Qt::Key_Space);
    QCOMPARE(rows(), QStringList({u"one: –"_s, u"two: Copy"_s}));
    m_test->click("syncStart");

    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::Server), QByteArrayList({"two"}), patience);
}

void SynchronizeTest::bothWaysExchange()
{
    put(Place::ThisComputer, "mine", "mine", 10);
    put(Place::ThisComputer, "both", "older", 20);
    put(Place::Server, "both", "newer content", 10);
    put(Place::Server, "theirs", "theirs", 10);
    open();
    m_test->visible<QComboBox>("syncDirection")->setCurrentIndex(2);
    QVERIFY(!m_test->visible("syncDeletes")->isEnabled());
    QVERIFY(!m_test->visible("syncKeep")->isEnabled());
    compare();

    m_test->click("syncStart");

    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::Server),
                              QByteArrayList({"both", "mine", "theirs"}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::ThisComputer),
                              QByteArrayList({"both", "mine", "theirs"}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_test->get(Place::ThisComputer, "both"), "newer content", patience);
}

void SynchronizeTest::sameFoldersAreToldToBe()
{
    put(Place::ThisComputer, "same", "same", 10);
    put(Place::Server, "same", "same", 12);
    open();
    compare();
    QCOMPARE(rows(), QStringList({u"same: Copy"_s}));

    m_test->visible<QSpinBox>("syncTolerance")->setValue(2);
    QVERIFY(m_test->visible("syncShown") == nullptr); // what was compared is another matter
    compare();

    QCOMPARE(text("syncEmpty"), u"Both folders are the same."_s);
    QVERIFY(!m_test->visible("syncStart")->isEnabled());
}

void SynchronizeTest::missingFolderIsTold()
{
    open();
    m_test->visible<QLineEdit>("syncRight")->setFocus();
    m_test->visible<QLineEdit>("syncRight")->selectAll();
    QTest::keyClicks(m_test->visible("syncRight"), u"/nowhere/at all"_s);
    QTest::keyClick(m_test->visible("syncRight"), Qt::Key_Return);

    const auto *window = m_test->visible("syncWindow");
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(window->findChildren<QLabel *>(),
                                                 [](const QLabel *label) {
                                                     return label->isVisible()
                                                         && label->text().contains(
                                                             u"could not be compared"_s);
                                                 }),
                             patience);
    QVERIFY(m_test->visible("syncCompare")->isEnabled());
}

void SynchronizeTest::emptyFieldIsNoFolder()
{
    open();
    compare();
    m_test->visible<QLineEdit>("syncRight")->selectAll();
    QTest::keyClick(m_test->visible("syncRight"), Qt::Key_Backspace);
    QVERIFY(!m_test->visible("syncStart")->isEnabled());
    m_test->click("syncCompare");
    QVERIFY(m_test->appears("errorBanner"));
    QVERIFY(!m_test->visible("syncStart")->isEnabled());
}

void SynchronizeTest::serverIsKeptUpToDate()
{
    put(Place::Server, "extra", "extra", 10);
    put(Place::Server, "both", "newer there", 10);
    put(Place::ThisComputer, "both", "older", 20);
    open();
    QVERIFY(m_test->visible<QCheckBox>("syncNewer")->isChecked());
    m_test->click("syncKeep");
    QTRY_VERIFY_WITH_TIMEOUT(text("keeperState").startsWith(u"Up to date"_s), patience);

    put(Place::ThisComputer, "new", "new", 0);

    QTRY_COMPARE_WITH_TIMEOUT(m_test->names(Place::Server),
                              QByteArrayList({"both", "extra", "new"}), patience);
    QCOMPARE(m_test->get(Place::Server, "both"), "newer there");
    QTRY_VERIFY_WITH_TIMEOUT(
        m_test->visible<QPlainTextEdit>("keeperLog")->toPlainText().contains(u"1 file copied"_s),
        patience);
    m_test->visible("syncWindow")->close();
    QVERIFY(m_test->appears("confirmSheet")); // it would end
    m_test->click("confirmCancel");
    m_test->click("syncStop");
    m_test->visible("syncWindow")->close();
    QVERIFY(m_test->vanishes("syncWindow"));
}

void SynchronizeTest::mirrorIsKeptOnlyOnceItIsSeen()
{
    put(Place::Server, "extra", "extra", 10);
    open();
    m_test->visible<QCheckBox>("syncDeletes")->setChecked(true);

    m_test->click("syncKeep");
    QVERIFY(m_test->visible("confirmSheet") == nullptr);
    QVERIFY(m_test->visible("syncNotice") != nullptr); // says what to do first
    compare();
    m_test->click("syncStart");
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmAccept");
    QTRY_COMPARE_WITH_TIMEOUT(text("syncEmpty"), u"Both folders are the same."_s, patience);

    m_test->click("syncKeep");
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmAccept");
    QTRY_VERIFY_WITH_TIMEOUT(text("keeperState").startsWith(u"Up to date"_s), patience);
}

void SynchronizeTest::differencesAreMarkedInThePanes()
{
    put(Place::ThisComputer, "mine", "mine", 10);
    put(Place::ThisComputer, "other time", "12", 10);
    put(Place::ThisComputer, "same", "same", 10);
    put(Place::Server, "other time", "12", 30);
    put(Place::Server, "same", "same", 10);
    put(Place::Server, "theirs", "theirs", 10);
    m_test->pane(Place::ThisComputer).refresh();
    m_test->pane(Place::Server).refresh();
    QVERIFY(m_test->shows(Place::ThisComputer, "mine"));
    QVERIFY(m_test->shows(Place::Server, "theirs"));

    m_test->click("markDifferences");

    const auto selected = [this](Place place) {
        QByteArrayList names;
        for (const files::FilePath &path : m_test->pane(place).selectedPaths()) {
            names << path.name();
        }
        return names;
    };
    QCOMPARE(selected(Place::ThisComputer), QByteArrayList({"mine", "other time"}));
    QCOMPARE(selected(Place::Server), QByteArrayList({"other time", "theirs"}));
}

QTEST_MAIN(SynchronizeTest)
#include "SynchronizeTest.moc"
