// TextFormat: how a text file is written: encoding, line ends, and the mark at its beginning. What
// was read is written back byte by byte, unless a line of it was changed.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace edit {

enum class Encoding { Utf8, Utf16LittleEndian, Utf16BigEndian, Latin1 };
enum class LineEnd { Unix, Windows, Mac };

// "UTF-8", "UTF-16 LE", "UTF-16 BE" or "ISO 8859-1"; for files and lists.
QString nameOf(Encoding encoding);
QString nameOf(LineEnd lineEnd); // "LF", "CRLF" or "CR"

struct TextFormat
{
    Encoding encoding = Encoding::Utf8;
    bool hasMark = false; // a byte order mark (Unicode 23.8)
    LineEnd lineEnd = LineEnd::Unix; // of new lines
    bool isMixed = false; // there are other line ends as well

    // "UTF-8+BOM CRLF": see fromText().
    QString toText() const;
    static TextFormat fromText(const QString &text); // the default for what is none

    friend bool operator==(const TextFormat &, const TextFormat &) = default;
};

// A text as an editor has it: its lines end with "\n".
struct DecodedText
{
    QString text;
    TextFormat format;
    QList<LineEnd> lineEnds; // of each line, where they are mixed
};

enum class TextRefusal {
    Binary, // it holds zero bytes, or characters that an editor would not give back
};

// By its mark, else UTF-8 if it is valid, else ISO 8859-1, which any bytes are. What could not be
// written back as it was is refused.
base::Result<DecodedText, TextRefusal> decoded(const QByteArray &bytes);

enum class EncodingFailure {
    NotInEncoding, // a character that it does not have
};

// `text` in the format of `original`: where line ends are mixed, the lines that are still there
// keep theirs.
base::Result<QByteArray, EncodingFailure> encoded(const QString &text, const DecodedText &original);

} // namespace edit
