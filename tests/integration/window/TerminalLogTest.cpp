// Logs of terminals: kept by the window as sessions say, on a real sshd, and found again.

#include "archive/LogArchive.h"
#include "settings/LogKeys.h"
#include "storage/Database.h"
#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "ui/main/MainWindow.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;

class TerminalLogTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void nothingIsLoggedUnlessItIsWanted();
    void sessionSaysThatItIsLogged();
    void sessionSaysThatItIsNot();
    void whatIsTypedUnseenIsNotLogged();
    void eachShellHasALogOfItsOwn();
    void foundLineOpensInItsPlace();
    void hostsAreFilteredAndLogsDeleted();
    void recordingOpensInThePlayer();
    void impossibleFolderIsToldInTheTerminal();

private:
    void connectTo(const QString &name, const QString &log);
    void runAndWait(const QString &command, const QString &shown) const;
    QStringList files() const;
    static QByteArray content(const QString &file);
    QWidget *openPastLogs() const;
    static QWidget *topLevel(const char *name);

    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<archive::LogArchive> m_archive;
    std::unique_ptr<tests::WindowFixture> m_test;
};

void TerminalLogTest::init()
{
    m_test = std::make_unique<tests::WindowFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    m_database = std::make_unique<storage::Database>(m_test->path(u"ponto.sqlite"_s));
    m_archive = std::make_unique<archive::LogArchive>(*m_database);
    m_test->setArchive(m_archive.get());
    m_test->settings().setValue(settings::keys::logFolder, m_test->path(u"logs"_s));
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
}

void TerminalLogTest::cleanup()
{
    m_test.reset();
    m_archive.reset();
    m_database.reset();
}

void TerminalLogTest::connectTo(const QString &name, const QString &log)
{
    profiles::Profile profile;
    profile.id = name;
    profile.name = name;
    profile.host = u"127.0.0.1"_s;
    profile.port = m_test->server().port();
    profile.user = m_test->server().userName();
    profile.terminal.log = log;
    QVERIFY(m_test->profiles().save(profile));
    m_test->connectTo(name);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->screenShows(u"$"_s));
}

void TerminalLogTest::runAndWait(const QString &command, const QString &shown) const
{
    m_test->run(command);
    QVERIFY(m_test->screenShows(shown));
}

QStringList TerminalLogTest::files() const
{
    QStringList files;
    QDirIterator all(m_test->path(u"logs"_s), QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        files.append(all.next());
    }
    files.sort();
    return files;
}

QByteArray TerminalLogTest::content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QWidget *TerminalLogTest::topLevel(const char *name)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == QLatin1StringView(name) && widget->isVisible()) {
            return widget;
        }
    }
    return nullptr;
}

QWidget *TerminalLogTest::openPastLogs() const
{
    for (QAction *action : m_test->window().actions()) {
        if (action->text() == u"Past logs…") {
            action->trigger();
        }
    }
    return topLevel("pastLogsWindow");
}

void TerminalLogTest::nothingIsLoggedUnlessItIsWanted()
{
    connectTo(u"Web shop"_s, {});
    runAndWait(u"echo =$((40+2))="_s, u"=42="_s);

    QVERIFY(files().isEmpty());
}

void TerminalLogTest::sessionSaysThatItIsLogged()
{
    connectTo(u"Web shop"_s, u"plain"_s);
    runAndWait(u"printf '\\033[31mred\\033[m =%s=\\n' $((40+2))"_s, u"=42="_s);

    QTRY_COMPARE(files().size(), 1);
    QVERIFY(files().first().contains(u"/logs/Web-shop/"_s));
    QTRY_VERIFY(content(files().first()).contains("\nred =42=\n"));
}

void TerminalLogTest::sessionSaysThatItIsNot()
{
    m_test->settings().setValue(settings::keys::logForm, u"plain"_s);
    connectTo(u"Secret"_s, u"off"_s);
    runAndWait(u"echo =$((40+2))="_s, u"=42="_s);
    QVERIFY(files().isEmpty());

    connectTo(u"Open"_s, {}); // as the settings say
    runAndWait(u"echo =$((40+3))="_s, u"=43="_s);
    QTRY_COMPARE(files().size(), 1);
}

void TerminalLogTest::whatIsTypedUnseenIsNotLogged()
{
    connectTo(u"Web shop"_s, u"cast"_s);
    runAndWait(
        u"echo =$((40+2))=; stty -echo; echo ready-$((1+1)); read x; stty echo; echo after-$((1+2))"_s,
        u"ready-2"_s);
    runAndWait(u"hunter2"_s, u"after-3"_s);

    QTRY_COMPARE(files().size(), 1);
    QTRY_VERIFY(content(files().first()).contains("after-3"));
    QVERIFY(!content(files().first()).contains("hunter2"));
    QVERIFY(!content(m_test->path(u"ponto.sqlite"_s)).contains("hunter2"));
    QVERIFY(!content(m_test->path(u"ponto.sqlite-wal"_s)).contains("hunter2"));
}

