// WireReader: takes the fields of an SSH message from bytes that may lie about their length.
//
// Fields are those of RFC 4251 section 5, big-endian. Used by all that parses SSH, SFTP and agent
// messages or key files.

#pragma once

#include <QByteArrayView>

#include <optional>

namespace base {

// A read that would pass the end returns nothing and leaves the position where it was.
class WireReader
{
public:
    // `bytes` must outlive the reader, and the views that it returns.
    explicit WireReader(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }

    std::optional<quint8> byte();
    std::optional<bool> boolean(); // any value but 0 is true
    std::optional<quint32> uint32();
    std::optional<quint64> uint64();

    // A length (uint32) and as many bytes: any bytes, NUL included.
    std::optional<QByteArrayView> string();

    // `count` bytes without a length in front.
    std::optional<QByteArrayView> bytes(qsizetype count);

    // What was not read yet.
    QByteArrayView rest() const { return m_rest; }
    bool isAtEnd() const { return m_rest.isEmpty(); }

private:
    template<typename Integer>
    std::optional<Integer> integer();

    QByteArrayView m_rest;
};

} // namespace base
