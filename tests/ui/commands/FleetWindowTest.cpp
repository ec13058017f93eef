// The window for many servers with a real one, which many sessions lead to, used by keyboard and
// mouse.

#include "ui/commands/FleetWindow.h"

#include "profiles/ProfileStore.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/Reason.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // milliseconds

} // namespace

class FleetWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void nothingIsRunWithoutServersOrCommand();
    void groupTagAndListAreChosen();
    void hiddenSessionsAreNotChosenByTheirGroup();
    void badLineIsNamed();
    void resultsComeForEachServer();
    void equalOutputsAreFoldedAndCompared();
    void failedOnesRunAgain();
    void failuresStopTheRest();
    void dryRunShowsWhatGoesWhereAndRunsNothing();
    void productionIsAskedAbout();
    void passphraseIsAskedOnce();
    void runIsStopped();
    void resultsAreFiltered();
    void resultsAreSaved_data();
    void resultsAreSaved();
    void closingAsksWhileItRuns();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    void click(const char *name) const
    {
        auto *widget = find<QWidget>(name);
        QVERIFY2(widget != nullptr && widget->isVisible() && widget->isEnabled(), name);
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    void save(const QString &name, const QString &group, const QStringList &tags = {},
              profiles::EnvironmentClass environmentClass = profiles::EnvironmentClass::None);
    QTreeWidgetItem *item(const QString &text) const;
    void check(const QString &text) const;
    void type(const QString &command) const;
    void run(const QString &command) const;
    void waitForEnd() const;
    QAbstractItemModel &rows() const { return *find<QTreeView>("fleetTable")->model(); }
    QStringList column(int column) const;

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<ui::FleetWindow> m_window;
    ssh::ConnectionSettings m_settings; // the fixture writes known_hosts each time it is asked
    QString m_keyFile; // empty: the fixture's
};

void FleetWindowTest::initTestCase()
{
    QVERIFY(m_fixture.setUp());
    m_server
        = std::make_unique<tests::SshServer>(tests::SshServerOptions()
                                                 .withAuthorizedKey(m_fixture.userKey().publicLine)
                                                 .withMaxStartups(u"100"_s));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_settings = m_fixture.settingsWithKey(*m_server);
}

void FleetWindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<profiles::ProfileStore>(m_directory->filePath(u"sessions.json"_s));
    save(u"web01"_s, u"Farm"_s, {u"web"_s});
    save(u"web02"_s, u"Farm/Barn"_s, {u"Web"_s, u"old"_s});
    save(u"db01"_s, u"Farm"_s);
    save(u"alone"_s, {});
    m_window = std::make_unique<ui::FleetWindow>(ui::FleetSources{
        .profiles = *m_store,
        .connectionSettings = [this](const profiles::Profile &profile, const ssh::AliasHosts &) {
            ssh::ConnectionSettings settings = m_settings;
            settings.port = profile.port;
            if (!m_keyFile.isEmpty()) {
                settings.identityFiles = {m_keyFile};
            }
            return settings;
        }});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void FleetWindowTest::cleanup()
{
    m_window.reset();
    m_keyFile.clear();
}

void FleetWindowTest::save(const QString &name, const QString &group, const QStringList &tags,
                           profiles::EnvironmentClass environmentClass)
{
    profiles::Profile profile = profiles::Profile::forAddress({});
    profile.name = name;
    profile.group = group;
    profile.tags = tags;
    profile.environmentClass = environmentClass;
    profile.host = m_server->address();
    profile.port = m_server->port();
    QVERIFY(m_store->save(profile));
}

QTreeWidgetItem *FleetWindowTest::item(const QString &text) const
{
    const auto found
        = find<QTreeWidget>("hostTree")->findItems(text, Qt::MatchExactly | Qt::MatchRecursive);
    return found.size() == 1 ? found.first() : nullptr;
}

// With the keyboard, as a click would.
void FleetWindowTest::check(const QString &text) const
{
    auto *tree = find<QTreeWidget>("hostTree");
    QVERIFY2(item(text) != nullptr, qPrintable(text));
    tree->setCurrentItem(item(text));
    QTest::keyClick(tree, Qt::Key_Space);
}

void FleetWindowTest::type(const QString &command) const
{
    auto *edit = find<QComboBox>("fleetCommand");
    edit->setEditText({});
    QTest::keyClicks(edit->lineEdit(), command);
}

void FleetWindowTest::run(const QString &command) const
{
    type(command);
    QTest::keyClick(find<QComboBox>("fleetCommand")->lineEdit(), Qt::Key_Return);
}

