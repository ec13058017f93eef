#include "terminal/CastReader.h"

#include <QFileInfo>

#include <algorithm>
#include <cerrno>

namespace terminal {

base::Result<std::unique_ptr<CastReader>> CastReader::open(const QString &path)
{
    const auto operation = QStringLiteral("open");
    // A device or pipe could have no end.
    if (QFileInfo::exists(path) && !QFileInfo(path).isFile()) {
        return base::Failure(base::Error::fromErrno(EINVAL, operation, path));
    }
    std::unique_ptr<CastReader> reader(new CastReader(path));
    errno = 0;
    if (!reader->m_file.open(QIODevice::ReadOnly)) {
        return base::Failure(base::Error::fromErrno(errno == 0 ? EIO : errno, operation, path));
    }
    const auto header = castHeader(reader->readLine());
    if (!header) {
        return base::Failure(base::Error{
            .kind = base::ErrorKind::ProtocolViolation, .operation = operation, .subject = path});
    }
    reader->m_header = *header;
    reader->m_firstEvent = reader->m_file.pos();
    return reader;
}

// Empty for one that is too long, and at the end.
QByteArray CastReader::readLine()
{
    QByteArray line = m_file.readLine(mostLineBytes);
    if (line.endsWith('\n') || m_file.atEnd()) {
        return line;
    }
    while (!m_file.atEnd() && !line.endsWith('\n')) {
        line = m_file.readLine(mostLineBytes);
    }
    return {};
}

std::optional<CastEvent> CastReader::next()
{
    while (!m_file.atEnd()) {
        if (auto event = castEvent(readLine())) {
            m_latest = std::max(m_latest, event->time);
            event->time = m_latest;
            return event;
        }
    }
    return std::nullopt;
}

std::chrono::microseconds CastReader::length()
{
    restart();
    while (next()) { }
    const std::chrono::microseconds last = m_latest;
    restart();
    return last;
}

void CastReader::restart()
{
    m_file.seek(m_firstEvent);
    m_latest = std::chrono::microseconds(0);
}

} // namespace terminal
