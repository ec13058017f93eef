#include "tests/integration/SecurityKeyAgent.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "keys/AgentProtocol.h"

#include <QCryptographicHash>

#include <array>

namespace tests {
namespace {

const QByteArray keyType = QByteArrayLiteral("sk-ssh-ed25519@openssh.com");
const QByteArray application = QByteArrayLiteral("ssh:");
constexpr quint8 userPresent = 0x01;
constexpr quint32 counter = 7;

QByteArray sha256(QByteArrayView data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256);
}

} // namespace

SecurityKeyAgent::SecurityKeyAgent()
    : m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))
{
    std::array<unsigned char, 32> publicPart{};
    size_t size = publicPart.size();
    EVP_PKEY_get_raw_public_key(m_key.get(), publicPart.data(), &size);
    m_blob = base::WireWriter()
                 .string(keyType)
                 .string(QByteArrayView(publicPart.data(), std::ssize(publicPart)))
                 .string(application)
                 .take();
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        QLocalSocket *client = m_server.nextPendingConnection();
        connect(client, &QLocalSocket::readyRead, this, [this, client] { serve(client); });
    });
    m_server.listen(socketPath());
}

SecurityKeyAgent::~SecurityKeyAgent() = default;

QString SecurityKeyAgent::socketPath() const
{
    return m_directory.filePath(QStringLiteral("agent"));
}

QByteArray SecurityKeyAgent::publicLine() const
{
    return keyType + ' ' + m_blob.toBase64() + " device";
}

void SecurityKeyAgent::serve(QLocalSocket *client)
{
    QByteArray received = client->readAll();
    const auto message = keys::takeAgentMessage(received);
    if (!message || !*message) {
        return;
    }
    if (keys::isAgentMessage(**message, keys::AgentMessage::RequestIdentities)) {
        client->write(
            keys::agentFrame(keys::AgentMessage::IdentitiesAnswer,
                             keys::encodeIdentities({{m_blob, QStringLiteral("device")}})));
        return;
    }
    base::WireReader reader(QByteArrayView(**message).sliced(1));
    const auto blob = reader.string();
    const auto data = reader.string();
    if (blob && data) {
        m_toBeSigned = data->toByteArray();
        m_waiting = client;
    }
}

void SecurityKeyAgent::touch()
{
    m_waiting->write(keys::agentFrame(keys::AgentMessage::SignResponse,
                                      base::WireWriter().string(signatureOf(m_toBeSigned)).take()));
    m_waiting = nullptr;
}

void SecurityKeyAgent::refuse()
{
    m_waiting->write(keys::agentFrame(keys::AgentMessage::Failure));
    m_waiting = nullptr;
}

QByteArray SecurityKeyAgent::signatureOf(QByteArrayView data) const
{
    const QByteArray message = base::WireWriter()
                                   .bytes(sha256(application))
                                   .byte(userPresent)
                                   .uint32(counter)
                                   .bytes(sha256(data))
                                   .take();
    std::array<unsigned char, 64> signature{};
    size_t size = signature.size();
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, nullptr, nullptr, m_key.get());
    EVP_DigestSign(context, signature.data(), &size,
                   reinterpret_cast<const unsigned char *>(message.constData()),
                   static_cast<size_t>(message.size()));
    EVP_MD_CTX_free(context);
    return base::WireWriter()
        .string(keyType)
        .string(QByteArrayView(signature.data(), std::ssize(signature)))
        .byte(userPresent)
        .uint32(counter)
        .take();
}

} // namespace tests
