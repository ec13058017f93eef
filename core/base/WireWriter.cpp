#include "base/WireWriter.h"

#include <QtEndian>

#include <array>
#include <limits>
#include <utility>

namespace base {

template<typename Integer>
WireWriter &WireWriter::integer(Integer value)
{
    std::array<char, sizeof(Integer)> field{};
    qToBigEndian(value, field.data());
    return bytes(field);
}

WireWriter &WireWriter::byte(quint8 value)
{
    return integer(value);
}

WireWriter &WireWriter::boolean(bool value)
{
    return byte(value ? 1 : 0);
}

WireWriter &WireWriter::uint32(quint32 value)
{
    return integer(value);
}

WireWriter &WireWriter::uint64(quint64 value)
{
    return integer(value);
}

WireWriter &WireWriter::string(QByteArrayView value)
{
    Q_ASSERT(value.size() <= std::numeric_limits<quint32>::max());
    return uint32(static_cast<quint32>(value.size())).bytes(value);
}

WireWriter &WireWriter::bytes(QByteArrayView value)
{
    m_bytes.append(value);
    return *this;
}

WireWriter &WireWriter::reserve(qsizetype bytes)
{
    m_bytes.reserve(bytes);
    return *this;
}

QByteArray WireWriter::take()
{
    return std::exchange(m_bytes, {});
}

} // namespace base
