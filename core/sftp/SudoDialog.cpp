#include "sftp/SudoDialog.h"

#include "base/DisplayText.h"

#include <QList>

#include <algorithm>
#include <array>
#include <utility>

namespace sftp {
namespace {

using base::Error;
using base::ErrorCause;
using base::ErrorKind;

constexpr qsizetype messagesKept = 4000;
constexpr qsizetype longestReport = 16; // a word and the end of its line
constexpr qsizetype outputKept = 500; // more than a mark and a report
constexpr qsizetype longestQuote = 200;

// Words of sudo 1.8 and 1.9, and of sudo-rs, in English. An earlier one counts more.
struct Complaint
{
    QByteArrayView words;
    ErrorCause cause = ErrorCause::SudoRefuses;
};

constexpr std::array complaints{
    Complaint{"must have a tty", ErrorCause::SudoWantsTerminal},
    Complaint{"no tty present", ErrorCause::SudoWantsTerminal},
    Complaint{"a terminal is required", ErrorCause::SudoWantsTerminal},
    Complaint{"not in the sudoers", ErrorCause::SudoForbids},
    Complaint{"may not run", ErrorCause::SudoForbids},
    Complaint{"is not allowed to", ErrorCause::SudoForbids},
    Complaint{"I'm afraid I can't do that", ErrorCause::SudoForbids},
    Complaint{"unknown user", ErrorCause::SudoUnknownUser},
    Complaint{"' not found", ErrorCause::SudoUnknownUser},
    Complaint{"timed out reading password", ErrorCause::SudoRefuses},
    Complaint{"incorrect password attempt", ErrorCause::SudoWrongPassword},
    Complaint{"incorrect authentication attempt", ErrorCause::SudoWrongPassword},
};

const Complaint *complaintIn(QByteArrayView messages)
{
    const auto *const found = std::ranges::find_if(complaints, [messages](const auto &complaint) {
        return messages.contains(complaint.words);
    });
    return found != complaints.end() ? &*found : nullptr;
}

ErrorKind kindOf(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::SudoMissing:
    case ErrorCause::SudoFindsNoServer:
    case ErrorCause::SudoWantsTerminal:
        return ErrorKind::Unsupported;
    case ErrorCause::SudoWrongPassword:
        return ErrorKind::AuthenticationFailed;
    case ErrorCause::SudoUnknownUser:
        return ErrorKind::NotFound;
    default:
        return ErrorKind::PermissionDenied;
    }
}

void keepEnd(QByteArray &text, qsizetype most)
{
    text = text.last(std::min(text.size(), most));
}

} // namespace

SudoDialog::SudoDialog(SudoCommand command)
    : m_command(std::move(command))
{
}

void SudoDialog::takeOutput(QByteArrayView &data)
{
    const qsizetype before = m_output.size();
    m_output += data;
    qsizetype start = m_output.indexOf(m_command.reportMark);
    while (start >= 0 && !m_isReady) {
        const qsizetype word = start + m_command.reportMark.size() + 1; // behind a blank
        const qsizetype end = m_output.indexOf('\n', start);
        if (end < 0 && m_output.size() - word < longestReport) {
            break; // the rest of it is to come
        }
        if (end >= word) {
            handleReport(QByteArrayView(m_output).sliced(word, end - word));
        }
        if (m_isReady) {
            data = data.sliced(end + 1 - before);
            m_output.clear();
            return;
        }
        start = m_output.indexOf(m_command.reportMark, start + 1);
    }
    data = {};
    keepEnd(m_output, outputKept);
}

void SudoDialog::handleReport(QByteArrayView word)
{
    if (word == report::ready) {
        m_isReady = true;
    } else if (word == report::noServer) {
        m_obstacle = ErrorCause::SudoFindsNoServer;
    } else if (word == report::noSudo) {
        m_obstacle = ErrorCause::SudoMissing;
    }
}

// A second prompt before the first one was answered is no new question.
void SudoDialog::takeMessages(QByteArrayView data)
{
    m_latest += data;
    const qsizetype prompt = m_latest.indexOf(m_command.promptMark);
    if (prompt >= 0 && !m_isAsking) {
        m_isAsking = true;
        ++m_attempts;
        m_messages += m_latest.first(prompt) + '\n';
        m_latest.remove(0, prompt + m_command.promptMark.size());
        keepEnd(m_messages, messagesKept);
    }
    keepEnd(m_latest, messagesKept);
}

SudoQuestion SudoDialog::question() const
{
    return {m_attempts, lastLine(m_messages)};
}

void SudoDialog::markAnswered()
{
    m_isAsking = false;
    m_messages.clear(); // what led to that question
    m_latest.clear(); // what was said before is no reaction to the answer
}

Error SudoDialog::refusal() const
{
    const QByteArray all = m_messages + m_latest;
    const Complaint *complaint = complaintIn(all);
    Error error;
    error.cause = m_obstacle != ErrorCause::Unspecified ? m_obstacle
        : hasAskedTooOften()                            ? ErrorCause::SudoWrongPassword
        : complaint != nullptr                          ? complaint->cause
                                                        : ErrorCause::SudoRefuses;
    error.kind = kindOf(error.cause);
    error.operation = QStringLiteral("become another user");
    error.subject = base::displayText(QByteArrayView(m_command.user));
    error.detail = base::displayText(QByteArrayView(all), base::LineBreaks::Keep);
    error.quote = lastLine(all, complaint != nullptr ? complaint->words : QByteArrayView());
    if (error.quote.isEmpty()) {
        error.quote = lastLine(m_output); // of what was run instead, such as nologin(8)
    }
    return error;
}

Error SudoDialog::overdue() const
{
    Error error = refusal();
    error.kind = ErrorKind::TimedOut;
    error.quote = lastLine(m_messages + m_latest); // what sudo said, not a login script
    error.cause = error.quote.isEmpty() ? ErrorCause::Unspecified : ErrorCause::SudoAsksOtherwise;
    return error;
}

// sudo-rs puts the prompt between "[sudo: " and "] Password: ".
QString SudoDialog::lastLine(QByteArrayView text, QByteArrayView words) const
{
    QByteArray line;
    for (const QByteArray &candidate : text.toByteArray().split('\n')) {
        const QByteArray bare = candidate.trimmed();
        const bool isPrompt = bare == "[sudo:" || bare == "] Password:"
            || bare.contains(m_command.promptMark) || bare.contains(m_command.reportMark);
        line = bare.isEmpty() || isPrompt || !bare.contains(words) ? line : bare;
    }
    return base::displayText(QByteArrayView(line)).left(longestQuote);
}

} // namespace sftp
