#include "net/X11Greeting.h"

#include "net/X11Display.h"

namespace net {
namespace {

// byte-order, unused, major and minor version, lengths of name and data of the authorization,
// unused: 12 bytes. Name and data follow, each filled up to a multiple of four.
constexpr qsizetype headSize = 12;
constexpr qsizetype nameSizeAt = 6;
constexpr qsizetype dataSizeAt = 8;
constexpr qsizetype longestField = 256;

constexpr qsizetype padded(qsizetype size)
{
    return (size + 3) / 4 * 4;
}

// In a time that does not tell where they differ.
bool isSame(QByteArrayView one, QByteArrayView other)
{
    if (one.size() != other.size()) {
        return false;
    }
    int difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i) {
        difference |= one.at(i) ^ other.at(i);
    }
    return difference == 0;
}

} // namespace

int X11Greeting::shortAt(qsizetype position) const
{
    const auto first = static_cast<quint8>(m_bytes.at(position));
    const auto second = static_cast<quint8>(m_bytes.at(position + 1));
    return isBigEndian() ? first << 8 | second : second << 8 | first;
}

qsizetype X11Greeting::size() const
{
    return headSize + padded(shortAt(nameSizeAt)) + padded(shortAt(dataSizeAt));
}

X11Greeting::State X11Greeting::take(QByteArrayView bytes)
{
    m_bytes.append(bytes);
    if (m_bytes.isEmpty()) {
        return State::Incomplete;
    }
    if (!isBigEndian() && m_bytes.at(0) != 'l') {
        return State::Refused;
    }
    if (m_bytes.size() < headSize) {
        return State::Incomplete;
    }
    const int nameSize = shortAt(nameSizeAt);
    const int dataSize = shortAt(dataSizeAt);
    if (nameSize > longestField || dataSize > longestField) {
        return State::Refused;
    }
    if (m_bytes.size() < size()) {
        return State::Incomplete;
    }
    const QByteArrayView all(m_bytes);
    const QByteArrayView name = all.sliced(headSize, nameSize);
    const QByteArrayView data = all.sliced(headSize + padded(nameSize), dataSize);
    return name == magicCookieProtocol && isSame(data, m_expectedCookie) ? State::Accepted
                                                                         : State::Refused;
}

QByteArray X11Greeting::forDisplay() const
{
    const auto field = [](QByteArrayView value) {
        return value.toByteArray().leftJustified(padded(value.size()), '\0');
    };
    const auto number = [this](qsizetype value) {
        const char high = static_cast<char>(value >> 8);
        const char low = static_cast<char>(value & 0xff);
        return QByteArray(1, isBigEndian() ? high : low) + (isBigEndian() ? low : high);
    };
    const QByteArrayView protocol = m_ownCookie.isEmpty() ? QByteArrayView() : magicCookieProtocol;
    QByteArray message = m_bytes.first(headSize);
    message.replace(nameSizeAt, 2, number(protocol.size()));
    message.replace(dataSizeAt, 2, number(m_ownCookie.size()));
    return message + field(protocol) + field(m_ownCookie) + m_bytes.sliced(size());
}

} // namespace net
