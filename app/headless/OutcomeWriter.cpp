#include "app/headless/OutcomeWriter.h"

#include "app/headless/Report.h"
#include "base/DisplayText.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <unistd.h>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using commands::HostOutcome;
using commands::OutputStore;

constexpr qint64 pieceBytes = qint64{64} * 1024;

// Without the quotes around.
QByteArray escaped(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(2, array.size() - 4); // ["..."]
}

QByteArray jsonText(const QString &text)
{
    return text.isEmpty() ? QByteArray("null") : '"' + escaped(text) + '"';
}

QByteArray seconds(const HostOutcome &outcome)
{
    const double time = std::chrono::duration<double>(outcome.duration).count();
    return QByteArray::number(time, 'f', 3);
}

// "web01: exit status 3, 1.204 s"
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

OutcomeWriter::OutcomeWriter(Form form)
    : m_form(form)
    , m_output(STDOUT_FILENO)
    , m_errors(STDERR_FILENO)
{
    for (LocalOutput *output : {&m_output, &m_errors}) {
        connect(output, &LocalOutput::written, this, &OutcomeWriter::step);
        connect(output, &LocalOutput::failed, this, [this](const base::Error &error) {
            if (!std::exchange(m_hasFailed, true)) {
                m_hosts.clear();
                emit failed(error);
            }
        });
    }
}

void OutcomeWriter::write(const QString &host, const QString &sentence, HostOutcome &outcome)
{
    if (m_hasFailed) {
        return;
    }
    m_hosts.push_back({.name = host, .sentence = sentence, .outcome = std::move(outcome)});
    if (m_hosts.size() == 1) {
        step();
    }
}

// Goes on when what was written has left.
void OutcomeWriter::step()
{
    while (!m_hosts.empty() && m_output.isEmpty() && m_errors.isEmpty()) {
        Host &host = m_hosts.front();
        if (m_form == Form::Json) {
            stepJson(host);
        } else {
            stepText(host);
        }
        if (host.stage == Stage::End) {
            m_hosts.pop_front();
        }
    }
    if (isIdle() && !m_hasFailed) {
        emit idle();
    }
}

void OutcomeWriter::stepText(Host &host)
{
    switch (host.stage) {
    case Stage::Head:
        m_output.write(heading(host.name, host.sentence, host.outcome));
        host.stage = Stage::Output;
        break;
    case Stage::Output:
        if (!copyPiece(host, host.outcome.output, false)) {
            host.stage = Stage::Middle;
        }
        break;
    case Stage::Middle:
        if (host.endsInLine) {
            m_output.write("\n");
        }
        host.endsInLine = false;
        host.stage = Stage::ErrorOutput;
        break;
    default:
        if (!copyPiece(host, host.outcome.errorOutput, false)) {
            if (host.endsInLine) {
                m_errors.write("\n");
            }
            host.stage = Stage::End;
        }
        break;
    }
}

void OutcomeWriter::stepJson(Host &host)
{
    const HostOutcome &outcome = host.outcome;
    switch (host.stage) {
    case Stage::Head:
        m_output.write(
            R"({"target":")" + escaped(host.name) + R"(","exit_status":)"
            + (outcome.exitStatus ? QByteArray::number(*outcome.exitStatus) : QByteArray("null"))
            + R"(,"signal":)" + jsonText(QString::fromUtf8(outcome.signal)) + R"(,"error":)"
            + jsonText(host.sentence) + R"(,"seconds":)" + seconds(outcome) + R"(,"stdout":")");
        host.stage = Stage::Output;
        break;
    case Stage::Output:
        if (!copyPiece(host, outcome.output, true)) {
            host.stage = Stage::Middle;
        }
        break;
    case Stage::Middle:
        m_output.write(R"(","stderr":")");
        host.stage = Stage::ErrorOutput;
        break;
    default:
        if (!copyPiece(host, outcome.errorOutput, true)) {
            m_output.write("\"}\n");
            host.stage = Stage::End;
        }
        break;
    }
}

// False at the end, or if the rest can not be read any more, which is told.
bool OutcomeWriter::copyPiece(Host &host, const OutputStore &store, bool isJson)
{
    auto piece = store.read(host.offset, pieceBytes);
    if (!piece) {
        report(piece.error());
    }
    if (!piece || piece->isEmpty()) {
        host.offset = 0;
        return false;
    }
    if (isJson && host.offset + piece->size() < store.size()) {
        piece->truncate(wholeCharacters(*piece));
    }
    host.offset += piece->size();
    host.endsInLine = !piece->endsWith('\n');
    const bool isErrorOutput = &store == &host.outcome.errorOutput;
    if (isJson) {
        m_output.write(escaped(QString::fromUtf8(*piece)));
    } else {
        (isErrorOutput ? m_errors : m_output).write(*piece);
    }
    return true;
}

} // namespace app
