// The panel on a real connection, used by keyboard and mouse.

#include "ui/commands/RunPanel.h"

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "ui/commands/RunOutput.h"
#include "ui/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // milliseconds

} // namespace

class RunPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void bothStreamsAreShownInColor();
    void textIsSentWithALineBreak();
    void inputIsTypedWhileItRuns();
    void silentRunIsExplained();
    void runIsStopped();
    void hostileOutputIsMadeVisible();
    void charactersInPiecesAreWhole();
    void floodIsBounded();
    void allOfTheOutputIsSaved();
    void commandIsRememberedOnce();
    void badEnvironmentIsNamed();
    void commandGoesToTheTerminal();
    void withoutConnectionNothingRuns();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_panel->findChild<T *>(QString::fromLatin1(name));
    }
    void click(const char *name) const
    {
        auto *widget = find<QWidget>(name);
        QVERIFY2(widget != nullptr && widget->isVisible() && widget->isEnabled(), name);
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    void start(const QString &command) const
    {
        auto *edit = find<QComboBox>("runCommand");
        edit->setEditText({});
        QTest::keyClicks(edit->lineEdit(), command);
        QTest::keyClick(edit->lineEdit(), Qt::Key_Return);
    }
    QString output() const { return find<ui::RunOutput>("runOutput")->toPlainText(); }
    QString state() const { return find<QLabel>("runState")->text(); }

    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<tests::ConnectionProbe> m_probe;
    std::unique_ptr<ui::RunPanel> m_panel;
};

void RunPanelTest::initTestCase()
{
    QVERIFY(m_fixture.setUp());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_probe = std::make_unique<tests::ConnectionProbe>(m_fixture.settingsWithKey(*m_server));
    QVERIFY(m_probe->connectAndWait());
}

void RunPanelTest::init()
{
    m_panel = std::make_unique<ui::RunPanel>();
    m_panel->setConnection(&m_probe->connection());
    m_panel->resize(1000, 400);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void RunPanelTest::cleanup()
{
    m_panel.reset();
}

void RunPanelTest::bothStreamsAreShownInColor()
{
    start(u"echo out; sleep 0.3; echo err >&2; exit 3"_s);

    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Exit status 3 after "_s), patience);
    QCOMPARE(output(), u"out\nerr\n"_s);
    auto *view = find<ui::RunOutput>("runOutput");
    const auto colorOf = [view](int line) {
        return view->document()->findBlockByNumber(line).begin().fragment().charFormat();
    };
    QVERIFY(!colorOf(0).hasProperty(QTextFormat::ForegroundBrush));
    QCOMPARE(colorOf(1).foreground().color(),
             ui::Theme::color(ui::Theme::Meaning::Danger, view->palette()));
    QPalette dark = view->palette();
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::WindowText, Qt::white);
    dark.setColor(QPalette::Text, Qt::white);
    view->setPalette(dark);
    QTRY_COMPARE(colorOf(1).foreground().color(),
                 ui::Theme::color(ui::Theme::Meaning::Danger, dark));
}

void RunPanelTest::textIsSentWithALineBreak()
{
    find<QToolButton>("runOptionsToggle")->click();
    find<QComboBox>("runInput")->setCurrentIndex(1);
    QTest::keyClicks(find<QPlainTextEdit>("runText"), u"hello"_s);
    find<QLineEdit>("runDirectory")->setText(u"/"_s);
    start(u"pwd; wc -lc"_s);

    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Exit status 0"_s), patience);
    QCOMPARE(output().simplified(), u"/ 1 6"_s);
}

void RunPanelTest::inputIsTypedWhileItRuns()
{
    find<QComboBox>("runInput")->setCurrentIndex(3);
    start(u"cat"_s);
    QVERIFY(m_panel->isRunning());
    auto *line = find<QLineEdit>("runLine");
    QTest::keyClicks(line, u"hello"_s);
    QTest::keyClick(line, Qt::Key_Return);

    QTRY_COMPARE_WITH_TIMEOUT(output(), u"hello\n"_s, patience);
    click("runEof");
    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Exit status 0"_s), patience);
    QVERIFY(!find<QWidget>("runLine")->isVisible());
}

void RunPanelTest::silentRunIsExplained()
{
    find<QComboBox>("runInput")->setCurrentIndex(3);
    start(u"cat"_s);

    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("runDiagnosis")->isVisible(), patience);
    QVERIFY(find<QLabel>("runDiagnosis")->text().contains(u"end of the input"_s));
    click("runHelpEof");
    QTRY_VERIFY_WITH_TIMEOUT(!m_panel->isRunning(), patience);
    QVERIFY(!find<QWidget>("runDiagnosis")->isVisible());
}

