#include "app/headless/TransferVerb.h"

#include "ui/errors/CopyNoteText.h"
#include "ui/errors/FileFailureText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QByteArray summaryJson(const transfer::Summary &summary)
{
    QJsonArray failures;
    for (const transfer::FileFailure &failure : summary.failures) {
        failures.append(toJson(failure));
    }
    QJsonArray notes;
    for (const transfer::CopyNote &note : summary.notes) {
        notes.append(toJson(note));
    }
    const QJsonObject object{{u"filesCopied"_s, summary.filesCopied},
                             {u"filesSkipped"_s, summary.filesSkipped},
                             {u"bytesCopied"_s, static_cast<qint64>(summary.bytesCopied)},
                             {u"notes"_s, notes},
                             {u"failures"_s, failures}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

TransferVerb::TransferVerb(ssh::ConnectionSettings settings, const TransferOptions &options)
    : m_options(options)
    , m_output(STDOUT_FILENO)
{
    connect(&m_output, &LocalOutput::failed, this, &TransferVerb::fail);
    addLink(std::move(settings));
}

ServerLink &TransferVerb::addLink(ssh::ConnectionSettings settings)
{
    m_links.push_back(std::make_unique<ServerLink>(std::move(settings), m_options.connections));
    ServerLink &link = *m_links.back();
    connect(&link, &ServerLink::ready, this, [this, &link] { handleReady(link); });
    connect(&link, &ServerLink::lost, this, [this, &link] {
        m_progressLine.clear();
        suspendWork(link);
    });
    connect(&link, &ServerLink::failed, this,
            [this] { finish(static_cast<int>(ExitStatus::ConnectionFailed)); });
    return link;
}

void TransferVerb::useStoredSecrets(vault::Vault &vault)
{
    for (const auto &link : m_links) {
        link->session().useStoredSecrets(vault);
    }
}

void TransferVerb::start()
{
    openNext();
}

// One after the other, the source first: so are their questions.
void TransferVerb::openNext()
{
    const auto next = std::ranges::find_if(m_links.rbegin(), m_links.rend(),
                                           [](const auto &link) { return !link->isOpen(); });
    if (next == m_links.rend()) {
        prepare();
    } else {
        (*next)->open();
    }
}

void TransferVerb::handleReady(ServerLink &link)
{
    if (m_hasBegun) {
        resumeWork(link);
    } else {
        openNext();
    }
}

void TransferVerb::begin(transfer::TransferRequest request)
{
    using transfer::TransferJob;
    request.bytesPerSecond = m_options.bytesPerSecond;
    request.options = copyOptions();
    request.links = m_options.links;
    m_job = server().queue().add(request);
    connect(m_job, &TransferJob::progressed, this, &TransferVerb::follow);
    connect(m_job, &TransferJob::conflictRaised, this, &TransferVerb::handleConflict);
    connect(m_job, &TransferJob::finished, this, &TransferVerb::handleFinished);
    beginWork();
}

transfer::CopyOptions TransferVerb::copyOptions() const
{
    return {.resume = m_options.resume,
            .keepPart = m_options.resume,
            .verify = m_options.verify,
            .flush = m_options.flush,
            .preserve = m_options.preserve};
}

void TransferVerb::beginWork()
{
    m_hasBegun = true;
    m_isWorking = true;
    allowRetries();
}

void TransferVerb::allowRetries()
{
    for (const auto &link : m_links) {
        link->keep(m_options.retries);
    }
}

bool TransferVerb::endWork()
{
    m_progressLine.clear();
    m_isWorking = false;
    for (const auto &link : m_links) {
        link->letGo();
    }
    if (m_signal) {
        finishAfterRemoval(exitStatusOfSignal(*m_signal));
    }
    return m_signal.has_value();
}

void TransferVerb::cancelWork()
{
    m_job->cancel();
}

// What has got further has a right to as many tries as before.
void TransferVerb::follow(const transfer::Progress &progress)
{
    m_progressLine.show(progress);
    if (progress.bytesDone > m_bytesDone || progress.filesDone > m_filesDone) {
        m_bytesDone = progress.bytesDone;
        m_filesDone = progress.filesDone;
        allowRetries();
    }
}

void TransferVerb::handleConflict(const transfer::Conflict &conflict)
{
    using transfer::AnswerScope;
    using transfer::ConflictAnswer;
    if (conflict.isLookalike) {
        m_job->answer(conflict.id, ConflictAnswer::Refuse, AnswerScope::AllFiles);
    } else if (m_options.resume) {
        const bool isDone = transfer::isSameFile(conflict.sourceEntry, conflict.targetEntry);
        m_job->answer(conflict.id, isDone ? ConflictAnswer::Skip : ConflictAnswer::Overwrite,
                      AnswerScope::ThisFile);
    } else {
        m_job->answer(conflict.id, ConflictAnswer::Overwrite, AnswerScope::AllFiles);
    }
}

void TransferVerb::handleFinished(const base::Result<transfer::Summary> &result)
{
    m_job = nullptr;
    if (endWork()) {
        return;
    }
    if (result) {
        tell(*result);
    } else {
        fail(result.error());
    }
}

// What was copied and what was not, and with it the program ends.
void TransferVerb::tell(const transfer::Summary &summary)
{
    for (const transfer::CopyNote &note : summary.notes) {
        report(ui::copyNoteText(note));
    }
    for (const transfer::FileFailure &failure : summary.failures) {
        report(failure);
    }
    const auto status = summary.failures.isEmpty() ? ExitStatus::Success : ExitStatus::SomeFailed;
    print(m_options.printsSummary ? summaryJson(summary) : QByteArray(), status);
}

void TransferVerb::print(const QByteArray &text, ExitStatus status)
{
    const auto finishWhenWritten = [this, status] {
        if (m_output.isEmpty()) {
            finish(static_cast<int>(status));
        }
    };
    connect(&m_output, &LocalOutput::written, this, finishWhenWritten);
    m_output.write(text);
    finishWhenWritten();
}

// The job does not wait for its incomplete file to be removed. A server answers in order, so that
// the answer to a question asked now comes after that. What is only being created now is removed
// after a first answer.
void TransferVerb::finishAfterRemoval(int exitStatus, size_t answers)
{
    constexpr size_t each = 2;
    while (answers < each * m_links.size() && !m_links[answers / each]->isOpen()) {
        ++answers;
    }
    if (answers == each * m_links.size()) {
        finish(exitStatus);
        return;
    }
    m_links[answers / each]->client().canonical({}).then(
        this, [this, exitStatus, answers](const base::Result<files::FilePath> &) {
            finishAfterRemoval(exitStatus, answers + 1);
        });
}

void TransferVerb::interrupt(int signal)
{
    if (!m_isWorking || m_signal) {
        finish(exitStatusOfSignal(signal));
        return;
    }
    m_signal = signal;
    cancelWork();
}

void TransferVerb::fail(const base::Error &error)
{
    if (m_isOver) {
        return;
    }
    for (const auto &link : m_links) {
        link->session().dismiss();
    }
    report(error);
    finish(exitStatusOf(error));
}

void TransferVerb::finish(int exitStatus)
{
    if (!m_isOver) {
        m_isOver = true;
        m_progressLine.clear();
        emit finished(exitStatus);
    }
}

QJsonObject toJson(const transfer::FileFailure &failure)
{
    return {{u"path"_s, QString::fromUtf8(failure.path.bytes())},
            {u"reason"_s, ui::fileFailureText(failure).toSentence()}};
}

QJsonObject toJson(const transfer::CopyNote &note)
{
    return {{u"path"_s, QString::fromUtf8(note.path.bytes())}, {u"note"_s, ui::copyNoteText(note)}};
}

base::Error notADirectory(const files::FilePath &path)
{
    return base::Error::fromErrno(ENOTDIR, QStringLiteral("copy into"), path.toDisplay());
}

files::FilePath absoluteLocalPath(const QByteArray &path)
{
    if (path.startsWith('/')) {
        return files::FilePath(path).normalized();
    }
    // glibc allocates as much as it takes, which getcwd(3) documents as an extension.
    const std::unique_ptr<char, decltype(&std::free)> current(
        ::getcwd(nullptr, 0), // NOLINT(clang-analyzer-unix.StdCLibraryFunctions)
        &std::free);
    return files::FilePath(QByteArray(current.get())).child(path).normalized();
}

} // namespace app