void TerminalLogTest::eachShellHasALogOfItsOwn()
{
    connectTo(u"Web shop"_s, u"plain"_s);
    runAndWait(u"echo first-$((40+2))"_s, u"first-42"_s);
    QTRY_COMPARE(files().size(), 1);
    const QString first = files().first();
    m_test->press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier); // a split
    QTRY_COMPARE(files().size(), 2);
    QTRY_VERIFY(content(first).contains("first-42"));

    m_test->run(u"echo second-$((40+3))"_s);

    const QString second = files().at(files().first() == first ? 1 : 0);
    QTRY_VERIFY(content(second).contains("second-43"));
    QVERIFY(!content(first).contains("second-43"));
}

void TerminalLogTest::foundLineOpensInItsPlace()
{
    connectTo(u"Web shop"_s, u"timed"_s);
    runAndWait(u"echo disk-$((40+2)) is full"_s, u"disk-42 is full"_s);
    QWidget *past = openPastLogs();
    QVERIFY(past != nullptr);
    auto *list = past->findChild<QListView *>(u"pastLogsList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1); // the log itself

    auto *edit = past->findChild<QLineEdit *>(u"pastLogsText"_s);
    QTest::keyClicks(edit, u"\"42 is full\""_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        list->model()->rowCount() == 1
            && list->model()->index(0, 0).data().toString().endsWith(u": disk-42 is full"_s),
        tests::patience);
    QTest::keyClick(edit, Qt::Key_Return);

    QTRY_VERIFY(topLevel("pastLogReader") != nullptr);
    const auto *text = topLevel("pastLogReader")->findChild<QPlainTextEdit *>(u"pastLogText"_s);
    QTRY_VERIFY(text->textCursor().block().text().endsWith(u"  disk-42 is full"_s));
}

// A log that has ended goes, one that is still written stays.
void TerminalLogTest::hostsAreFilteredAndLogsDeleted()
{
    connectTo(u"Web shop"_s, u"plain"_s);
    runAndWait(u"echo first-$((40+2))"_s, u"first-42"_s);
    m_test->press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier); // a split
    QTRY_COMPARE(files().size(), 2);
    runAndWait(u"exit 3"_s, u"ended with status 3"_s);
    QWidget *past = openPastLogs();
    QVERIFY(past != nullptr);
    auto *list = past->findChild<QListView *>(u"pastLogsList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 2);
    auto *hosts = past->findChild<QComboBox *>(u"pastLogsHost"_s);
    QTRY_COMPARE(hosts->count(), 2); // all, and this one
    QCOMPARE(hosts->itemText(1), u"127.0.0.1"_s);
    hosts->setCurrentIndex(1);
    QTRY_COMPARE(list->model()->rowCount(), 2);

    const auto removeLatest = [past, list] {
        list->setCurrentIndex(list->model()->index(0, 0));
        past->findChild<QPushButton *>(u"pastLogsDelete"_s)->click();
        auto *accept = past->findChild<QPushButton *>(u"confirmAccept"_s);
        QVERIFY(accept != nullptr);
        accept->click();
    };
    removeLatest();
    QTRY_COMPARE_WITH_TIMEOUT(files().size(), 1, tests::patience);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, tests::patience);
    QTRY_VERIFY(past->findChild<QWidget *>(u"confirmSheet"_s) == nullptr);

    removeLatest();
    const auto isTold = [past](const QString &text) {
        return std::ranges::any_of(past->findChildren<QLabel *>(), [&text](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(u"A terminal is still writing it."_s), tests::patience);
    QCOMPARE(files().size(), 1);
}

void TerminalLogTest::recordingOpensInThePlayer()
{
    connectTo(u"Web shop"_s, u"cast"_s);
    runAndWait(u"echo disk-$((40+2)) is full"_s, u"disk-42 is full"_s);
    QWidget *past = openPastLogs();
    QVERIFY(past != nullptr);
    auto *list = past->findChild<QListView *>(u"pastLogsList"_s);
    auto *edit = past->findChild<QLineEdit *>(u"pastLogsText"_s);
    QTest::keyClicks(edit, u"\"42 is full\""_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        list->model()->rowCount() == 1
            && list->model()->index(0, 0).data().toString().endsWith(u": disk-42 is full"_s),
        tests::patience);

    QTest::keyClick(edit, Qt::Key_Return);

    QTRY_VERIFY(topLevel("castPlayer") != nullptr);
}

void TerminalLogTest::impossibleFolderIsToldInTheTerminal()
{
    QFile file(m_test->path(u"logs"_s)); // no folder
    QVERIFY(file.open(QIODevice::WriteOnly));
    connectTo(u"Web shop"_s, u"plain"_s);
    runAndWait(u"echo =$((40+2))="_s, u"=42="_s); // it works nevertheless

    QVERIFY(m_test->appears("noticeBar"));
    QVERIFY2(m_test->visible("noticeBar")
                 ->accessibleName()
                 .startsWith(u"The output of this terminal is not logged: "_s),
             qPrintable(m_test->visible("noticeBar")->accessibleName()));
}

QTEST_MAIN(TerminalLogTest)
#include "TerminalLogTest.moc"
