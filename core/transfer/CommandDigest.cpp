#include "transfer/CommandDigest.h"

#include "sftp/CommandOutput.h"
#include "ssh/ExecProcess.h"

#include <QScopedPointer>

#include <algorithm>
#include <utility>

namespace transfer {
namespace {

using namespace std::chrono_literals;

constexpr qsizetype hashDigits = 64;
constexpr qsizetype longestOutput = 1024; // of which anything is expected

// A slow disk, beside a time for the server to think.
constexpr auto patience = 60s;
constexpr quint64 leastBytesPerSecond = quint64{10} * 1024 * 1024;

} // namespace

std::optional<QByteArray> digestIn(const QByteArray &output)
{
    const QByteArray digits = output.first(std::min(output.size(), hashDigits));
    const bool isHash
        = digits.size() == hashDigits
        && std::ranges::all_of(
              digits, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); })
        && output.sliced(hashDigits).trimmed() == "-";
    return isHash ? std::optional(QByteArray::fromHex(digits)) : std::nullopt;
}

// From standard input, so that no file name is printed. A path is never taken for an option.
QByteArray digestCommand(const files::FilePath &path, sftp::FileRange range)
{
    return "tail -c +" + QByteArray::number(range.offset + 1) + " < "
        + sftp::shellWord(path.bytes()) + " | head -c " + QByteArray::number(range.length)
        + " | sha256sum";
}

QByteArray copyCommand(const files::FilePath &path, quint64 bytes, const files::FilePath &part)
{
    return "head -c " + QByteArray::number(bytes) + " < " + sftp::shellWord(path.bytes())
        + " | tee " + sftp::shellWord(part.bytes()) + " | sha256sum";
}

CommandDigest::CommandDigest(ssh::Connection &connection)
    : m_connection(&connection)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish(std::nullopt); });
}

std::shared_ptr<CommandDigest> CommandDigest::make(ssh::Connection &connection)
{
    return {new CommandDigest(connection), QScopedPointerDeleteLater()};
}

CommandDigest::~CommandDigest()
{
    m_mailbox->close();
}

void CommandDigest::close()
{
    m_isUseless = true;
    while (!m_questions.empty()) {
        finish(std::nullopt);
    }
}

void CommandDigest::ask(const files::FilePath &path, sftp::FileRange range,
                        const std::shared_ptr<Mailbox> &mailbox, Answered answered)
{
    post({digestCommand(path, range), range.length, mailbox, std::move(answered)});
}

void CommandDigest::copyBeginning(const files::FilePath &path, quint64 bytes,
                                  const files::FilePath &part,
                                  const std::shared_ptr<Mailbox> &mailbox, Answered answered)
{
    post({copyCommand(path, bytes, part), bytes, mailbox, std::move(answered)});
}

void CommandDigest::post(Question question)
{
    m_mailbox->post([this, question = std::move(question)]() mutable { add(std::move(question)); });
}

void CommandDigest::add(Question question)
{
    m_questions.push_back(std::move(question));
    if (m_questions.size() == 1) {
        startNext();
    }
}

void CommandDigest::startNext()
{
    if (m_questions.empty()) {
        return;
    }
    const bool isReady = m_connection && m_connection->state() == ssh::Connection::State::Ready;
    if (m_isUseless || !isReady) {
        finish(std::nullopt);
        return;
    }
    m_output.clear();
    m_deadline.start(patience
                     + std::chrono::seconds(m_questions.front().bytes / leastBytesPerSecond));
    m_process = m_connection->start(ssh::ExecRequest{m_questions.front().command, {}, {}});
    m_process->sendEof();
    connect(m_process.get(), &ssh::ExecProcess::received, this,
            [this](const QByteArray &data, ssh::OutputStream stream) {
                m_process->consumed(data.size());
                if (stream == ssh::OutputStream::Standard && m_output.size() < longestOutput) {
                    m_output += data;
                }
            });
    connect(m_process.get(), &ssh::ExecProcess::finished, this,
            [this](const base::Result<ssh::ExitStatus> &end) {
                const bool isDone = end && end->code == 0;
                finish(isDone ? digestIn(m_output) : std::nullopt);
            });
}

// Not within the process's own signal: it goes when the event loop runs again.
void CommandDigest::finish(const std::optional<QByteArray> &hash)
{
    m_deadline.stop();
    if (m_process) {
        m_process->disconnect(this);
        m_process.release()->deleteLater();
    }
    if (m_questions.empty()) {
        return;
    }
    m_isUseless = m_isUseless || !hash;
    const Question question = std::move(m_questions.front());
    m_questions.pop_front();
    question.mailbox->post([answered = question.answered, hash] { answered(hash); });
    startNext();
}

} // namespace transfer
