// Paths inside commands that are shown to people, to be copied into a shell.

#pragma once

#include <QString>

namespace keys {

// `text` in single quotes, so that a POSIX shell takes it as one word.
inline QString shellWord(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

} // namespace keys
