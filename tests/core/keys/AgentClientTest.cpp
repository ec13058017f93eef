#include "keys/AgentClient.h"

#include "base/UnixSocket.h"
#include "base/WireReader.h"
#include "tests/core/keys/FakeAgent.h"
#include "tests/support/TestAgent.h"
#include "tests/support/TestKeys.h"

#include <QTemporaryDir>
#include <QTest>

#include <openssl/evp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

using base::ErrorKind;
using keys::AgentClient;
using keys::AgentIdentity;
using keys::SignatureHash;
using namespace std::chrono_literals;

// Against a real ssh-agent; against a false one for what a real one never does.
class AgentClientTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void listsWhatSshAddAdded();
    void signatureIsValid();
    void hashChoosesTheAlgorithm_data();
    void hashChoosesTheAlgorithm();
    void unknownKeyIsRefused();
    void requestsMayOverlap();
    void missingAgentIsUnreachable();
    void deadAgentIsUnreachable();
    void busyAgentIsCalledAgain();
    void silentAgentMeetsTheDeadline();
    void hostileAnswerIsRefused_data();
    void hostileAnswerIsRefused();
    void destroyedClientCancels();

private:
    QTemporaryDir m_directory;
    tests::TestAgent m_agent;
    tests::KeyPair m_ed25519;
    tests::KeyPair m_rsa;
};

namespace {

template<typename Value>
base::Result<Value> resultOf(const QFuture<base::Result<Value>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000)) {
        qFatal("the request has not ended");
    }
    return future.result();
}

// RFC 8709 section 4: the public key is a string of 32 bytes behind the name of the type.
bool isEd25519Signature(QByteArrayView keyBlob, QByteArrayView data, QByteArrayView signature)
{
    base::WireReader keyReader(keyBlob);
    base::WireReader signatureReader(signature);
    keyReader.string();
    const auto key = keyReader.string();
    const auto name = signatureReader.string();
    const auto bytes = signatureReader.string();
    if (!key || !bytes || name != QByteArrayView("ssh-ed25519")) {
        return false;
    }
    const auto octets
        = [](QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); };
    const auto size = [](QByteArrayView view) { return static_cast<size_t>(view.size()); };
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> publicKey(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(*key), size(*key)),
        EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, publicKey.get());
    return EVP_DigestVerify(context.get(), octets(*bytes), size(*bytes), octets(data), size(data))
        == 1;
}

} // namespace

void AgentClientTest::initTestCase()
{
    const auto ed25519 = tests::generateKey(m_directory.filePath(QStringLiteral("ed25519")),
                                            {.comment = QStringLiteral("Schlüssel 1")});
    const auto rsa = tests::generateKey(m_directory.filePath(QStringLiteral("rsa")),
                                        {.type = tests::KeyType::Rsa});
    QVERIFY(ed25519 && rsa);
    m_ed25519 = *ed25519;
    m_rsa = *rsa;
    QVERIFY(m_agent.start());
    QVERIFY(m_agent.add(m_ed25519));
    QVERIFY(m_agent.add(m_rsa));
}

void AgentClientTest::listsWhatSshAddAdded()
{
    AgentClient client(m_agent.socketPath());

    const auto identities = resultOf(client.identities(5s));

    QVERIFY(identities);
    QCOMPARE(*identities,
             QList<AgentIdentity>({{m_ed25519.publicBlob(), QStringLiteral("Schlüssel 1")},
                                   {m_rsa.publicBlob(), QStringLiteral("made for a test")}}));
}

void AgentClientTest::signatureIsValid()
{
    AgentClient client(m_agent.socketPath());

    const auto signature
        = resultOf(client.sign(m_ed25519.publicBlob(), "text", SignatureHash::None, 5s));

    QVERIFY(signature);
    QVERIFY(isEd25519Signature(m_ed25519.publicBlob(), "text", *signature));
    QVERIFY(!isEd25519Signature(m_ed25519.publicBlob(), "test", *signature));
}

void AgentClientTest::hashChoosesTheAlgorithm_data()
{
    QTest::addColumn<SignatureHash>("hash");
    QTest::addColumn<QByteArray>("algorithm"); // RFC 8332 section 3

    QTest::newRow("none") << SignatureHash::None << QByteArray("ssh-rsa");
    QTest::newRow("SHA-256") << SignatureHash::Sha256 << QByteArray("rsa-sha2-256");
    QTest::newRow("SHA-512") << SignatureHash::Sha512 << QByteArray("rsa-sha2-512");
}

