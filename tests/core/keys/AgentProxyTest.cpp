#include "keys/AgentProxy.h"

#include "base/WireWriter.h"
#include "keys/AgentClient.h"
#include "tests/core/keys/FakeAgent.h"
#include "tests/support/TestAgent.h"
#include "tests/support/TestKeys.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>

#include <array>

using keys::AgentIdentity;
using keys::AgentMessage;
using keys::AgentProxy;
using namespace std::chrono_literals;

// Between a real ssh-agent and a client that writes its messages by hand.
class AgentProxyTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void showsItsKeyAlone();
    void passesSignaturesOn();
    void refusesSignaturesOfOtherKeys();
    void refusesAllElse_data();
    void refusesAllElse();
    void missingAgentIsARefusal();
    void silentAgentIsARefusalAfterTheDeadline();
    void impossibleLengthEndsIt();
    void cancelEndsAWaitForTheAgent();
    void cancelEndsAnIdleProxy();
    void clientMayWriteAfterCancel();
    void clientMayGo();

private:
    AgentIdentity identity() const { return {m_shown.publicBlob(), QStringLiteral("shown")}; }

    QTemporaryDir m_directory;
    tests::TestAgent m_agent;
    tests::KeyPair m_shown;
    tests::KeyPair m_hidden;
};

