// Servers that misbehave before the login is done: nothing hangs, and nobody is told a lie.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/ScriptedSshServer.h"
#include "tests/support/TestAgent.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::answering;
using tests::ConnectionProbe;
using tests::LoginMethod;
using tests::reason;
using Misconduct = tests::SshScript::Misconduct;

class HostileLoginTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void endlessBanners();
    void hugeBannerIsCut();
    void endlessRounds_data();
    void endlessRounds();
    void mostQuestionsAtOnce();
    void tooManyQuestionsAtOnce();
    void successWithoutASignature_data() { addKeys(); }
    void successWithoutASignature();
    void stageWithoutASignatureProvesNothing_data() { addKeys(); }
    void stageWithoutASignatureProvesNothing();
    void openServerIsToldBeforeAKeyIsUnlocked();
    void successWhileAskingIsTold();
    void endWhileAsking_data();
    void endWhileAsking();
    void roundsWithoutQuestionsProveNothing();

private:
    enum class Key { Locked, OfAgent }; // those of which the server is asked first

    static void addKeys();
    ssh::ConnectionSettings settingsFor(const tests::ScriptedSshServer &server) const
    {
        return m_fixture.settingsFor(server.port(), server.hostKey());
    }
    ssh::ConnectionSettings settingsWith(Key key, const tests::ScriptedSshServer &server) const;

    tests::ConnectionFixture m_fixture;
    tests::KeyPair m_lockedKey;
    tests::TestAgent m_agent;
};

void HostileLoginTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    const auto locked = tests::generateKey(m_fixture.path(u"locked"_s), {.passphrase = u"open"_s});
    QVERIFY2(locked, reason(locked).constData());
    m_lockedKey = *locked;
    const auto started = m_agent.start();
    QVERIFY2(started, reason(started).constData());
    const auto added = m_agent.add(m_fixture.userKey());
    QVERIFY2(added, reason(added).constData());
}

void HostileLoginTest::addKeys()
{
    QTest::addColumn<Key>("key");
    QTest::newRow("locked file") << Key::Locked;
    QTest::newRow("agent") << Key::OfAgent;
}

ssh::ConnectionSettings HostileLoginTest::settingsWith(Key key,
                                                       const tests::ScriptedSshServer &server) const
{
    auto settings = settingsFor(server);
    if (key == Key::Locked) {
        settings.identityFiles = {m_lockedKey.privateFile};
    } else {
        settings.useAgent = true;
        settings.agentSocket = m_agent.socketPath();
    }
    return settings;
}

void HostileLoginTest::endlessBanners()
{
    tests::ScriptedSshServer server({.misconduct = Misconduct::EndlessBanners});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ProtocolViolation);
}

