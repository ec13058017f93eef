#include "app/headless/ListVerb.h"

#include "app/headless/FileListing.h"
#include "app/headless/Report.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace app {

ListVerb::ListVerb(ssh::ConnectionSettings settings, QByteArray path)
    : m_path(path.isEmpty() ? QByteArray(".") : std::move(path))
    , m_session(std::move(settings))
    , m_output(STDOUT_FILENO)
{
    connect(&m_session, &VerbSession::ready, this, &ListVerb::look);
    connect(&m_session, &VerbSession::failed, this,
            [this] { finish(static_cast<int>(ExitStatus::ConnectionFailed)); });
    connect(&m_output, &LocalOutput::failed, this, [this](const base::Error &error) {
        if (error.code == EPIPE) {
            finish(exitStatusOfSignal(SIGPIPE));
        } else {
            fail(error);
        }
    });
}

void ListVerb::start()
{
    m_session.open();
}

void ListVerb::interrupt(int signal)
{
    finish(exitStatusOfSignal(signal));
}

void ListVerb::look()
{
    m_client = std::make_unique<sftp::Client>(m_session.connection());
    m_client->status(m_path).then(
        this, [this](const base::Result<files::FileEntry> &status) { handleStatus(status); });
}

void ListVerb::handleStatus(const base::Result<files::FileEntry> &status)
{
    if (!status) {
        fail(status.error());
        return;
    }
    if (!status->isEnterable()) {
        files::FileEntry entry = *status;
        entry.name = m_path.bytes();
        print({entry});
        return;
    }
    m_client->list(m_path).then(this, [this](const base::Result<QList<files::FileEntry>> &entries) {
        handleList(entries);
    });
}

void ListVerb::handleList(const base::Result<QList<files::FileEntry>> &entries)
{
    if (entries) {
        print(*entries);
    } else {
        fail(entries.error());
    }
}

void ListVerb::print(const QList<files::FileEntry> &entries)
{
    const auto form = ::isatty(STDOUT_FILENO) == 1 ? NameForm::Displayed : NameForm::Exact;
    const QByteArray text = fileListing(entries, form);
    const auto finishWhenWritten = [this] {
        if (m_output.isEmpty()) {
            finish(static_cast<int>(ExitStatus::Success));
        }
    };
    connect(&m_output, &LocalOutput::written, this, finishWhenWritten);
    m_output.write(text);
    finishWhenWritten();
}

void ListVerb::fail(const base::Error &error)
{
    if (m_isOver) {
        return;
    }
    m_session.dismiss();
    report(error);
    finish(exitStatusOf(error));
}

void ListVerb::finish(int exitStatus)
{
    if (!m_isOver) {
        m_isOver = true;
        emit finished(exitStatus);
    }
}

} // namespace app
