#include "base/DisplayText.h"

#include <QChar>

namespace base {
namespace {

QString escaped(char32_t character)
{
    const bool isByte = character < 0x80;
    const QString digits = QString::number(character, 16).toUpper();
    return isByte ? QStringLiteral("\\x%1").arg(digits, 2, QLatin1Char('0'))
                  : QStringLiteral("\\u{%1}").arg(digits);
}

void appendCharacter(QString &out, char32_t character, LineBreaks lineBreaks)
{
    if (character == U'\n' && lineBreaks == LineBreaks::Keep) {
        out += QLatin1Char('\n');
    } else if (character == U'\t' && lineBreaks == LineBreaks::Keep) {
        out += QLatin1Char('\t');
    } else if (isInvisible(character)) {
        out += escaped(character);
    } else {
        out += QChar::fromUcs4(character);
    }
}

bool isCarriageReturnOfLineBreak(QStringView text, qsizetype index, LineBreaks lineBreaks)
{
    return lineBreaks == LineBreaks::Keep && text[index] == QLatin1Char('\r')
        && index + 1 < text.size() && text[index + 1] == QLatin1Char('\n');
}

// Length of the UTF-8 sequence at the start of `bytes`, or 0 if there is none (RFC 3629 section 4).
qsizetype sequenceLength(QByteArrayView bytes)
{
    const auto at = [bytes](qsizetype i) { return static_cast<uchar>(bytes[i]); };
    const uchar first = at(0);
    if (first < 0x80) {
        return 1;
    }
    const qsizetype length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size() < length) {
        return 0;
    }
    const uchar lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const uchar highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < lowest || at(1) > highest) {
        return 0;
    }
    for (qsizetype i = 2; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

} // namespace

bool isInvisible(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString displayText(QStringView text, LineBreaks lineBreaks)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isCarriageReturnOfLineBreak(text, i, lineBreaks)) {
            continue;
        }
        const bool isPair
            = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t character
            = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t{text[i].unicode()};
        appendCharacter(out, character, lineBreaks);
        i += isPair ? 1 : 0;
    }
    return out;
}

QString displayText(QByteArrayView bytes, LineBreaks lineBreaks)
{
    QString out;
    out.reserve(bytes.size());
    qsizetype validFrom = 0;
    qsizetype i = 0;
    const auto flush = [&] {
        out += displayText(QString::fromUtf8(bytes.sliced(validFrom, i - validFrom)), lineBreaks);
    };
    while (i < bytes.size()) {
        const qsizetype length = sequenceLength(bytes.sliced(i));
        if (length > 0) {
            i += length;
            continue;
        }
        flush();
        out += QStringLiteral("\\x%1").arg(static_cast<uchar>(bytes[i]), 2, 16, QLatin1Char('0'));
        validFrom = ++i;
    }
    flush();
    return out;
}

} // namespace base
