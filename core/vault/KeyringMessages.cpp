#include "vault/KeyringMessages.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace vault {
namespace {

struct Message
{
    quint8 code = 0;
    QString text;
    base::SecretString secret;
};

QByteArray head(quint8 code, const QString &text)
{
    return base::WireWriter().byte(code).string(text.toUtf8()).take();
}

std::optional<Message> messageFrom(QByteArrayView bytes)
{
    base::WireReader reader(bytes);
    const auto code = reader.byte();
    const auto text = reader.string();
    if (!code || !text) {
        return std::nullopt;
    }
    const QByteArrayView secret = reader.rest();
    return Message{*code, QString::fromUtf8(*text),
                   base::SecretString::fromUtf8(QByteArray(secret.data(), secret.size()))};
}

} // namespace

QByteArray headOf(const KeyringRequest &request)
{
    return head(static_cast<quint8>(request.action), request.label);
}

QByteArray headOf(const KeyringAnswer &answer)
{
    return head(static_cast<quint8>(answer.status), answer.detail);
}

std::optional<KeyringRequest> requestFrom(QByteArrayView bytes)
{
    return messageFrom(bytes).transform([](const Message &message) {
        return KeyringRequest{static_cast<KeyringAction>(message.code), message.text,
                              message.secret};
    });
}

std::optional<KeyringAnswer> answerFrom(QByteArrayView bytes)
{
    return messageFrom(bytes).transform([](const Message &message) {
        return KeyringAnswer{static_cast<KeyringStatus>(message.code), message.secret,
                             message.text};
    });
}

bool sendMessage(int socket, QByteArrayView head, const base::SecretString &secret)
{
    const qsizetype size = head.size() + secret.size();
    if (size > largestKeyringMessage) {
        errno = EMSGSIZE;
        return false;
    }
    // sendmsg() does not change what it sends, though its type says it might.
    std::array<iovec, 2> parts{
        {{const_cast<char *>(head.data()), static_cast<size_t>(head.size())},
         {const_cast<char *>(secret.utf8()), static_cast<size_t>(secret.size())}}};
    msghdr message = {};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    ssize_t sent = -1;
    do {
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == size && ::shutdown(socket, SHUT_WR) == 0;
}

qsizetype readSome(int socket, SecretBytes &buffer, qsizetype filled)
{
    ssize_t count = -1;
    do {
        count = ::read(socket, buffer.data() + filled, static_cast<size_t>(buffer.size() - filled));
    } while (count < 0 && errno == EINTR);
    return count;
}

} // namespace vault
