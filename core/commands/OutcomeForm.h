// OutcomeForm: what came of a command on one host, in the form that people or programs read, a
// piece at a time: output may be of any size. Used by `ponto exec` and by the window's export.

#pragma once

#include "commands/HostCommand.h"

#include <QString>

namespace commands {

enum class OutcomeFormat {
    Text, // a heading, and then the output as it is
    Json, // one line: target, exit_status, signal, error, seconds, stdout, stderr
    Csv, // the same as one record of RFC 4180
};

class OutcomeForm
{
public:
    struct Piece
    {
        QByteArray bytes;
        // Which output of Text it is from; all else is Standard.
        ssh::OutputStream stream = ssh::OutputStream::Standard;
    };

    // `sentence` says why there is no exit status; empty if there is one, or a signal. The outcome
    // is borrowed.
    OutcomeForm(OutcomeFormat format, QString host, QString sentence, const HostOutcome &outcome);

    // What stands in front of the first host.
    static QByteArray header(OutcomeFormat format);

    bool isOver() const { return m_stage == Stage::End; }

    // Perhaps empty. A failure is of output that can not be read any more: what follows it is left
    // out, and the next call goes on behind.
    base::Result<Piece> next();

private:
    enum class Stage { Head, Output, Middle, ErrorOutput, Tail, End };

    QByteArray head() const;
    QByteArray middle() const;
    QByteArray tail() const;
    base::Result<Piece> outputPiece(const OutputStore &store, ssh::OutputStream stream);
    QByteArray encoded(const QByteArray &bytes, bool isFirst) const;

    OutcomeFormat m_format;
    QString m_host;
    QString m_sentence;
    const HostOutcome *m_outcome;
    Stage m_stage = Stage::Head;
    qint64 m_offset = 0; // in the output of the stage
    bool m_endsInLine = false; // what came last needs a line feed before what follows
};

} // namespace commands
