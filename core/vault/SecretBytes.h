// SecretBytes: a buffer for keys and for text that holds passwords, of a size fixed when it is made
// and wiped when it dies. Unlike a QByteArray it never leaves a copy behind while it grows.

#pragma once

#include <QByteArrayView>

#include <memory>

namespace vault {

class SecretBytes
{
public:
    explicit SecretBytes(qsizetype size); // all zero
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes();

    qsizetype size() const { return m_size; }
    char *data() { return m_bytes.get(); }
    QByteArrayView view() const { return {m_bytes.get(), m_size}; }

    // For OpenSSL, which counts in unsigned characters.
    unsigned char *unsignedData();
    const unsigned char *unsignedData() const;

private:
    void wipe();

    std::unique_ptr<char[]> m_bytes;
    qsizetype m_size;
};

} // namespace vault
