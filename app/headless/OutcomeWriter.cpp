#include "app/headless/OutcomeWriter.h"

#include "app/headless/Report.h"

#include <unistd.h>

namespace app {

using commands::HostOutcome;

OutcomeWriter::OutcomeWriter(commands::OutcomeFormat format)
    : m_format(format)
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
    Host &added = m_hosts.emplace_back(std::move(outcome)); // it stays where it is
    added.form.emplace(m_format, host, sentence, added.outcome);
    if (m_hosts.size() == 1) {
        step();
    }
}

// Goes on when what was written has left.
void OutcomeWriter::step()
{
    while (!m_hosts.empty() && m_output.isEmpty() && m_errors.isEmpty()) {
        Host &host = m_hosts.front();
        writeNext(host);
        if (host.form->isOver()) {
            m_hosts.pop_front();
        }
    }
    if (isIdle() && !m_hasFailed) {
        emit idle();
    }
}

void OutcomeWriter::writeNext(Host &host)
{
    const auto piece = host.form->next();
    if (!piece) {
        report(piece.error());
    } else if (!piece->bytes.isEmpty()) {
        (piece->stream == ssh::OutputStream::Error ? m_errors : m_output).write(piece->bytes);
    }
}

} // namespace app
