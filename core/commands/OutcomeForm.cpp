#include "commands/OutcomeForm.h"

#include "base/DisplayText.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace commands {
namespace {

constexpr qint64 pieceBytes = qint64{64} * 1024;

// Without the quotes around.
QByteArray jsonEscaped(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(2, array.size() - 4); // ["..."]
}

QByteArray jsonText(const QString &text)
{
    return text.isEmpty() ? QByteArray("null") : '"' + jsonEscaped(text) + '"';
}

// Within quotes. A spreadsheet runs what begins like a formula, and the server may have written it:
// an apostrophe makes it a text.
QByteArray csvEscaped(const QString &text, bool isFirst)
{
    static constexpr QStringView formula = u"=+-@\t\r";
    const bool isFormula = isFirst && !text.isEmpty() && formula.contains(text.front());
    QString escaped = text;
    escaped.replace(u'"', u"\"\""_s);
    return (isFormula ? "'" : "") + escaped.toUtf8();
}

QByteArray csvText(const QString &text)
{
    return text.isEmpty() ? QByteArray() : '"' + csvEscaped(text, true) + '"';
}

QByteArray seconds(const HostOutcome &outcome)
{
    const double time = std::chrono::duration<double>(outcome.duration).count();
    return QByteArray::number(time, 'f', 3);
}

// "== web01: exit status 3 (1.204 s)"
QByteArray heading(const QString &name, const QString &sentence, const HostOutcome &outcome)
{
    QString text = u"== "_s + base::displayText(name) + u": "_s;
    if (!sentence.isEmpty()) {
        text += sentence;
    } else if (!outcome.signal.isEmpty()) {
        text += u"killed by SIG"_s + base::displayText(QByteArrayView(outcome.signal));
    } else {
        text += u"exit status "_s + QString::number(outcome.exitStatus.value_or(0));
    }
    return text.toUtf8() + " (" + seconds(outcome) + " s)\n";
}

// How much of `text` ends with a whole character of UTF-8; the rest is for the next piece.
qsizetype wholeCharacters(QByteArrayView text)
{
    constexpr qsizetype longestRest = 3; // of a character of four bytes
    for (qsizetype back = 1; back <= std::min(longestRest, text.size()); ++back) {
        const auto byte = static_cast<quint8>(text[text.size() - back]);
        if ((byte & 0xC0U) != 0x80U) { // not a byte within a character
            return (byte & 0x80U) != 0 ? text.size() - back : text.size();
        }
    }
    return text.size();
}

} // namespace

OutcomeForm::OutcomeForm(OutcomeFormat format, QString host, QString sentence,
                         const HostOutcome &outcome)
    : m_format(format)
    , m_host(std::move(host))
    , m_sentence(std::move(sentence))
    , m_outcome(&outcome)
{
}

QByteArray OutcomeForm::header(OutcomeFormat format)
{
    return format == OutcomeFormat::Csv
        ? QByteArray("target,exit_status,signal,error,seconds,stdout,stderr\r\n")
        : QByteArray();
}

base::Result<OutcomeForm::Piece> OutcomeForm::next()
{
    switch (m_stage) {
    case Stage::Head:
        m_stage = Stage::Output;
        return Piece{head()};
    case Stage::Output:
        return outputPiece(m_outcome->output, ssh::OutputStream::Standard);
    case Stage::Middle: {
        m_stage = Stage::ErrorOutput;
        const Piece piece{middle()};
        m_endsInLine = false;
        return piece;
    }
    case Stage::ErrorOutput:
        return outputPiece(m_outcome->errorOutput, ssh::OutputStream::Error);
    case Stage::Tail:
        m_stage = Stage::End;
        return Piece{tail(),
                     m_format == OutcomeFormat::Text ? ssh::OutputStream::Error
                                                     : ssh::OutputStream::Standard};
    case Stage::End:
        break;
    }
    return Piece{};
}

QByteArray OutcomeForm::head() const
{
    const QByteArray status
        = m_outcome->exitStatus ? QByteArray::number(*m_outcome->exitStatus) : QByteArray();
    const QString signal = QString::fromUtf8(m_outcome->signal);
    switch (m_format) {
    case OutcomeFormat::Text:
        return heading(m_host, m_sentence, *m_outcome);
    case OutcomeFormat::Json:
        return R"({"target":")" + jsonEscaped(m_host) + R"(","exit_status":)"
            + (status.isEmpty() ? QByteArray("null") : status) + R"(,"signal":)" + jsonText(signal)
            + R"(,"error":)" + jsonText(m_sentence) + R"(,"seconds":)" + seconds(*m_outcome)
            + R"(,"stdout":")";
    case OutcomeFormat::Csv:
        break;
    }
    return csvText(m_host) + ',' + status + ',' + csvText(signal) + ',' + csvText(m_sentence) + ','
        + seconds(*m_outcome) + ",\"";
}

QByteArray OutcomeForm::middle() const
{
    switch (m_format) {
    case OutcomeFormat::Text:
        return m_endsInLine ? QByteArray("\n") : QByteArray();
    case OutcomeFormat::Json:
        return R"(","stderr":")";
    case OutcomeFormat::Csv:
        break;
    }
    return "\",\"";
}

QByteArray OutcomeForm::tail() const
{
    switch (m_format) {
    case OutcomeFormat::Text:
        return m_endsInLine ? QByteArray("\n") : QByteArray();
    case OutcomeFormat::Json:
        return "\"}\n";
    case OutcomeFormat::Csv:
        break;
    }
    return "\"\r\n";
}

base::Result<OutcomeForm::Piece> OutcomeForm::outputPiece(const OutputStore &store,
                                                          ssh::OutputStream stream)
{
    const bool isText = m_format == OutcomeFormat::Text;
    Piece piece{{}, isText ? stream : ssh::OutputStream::Standard};
    auto bytes = store.read(m_offset, pieceBytes);
    if (!bytes || bytes->isEmpty()) {
        m_offset = 0;
        m_stage = stream == ssh::OutputStream::Standard ? Stage::Middle : Stage::Tail;
        if (!bytes) {
            return base::Failure(bytes.error());
        }
        return piece;
    }
    const bool isFirst = m_offset == 0;
    if (!isText && m_offset + bytes->size() < store.size()) {
        bytes->truncate(wholeCharacters(*bytes));
    }
    m_offset += bytes->size();
    m_endsInLine = !bytes->endsWith('\n');
    piece.bytes = encoded(*bytes, isFirst);
    return piece;
}

QByteArray OutcomeForm::encoded(const QByteArray &bytes, bool isFirst) const
{
    switch (m_format) {
    case OutcomeFormat::Text:
        return bytes;
    case OutcomeFormat::Json:
        return jsonEscaped(QString::fromUtf8(bytes));
    case OutcomeFormat::Csv:
        break;
    }
    return csvEscaped(QString::fromUtf8(bytes), isFirst);
}

} // namespace commands
