// Keys go into a real ssh-agent and out of it.

#include "keys/AgentKeys.h"

#include "keys/KeyGenerator.h"
#include "keys/KeyUnlock.h"
#include "keys/PublicKeyBlob.h"
#include "tests/support/Reason.h"
#include "tests/support/TestAgent.h"
#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using tests::KeyType;
using tests::reason;

class AgentKeysTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void keyIsAddedAndRemoved_data();
    void keyIsAddedAndRemoved();
    void certificateIsAdded_data();
    void certificateIsAdded();
    void lifetimeEnds();
    void confirmationIsAskedFor();
    void unknownKeyIsNotRemoved();
    void missingAgentIsTold();

private:
    tests::TestAgent m_agent;
    QTemporaryDir m_directory;
};

namespace {

constexpr auto limit = 10s;

}

void AgentKeysTest::initTestCase()
{
    const auto started = m_agent.start();
    QVERIFY2(started, reason(started).constData());
}

void AgentKeysTest::keyIsAddedAndRemoved_data()
{
    QTest::addColumn<tests::KeySpec>("spec");

    QTest::newRow("Ed25519") << tests::KeySpec{};
    QTest::newRow("ECDSA 521") << tests::KeySpec{.type = KeyType::Ecdsa, .bits = 521};
    QTest::newRow("RSA") << tests::KeySpec{.type = KeyType::Rsa};
}

void AgentKeysTest::keyIsAddedAndRemoved()
{
    QFETCH(tests::KeySpec, spec);
    const auto pair = tests::generateKey(m_directory.filePath(u"id"_s), spec);
    QVERIFY2(pair, reason(pair).constData());
    const auto key = keys::unlockKeyFile(pair->privateFile, {});
    QVERIFY(key);

    const auto added = keys::addToAgent(m_agent.socketPath(), {.key = *key}, limit);

    QVERIFY2(added, reason(added).constData());
    QCOMPARE(m_agent.list().trimmed(), pair->publicLine);
    // ssh-add -T makes the agent sign with the key, and checks the signature.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, m_agent.socketPath());
    const auto tested = tests::runTool({.program = u"ssh-add"_s,
                                        .arguments = {u"-T"_s, pair->privateFile + u".pub"_s},
                                        .environment = environment});
    QVERIFY2(tested.exitStatus == 0, tested.errors.constData());

    const auto removed = keys::removeFromAgent(m_agent.socketPath(), pair->publicBlob(), limit);

    QVERIFY2(removed, reason(removed).constData());
    QVERIFY(!m_agent.list().contains("ssh-"));
}

void AgentKeysTest::certificateIsAdded_data()
{
    keyIsAddedAndRemoved_data();
}

void AgentKeysTest::certificateIsAdded()
{
    QFETCH(tests::KeySpec, spec);
    const auto authority = tests::generateKey(m_directory.filePath(u"ca"_s));
    const auto pair = tests::generateKey(m_directory.filePath(u"id"_s), spec);
    QVERIFY(authority && pair);
    const auto certificate = tests::certify(*pair, *authority);
    QVERIFY2(certificate, reason(certificate).constData());
    const QByteArray blob = keys::publicKeyInFile(*certificate);
    const auto key = keys::unlockKeyFile(pair->privateFile, {});
    QVERIFY(key);

    const auto added
        = keys::addToAgent(m_agent.socketPath(), {.key = *key, .certificateBlob = blob}, limit);

    QVERIFY2(added, reason(added).constData());
    QVERIFY(m_agent.list().contains(blob.toBase64()));
    QVERIFY(keys::removeFromAgent(m_agent.socketPath(), blob, limit));
    QVERIFY(!m_agent.list().contains(blob.toBase64()));
}

void AgentKeysTest::lifetimeEnds()
{
    const auto key = keys::generateKey({});
    QVERIFY(key);

    QVERIFY(keys::addToAgent(m_agent.socketPath(), {.key = *key, .lifetime = 1s}, limit));

    QVERIFY(m_agent.list().contains(key->publicBlob().toBase64()));
    QTRY_VERIFY(!m_agent.list().contains(key->publicBlob().toBase64()));
}

// Nobody can be asked here, so that the agent refuses to sign.
void AgentKeysTest::confirmationIsAskedFor()
{
    const auto pair = tests::generateKey(m_directory.filePath(u"id"_s));
    const auto key = keys::unlockKeyFile(pair->privateFile, {});
    QVERIFY(key);

    QVERIFY(
        keys::addToAgent(m_agent.socketPath(), {.key = *key, .needsConfirmation = true}, limit));

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, m_agent.socketPath());
    const auto tested = tests::runTool({.program = u"ssh-add"_s,
                                        .arguments = {u"-T"_s, pair->privateFile + u".pub"_s},
                                        .environment = environment});
    QVERIFY(tested.exitStatus != 0);
    QVERIFY(keys::removeFromAgent(m_agent.socketPath(), key->publicBlob(), limit));
}

void AgentKeysTest::unknownKeyIsNotRemoved()
{
    const auto key = keys::generateKey({});
    QVERIFY(key);

    const auto removed = keys::removeFromAgent(m_agent.socketPath(), key->publicBlob(), limit);

    QCOMPARE(removed.error().kind, base::ErrorKind::PermissionDenied);
}

void AgentKeysTest::missingAgentIsTold()
{
    const auto key = keys::generateKey({});
    QVERIFY(key);

    const auto added = keys::addToAgent(m_directory.filePath(u"nobody"_s), {.key = *key}, limit);

    QCOMPARE(added.error().kind, base::ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(AgentKeysTest)

#include "AgentKeysTest.moc"
