#include "ui/commands/FleetExport.h"

#include <cerrno>
#include <utility>

namespace ui {

FleetExport::FleetExport(const commands::FleetRun &run, commands::OutcomeFormat format,
                         SentenceOf sentenceOf, const QString &path, QObject *parent)
    : QObject(parent)
    , m_run(run)
    , m_format(format)
    , m_sentenceOf(std::move(sentenceOf))
    , m_file(path)
{
}

void FleetExport::start()
{
    errno = 0;
    if (!m_file.open(QIODevice::WriteOnly)) {
        fail(base::Error::fromErrno(errno != 0 ? errno : EIO, QStringLiteral("save"),
                                    m_file.fileName()));
        return;
    }
    m_file.write(commands::OutcomeForm::header(m_format));
    writeNext();
}

void FleetExport::fail(const base::Error &error)
{
    m_file.cancelWriting();
    QMetaObject::invokeMethod(
        this, [this, error] { emit finished(base::Failure(error)); }, Qt::QueuedConnection);
}

void FleetExport::writeNext()
{
    if (m_host == m_run.size()) {
        errno = 0;
        if (!m_file.commit()) {
            fail(base::Error::fromErrno(errno != 0 ? errno : EIO, QStringLiteral("save"),
                                        m_file.fileName()));
            return;
        }
        emit finished({});
        return;
    }
    if (!m_form) {
        m_form.emplace(m_format, m_run.order().hosts.at(m_host), m_sentenceOf(m_host),
                       m_run.host(m_host).outcome);
        m_isInErrors = false;
    }
    if (!writePiece()) {
        return;
    }
    if (m_form->isOver()) {
        m_form.reset();
        ++m_host;
    }
    QMetaObject::invokeMethod(this, &FleetExport::writeNext, Qt::QueuedConnection);
}

bool FleetExport::writePiece()
{
    const auto piece = m_form->next();
    if (!piece) {
        fail(piece.error());
        return false;
    }
    QByteArray bytes = piece->bytes;
    const bool isError = piece->stream == ssh::OutputStream::Error && !bytes.isEmpty();
    if (isError && !std::exchange(m_isInErrors, true)) {
        bytes.prepend("-- standard error:\n");
    }
    errno = 0;
    if (m_file.write(bytes) != bytes.size()) {
        fail(base::Error::fromErrno(errno != 0 ? errno : EIO, QStringLiteral("save"),
                                    m_file.fileName()));
        return false;
    }
    return true;
}

} // namespace ui