void FleetWindowTest::waitForEnd() const
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isRunning(), patience);
}

QStringList FleetWindowTest::column(int column) const
{
    QStringList texts;
    for (int row = 0; row < rows().rowCount(); ++row) {
        texts.append(rows().index(row, column).data().toString());
    }
    return texts;
}

void FleetWindowTest::nothingIsRunWithoutServersOrCommand()
{
    QVERIFY(!find<QPushButton>("fleetStart")->isEnabled());
    type(u"true"_s);
    QVERIFY(!find<QPushButton>("fleetStart")->isEnabled());
    check(u"alone"_s);
    QVERIFY(find<QPushButton>("fleetStart")->isEnabled());
    type(u" "_s);
    QVERIFY(!find<QPushButton>("fleetStart")->isEnabled());
    QVERIFY(!find<QToolButton>("fleetSave")->isEnabled());
}

void FleetWindowTest::groupTagAndListAreChosen()
{
    check(u"Farm"_s);
    QCOMPARE(find<QLabel>("hostCount")->text(), u"3 servers chosen"_s);
    QCOMPARE(item(u"web02"_s)->checkState(0), Qt::Checked);
    check(u"db01"_s);
    QCOMPARE(item(u"Farm"_s)->checkState(0), Qt::PartiallyChecked);
    check(u"web01"_s);
    check(u"web02"_s);
    QCOMPARE(item(u"Farm"_s)->checkState(0), Qt::Unchecked);

    auto *menu = find<QToolButton>("hostTags")->menu();
    emit menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 2); // "web" and "Web" are one
    menu->actions().at(1)->trigger();
    QCOMPARE(item(u"web01"_s)->checkState(0), Qt::Checked);
    QCOMPARE(item(u"web02"_s)->checkState(0), Qt::Checked);
    QCOMPARE(item(u"db01"_s)->checkState(0), Qt::Unchecked);

    find<QPlainTextEdit>("hostList")->setPlainText(u"# others\nada@web03 # new\nalone\n"_s);
    QCOMPARE(find<QLabel>("hostCount")->text(), u"4 servers chosen"_s);
}

void FleetWindowTest::hiddenSessionsAreNotChosenByTheirGroup()
{
    QTest::keyClicks(find<QLineEdit>("hostFilter"), u"web"_s);
    QVERIFY(item(u"db01"_s)->isHidden());
    check(u"Farm"_s);
    QCOMPARE(item(u"db01"_s)->checkState(0), Qt::Unchecked);
    QCOMPARE(item(u"Farm"_s)->checkState(0), Qt::PartiallyChecked);
    QCOMPARE(find<QLabel>("hostCount")->text(), u"2 servers chosen"_s);
    click("hostNone");
    QCOMPARE(find<QLabel>("hostCount")->text(), u"0 servers chosen"_s);
}

void FleetWindowTest::badLineIsNamed()
{
    find<QPlainTextEdit>("hostList")->setPlainText(u"alone\nno server at all\n"_s);
    run(u"true"_s);
    QVERIFY(!m_window->isRunning());
    const auto *banner = find<QWidget>("errorBanner");
    QVERIFY(banner != nullptr && banner->isVisible());
    bool isNamed = false;
    for (const QLabel *label : banner->findChildren<QLabel *>()) {
        isNamed = isNamed || label->text().contains(u"no server at all"_s);
    }
    QVERIFY(isNamed);
}

void FleetWindowTest::resultsComeForEachServer()
{
    check(u"Farm"_s);
    find<QPlainTextEdit>("hostList")->setPlainText(u"web01\n"_s); // is chosen already
    run(u"echo out; echo err >&2; exit 3"_s);
    waitForEnd();

    QStringList names = column(0);
    names.sort();
    QCOMPARE(names, QStringList({u"db01"_s, u"web01"_s, u"web02"_s}));
    QCOMPARE(column(1), QStringList(3, u"Failed"_s));
    QCOMPARE(column(2), QStringList(3, u"3"_s));
    QCOMPARE(column(4), QStringList(3, u"out"_s));
    for (const QString &duration : column(3)) {
        QVERIFY(!duration.isEmpty());
    }
    QCOMPARE(find<QLabel>("fleetState")->text(), u"3 of 3 done, 3 failed."_s);
    QCOMPARE(find<QPlainTextEdit>("runOutput")->toPlainText(), u"out\nerr\n"_s);
}

