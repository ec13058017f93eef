// Logins to AsyncSSH, an implementation that shares no code with libssh or OpenSSH.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/ToolRun.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::answering;
using tests::ConnectionProbe;
using tests::reason;

class ForeignLoginTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void forcedChangeByQuestions();
    void changeRequestIsToldPlainly();

private:
    // Port 0 if it did not start.
    quint16 serve(const QString &mode);

    tests::ConnectionFixture m_fixture;
    tests::KeyPair m_hostKey;
    QString m_python;
    std::unique_ptr<QProcess> m_server;
};

void ForeignLoginTest::initTestCase()
{
    for (const QString &python : {u"python3"_s, u"/usr/bin/python3"_s}) {
        const auto result
            = tests::runTool({.program = python, .arguments = {u"-c"_s, u"import asyncssh"_s}});
        if (result.exitStatus == 0) {
            m_python = python;
        }
    }
    if (m_python.isEmpty()) {
        QSKIP("python3-asyncssh is not installed");
    }
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    const auto key = tests::generateKey(m_fixture.path(u"host_key"_s));
    QVERIFY2(key, reason(key).constData());
    m_hostKey = *key;
}

void ForeignLoginTest::cleanup()
{
    if (m_server) {
        m_server->kill();
        m_server->waitForFinished();
    }
}

quint16 ForeignLoginTest::serve(const QString &mode)
{
    m_server = std::make_unique<QProcess>();
    m_server->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server->start(m_python, {QStringLiteral(LOGIN_SERVER), mode, m_hostKey.privateFile});
    const bool isTold = QTest::qWaitFor([this] { return m_server->canReadLine(); }, 20'000);
    return isTold ? m_server->readLine().trimmed().toUShort() : quint16(0);
}

void ForeignLoginTest::forcedChangeByQuestions()
{
    const quint16 port = serve(u"forced-change"_s);
    QVERIFY(port != 0);
    ConnectionProbe probe(m_fixture.settingsFor(port, m_hostKey));
    probe.setAnswerer([](const ssh::Prompt &prompt) -> std::optional<ssh::PromptAnswer> {
        const auto *question = std::get_if<ssh::ChallengeQuestion>(&prompt.question);
        const qsizetype count = question != nullptr ? question->items.size() : 0;
        const QString secret = count == 2 ? u"new"_s : u"old"_s;
        return ssh::PromptAnswer(ssh::SecretAnswers(count, base::SecretString::fromText(secret)));
    });

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 2);
    const auto &question = std::get<ssh::ChallengeQuestion>(probe.prompts[1].question);
    QCOMPARE(question.name, u"Expired"_s);
    QCOMPARE(question.instruction, u"Choose another one"_s);
    QCOMPARE(question.items[1].prompt, u"Again\u001b[31m: "_s);
}

// RFC 4252 section 8. libssh has no way to answer it.
void ForeignLoginTest::changeRequestIsToldPlainly()
{
    const quint16 port = serve(u"change-request"_s);
    QVERIFY(port != 0);
    ConnectionProbe probe(m_fixture.settingsFor(port, m_hostKey));
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"old"_s));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(probe.prompts.size(), 1);
    QVERIFY2(probe.error().detail.contains(u"the server wants a new password"_s),
             qPrintable(probe.error().detail));
}

QTEST_GUILESS_MAIN(ForeignLoginTest)

#include "ForeignLoginTest.moc"
