#include "terminal/PasteText.h"

namespace terminal {
namespace {

bool mayBePasted(QChar character)
{
    return character == u'\t' || character == u'\n' || character.category() != QChar::Other_Control;
}

} // namespace

PasteText::PasteText(QStringView clipboard)
    : m_text(clipboard.toString())
{
    m_text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    m_text.replace(u'\r', u'\n');
    const qsizetype size = m_text.size();
    m_text.removeIf([](QChar character) { return !mayBePasted(character); });
    m_hadControls = m_text.size() < size;
}

qsizetype PasteText::lineCount() const
{
    if (isEmpty()) {
        return 0;
    }
    return m_text.count(u'\n') + (m_text.endsWith(u'\n') ? 0 : 1);
}

QByteArray PasteText::toBytes(Bracketing bracketing) const
{
    QByteArray bytes = m_text.toUtf8();
    bytes.replace('\n', '\r');
    if (bracketing == Bracketing::On && !bytes.isEmpty()) {
        bytes = "\033[200~" + bytes + "\033[201~";
    }
    return bytes;
}

} // namespace terminal
