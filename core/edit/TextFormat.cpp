#include "edit/TextFormat.h"

#include "base/LineDifference.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <algorithm>
#include <array>

namespace edit {
namespace {

using base::Failure;
using base::Result;

const QByteArray utf8Mark = QByteArrayLiteral("\xef\xbb\xbf");
const QByteArray littleEndianMark = QByteArrayLiteral("\xff\xfe");
const QByteArray bigEndianMark = QByteArrayLiteral("\xfe\xff");

QStringConverter::Encoding converterOf(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8:
        return QStringConverter::Utf8;
    case Encoding::Utf16LittleEndian:
        return QStringConverter::Utf16LE;
    case Encoding::Utf16BigEndian:
        return QStringConverter::Utf16BE;
    case Encoding::Latin1:
        break;
    }
    return QStringConverter::Latin1;
}

QByteArray markOf(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8:
        return utf8Mark;
    case Encoding::Utf16LittleEndian:
        return littleEndianMark;
    case Encoding::Utf16BigEndian:
        return bigEndianMark;
    case Encoding::Latin1:
        break;
    }
    return {};
}

QString endOf(LineEnd lineEnd)
{
    return lineEnd == LineEnd::Windows ? QStringLiteral("\r\n")
        : lineEnd == LineEnd::Mac      ? QStringLiteral("\r")
                                       : QStringLiteral("\n");
}

// A UTF-8 text may begin with what looks like a mark of UTF-16, but only one that is not valid.
TextFormat formatOf(const QByteArray &bytes)
{
    TextFormat format;
    for (const Encoding encoding :
         {Encoding::Utf8, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian}) {
        if (bytes.startsWith(markOf(encoding))) {
            format.encoding = encoding;
            format.hasMark = true;
            return format;
        }
    }
    format.encoding = bytes.isValidUtf8() ? Encoding::Utf8 : Encoding::Latin1;
    return format;
}

// What QTextDocument keeps for itself or takes for the end of a paragraph.
bool isLostInEditors(QChar c)
{
    return c == QChar::Null || c == QChar::ParagraphSeparator || c == QChar(0xfdd0)
        || c == QChar(0xfdd1) || c == QChar::ObjectReplacementCharacter;
}

// Leaves "\n" alone at the end of each line.
QString splitEnds(const QString &raw, QList<LineEnd> &ends)
{
    QString text;
    text.reserve(raw.size());
    for (qsizetype index = 0; index < raw.size(); ++index) {
        const QChar c = raw[index];
        if (c == u'\r' && index + 1 < raw.size() && raw[index + 1] == u'\n') {
            ends.append(LineEnd::Windows);
            text += u'\n';
            ++index;
        } else if (c == u'\r' || c == u'\n') {
            ends.append(c == u'\r' ? LineEnd::Mac : LineEnd::Unix);
            text += u'\n';
        } else {
            text += c;
        }
    }
    return text;
}

LineEnd mostFrequent(const QList<LineEnd> &ends)
{
    const std::array all{LineEnd::Unix, LineEnd::Windows, LineEnd::Mac};
    return *std::ranges::max_element(all, {}, [&ends](LineEnd end) { return ends.count(end); });
}

// Of each line of `text`: those of the original where a line is still there.
QList<LineEnd> endsOf(const QString &text, const DecodedText &original)
{
    const QStringList lines = base::linesOf(text);
    QList<LineEnd> ends(lines.size(), original.format.lineEnd);
    if (original.format.isMixed) {
        for (const base::LineRun &run : base::commonRuns(base::linesOf(original.text), lines)) {
            for (qsizetype index = 0; index < run.length; ++index) {
                if (run.first + index < original.lineEnds.size()) {
                    ends[run.second + index] = original.lineEnds[run.first + index];
                }
            }
        }
    }
    return ends;
}

Result<QByteArray, EncodingFailure> encodedRaw(const QString &raw, const TextFormat &format)
{
    if (format.encoding == Encoding::Latin1
        && std::ranges::any_of(raw, [](QChar c) { return c.unicode() > 0xff; })) {
        return Failure(EncodingFailure::NotInEncoding);
    }
    QStringEncoder encoder(converterOf(format.encoding));
    QByteArray bytes = encoder.encode(raw);
    if (encoder.hasError()) {
        return Failure(EncodingFailure::NotInEncoding);
    }
    return format.hasMark ? markOf(format.encoding) + bytes : bytes;
}

} // namespace

QString nameOf(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8:
        return QStringLiteral("UTF-8");
    case Encoding::Utf16LittleEndian:
        return QStringLiteral("UTF-16 LE");
    case Encoding::Utf16BigEndian:
        return QStringLiteral("UTF-16 BE");
    case Encoding::Latin1:
        break;
    }
    return QStringLiteral("ISO 8859-1");
}

QString nameOf(LineEnd lineEnd)
{
    return lineEnd == LineEnd::Windows ? QStringLiteral("CRLF")
        : lineEnd == LineEnd::Mac      ? QStringLiteral("CR")
                                       : QStringLiteral("LF");
}

QString TextFormat::toText() const
{
    return nameOf(encoding) + (hasMark ? QStringLiteral("+BOM;") : QStringLiteral(";"))
        + nameOf(lineEnd);
}

TextFormat TextFormat::fromText(const QString &text)
{
    TextFormat format;
    for (const Encoding encoding :
         {Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian, Encoding::Latin1}) {
        if (text.startsWith(nameOf(encoding))) {
            format.encoding = encoding;
        }
    }
    for (const LineEnd end : {LineEnd::Windows, LineEnd::Mac}) {
        if (text.section(u';', 1) == nameOf(end)) {
            format.lineEnd = end;
        }
    }
    format.hasMark = text.contains(QStringLiteral("+BOM"));
    return format;
}

Result<DecodedText, TextRefusal> decoded(const QByteArray &bytes)
{
    DecodedText result;
    result.format = formatOf(bytes);
    QStringDecoder decoder(converterOf(result.format.encoding),
                           QStringConverter::Flag::ConvertInitialBom);
    const qsizetype mark = result.format.hasMark ? markOf(result.format.encoding).size() : 0;
    const QString raw = decoder.decode(QByteArrayView(bytes).sliced(mark));
    const auto again = encodedRaw(raw, result.format);
    if (std::ranges::any_of(raw, isLostInEditors) || !again || *again != bytes) {
        return Failure(TextRefusal::Binary);
    }
    result.text = splitEnds(raw, result.lineEnds);
    if (!result.lineEnds.isEmpty()) {
        result.format.lineEnd = mostFrequent(result.lineEnds);
        result.format.isMixed
            = result.lineEnds.count(result.format.lineEnd) != result.lineEnds.size();
    }
    if (!result.format.isMixed) {
        result.lineEnds.clear();
    }
    return result;
}

Result<QByteArray, EncodingFailure> encoded(const QString &text, const DecodedText &original)
{
    if (original.format.lineEnd == LineEnd::Unix && !original.format.isMixed) {
        return encodedRaw(text, original.format);
    }
    const QStringList lines = base::linesOf(text);
    const QList<LineEnd> ends = endsOf(text, original);
    QString raw;
    raw.reserve(text.size() + lines.size());
    for (qsizetype index = 0; index < lines.size(); ++index) {
        const bool isEnded = lines[index].endsWith(u'\n');
        raw += isEnded ? QStringView(lines[index]).chopped(1) : QStringView(lines[index]);
        raw += isEnded ? endOf(ends[index]) : QString();
    }
    return encodedRaw(raw, original.format);
}

} // namespace edit
