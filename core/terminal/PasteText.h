// PasteText: text on its way from a clipboard into a terminal, made harmless.
//
// Whoever fills the clipboard (a web page, another program) must not be able to press keys: of the
// control characters only tab and line break survive. Without ESC the text cannot end a bracketed
// paste by itself either (xterm, ctlseqs.txt, "Bracketed Paste Mode").

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

namespace terminal {

class PasteText
{
public:
    enum class Bracketing { Off, On };

    PasteText() = default;

    // Line breaks may be CR, LF or CR LF.
    explicit PasteText(QStringView clipboard);

    bool isEmpty() const { return m_text.isEmpty(); }

    // How many lines a shell would run or wait on: a text without line break counts as one.
    qsizetype lineCount() const;

    // True if it holds a line break, with which a shell runs what comes before it.
    bool isMultiline() const { return m_text.contains(u'\n'); }

    // There were control characters in it, beside line breaks and tabs.
    bool hadControls() const { return m_hadControls; }

    // What remains of the clipboard, with LF as line break.
    QString text() const { return m_text; }

    // What to send: UTF-8, with CR as line break because that is what the Enter key sends.
    QByteArray toBytes(Bracketing bracketing) const;

private:
    QString m_text;
    bool m_hadControls = false;
};

} // namespace terminal