void AgentClientTest::hashChoosesTheAlgorithm()
{
    QFETCH(SignatureHash, hash);
    QFETCH(QByteArray, algorithm);
    AgentClient client(m_agent.socketPath());

    const auto signature = resultOf(client.sign(m_rsa.publicBlob(), "text", hash, 5s));

    QVERIFY(signature);
    QCOMPARE(base::WireReader(*signature).string(), QByteArrayView(algorithm));
}

void AgentClientTest::unknownKeyIsRefused()
{
    const auto other = tests::generateKey(m_directory.filePath(QStringLiteral("other")));
    QVERIFY(other);
    AgentClient client(m_agent.socketPath());

    const auto signature
        = resultOf(client.sign(other->publicBlob(), "text", SignatureHash::None, 5s));

    QVERIFY(!signature);
    QCOMPARE(signature.error().kind, ErrorKind::PermissionDenied);
}

void AgentClientTest::requestsMayOverlap()
{
    AgentClient client(m_agent.socketPath());

    const auto identities = client.identities(5s);
    const auto signature = client.sign(m_rsa.publicBlob(), "text", SignatureHash::Sha256, 5s);

    QVERIFY(resultOf(identities));
    QVERIFY(resultOf(signature));
}

void AgentClientTest::missingAgentIsUnreachable()
{
    AgentClient client(m_directory.filePath(QStringLiteral("nothing")));

    QCOMPARE(resultOf(client.identities(5s)).error().kind, ErrorKind::Unreachable);
}

void AgentClientTest::deadAgentIsUnreachable()
{
    tests::TestAgent agent;
    QVERIFY(agent.start());
    agent.stop();
    AgentClient client(agent.socketPath());

    QCOMPARE(resultOf(client.identities(5s)).error().kind, ErrorKind::Unreachable);
}

// Linux refuses connections to a Unix socket while its queue is full (EAGAIN of connect(2)).
void AgentClientTest::busyAgentIsCalledAgain()
{
    const QString path = m_directory.filePath(QStringLiteral("busy"));
    const auto address = base::unixAddress(path).value();
    const base::UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    QCOMPARE(::bind(listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address),
             0);
    QCOMPARE(::listen(listener.get(), 0), 0);
    const auto first = base::connectToUnixSocket(path);
    QVERIFY(first);
    QCOMPARE(base::connectToUnixSocket(path).error().code, EAGAIN);
    AgentClient client(path);
    const auto identities = client.identities(10s);

    const base::UniqueFd firstServed(::accept(listener.get(), nullptr, nullptr));
    pollfd next{listener.get(), POLLIN, 0};
    QTRY_VERIFY((::poll(&next, 1, 0), next.revents != 0));
    const base::UniqueFd served(::accept(listener.get(), nullptr, nullptr));
    const QByteArray answer
        = keys::agentFrame(keys::AgentMessage::IdentitiesAnswer, QByteArray(4, '\0'));
    QCOMPARE(::send(served.get(), answer.constData(), static_cast<std::size_t>(answer.size()), 0),
             answer.size());

    const auto listed = resultOf(identities);
    QVERIFY(listed);
    QVERIFY(listed->isEmpty());
}

void AgentClientTest::silentAgentMeetsTheDeadline()
{
    const FakeAgent agent;
    AgentClient client(agent.socketPath());

    QCOMPARE(resultOf(client.identities(50ms)).error().kind, ErrorKind::TimedOut);
}

void AgentClientTest::hostileAnswerIsRefused_data()
{
    QTest::addColumn<QByteArray>("answer");

    QTest::newRow("length of 4 GiB") << QByteArray::fromHex("ffffffff0c");
    QTest::newRow("no type") << QByteArray::fromHex("00000000");
    QTest::newRow("answer to another question") << QByteArray::fromHex("000000050e00000000");
    QTest::newRow("more keys than bytes") << QByteArray::fromHex("000000050cffffffff");
    QTest::newRow("length past the message") << QByteArray::fromHex("000000090c0000000100000063");
}

void AgentClientTest::hostileAnswerIsRefused()
{
    QFETCH(QByteArray, answer);
    const FakeAgent agent(answer);
    AgentClient client(agent.socketPath());

    QCOMPARE(resultOf(client.identities(5s)).error().kind, ErrorKind::ProtocolViolation);
}

void AgentClientTest::destroyedClientCancels()
{
    const FakeAgent agent;
    QFuture<base::Result<QList<AgentIdentity>>> identities;
    {
        AgentClient client(agent.socketPath());
        identities = client.identities(5s);
        QVERIFY(!identities.isFinished());
    }

    QVERIFY(identities.isFinished());
    QCOMPARE(identities.result().error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(AgentClientTest)

#include "AgentClientTest.moc"
