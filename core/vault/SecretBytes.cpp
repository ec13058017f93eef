#include "vault/SecretBytes.h"

#include <string.h>

#include <utility>

namespace vault {

SecretBytes::SecretBytes(qsizetype size)
    : m_bytes(std::make_unique<char[]>(static_cast<std::size_t>(size)))
    , m_size(size)
{
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_bytes(std::move(other.m_bytes))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    wipe();
}

void SecretBytes::wipe()
{
    if (m_bytes) {
        explicit_bzero(m_bytes.get(), static_cast<std::size_t>(m_size));
    }
}

unsigned char *SecretBytes::unsignedData()
{
    return reinterpret_cast<unsigned char *>(m_bytes.get());
}

const unsigned char *SecretBytes::unsignedData() const
{
    return reinterpret_cast<const unsigned char *>(m_bytes.get());
}

} // namespace vault