void RunPanelTest::runIsStopped()
{
    start(u"echo so far; exec sleep 1000"_s);
    QTRY_COMPARE_WITH_TIMEOUT(output(), u"so far\n"_s, patience);
    QCOMPARE(find<QPushButton>("runButton")->text(), u"Stop"_s);

    click("runButton");

    QVERIFY(!m_panel->isRunning());
    QVERIFY(state().startsWith(u"Left alone by you"_s));
    QCOMPARE(output(), u"so far\n"_s);
}

void RunPanelTest::hostileOutputIsMadeVisible()
{
    start(u"printf '\\033[2Jx\\377y\\n'"_s);

    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Exit status 0"_s), patience);
    QCOMPARE(output(), u"\\x1B[2Jx\\xffy\n"_s);
}

void RunPanelTest::charactersInPiecesAreWhole()
{
    ui::RunOutput view;
    for (const char byte : QByteArray("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\r\nz\xC3")) {
        view.append(QByteArray(1, byte), ssh::OutputStream::Standard);
        view.finish();
    }

    // What ended in between is told as bytes; what did not is whole.
    QVERIFY(view.toPlainText().contains(u"\\xc3"_s));
    view.begin();
    for (const char byte : QByteArray("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\r\nz\xC3")) {
        view.append(QByteArray(1, byte), ssh::OutputStream::Standard);
    }
    view.finish();
    QCOMPARE(view.toPlainText(), u"ä€😀\nz\\xc3"_s);
}

void RunPanelTest::floodIsBounded()
{
    start(u"yes | head -c 20000000; head -c 3000000 /dev/zero | tr '\\0' x"_s);

    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Exit status 0"_s), patience);
    QVERIFY(state().contains(u"Save has all"_s));
    QVERIFY(find<ui::RunOutput>("runOutput")->blockCount() <= ui::RunOutput::mostLines);
    QVERIFY(find<QWidget>("runSave")->isVisible());
}

void RunPanelTest::allOfTheOutputIsSaved()
{
    start(u"head -c 5000000 /dev/zero; echo err >&2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Exit status 0"_s), patience);
    const QString path = m_fixture.path(u"saved"_s);

    find<QToolButton>("runSave")->menu()->actions().first()->trigger();
    auto *dialog = m_panel->findChild<QFileDialog *>();
    QVERIFY(dialog != nullptr);
    emit dialog->fileSelected(path);

    QTRY_VERIFY_WITH_TIMEOUT(state().startsWith(u"Saved to "_s), patience);
    QCOMPARE(QFileInfo(path).size(), 5'000'000);
    emit dialog->fileSelected(u"/nonexistent/saved"_s);
    QTRY_VERIFY(state().startsWith(u"Could not save /nonexistent/saved: "_s));
}

void RunPanelTest::commandIsRememberedOnce()
{
    for (const auto &command : {u"echo 1"_s, u"echo 2"_s, u"echo 1"_s}) {
        start(command);
        QTRY_VERIFY_WITH_TIMEOUT(!m_panel->isRunning(), patience);
    }

    const auto *box = find<QComboBox>("runCommand");
    QCOMPARE(box->count(), 2);
    QCOMPARE(box->itemText(0), u"echo 1"_s);
    QCOMPARE(box->itemText(1), u"echo 2"_s);
}

void RunPanelTest::badEnvironmentIsNamed()
{
    find<QPlainTextEdit>("runEnvironment")->setPlainText(u"A B=c"_s);
    start(u"true"_s);

    QVERIFY(!m_panel->isRunning());
    QVERIFY(state().contains(u"A B=c"_s));
}

void RunPanelTest::commandGoesToTheTerminal()
{
    const QSignalSpy wanted(m_panel.get(), &ui::RunPanel::terminalWanted);
    find<QLineEdit>("runDirectory")->setText(u"/tmp"_s);
    start(u"exec sleep 1000"_s);

    click("runInTerminal");

    QVERIFY(!m_panel->isRunning());
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), u"cd '/tmp' && eval 'exec sleep 1000'"_s);
}

void RunPanelTest::withoutConnectionNothingRuns()
{
    start(u"exec sleep 1000"_s);
    QVERIFY(m_panel->isRunning());

    m_panel->setConnection(nullptr);

    QVERIFY(!m_panel->isRunning());
    QVERIFY(!find<QWidget>("runButton")->isEnabled());
    start(u"true"_s);
    QVERIFY(!m_panel->isRunning());
}

QTEST_MAIN(RunPanelTest)

#include "RunPanelTest.moc"
