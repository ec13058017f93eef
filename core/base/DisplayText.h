// Text of foreign origin made safe to show: file names, banners, prompts, titles, error messages.
//
// What is shown can be read back by eye, what is stored or sent never comes from here.

#pragma once

#include <QByteArrayView>
#include <QString>

namespace base {

enum class LineBreaks {
    Escape, // names: one line, whatever they hold
    Keep, // banners and messages: "\n" stays, "\r\n" becomes "\n"
};

// True for a character that is not seen as itself: controls, what changes the direction or vanishes
// (Unicode categories Cf, Zl, Zp), and what has no meaning of its own.
bool isInvisible(char32_t character);

// Decodes UTF-8. Bytes that are not UTF-8 appear as \xNN, control characters likewise, and
// characters that change the direction or vanish (Unicode categories Cf, Zl, Zp) as \u{202E}.
QString displayText(QByteArrayView bytes, LineBreaks lineBreaks = LineBreaks::Escape);

// The same for text that has been decoded already.
QString displayText(QStringView text, LineBreaks lineBreaks = LineBreaks::Escape);

} // namespace base
