#include "keys/AgentRelay.h"

#include "base/WireWriter.h"
#include "tests/support/TestAgent.h"
#include "tests/support/TestKeys.h"

#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <optional>

using keys::AgentMessage;
using keys::AgentRelay;

// Between a real ssh-agent and a program that writes its messages by hand.
class AgentRelayTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void listAndSignaturesPass();
    void allElseIsRefused_data();
    void allElseIsRefused();
    void requestsThatComeTogetherAreAnsweredInTurn();
    void consentIsAskedForSignaturesAlone();
    void refusalIsAFailure();
    void lateConsentIsHarmless();
    void userOfALoginIsTold();
    void impossibleLengthEndsIt();
    void endOfTheAgentEndsIt();
    void agentThatSpeaksUnaskedIsLeft();

private:
    void start(const AgentRelay::Approver &approver = {});
    void startWith(base::UniqueFd agent, const AgentRelay::Approver &approver);
    void send(const QByteArray &bytes) const;
    bool receive(); // true once there is a message, or the end
    QByteArray answerTo(const QByteArray &bytes);
    QByteArray signRequest(const QByteArray &data = "text") const;

    QTemporaryDir m_directory;
    tests::TestAgent m_agent;
    tests::KeyPair m_key;
    base::UniqueFd m_program;
    std::unique_ptr<AgentRelay> m_relay;
    QByteArray m_received;
    std::optional<QByteArray> m_message; // empty: the end
};

namespace {

const QByteArray refusal("\x05"); // SSH_AGENT_FAILURE

std::array<base::UniqueFd, 2> pair()
{
    std::array<int, 2> ends{-1, -1};
    ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data());
    return {base::UniqueFd(ends[0]), base::UniqueFd(ends[1])};
}

base::UniqueFd connectTo(const QString &path)
{
    base::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = path.toLocal8Bit();
    std::copy(name.begin(), name.end(), address.sun_path);
    ::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address);
    return socket;
}

} // namespace

void AgentRelayTest::initTestCase()
{
    const auto key = tests::generateKey(m_directory.filePath(QStringLiteral("key")));
    QVERIFY(key);
    m_key = *key;
    QVERIFY(m_agent.start());
    QVERIFY(m_agent.add(m_key));
}

void AgentRelayTest::init()
{
    m_received.clear();
    m_message.reset();
}

void AgentRelayTest::cleanup()
{
    m_relay.reset();
}

void AgentRelayTest::start(const AgentRelay::Approver &approver)
{
    startWith(connectTo(m_agent.socketPath()), approver);
}

void AgentRelayTest::startWith(base::UniqueFd agent, const AgentRelay::Approver &approver)
{
    auto ends = pair();
    m_program = std::move(ends[0]);
    m_relay = std::make_unique<AgentRelay>(std::move(ends[1]), std::move(agent), approver);
}

void AgentRelayTest::send(const QByteArray &bytes) const
{
    QCOMPARE(
        ::send(m_program.get(), bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL),
        bytes.size());
}

