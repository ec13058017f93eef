#include "files/FilePath.h"

#include "base/DisplayText.h"

#include <QByteArrayList>
#include <QRandomGenerator>

#include <algorithm>

namespace files {

QByteArray FilePath::name() const
{
    qsizetype end = m_bytes.size();
    while (end > 1 && m_bytes[end - 1] == '/') {
        --end;
    }
    if (end == 1 && m_bytes[0] == '/') {
        return QByteArrayLiteral("/");
    }
    const qsizetype slash = end > 0 ? m_bytes.lastIndexOf('/', end - 1) : -1;
    return m_bytes.sliced(slash + 1, end - slash - 1);
}

FilePath FilePath::parent() const
{
    if (isRoot()) {
        return *this;
    }
    const QByteArray last = name();
    qsizetype end = m_bytes.lastIndexOf(last);
    while (end > 0 && m_bytes[end - 1] == '/') {
        --end;
    }
    if (end == 0) {
        return FilePath(isAbsolute() ? QByteArrayLiteral("/") : QByteArrayLiteral("."));
    }
    return FilePath(m_bytes.first(end));
}

FilePath FilePath::child(const QByteArray &name) const
{
    if (m_bytes.isEmpty()) {
        return FilePath(name);
    }
    return FilePath(m_bytes.endsWith('/') ? m_bytes + name : m_bytes + '/' + name);
}

FilePath FilePath::normalized() const
{
    QByteArrayList kept;
    for (const QByteArray &part : m_bytes.split('/')) {
        if (part.isEmpty() || part == ".") {
            continue;
        }
        const bool canStepUp = !kept.isEmpty() && kept.last() != "..";
        if (part == ".." && canStepUp) {
            kept.removeLast();
        } else if (part != ".." || !isAbsolute()) {
            kept.append(part);
        }
    }
    const QByteArray joined = kept.join('/');
    if (isAbsolute()) {
        return FilePath('/' + joined);
    }
    return FilePath(joined.isEmpty() ? QByteArrayLiteral(".") : joined);
}

bool FilePath::contains(const FilePath &other) const
{
    if (other.m_bytes == m_bytes || isRoot()) {
        return other.isAbsolute() == isAbsolute();
    }
    return other.m_bytes.startsWith(m_bytes + '/');
}

QString FilePath::toDisplay() const
{
    return base::displayText(m_bytes);
}

base::Result<QByteArray> safeLocalName(const QByteArray &name)
{
    const bool isSafe = !name.isEmpty() && name != "." && name != ".." && !name.contains('/')
        && !name.contains('\0');
    if (!isSafe) {
        base::Error error;
        error.kind = base::ErrorKind::InvalidName;
        error.operation = QStringLiteral("use name");
        error.subject = base::displayText(name);
        return base::Failure(error);
    }
    return name;
}

QByteArray cutName(const QByteArray &name, qsizetype mostBytes)
{
    constexpr quint8 kindBits = 0xc0; // of a byte within a character of UTF-8 (RFC 3629 section 3)
    constexpr quint8 continuation = 0x80;
    qsizetype end = std::clamp<qsizetype>(mostBytes, 0, name.size());
    while (end > 0 && end < name.size()
           && (static_cast<quint8>(name[end]) & kindBits) == continuation) {
        --end;
    }
    return name.first(end);
}

QByteArray temporaryName(const QByteArray &name)
{
    const QByteArray random = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    const QByteArray suffix = ".ponto-" + random.rightJustified(16, '0') + ".part";
    return '.' + cutName(name, longestName - 1 - suffix.size()) + suffix;
}

} // namespace files
