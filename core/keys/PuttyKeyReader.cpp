#include "keys/PuttyKeyReader.h"

#include <algorithm>

namespace keys {
namespace {

// As many as a key of 16384 bits takes, and some.
constexpr quint32 mostLines = 1000;

} // namespace

std::optional<QByteArrayView> PuttyKeyReader::line()
{
    if (m_isBroken || m_rest.isEmpty()) {
        m_isBroken = true;
        return std::nullopt;
    }
    const auto *const end
        = std::find_if(m_rest.begin(), m_rest.end(), [](char c) { return c == '\n' || c == '\r'; });
    const QByteArrayView taken = m_rest.first(end - m_rest.begin());
    m_rest = m_rest.sliced(taken.size());
    if (m_rest.startsWith("\r\n")) {
        m_rest = m_rest.sliced(2);
    } else if (!m_rest.isEmpty()) {
        m_rest = m_rest.sliced(1);
    }
    return taken;
}

std::optional<QByteArray> PuttyKeyReader::value(QByteArrayView name)
{
    const auto taken = line();
    const QByteArray label = name.toByteArray() + ": ";
    if (!taken || !taken->startsWith(label)) {
        m_isBroken = true;
        return std::nullopt;
    }
    return taken->sliced(label.size()).toByteArray();
}

std::optional<quint32> PuttyKeyReader::number(QByteArrayView name, quint32 most)
{
    const auto digits = value(name);
    bool isNumber = false;
    const quint32 result = digits ? digits->toUInt(&isNumber) : 0;
    if (!isNumber || result < 1 || result > most) {
        m_isBroken = true;
        return std::nullopt;
    }
    return result;
}

std::optional<QByteArray> PuttyKeyReader::hexBytes(QByteArrayView name)
{
    const auto digits = value(name);
    QByteArray bytes = QByteArray::fromHex(digits.value_or(QByteArray()));
    if (!digits || bytes.toHex() != digits->toLower()) {
        m_isBroken = true;
        return std::nullopt;
    }
    return bytes;
}

std::optional<base::SecretString> PuttyKeyReader::block(QByteArrayView name)
{
    const auto lineCount = number(name, mostLines);
    QByteArray base64;
    base64.reserve(m_rest.size());
    for (quint32 i = 0; lineCount && i < *lineCount; ++i) {
        base64.append(line().value_or(QByteArrayView()));
    }
    auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    base64.fill('\0');
    if (m_isBroken || !decoded) {
        m_isBroken = true;
        return std::nullopt;
    }
    return base::SecretString::fromUtf8(std::move(*decoded));
}

} // namespace keys
