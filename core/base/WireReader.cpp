#include "base/WireReader.h"

#include <QtEndian>

namespace base {

template<typename Integer>
std::optional<Integer> WireReader::integer()
{
    const auto field = bytes(sizeof(Integer));
    if (!field) {
        return std::nullopt;
    }
    return qFromBigEndian<Integer>(field->data());
}

std::optional<quint8> WireReader::byte()
{
    return integer<quint8>();
}

std::optional<bool> WireReader::boolean()
{
    return byte().transform([](quint8 value) { return value != 0; });
}

std::optional<quint32> WireReader::uint32()
{
    return integer<quint32>();
}

std::optional<quint64> WireReader::uint64()
{
    return integer<quint64>();
}

std::optional<QByteArrayView> WireReader::string()
{
    const QByteArrayView before = m_rest;
    const auto field = uint32().and_then([this](quint32 length) { return bytes(length); });
    if (!field) {
        m_rest = before;
    }
    return field;
}

std::optional<QByteArrayView> WireReader::bytes(qsizetype count)
{
    if (count < 0 || count > m_rest.size()) {
        return std::nullopt;
    }
    const QByteArrayView field = m_rest.first(count);
    m_rest = m_rest.sliced(count);
    return field;
}

} // namespace base
