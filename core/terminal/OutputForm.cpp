#include "terminal/OutputForm.h"

namespace terminal {
namespace {

QByteArray timed(const QByteArray &lines, const QDateTime &when)
{
    if (lines.isEmpty()) {
        return {};
    }
    const QByteArray time = when.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz  ")).toLatin1();
    QByteArray out = time + lines.chopped(1);
    out.replace("\n", "\n" + time);
    return out + '\n';
}

} // namespace

OutputForm::Made OutputForm::make(const OutputPiece &piece)
{
    using Kind = OutputPiece::Kind;
    using Form = OutputLog::Form;
    if (piece.kind == Kind::Header) {
        return {piece.raw, {}};
    }
    if (piece.kind == Kind::Resize) {
        return {m_form == Form::Cast
                    ? m_cast.resize(piece.sinceBeginning, piece.cells.width(), piece.cells.height())
                    : QByteArray(),
                {}};
    }
    QByteArray lines;
    if (m_wantsLines) {
        lines = piece.kind == Kind::End ? m_lines.takeRest() : m_lines.take(piece.shown);
    }
    switch (m_form) {
    case Form::Plain:
        return {lines, lines};
    case Form::Timed:
        return {timed(lines, piece.when), lines};
    case Form::Cast:
        return {piece.kind == Kind::End ? QByteArray()
                                        : m_cast.output(piece.sinceBeginning, piece.raw),
                lines};
    case Form::Raw:
        break;
    }
    return {piece.raw, lines};
}

} // namespace terminal
