// Logging in where the server wants more than a key, and giving up before it is done.

#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/ScriptedSshServer.h"
#include "ui/main/MainWindow.h"

#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::patience;

class LoginQuestionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void wrongPasswordIsAskedAgain();
    void reconnectAsksNothing();
    void questionsOfTheServerAreAnswered();
    void cancelledQuestionEnds();
    void connectingCanBeCancelled();
    void questionLeavesOtherTabsUsable();
    void questionOfAnAddressFromOutsideHasTheCursor();

private:
    void connectToScript(const tests::SshScript &script);

    // The connections of the window end before their server.
    std::unique_ptr<tests::ScriptedSshServer> m_script;
    std::unique_ptr<tests::WindowFixture> m_test;
};

void LoginQuestionTest::init()
{
    m_test = std::make_unique<tests::WindowFixture>();
}

void LoginQuestionTest::cleanup()
{
    m_test.reset();
    m_script.reset();
}

void LoginQuestionTest::connectToScript(const tests::SshScript &script)
{
    m_script = std::make_unique<tests::ScriptedSshServer>(script);
    const auto started = m_script->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_test->trust(m_script->hostKey(), m_script->port());
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(u"tester@127.0.0.1:%1"_s.arg(m_script->port()));
}

void LoginQuestionTest::reconnectAsksNothing()
{
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    tests::SshServerOptions options;
    options.withPassword(u"correct horse"_s).withoutPublicKeyLogin();
    const auto started = m_test->startServer(options);
    QVERIFY2(started, tests::reason(started).constData());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(m_test->serverAddress());
    QVERIFY(m_test->appears("passwordEdit"));
    m_test->type(u"correct horse"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));

    m_test->server().killSessions();
    QVERIFY(m_test->appears("reconnectButton"));
    m_test->click("reconnectButton");

    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->visible("passwordEdit") == nullptr);
    QCOMPARE(m_test->loginCount(), 2);
}

void LoginQuestionTest::wrongPasswordIsAskedAgain()
{
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    tests::SshServerOptions options;
    options.withPassword(u"correct horse"_s).withoutPublicKeyLogin();
    const auto started = m_test->startServer(options);
    QVERIFY2(started, tests::reason(started).constData());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
    QVERIFY(m_test->openWindow());
    m_test->connectTo(m_test->serverAddress());
    QVERIFY(m_test->appears("passwordEdit"));
    QVERIFY(m_test->visible("passwordEdit")->hasFocus());
    QCOMPARE(m_test->visible<QLineEdit>("passwordEdit")->echoMode(), QLineEdit::Password);
    QCOMPARE(m_test->visible("passwordSheet")->accessibleName(),
             u"Password for %1 at 127.0.0.1"_s.arg(m_test->server().userName()));
    QVERIFY(m_test->visible("passwordRefused") == nullptr);

    m_test->type(u"wrong"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(m_test->appears("passwordRefused"));
    QVERIFY(m_test->visible("passwordEdit")->hasFocus());
    QCOMPARE(m_test->visible<QLineEdit>("passwordEdit")->text(), QString());
    m_test->type(u"correct horse"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->vanishes("passwordSheet"));
    QVERIFY(m_test->screenShows(u"$"_s));
}

void LoginQuestionTest::questionsOfTheServerAreAnswered()
{
    tests::SshScript script;
    script.stages = {{tests::LoginMethod::KeyboardInteractive}};
    script.rounds = {{.name = "Gate",
                      .instruction = "Two questions",
                      .questions = {{"Token: ", false, "123456"}, {"Color: ", true, "blue"}}},
                     {.questions = {{"PIN\x1b[31m: ", false, "0000"}}}};
    connectToScript(script);
    QVERIFY(m_test->appears("challengeSheet"));
    QVERIFY(m_test->visible("challengeEdit0")->hasFocus());
    QCOMPARE(m_test->visible<QLineEdit>("challengeEdit0")->echoMode(), QLineEdit::Password);
    QCOMPARE(m_test->visible<QLineEdit>("challengeEdit1")->echoMode(), QLineEdit::Normal);

    m_test->type(u"123456"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->visible("challengeEdit1")->hasFocus());
    m_test->type(u"blue"_s);
    m_test->press(Qt::Key_Return);

    const auto isSecondRound = [this] {
        const QWidget *field = m_test->visible("challengeEdit0");
        return field != nullptr && field->accessibleName() == u"PIN\\x1B[31m:"_s;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSecondRound(), patience);
    QTRY_VERIFY(m_test->visible("challengeEdit0")->hasFocus());
    m_test->type(u"0000"_s);
    m_test->click("challengeAccept");
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    m_test->run(u"marco"_s); // the scripted shell sends it back
    QVERIFY(m_test->screenShows(u"marco"_s));
}

void LoginQuestionTest::questionOfAnAddressFromOutsideHasTheCursor()
{
    tests::SshScript script;
    script.stages = {{tests::LoginMethod::Password}};
    connectToScript(script);
    QVERIFY(m_test->appears("passwordSheet"));
    QVERIFY(m_test->visible("passwordEdit")->hasFocus());

    ui::ConnectRequest request{.isPassing = true};
    request.profile.host = u"127.0.0.1"_s;
    request.profile.port = m_script->port();
    request.profile.user = u"another"_s;
    m_test->window().offer(request);
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->vanishes("confirmSheet"));
    QVERIFY(m_test->visible("passwordEdit")->hasFocus()); // what is typed next is a secret

    m_test->visible("quickConnectEdit")->setFocus();
    m_test->window().offer(request);
    QVERIFY(m_test->appears("confirmSheet"));
    m_test->click("confirmAccept");
    QVERIFY(m_test->vanishes("confirmSheet"));
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible<QTabWidget>("connectionTabs")->count() == 2, patience);
    QVERIFY(m_test->appears("passwordSheet"));
    QVERIFY(m_test->visible("passwordEdit")->hasFocus());
}

