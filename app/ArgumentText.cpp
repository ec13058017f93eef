#include "app/ArgumentText.h"

#include "base/DisplayText.h"

#include <algorithm>
#include <iterator>

namespace app {

base::Failure<UsageError> usage(const QString &sentence)
{
    return base::Failure(UsageError{sentence});
}

QString packed(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

QByteArray bytesOf(const QString &packedText)
{
    return packedText.toLatin1();
}

QString textOf(const QString &packedText)
{
    return QString::fromUtf8(bytesOf(packedText));
}

QStringList textsOf(const QStringList &packedTexts)
{
    QStringList texts;
    std::ranges::transform(packedTexts, std::back_inserter(texts), textOf);
    return texts;
}

QString quoted(const QString &text)
{
    return u'"' + base::displayText(text) + u'"';
}

base::Result<uint, UsageError> numberBetween(uint lowest, uint highest, const QString &text,
                                             const QString &sentence)
{
    bool isNumber = false;
    const uint number = text.toUInt(&isNumber);
    if (!isNumber || number < lowest || number > highest) {
        return usage(sentence);
    }
    return number;
}

} // namespace app
