// CastReader: reads a recording in asciicast v2 event by event, so that one of any length needs
// little memory. The file may be anybody's: lines have a limit, and what is no event is left out.

#pragma once

#include "base/Result.h"
#include "terminal/Cast.h"

#include <QFile>

#include <memory>

namespace terminal {

class CastReader
{
public:
    static constexpr qint64 mostLineBytes = qint64{4} * 1024 * 1024;

    // ProtocolViolation: it is none.
    static base::Result<std::unique_ptr<CastReader>> open(const QString &path);

    const CastHeader &header() const { return m_header; }

    // The next one, whose time is not before that of the one before. Nothing at the end.
    std::optional<CastEvent> next();

    // When the last event of the file is. Reads it all: for a file that is as long as usual.
    std::chrono::microseconds length();

    // To the first event.
    void restart();

private:
    explicit CastReader(const QString &path)
        : m_file(path)
    {
    }

    QByteArray readLine();

    QFile m_file;
    CastHeader m_header;
    qint64 m_firstEvent = 0; // place in the file
    std::chrono::microseconds m_latest{0};
};

} // namespace terminal
