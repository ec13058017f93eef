// What is asked and said about the server's key, from the first meeting to a key that has changed.

#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/ToolRun.h"
#include "ui/main/MainWindow.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using tests::KeyType;
using tests::patience;

namespace {

class PolicyFixture final : public tests::WindowFixture
{
public:
    void setPolicy(const QString &name)
    {
        m_settings->setValue(settings::keys::hostKeyPolicy, name);
    }
};

} // namespace

class HostKeyQuestionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void questionShowsTheServersKey();
    void cancelHasTheFocusAndEnds();
    void otherFingerprintForbidsAccepting();
    void rightFingerprintIsSaved();
    void acceptedOnceIsAskedAgain();
    void warnShowsABarEachTime();
    void rejectNamesTheFingerprint();
    void managerShowsWhatIsKnown();
    void changedKeyOffersNoWayOn();
    void changedKeyIsReplacedByItsFingerprint();

private:
    void meet(); // the server for the first time
    QStringList texts(const char *sheet) const;
    QByteArray fingerprint(const QStringList &options) const; // by ssh-keygen

    std::unique_ptr<PolicyFixture> m_test;
};

void HostKeyQuestionTest::init()
{
    m_test = std::make_unique<PolicyFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_test->openWindow());
}

void HostKeyQuestionTest::cleanup()
{
    m_test.reset();
}

void HostKeyQuestionTest::meet()
{
    m_test->connectTo(m_test->serverAddress());
    QVERIFY(m_test->appears("hostKeySheet"));
}

QStringList HostKeyQuestionTest::texts(const char *sheet) const
{
    QStringList texts;
    for (const QLabel *label : m_test->visible(sheet)->findChildren<QLabel *>()) {
        texts.append(label->text());
    }
    return texts;
}

QByteArray HostKeyQuestionTest::fingerprint(const QStringList &options) const
{
    const QString file
        = m_test->server().hostKey(KeyType::Ed25519).privateFile + QStringLiteral(".pub");
    return tests::runTool({.program = u"ssh-keygen"_s, .arguments = options + QStringList{file}})
        .output.trimmed();
}

void HostKeyQuestionTest::questionShowsTheServersKey()
{
    meet();
    const QByteArray sha256 = fingerprint({u"-lf"_s}).split(' ').value(1);
    const QByteArray art = fingerprint({u"-lvf"_s});
    QVERIFY(sha256.startsWith("SHA256:"));

    QVERIFY(texts("hostKeySheet").contains(QString::fromLatin1(sha256.sliced(7))));
    QCOMPARE(m_test->visible<QLabel>("hostKeyRandomart")->text(),
             QString::fromLatin1(art.sliced(art.indexOf('\n') + 1)));
    QVERIFY(texts("hostKeySheet").contains(QString::number(m_test->server().port())));
}

void HostKeyQuestionTest::cancelHasTheFocusAndEnds()
{
    meet();
    QVERIFY(m_test->visible("hostKeyCancel")->hasFocus());

    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->appears("errorBanner"));
    QVERIFY(m_test->status().contains(u"not connected"_s));
    QCOMPARE(m_test->knownHosts(), QByteArray());
    QCOMPARE(m_test->loginCount(), 0);
}

void HostKeyQuestionTest::otherFingerprintForbidsAccepting()
{
    meet();
    QTest::mouseClick(m_test->visible("hostKeyExpected"), Qt::LeftButton);
    m_test->type(u"SHA256:"_s + QString(43, u'A'));

    QVERIFY(!m_test->visible("hostKeyAcceptSave")->isEnabled());
    QVERIFY(!m_test->visible("hostKeyAcceptOnce")->isEnabled());
    m_test->click("hostKeyAcceptSave");
    QVERIFY(m_test->visible("hostKeySheet") != nullptr);
    QCOMPARE(m_test->knownHosts(), QByteArray());
}

void HostKeyQuestionTest::rightFingerprintIsSaved()
{
    meet();
    QTest::mouseClick(m_test->visible("hostKeyExpected"), Qt::LeftButton);
    m_test->type(QString::fromLatin1(fingerprint({u"-lf"_s})));
    QVERIFY(m_test->visible("hostKeyAcceptSave")->isEnabled());

    m_test->click("hostKeyAcceptSave");

    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->knownHosts(), m_test->server().knownHostsLine(KeyType::Ed25519));
    QVERIFY(m_test->vanishes("hostKeySheet"));
}

void HostKeyQuestionTest::acceptedOnceIsAskedAgain()
{
    meet();
    m_test->click("hostKeyAcceptOnce");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->knownHosts(), QByteArray());
    QVERIFY(m_test->vanishes("hostKeySheet"));

    meet();
}

