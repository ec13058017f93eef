#include "hostkeys/KnownHostsLine.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace hostkeys {
namespace {

constexpr QByteArrayView hashMagic("|1|");
constexpr char hashDelimiter = '|';
constexpr qsizetype hashBytes = 20; // SHA-1; OpenSSH's salts have the same length

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

QByteArrayView withoutLeadingBlanks(QByteArrayView text)
{
    const auto *const first = std::find_if_not(text.begin(), text.end(), isBlank);
    return text.sliced(first - text.begin());
}

// Cuts the next word and the blanks around it off the front of `rest`. Empty at the end.
QByteArrayView takeWord(QByteArrayView &rest)
{
    rest = withoutLeadingBlanks(rest);
    const auto *const end = std::find_if(rest.begin(), rest.end(), isBlank);
    const QByteArrayView word = rest.first(end - rest.begin());
    rest = withoutLeadingBlanks(rest.sliced(word.size()));
    return word;
}

std::optional<QByteArray> decodedBase64(QByteArrayView text)
{
    auto decoded = QByteArray::fromBase64Encoding(
        text.toByteArray(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(std::move(decoded.decoded)) : std::nullopt;
}

std::optional<HostKey> readKey(QByteArrayView type, QByteArrayView base64)
{
    const auto blob = decodedBase64(base64);
    if (!blob) {
        return std::nullopt;
    }
    auto key = HostKey::fromBlob(*blob);
    return key && key->type() == type ? std::optional(*std::move(key)) : std::nullopt;
}

KnownHostsLine::Marker markerNamed(QByteArrayView word)
{
    if (word == "@revoked") {
        return KnownHostsLine::Marker::Revoked;
    }
    return word == "@cert-authority" ? KnownHostsLine::Marker::CertificateAuthority
                                     : KnownHostsLine::Marker::Unknown;
}

// Matches * and ?, regardless of the case of `pattern`. Returns to the last star only, so that the
// time is bounded by the product of the lengths.
bool wildcardMatches(QByteArrayView pattern, QByteArrayView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == text[t])) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + p, pattern.end(), [](char c) { return c == '*'; });
}

bool patternListMatches(QByteArrayView list, QByteArrayView name)
{
    bool matched = false;
    while (true) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView pattern = comma < 0 ? list : list.first(comma);
        if (pattern.startsWith('!')) {
            if (wildcardMatches(pattern.sliced(1), name)) {
                return false;
            }
        } else if (wildcardMatches(pattern, name)) {
            matched = true;
        }
        if (comma < 0) {
            return matched;
        }
        list = list.sliced(comma + 1);
    }
}

QByteArray hashOf(QByteArrayView name, const QByteArray &salt)
{
    return QMessageAuthenticationCode::hash(name.toByteArray(), salt, QCryptographicHash::Sha1);
}

} // namespace

KnownHostsLine KnownHostsLine::parse(QByteArrayView bytes)
{
    KnownHostsLine line;
    QByteArrayView rest = withoutLeadingBlanks(bytes);
    if (rest.endsWith('\r')) {
        rest = rest.chopped(1);
    }
    if (rest.isEmpty() || rest.startsWith('#')) {
        return line;
    }

    QByteArrayView word = takeWord(rest);
    if (word.startsWith('@')) {
        line.m_marker = markerNamed(word);
        word = takeWord(rest);
    }
    while (word.startsWith('@')) {
        line.m_marker = Marker::Unknown;
        word = takeWord(rest);
    }
    line.m_names = word.toByteArray();
    line.m_keyType = takeWord(rest).toByteArray();
    line.m_key = readKey(line.m_keyType, takeWord(rest));
    line.m_comment = rest.toByteArray();
    return line;
}

QByteArray KnownHostsLine::nameOf(QStringView host, quint16 port)
{
    constexpr quint16 standardPort = 22;
    const QByteArray lowered = host.toUtf8().toLower();
    return port == standardPort ? lowered : '[' + lowered + "]:" + QByteArray::number(port);
}

QByteArray KnownHostsLine::hashed(QByteArrayView name)
{
    std::array<quint32, hashBytes / sizeof(quint32)> random{};
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    const QByteArray salt(reinterpret_cast<const char *>(random.data()), hashBytes);
    return hashMagic.toByteArray() + salt.toBase64() + hashDelimiter
        + hashOf(name, salt).toBase64();
}

QByteArray KnownHostsLine::format(QByteArrayView name, const HostKey &key)
{
    return name.toByteArray() + ' ' + key.type() + ' ' + key.blob().toBase64();
}

bool KnownHostsLine::isHashed() const
{
    return m_names.startsWith(hashDelimiter);
}

bool KnownHostsLine::hasWildcard() const
{
    return std::any_of(m_names.begin(), m_names.end(),
                       [](char c) { return c == '*' || c == '?' || c == '!'; });
}

bool KnownHostsLine::matches(QByteArrayView name) const
{
    if (!isEntry()) {
        return false;
    }
    return isHashed() ? hashMatches(name) : patternListMatches(m_names, name);
}

bool KnownHostsLine::hashMatches(QByteArrayView name) const
{
    if (!m_names.startsWith(hashMagic)) {
        return false;
    }
    const QByteArrayView parts = QByteArrayView(m_names).sliced(hashMagic.size());
    const qsizetype delimiter = parts.indexOf(hashDelimiter);
    if (delimiter < 0) {
        return false;
    }
    const auto salt = decodedBase64(parts.first(delimiter));
    const auto hash = decodedBase64(parts.sliced(delimiter + 1));
    return salt && hash && salt->size() == hashBytes && hashOf(name, *salt) == *hash;
}

} // namespace hostkeys
