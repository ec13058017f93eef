#include "hostkeys/Fingerprint.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>

namespace hostkeys {
namespace {

constexpr QLatin1StringView sha256Prefix("SHA256:");
constexpr QLatin1StringView md5Prefix("MD5:");
constexpr qsizetype sha256Length = 43; // base64 digits of 32 bytes without padding

QByteArray sha256Digest(const HostKey &key)
{
    return QCryptographicHash::hash(key.blob(), QCryptographicHash::Sha256);
}

// The board of the "drunken bishop" walk (Loss, Limmer, von Gernler: "The drunken bishop: An
// analysis of the OpenSSH fingerprint visualization algorithm", 2009). Each pair of bits, the
// lowest of a byte first, is a diagonal step; walls stop the half of the step that would cross
// them.
class BishopBoard
{
public:
    static constexpr int width = 17;
    static constexpr int height = 9;

    void walk(QByteArrayView digest)
    {
        for (const char byte : digest) {
            for (int shift = 0; shift < 8; shift += 2) {
                const int direction = static_cast<unsigned char>(byte) >> shift & 3;
                m_x = std::clamp(m_x + ((direction & 1) != 0 ? 1 : -1), 0, width - 1);
                m_y = std::clamp(m_y + ((direction & 2) != 0 ? 1 : -1), 0, height - 1);
                ++m_visits[index(m_x, m_y)];
            }
        }
    }

    QChar symbolAt(int x, int y) const
    {
        constexpr QLatin1StringView symbols(" .o+=*BOX@%&#/^");
        if (x == m_x && y == m_y) {
            return QLatin1Char('E');
        }
        if (x == width / 2 && y == height / 2) {
            return QLatin1Char('S');
        }
        return symbols[std::min<qsizetype>(m_visits[index(x, y)], symbols.size() - 1)];
    }

private:
    static std::size_t index(int x, int y)
    {
        return static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
    }

    std::array<int, std::size_t{width} * height> m_visits{};
    int m_x = width / 2;
    int m_y = height / 2;
};

// "+--[TITLE]---+": centered, the odd dash on the right.
QString border(const QString &title)
{
    const qsizetype left = (BishopBoard::width - title.size()) / 2;
    const qsizetype right = BishopBoard::width - title.size() - left;
    const QLatin1Char corner('+');
    return corner + QString(left, QLatin1Char('-')) + title + QString(right, QLatin1Char('-'))
        + corner;
}

// "[ED25519 256]", without the size if that does not fit the frame.
QString titleOf(const HostKey &key)
{
    QString full = QStringLiteral("[%1 %2]").arg(key.label()).arg(key.bits());
    if (full.size() < BishopBoard::width) {
        return full;
    }
    return QStringLiteral("[%1]").arg(key.label()).left(BishopBoard::width - 1);
}

// The text after `prefix`, or nothing. People retype "sha256:" in either case.
std::optional<QStringView> afterPrefix(QStringView text, QLatin1StringView prefix)
{
    if (!text.startsWith(prefix, Qt::CaseInsensitive)) {
        return std::nullopt;
    }
    return text.sliced(prefix.size());
}

// A typed fingerprint in the spelling of sha256() or md5(); empty if it is neither.
QString canonical(QStringView text)
{
    static const QRegularExpression sha256(
        QStringLiteral("^[A-Za-z0-9+/]{%1}=?$").arg(sha256Length));
    static const QRegularExpression md5(QStringLiteral("^[0-9a-f]{2}(:?[0-9a-f]{2}){15}$"),
                                        QRegularExpression::CaseInsensitiveOption);

    const auto sha256Body = afterPrefix(text, sha256Prefix);
    const auto md5Body = afterPrefix(text, md5Prefix);
    const QString body = sha256Body.value_or(md5Body.value_or(text)).toString();
    if (!md5Body && sha256.match(body).hasMatch()) {
        return sha256Prefix + body.left(sha256Length);
    }
    if (!sha256Body && md5.match(body).hasMatch()) {
        const QByteArray digest = QByteArray::fromHex(body.toLatin1());
        return md5Prefix + QString::fromLatin1(digest.toHex(':'));
    }
    return {};
}

// The fingerprint in a line of `ssh-keygen -l`: "256 SHA256:... comment (ED25519)".
QString fingerprintWord(const QStringList &words)
{
    const auto found = std::find_if(words.begin(), words.end(), [](const QString &word) {
        return afterPrefix(word, sha256Prefix) || afterPrefix(word, md5Prefix);
    });
    return found != words.end() ? canonical(*found) : QString();
}

} // namespace

Fingerprint::Fingerprint(HostKey key)
    : m_key(std::move(key))
{
}

QString Fingerprint::sha256() const
{
    const QByteArray text = sha256Digest(m_key).toBase64(QByteArray::OmitTrailingEquals);
    return sha256Prefix + QString::fromLatin1(text);
}

QString Fingerprint::md5() const
{
    const QByteArray digest = QCryptographicHash::hash(m_key.blob(), QCryptographicHash::Md5);
    return md5Prefix + QString::fromLatin1(digest.toHex(':'));
}

QString Fingerprint::randomart() const
{
    BishopBoard board;
    board.walk(sha256Digest(m_key));

    QStringList lines{border(titleOf(m_key))};
    for (int y = 0; y < BishopBoard::height; ++y) {
        QString line(QLatin1Char('|'));
        for (int x = 0; x < BishopBoard::width; ++x) {
            line += board.symbolAt(x, y);
        }
        lines += line + QLatin1Char('|');
    }
    lines += border(QStringLiteral("[SHA256]"));
    return lines.join(QLatin1Char('\n'));
}

Fingerprint::Comparison Fingerprint::compare(QStringView typed) const
{
    const QStringList words = typed.toString().simplified().split(QLatin1Char(' '));
    QString expected = canonical(words.join(QString()));
    if (expected.isEmpty()) {
        expected = fingerprintWord(words);
    }
    if (expected.isEmpty()) {
        return Comparison::Unreadable;
    }
    return expected == sha256() || expected == md5() ? Comparison::Matches : Comparison::Differs;
}

} // namespace hostkeys
