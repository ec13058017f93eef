#include "base/SecretString.h"

#include <QDebug>

#include <string.h>

#include <algorithm>

namespace base {

class SecretString::Buffer
{
public:
    explicit Buffer(QByteArrayView text)
        : m_bytes(std::make_unique<char[]>(static_cast<std::size_t>(text.size()) + 1))
        , m_size(text.size())
    {
        std::copy(text.begin(), text.end(), m_bytes.get());
    }
    ~Buffer() { explicit_bzero(m_bytes.get(), static_cast<std::size_t>(m_size)); }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    const char *bytes() const { return m_bytes.get(); }
    qsizetype size() const { return m_size; }

private:
    std::unique_ptr<char[]> m_bytes; // one more than m_size, so that C functions find an end
    qsizetype m_size;
};

SecretString SecretString::fromUtf8(QByteArray &&text)
{
    SecretString secret;
    secret.m_buffer = std::make_shared<const Buffer>(text);
    explicit_bzero(text.data(), static_cast<std::size_t>(text.size()));
    text.clear();
    return secret;
}

SecretString SecretString::fromText(const QString &text)
{
    return fromUtf8(text.toUtf8());
}

bool SecretString::isEmpty() const
{
    return size() == 0;
}

const char *SecretString::utf8() const
{
    return m_buffer ? m_buffer->bytes() : "";
}

qsizetype SecretString::size() const
{
    return m_buffer ? m_buffer->size() : 0;
}

QDebug operator<<(QDebug debug, const SecretString &secret)
{
    QDebugStateSaver saver(debug);
    debug.nospace() << (secret.isEmpty() ? "SecretString(empty)" : "SecretString(hidden)");
    return debug;
}

} // namespace base