void HostKeyQuestionTest::warnShowsABarEachTime()
{
    m_test->setPolicy(u"warn"_s);
    for (int time = 0; time < 2; ++time) {
        m_test->connectTo(m_test->serverAddress());
        QVERIFY(m_test->waitForStatus(u"● connected"_s));
        QVERIFY(m_test->appears("noticeBar"));
        const QByteArray sha256 = fingerprint({u"-lf"_s}).split(' ').value(1);
        QVERIFY(
            m_test->visible("noticeBar")->accessibleName().contains(QString::fromLatin1(sha256)));
        QCOMPARE(m_test->knownHosts(), QByteArray());
    }
}

void HostKeyQuestionTest::rejectNamesTheFingerprint()
{
    m_test->setPolicy(u"reject"_s);
    m_test->connectTo(m_test->serverAddress());

    QVERIFY(m_test->appears("errorBanner"));

    const QByteArray sha256 = fingerprint({u"-lf"_s}).split(' ').value(1);
    QStringList shown;
    for (const QLabel *label : m_test->visible("errorBanner")->findChildren<QLabel *>()) {
        shown.append(label->text());
    }
    QVERIFY2(shown.join(u' ').contains(QString::fromLatin1(sha256)), qPrintable(shown.join(u' ')));
    QCOMPARE(m_test->knownHosts(), QByteArray());
}

// Ctrl+Shift+H, from the main window.
void HostKeyQuestionTest::managerShowsWhatIsKnown()
{
    meet();
    m_test->click("hostKeyAcceptSave");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));

    m_test->press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);

    const auto *window = m_test->window().findChild<QWidget *>(u"hostKeyWindow"_s);
    QVERIFY(window != nullptr);
    const auto *table = window->findChild<QTreeView *>(u"hostKeyTable"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
    QCOMPARE(table->model()->index(0, 0).data().toString(),
             u"[127.0.0.1]:%1"_s.arg(m_test->server().port()));
}

void HostKeyQuestionTest::changedKeyOffersNoWayOn()
{
    meet();
    m_test->click("hostKeyAcceptSave");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    const QByteArray known = m_test->knownHosts();
    const QString before = QString::fromLatin1(fingerprint({u"-lf"_s}).split(' ').value(1));
    QVERIFY(m_test->server().restartWithNewHostKeys());
    const QString after = QString::fromLatin1(fingerprint({u"-lf"_s}).split(' ').value(1));
    QVERIFY(m_test->appears("reconnectButton"));

    m_test->click("reconnectButton");

    QVERIFY(m_test->appears("hostKeyChangedSheet"));
    QVERIFY(texts("hostKeyChangedSheet").contains(before));
    QVERIFY(texts("hostKeyChangedSheet").contains(after));
    QStringList buttons;
    for (const auto *button :
         m_test->visible("hostKeyChangedSheet")->findChildren<QPushButton *>()) {
        buttons.append(button->objectName());
    }
    QCOMPARE(buttons,
             QStringList(
                 {u"hostKeyChangedReplace"_s, u"hostKeyChangedCopy"_s, u"hostKeyChangedClose"_s}));
    QVERIFY(!m_test->visible("hostKeyChangedReplace")->isEnabled());
    QVERIFY(m_test->waitForStatus(u"not connected"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_test->server().sessionCount(), 0, patience);
    QCOMPARE(m_test->knownHosts(), known);
    QVERIFY(!m_test->server().logText().contains("Accepted")); // the log is that of the new server
}

// The connection is gone; what the fingerprint changes is the file, and then one may connect again.
void HostKeyQuestionTest::changedKeyIsReplacedByItsFingerprint()
{
    meet();
    m_test->click("hostKeyAcceptSave");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    const QByteArray known = m_test->knownHosts();
    QVERIFY(m_test->server().restartWithNewHostKeys());
    QVERIFY(m_test->appears("reconnectButton"));
    m_test->click("reconnectButton");
    QVERIFY(m_test->appears("hostKeyChangedSheet"));
    QTRY_COMPARE_WITH_TIMEOUT(m_test->server().sessionCount(), 0, patience);
    QTest::mouseClick(m_test->visible("hostKeyChangedExpected"), Qt::LeftButton);

    m_test->type(u"SHA256:"_s + QString(43, u'A'));
    QVERIFY(!m_test->visible("hostKeyChangedReplace")->isEnabled());
    m_test->visible<QLineEdit>("hostKeyChangedExpected")->clear();
    m_test->type(QString::fromLatin1(fingerprint({u"-lf"_s})));
    QVERIFY(m_test->visible("hostKeyChangedReplace")->isEnabled());
    QCOMPARE(m_test->knownHosts(), known);
    m_test->click("hostKeyChangedReplace");

    QVERIFY(m_test->vanishes("hostKeyChangedSheet"));
    QCOMPARE(m_test->knownHosts(), m_test->server().knownHostsLine(KeyType::Ed25519));
    QCOMPARE(m_test->loginCount(), 0);
    m_test->click("reconnectButton");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
}

QTEST_MAIN(HostKeyQuestionTest)
#include "HostKeyQuestionTest.moc"