bool AgentRelayTest::receive()
{
    if (m_message) { // QTRY_VERIFY() looks once more
        return true;
    }
    std::array<char, 4096> chunk{};
    const auto count = ::recv(m_program.get(), chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (count > 0) {
        m_received.append(chunk.data(), count);
    }
    const auto message = keys::takeAgentMessage(m_received);
    if (message && *message) {
        m_message = **message;
    } else if (count == 0) {
        m_message = QByteArray();
    }
    return m_message.has_value();
}

QByteArray AgentRelayTest::answerTo(const QByteArray &bytes)
{
    m_message.reset();
    send(bytes);
    return QTest::qWaitFor([this] { return receive(); }, 10'000) ? *m_message : "(no answer)";
}

QByteArray AgentRelayTest::signRequest(const QByteArray &data) const
{
    return keys::agentFrame(
        AgentMessage::SignRequest,
        base::WireWriter().string(m_key.publicBlob()).string(data).uint32(0).take());
}

void AgentRelayTest::listAndSignaturesPass()
{
    start();

    const QByteArray list = answerTo(keys::agentFrame(AgentMessage::RequestIdentities));
    QVERIFY(keys::isAgentMessage(list, AgentMessage::IdentitiesAnswer));
    QVERIFY(list.contains(m_key.publicBlob()));
    QVERIFY(keys::isAgentMessage(answerTo(signRequest()), AgentMessage::SignResponse));
}

void AgentRelayTest::allElseIsRefused_data()
{
    QTest::addColumn<int>("type");
    QTest::newRow("add") << 17; // the draft, section 6.1
    QTest::newRow("remove") << 18;
    QTest::newRow("remove all") << 19;
    QTest::newRow("add from a card") << 20;
    QTest::newRow("lock") << 22;
    QTest::newRow("unlock") << 23;
    QTest::newRow("add with limits") << 25;
    QTest::newRow("extension") << 27;
    QTest::newRow("unknown") << 200;
}

void AgentRelayTest::allElseIsRefused()
{
    QFETCH(int, type);
    start();

    QCOMPARE(answerTo(keys::agentFrame(static_cast<AgentMessage>(type), "x")), refusal);

    QVERIFY(m_agent.list().contains(m_key.publicLine.split(' ').at(1))); // it is still there
}

void AgentRelayTest::requestsThatComeTogetherAreAnsweredInTurn()
{
    start();

    const QByteArray first
        = answerTo(keys::agentFrame(static_cast<AgentMessage>(27), "x")
                   + keys::agentFrame(AgentMessage::RequestIdentities) + signRequest());
    QCOMPARE(first, refusal);
    m_message.reset();
    QTRY_VERIFY(receive());
    QVERIFY(keys::isAgentMessage(*m_message, AgentMessage::IdentitiesAnswer));
    m_message.reset();
    QTRY_VERIFY(receive());
    QVERIFY(keys::isAgentMessage(*m_message, AgentMessage::SignResponse));
}

void AgentRelayTest::consentIsAskedForSignaturesAlone()
{
    QList<AgentRelay::SignRequest> asked;
    start([&](const AgentRelay::SignRequest &request, const std::function<void(bool)> &decide) {
        asked.append(request);
        decide(true);
    });

    answerTo(keys::agentFrame(AgentMessage::RequestIdentities));
    QVERIFY(asked.isEmpty());
    QVERIFY(keys::isAgentMessage(answerTo(signRequest()), AgentMessage::SignResponse));

    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().identity.blob, m_key.publicBlob());
    QVERIFY(!asked.first().identity.comment.isEmpty()); // the list had it
    QCOMPARE(asked.first().user, QString()); // it is for no login
}

void AgentRelayTest::refusalIsAFailure()
{
    start([](const AgentRelay::SignRequest &, const std::function<void(bool)> &decide) {
        decide(false);
    });

    QCOMPARE(answerTo(signRequest()), refusal);
    QCOMPARE(answerTo(signRequest()), refusal); // and it goes on
}

void AgentRelayTest::lateConsentIsHarmless()
{
    auto agent = pair();
    std::function<void(bool)> later;
    startWith(std::move(agent[1]),
              [&](const AgentRelay::SignRequest &, std::function<void(bool)> decide) {
                  later = std::move(decide);
              });
    send(signRequest());
    QTRY_VERIFY(later);
    m_program = base::UniqueFd(); // the program has given up
    char byte = 0;
    QTRY_COMPARE(::recv(agent[0].get(), &byte, 1, MSG_DONTWAIT), 0); // and the relay has seen it

    later(true);

    start(); // others are answered
    QVERIFY(keys::isAgentMessage(answerTo(signRequest()), AgentMessage::SignResponse));
}

void AgentRelayTest::userOfALoginIsTold()
{
    QString user;
    start([&](const AgentRelay::SignRequest &request, const std::function<void(bool)> &decide) {
        user = request.user;
        decide(false);
    });
    // RFC 4252 section 7.
    const QByteArray login = base::WireWriter()
                                 .string("session")
                                 .byte(50)
                                 .string("deploy")
                                 .string("ssh-connection")
                                 .take();

    QCOMPARE(answerTo(signRequest(login)), refusal);

    QCOMPARE(user, QStringLiteral("deploy"));
}

void AgentRelayTest::impossibleLengthEndsIt()
{
    start();
    QCOMPARE(answerTo(QByteArray::fromHex("ffffffff0b")), QByteArray());
}

void AgentRelayTest::endOfTheAgentEndsIt()
{
    auto agent = pair();
    startWith(std::move(agent[0]), {});
    agent[1] = base::UniqueFd();

    QTRY_VERIFY(receive());
    QCOMPARE(*m_message, QByteArray());
}

void AgentRelayTest::agentThatSpeaksUnaskedIsLeft()
{
    auto agent = pair();
    startWith(std::move(agent[0]), {});
    const QByteArray success = keys::agentFrame(AgentMessage::Success);
    ::send(agent[1].get(), success.constData(), static_cast<size_t>(success.size()), MSG_NOSIGNAL);

    QTRY_VERIFY(receive());
    QCOMPARE(*m_message, QByteArray());
}

QTEST_GUILESS_MAIN(AgentRelayTest)

#include "AgentRelayTest.moc"