void LoginQuestionTest::cancelledQuestionEnds()
{
    tests::SshScript script;
    script.stages = {{tests::LoginMethod::Password}};
    connectToScript(script);
    QVERIFY(m_test->appears("passwordSheet"));

    m_test->press(Qt::Key_Escape);

    QVERIFY(m_test->appears("errorBanner"));
    QVERIFY(m_test->vanishes("passwordSheet"));
    QVERIFY(m_test->status().contains(u"not connected"_s));
    QVERIFY(!m_script->attempts().contains("password"));
}

void LoginQuestionTest::connectingCanBeCancelled()
{
    tests::SshScript script;
    script.opening = tests::SshScript::Opening::Silence;
    connectToScript(script);
    QVERIFY(m_test->appears("connectCancel"));
    QVERIFY(m_test->status().contains(u"connecting"_s));

    m_test->click("connectCancel");

    QVERIFY(m_test->appears("errorBanner"));
    QCOMPARE(m_test->visible("errorBanner")->accessibleDescription(),
             u"You canceled connecting."_s);
    QVERIFY(m_test->visible("connectCancel") == nullptr);
    QVERIFY(m_test->appears("reconnectButton"));
    QTRY_VERIFY(m_test->visible("reconnectButton")->hasFocus());
}

void LoginQuestionTest::questionLeavesOtherTabsUsable()
{
    tests::SshScript script;
    script.stages = {{tests::LoginMethod::Password}};
    connectToScript(script);
    QVERIFY(m_test->appears("passwordSheet"));
    m_test->connectTo(u"other@127.0.0.1:%1"_s.arg(m_script->port()));
    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("passwordSheet") != nullptr
                                 && m_test->visible("passwordSheet")
                                        ->accessibleName()
                                        .startsWith(u"Password for other"_s),
                             patience);
    m_test->type(u"secret"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));

    m_test->press(Qt::Key_PageUp, Qt::ControlModifier);

    QVERIFY(m_test->visible("passwordSheet") != nullptr);
    QCOMPARE(m_test->visible("passwordSheet")->accessibleName(),
             u"Password for tester at 127.0.0.1"_s);
    QVERIFY(m_test->status().contains(u"connecting"_s));
}

QTEST_MAIN(LoginQuestionTest)
#include "LoginQuestionTest.moc"