void FleetWindowTest::equalOutputsAreFoldedAndCompared()
{
    check(u"Farm"_s);
    check(u"alone"_s);
    // The first one finds no directory of that name.
    const QString directory = m_directory->filePath(u"lock"_s);
    run(u"echo same; if mkdir "_s + directory + u" 2>/dev/null; then echo first; fi; echo end"_s);
    waitForEnd();

    auto *list = find<QTreeWidget>("groupList");
    // The groups are made anew a moment after each server's output.
    QTRY_VERIFY(list->topLevelItemCount() == 2 && list->topLevelItem(0)->text(0) == u"3"_s);
    QCOMPARE(list->topLevelItem(1)->text(0), u"1"_s);
    list->setCurrentItem(list->topLevelItem(1));
    QCOMPARE(find<QPlainTextEdit>("groupView")->toPlainText(), u"same\nfirst\nend\n"_s);
    find<QComboBox>("groupOther")->setCurrentIndex(1); // the large one
    QCOMPARE(find<QPlainTextEdit>("groupView")->toPlainText(), u"  same\n+ first\n  end"_s);

    find<QComboBox>("groupStream")->setCurrentIndex(1);
    QCOMPARE(list->topLevelItemCount(), 1); // nobody complains
    QCOMPARE(list->topLevelItem(0)->text(2), u"Nothing"_s);
}

void FleetWindowTest::failedOnesRunAgain()
{
    check(u"web01"_s);
    check(u"db01"_s);
    const QString directory = m_directory->filePath(u"again"_s);
    // Of two at a time one makes the directory, later runs find it.
    run(u"mkdir "_s + directory + u" 2>/dev/null"_s);
    waitForEnd();
    QCOMPARE(column(1).count(u"Done"_s), 1);
    QVERIFY(QDir().rmdir(directory));

    click("fleetRerun");
    waitForEnd();
    QCOMPARE(column(1), QStringList(2, u"Done"_s));
    QVERIFY(!find<QToolButton>("fleetRerun")->isEnabled());
}

void FleetWindowTest::failuresStopTheRest()
{
    check(u"Farm"_s);
    find<QSpinBox>("fleetJobs")->setValue(1);
    find<QSpinBox>("fleetCanary")->setValue(1);
    run(u"exit 1"_s);
    waitForEnd();
    QCOMPARE(column(1).count(u"Not begun"_s), 2);
    QVERIFY(column(4).last().contains(u"went first"_s));

    find<QSpinBox>("fleetCanary")->setValue(0);
    find<QComboBox>("fleetStopUnit")->setCurrentIndex(1);
    find<QSpinBox>("fleetStopAfter")->setValue(50);
    run(u"exit 1"_s);
    waitForEnd();
    QCOMPARE(column(1).count(u"Not begun"_s), 1); // 50 % of three are two
}

void FleetWindowTest::dryRunShowsWhatGoesWhereAndRunsNothing()
{
    const QString file = m_directory->filePath(u"touched"_s);
    check(u"web01"_s);
    find<QSpinBox>("fleetCanary")->setValue(1);
    type(u"touch "_s + file);
    click("fleetDryRun");
    QCOMPARE(find<QPlainTextEdit>("fleetPlanCommand")->toPlainText(), u"touch "_s + file);
    const QString plan = find<QPlainTextEdit>("fleetPlanHosts")->toPlainText();
    QVERIFY2(plan.contains(u"web01"_s) && plan.contains(u"(first)"_s), qPrintable(plan));
    click("fleetPlanCancel");
    QTRY_VERIFY(find<QWidget>("fleetPlanSheet") == nullptr);
    QVERIFY(!m_window->isRunning());
    QVERIFY(!QFile::exists(file));

    click("fleetDryRun");
    click("fleetPlanRun");
    waitForEnd();
    QVERIFY(QFile::exists(file));
}

void FleetWindowTest::productionIsAskedAbout()
{
    save(u"shop"_s, u"Live"_s, {}, profiles::EnvironmentClass::Production);
    check(u"Live"_s);
    check(u"alone"_s);
    run(u"true"_s);
    QVERIFY(!m_window->isRunning());
    QVERIFY(find<QWidget>("fleetPlanSheet") != nullptr);
    QVERIFY(find<QPushButton>("fleetPlanCancel")->hasFocus()); // the safe one
    QVERIFY(find<QPlainTextEdit>("fleetPlanHosts")->toPlainText().contains(u"(production)"_s));
    click("fleetPlanRun");
    waitForEnd();
    QCOMPARE(column(1), QStringList(2, u"Done"_s));
}

