#include "files/FilePath.h"

#include "base/DisplayText.h"

#include <QByteArrayList>

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

} // namespace files
