// Cast: a recording of a terminal in asciicast v2, as asciinema has it: a line of JSON that says
// how large the terminal was, and one for each piece of output with its time
// (docs.asciinema.org/manual/asciicast/v2). Written by OutputLog, read by CastReader.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QString>
#include <QStringDecoder>

#include <chrono>
#include <expected>
#include <optional>

namespace terminal {

struct CastHeader
{
    int columns = 80;
    int rows = 24;
    QDateTime start; // invalid if it is not told
    QString title; // foreign text

    friend bool operator==(const CastHeader &, const CastHeader &) = default;
};

struct CastEvent
{
    enum class Kind { Output, Resize, Other };

    std::chrono::microseconds time{0}; // since the beginning
    Kind kind = Kind::Output;
    QByteArray output; // UTF-8
    int columns = 0; // of a Resize
    int rows = 0;

    friend bool operator==(const CastEvent &, const CastEvent &) = default;
};

// Makes the lines of one recording. A character that is cut waits for its rest.
class CastWriter
{
public:
    static QByteArray header(const CastHeader &header);

    QByteArray output(std::chrono::microseconds time, QByteArrayView bytes);
    QByteArray resize(std::chrono::microseconds time, int columns, int rows) const;

private:
    QStringDecoder m_decoder{QStringDecoder::Utf8};
};

// From a file of anybody's: nothing if the line is none, or asks for what makes no sense.
std::optional<CastHeader> castHeader(QByteArrayView line);
std::optional<CastEvent> castEvent(QByteArrayView line);

} // namespace terminal