void FleetWindowTest::passphraseIsAskedOnce()
{
    const auto key = tests::generateKey(m_directory->filePath(u"locked"_s),
                                        {.passphrase = u"correct horse"_s});
    QVERIFY(key);
    QVERIFY(m_server->authorize(key->publicLine));
    m_keyFile = key->privateFile;
    check(u"Farm"_s);
    run(u"true"_s);
    QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("passphraseEdit") != nullptr, patience);
    QTest::keyClicks(find<QLineEdit>("passphraseEdit"), u"correct horse"_s);
    QTest::keyClick(find<QLineEdit>("passphraseEdit"), Qt::Key_Return);
    waitForEnd(); // a second question would wait for ever
    QCOMPARE(column(1), QStringList(3, u"Done"_s));
}

void FleetWindowTest::runIsStopped()
{
    check(u"Farm"_s);
    find<QSpinBox>("fleetJobs")->setValue(2);
    run(u"echo begun; sleep 600"_s);
    QTRY_COMPARE_WITH_TIMEOUT(column(1).count(u"Running"_s), 2, patience);
    QCOMPARE(column(1).count(u"Waiting"_s), 1);
    QCOMPARE(find<QPushButton>("fleetStart")->text(), u"Stop"_s);
    click("fleetStart");
    waitForEnd();
    QCOMPARE(column(1).count(u"Interrupted"_s), 2);
    QCOMPARE(column(1).count(u"Not begun"_s), 1);
}

void FleetWindowTest::resultsAreFiltered()
{
    save(u"ruin"_s, {});
    profiles::Profile ruin = *m_store->findByName(u"ruin"_s);
    ruin.port = 1; // refuses
    QVERIFY(m_store->save(ruin));
    check(u"ruin"_s);
    check(u"alone"_s);
    run(u"echo hello"_s);
    waitForEnd();
    QCOMPARE(rows().rowCount(), 2);

    find<QComboBox>("fleetOutcome")->setCurrentIndex(1);
    QCOMPARE(column(0), QStringList{u"ruin"_s});
    QCOMPARE(column(1), QStringList{u"No connection"_s});
    QVERIFY(!column(4).first().isEmpty());
    find<QComboBox>("fleetOutcome")->setCurrentIndex(0);
    QTest::keyClicks(find<QLineEdit>("fleetFilter"), u"HELLO"_s);
    QCOMPARE(column(0), QStringList{u"alone"_s});
}

void FleetWindowTest::resultsAreSaved_data()
{
    QTest::addColumn<int>("entry");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("text") << 0 << QByteArray("\nout\n-- standard error:\nerr\n");
    QTest::newRow("JSON") << 1 << QByteArray(R"("stdout":"out\n","stderr":"err\n"})");
    QTest::newRow("CSV") << 2 << QByteArray("\"out\n\",\"err\n\"\r\n");
}

void FleetWindowTest::resultsAreSaved()
{
    QFETCH(int, entry);
    QFETCH(QByteArray, expected);
    check(u"web01"_s);
    run(u"echo out; echo err >&2"_s);
    waitForEnd();

    find<QToolButton>("fleetSave")->menu()->actions().at(entry)->trigger();
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog != nullptr);
    const QString file = m_directory->filePath(u"results"_s);
    emit dialog->fileSelected(file);
    dialog->close();
    QTRY_VERIFY(QFile::exists(file));
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const QByteArray text = saved.readAll();
    QVERIFY2(text.contains(expected) && text.contains("web01"), text.constData());
}

void FleetWindowTest::closingAsksWhileItRuns()
{
    check(u"web01"_s);
    run(u"sleep 600"_s);
    QTRY_COMPARE_WITH_TIMEOUT(column(1), QStringList{u"Running"_s}, patience);
    auto *command = find<QComboBox>("fleetCommand");
    QTest::keyClick(command, Qt::Key_Escape);
    QVERIFY(find<QWidget>("confirmSheet") != nullptr);
    QTest::keyClick(find<QWidget>("confirmSheet"), Qt::Key_Escape); // the question alone
    QTRY_VERIFY(find<QWidget>("confirmSheet") == nullptr);
    QVERIFY(m_window->isVisible() && m_window->isRunning());
    QTest::keyClick(command, Qt::Key_W, Qt::ControlModifier);
    QVERIFY(m_window->isVisible());
    click("confirmAccept");
    QTRY_VERIFY(!m_window->isVisible());
}

QTEST_MAIN(FleetWindowTest)
#include "FleetWindowTest.moc"