namespace {

// Stands where libssh does: writes, then waits for the answer. The proxy has its own thread.
class Client
{
public:
    explicit Client(AgentProxy &proxy)
        : m_socket(proxy.takeClientEnd())
    {
        const timeval limit{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    bool send(QByteArrayView bytes)
    {
        return ::send(m_socket.get(), bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL)
            == bytes.size();
    }

    // The next message without its length; empty at the end of the stream.
    QByteArray receive()
    {
        while (true) {
            const auto message = keys::takeAgentMessage(m_received);
            if (message && *message) {
                return **message;
            }
            std::array<char, 4096> chunk{};
            const auto count = ::recv(m_socket.get(), chunk.data(), chunk.size(), 0);
            if (count < 0) {
                qFatal("neither an answer nor an end within ten seconds");
            }
            if (count == 0) {
                return {};
            }
            m_received.append(chunk.data(), count);
        }
    }

    QByteArray answerTo(QByteArrayView bytes)
    {
        send(bytes);
        return receive();
    }

private:
    base::UniqueFd m_socket;
    QByteArray m_received;
};

const QByteArray refusal("\x05"); // SSH_AGENT_FAILURE

QByteArray signRequest(const tests::KeyPair &pair)
{
    return keys::agentFrame(
        AgentMessage::SignRequest,
        base::WireWriter().string(pair.publicBlob()).string("text").uint32(0).take());
}

} // namespace

void AgentProxyTest::initTestCase()
{
    const auto shown = tests::generateKey(m_directory.filePath(QStringLiteral("shown")));
    const auto hidden = tests::generateKey(m_directory.filePath(QStringLiteral("hidden")));
    QVERIFY(shown && hidden);
    m_shown = *shown;
    m_hidden = *hidden;
    QVERIFY(m_agent.start());
    QVERIFY(m_agent.add(m_hidden));
    QVERIFY(m_agent.add(m_shown));
}

void AgentProxyTest::showsItsKeyAlone()
{
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    const QByteArray answer = client.answerTo(keys::agentFrame(AgentMessage::RequestIdentities));

    QVERIFY(keys::isAgentMessage(answer, AgentMessage::IdentitiesAnswer));
    const auto identities = keys::decodeIdentities(QByteArrayView(answer).sliced(1));
    QVERIFY(identities);
    QCOMPARE(*identities, QList{identity()});
}

// An Ed25519 signature has no random part (RFC 8032), so the agent itself gives the expected one.
void AgentProxyTest::passesSignaturesOn()
{
    keys::AgentClient direct(m_agent.socketPath());
    const auto expected = direct.sign(m_shown.publicBlob(), "text", keys::SignatureHash::None, 5s);
    QTRY_VERIFY(expected.isFinished());
    QVERIFY(expected.result());
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    const QByteArray answer = client.answerTo(signRequest(m_shown));

    QCOMPARE(answer, base::WireWriter().byte(14).string(*expected.result()).take());
    QCOMPARE(client.answerTo(signRequest(m_shown)), answer); // it goes on
}

void AgentProxyTest::refusesSignaturesOfOtherKeys()
{
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    QCOMPARE(client.answerTo(signRequest(m_hidden)), refusal);
    QCOMPARE(client.answerTo(keys::agentFrame(AgentMessage::SignRequest)), refusal);
    QVERIFY(
        keys::isAgentMessage(client.answerTo(signRequest(m_shown)), AgentMessage::SignResponse));
}

// Numbers from section 6.1 of draft-ietf-sshm-ssh-agent.
void AgentProxyTest::refusesAllElse_data()
{
    QTest::addColumn<int>("type");

    QTest::newRow("ADD_IDENTITY") << 17;
    QTest::newRow("REMOVE_IDENTITY") << 18;
    QTest::newRow("REMOVE_ALL_IDENTITIES") << 19;
    QTest::newRow("ADD_SMARTCARD_KEY") << 20;
    QTest::newRow("LOCK") << 22;
    QTest::newRow("UNLOCK") << 23;
    QTest::newRow("ADD_ID_CONSTRAINED") << 25;
    QTest::newRow("EXTENSION") << 27;
    QTest::newRow("IDENTITIES_ANSWER") << 12;
    QTest::newRow("unknown") << 255;
}

void AgentProxyTest::refusesAllElse()
{
    QFETCH(int, type);
    const QByteArray before = m_agent.list();
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    // The contents fit LOCK, with the empty passphrase, and REMOVE_IDENTITY.
    const QByteArray contents
        = base::WireWriter().string(type == 18 ? m_shown.publicBlob() : QByteArray()).take();
    QCOMPARE(client.answerTo(keys::agentFrame(static_cast<AgentMessage>(type), contents)), refusal);

    QCOMPARE(m_agent.list(), before);
}

void AgentProxyTest::missingAgentIsARefusal()
{
    auto proxy = AgentProxy::start(m_directory.filePath(QStringLiteral("nothing")), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    QCOMPARE(client.answerTo(signRequest(m_shown)), refusal);
}

void AgentProxyTest::silentAgentIsARefusalAfterTheDeadline()
{
    const FakeAgent agent;
    auto proxy = AgentProxy::start(agent.socketPath(), identity(), 100ms);
    QVERIFY(proxy);
    Client client(*proxy);
    QElapsedTimer elapsed;
    elapsed.start();

    QCOMPARE(client.answerTo(signRequest(m_shown)), refusal);
    QVERIFY(elapsed.elapsed() >= 100);
}

void AgentProxyTest::impossibleLengthEndsIt()
{
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    QCOMPARE(client.answerTo(QByteArray::fromHex("ffffffff0b")), QByteArray());
}

void AgentProxyTest::cancelEndsAWaitForTheAgent()
{
    FakeAgent agent;
    auto proxy = AgentProxy::start(agent.socketPath(), identity(), 1h);
    QVERIFY(proxy);
    Client client(*proxy);
    QVERIFY(client.send(signRequest(m_shown)));
    QTRY_VERIFY(agent.hasClient()); // it waits for the agent by now

    proxy->cancel();

    QVERIFY(client.receive().isEmpty());
}

void AgentProxyTest::cancelEndsAnIdleProxy()
{
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);

    proxy->cancel();

    QVERIFY(client.receive().isEmpty());
}

// A write to a closed socket would raise SIGPIPE in libssh.
void AgentProxyTest::clientMayWriteAfterCancel()
{
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    Client client(*proxy);
    proxy->cancel();
    QVERIFY(client.receive().isEmpty());

    QVERIFY(client.send(signRequest(m_shown)));
    QVERIFY(client.receive().isEmpty());
}

// The destructor waits for the thread: a thread that does not end fails by the time limit.
void AgentProxyTest::clientMayGo()
{
    auto proxy = AgentProxy::start(m_agent.socketPath(), identity(), 5s);
    QVERIFY(proxy);
    {
        Client client(*proxy);
        QVERIFY(client.send("half a message"));
    }
}

QTEST_GUILESS_MAIN(AgentProxyTest)

#include "AgentProxyTest.moc"