void HostileLoginTest::hugeBannerIsCut()
{
    tests::ScriptedSshServer server({.banner = QByteArray(30'000, 'x')});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::Banner);
    QCOMPARE(probe.notices.first().text.size(), 8 * 1024);
}

void HostileLoginTest::endlessRounds_data()
{
    QTest::addColumn<QList<tests::ChallengeRound::Question>>("questions");
    QTest::addColumn<int>("prompts");

    QTest::newRow("with a question")
        << QList<tests::ChallengeRound::Question>{{"More: ", false, "x"}} << 20 * 3;
    QTest::newRow("without questions") << QList<tests::ChallengeRound::Question>{} << 0;
}

void HostileLoginTest::endlessRounds()
{
    QFETCH(QList<tests::ChallengeRound::Question>, questions);
    QFETCH(int, prompts);
    tests::ScriptedSshServer server({.misconduct = Misconduct::EndlessRounds,
                                     .stages = {{LoginMethod::KeyboardInteractive}},
                                     .rounds = {{.questions = questions}}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"x"_s));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY(probe.prompts.size() <= prompts);
    QVERIFY2(probe.error().detail.contains(u"asked 20 times"_s), qPrintable(probe.error().detail));
}

// libssh takes 256 at most.
void HostileLoginTest::mostQuestionsAtOnce()
{
    const tests::ChallengeRound round{
        .questions = QList<tests::ChallengeRound::Question>(256, {"\x1b[2J?", false, "x"})};
    tests::ScriptedSshServer server(
        {.stages = {{LoginMethod::KeyboardInteractive}}, .rounds = {round}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"x"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(std::get<ssh::ChallengeQuestion>(probe.prompts.first().question).items.size(), 256);
}

void HostileLoginTest::tooManyQuestionsAtOnce()
{
    const tests::ChallengeRound round{
        .questions = QList<tests::ChallengeRound::Question>(257, {"?", false, "x"})};
    tests::ScriptedSshServer server(
        {.stages = {{LoginMethod::KeyboardInteractive}}, .rounds = {round}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::ProtocolViolation);
    QVERIFY(probe.prompts.isEmpty());
}

// It must not count as a login: nothing was signed.
void HostileLoginTest::successWithoutASignature()
{
    QFETCH(Key, key);
    tests::ScriptedSshServer server(
        {.misconduct = Misconduct::SuccessForKeyQuestion, .stages = {{LoginMethod::PublicKey}}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsWith(key, server));

    QVERIFY(!probe.connectAndWait());
    QVERIFY(server.attempts().contains("publickey?"));
    QCOMPARE(probe.error().kind, ErrorKind::ProtocolViolation);
    QVERIFY2(probe.error().detail.contains(u"before anything was proved"_s),
             qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.isEmpty());
}

// CVE-2021-36367 as below.
void HostileLoginTest::stageWithoutASignatureProvesNothing()
{
    QFETCH(Key, key);
    tests::ScriptedSshServer server(
        {.misconduct = Misconduct::PartialForKeyQuestion,
         .stages = {{LoginMethod::PublicKey}, {LoginMethod::KeyboardInteractive}},
         .rounds = {{.instruction = "Welcome"}}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsWith(key, server));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(!server.attempts().contains("publickey"));
    QVERIFY(probe.prompts.isEmpty());
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::LoginWithoutQuestion);
}

void HostileLoginTest::openServerIsToldBeforeAKeyIsUnlocked()
{
    tests::ScriptedSshServer server({});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsWith(Key::Locked, server));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(server.attempts(), QByteArrayList{"none"});
    QVERIFY(probe.prompts.isEmpty());
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::LoginWithoutQuestion);
    QCOMPARE(probe.connection().info().loginMethod, u"none"_s);
}

void HostileLoginTest::successWhileAskingIsTold()
{
    tests::ScriptedSshServer server({.misconduct = Misconduct::SuccessWhileAsking,
                                     .stages = {{LoginMethod::KeyboardInteractive}},
                                     .rounds = {{.questions = {{"Code: ", false, "x"}}}}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));
    probe.setAnswerer([](const ssh::Prompt &) { return std::nullopt; }); // the user thinks

    QVERIFY(!probe.connectAndWait());
    QVERIFY(probe.error().kind != ErrorKind::TimedOut);
    QVERIFY2(probe.error().detail.contains(u"before anything was proved"_s),
             qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.size() == probe.withdrawn.size());
}

void HostileLoginTest::endWhileAsking_data()
{
    QTest::addColumn<Misconduct>("misconduct");
    QTest::newRow("with a word") << Misconduct::DisconnectWhileAsking;
    QTest::newRow("without") << Misconduct::CloseWhileAsking;
}

void HostileLoginTest::endWhileAsking()
{
    QFETCH(Misconduct, misconduct);
    tests::ScriptedSshServer server({.misconduct = misconduct,
                                     .stages = {{LoginMethod::KeyboardInteractive}},
                                     .rounds = {{.questions = {{"Code: ", false, "x"}}}}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));
    probe.setAnswerer([](const ssh::Prompt &) { return std::nullopt; });

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.closeCount(), 1);
    QCOMPARE(probe.withdrawn.size(), probe.prompts.size());
    QVERIFY(probe.error().kind == ErrorKind::ConnectionLost
            || probe.error().kind == ErrorKind::AuthenticationFailed);
}

// CVE-2021-36367: a server that lets one in at once can then imitate a prompt of ours.
void HostileLoginTest::roundsWithoutQuestionsProveNothing()
{
    tests::ScriptedSshServer server(
        {.stages = {{LoginMethod::KeyboardInteractive}}, .rounds = {{.instruction = "Welcome"}}});
    QVERIFY(server.start());
    ConnectionProbe probe(settingsFor(server));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.isEmpty());
    QCOMPARE(probe.notices.size(), 1);
    QCOMPARE(probe.notices.first().kind, ssh::Notice::Kind::LoginWithoutQuestion);
}

QTEST_GUILESS_MAIN(HostileLoginTest)

#include "HostileLoginTest.moc"
