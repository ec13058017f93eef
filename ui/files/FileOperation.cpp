#include "ui/files/FileOperation.h"

#include <utility>

namespace ui {

FileOperation::FileOperation(qsizetype count, Step step, Interrupt interrupt, QObject *parent)
    : QObject(parent)
    , m_count(count)
    , m_step(std::move(step))
    , m_interrupt(interrupt)
{
    // By the event loop: an answer that is there at once does not deepen the stack.
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &FileOperation::handleStep);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this](int files) { emit treeProgressed(m_files + files); });
}

void FileOperation::start()
{
    QMetaObject::invokeMethod(this, &FileOperation::next, Qt::QueuedConnection);
}

void FileOperation::cancel()
{
    m_isCancelled = true;
    if (m_interrupt == Interrupt::WithinStep && !m_isSequel) {
        m_watcher.cancel();
    }
}

void FileOperation::stopAfterStep()
{
    m_isCancelled = true;
}

void FileOperation::next()
{
    if (m_done == m_count || m_isCancelled) {
        emit finished(m_errors);
        deleteLater();
        return;
    }
    emit progressed(m_done, m_count);
    m_watcher.setFuture(m_step(m_done));
}

void FileOperation::handleStep()
{
    const Answer answer = m_watcher.future();
    m_files += answer.progressValue();
    const bool hasSucceeded = answer.resultCount() > 0 && answer.result();
    if (hasSucceeded && m_sequel && !std::exchange(m_isSequel, true)) {
        m_watcher.setFuture(m_sequel(m_done));
        return;
    }
    // The sequel is no part of the change.
    const bool wasSequel = std::exchange(m_isSequel, false);
    m_succeeded += hasSucceeded || wasSequel ? 1 : 0;
    ++m_done;
    note(answer);
    next();
}

void FileOperation::note(const Answer &answer)
{
    if (answer.resultCount() > 0 && !answer.result()
        && answer.result().error().kind != base::ErrorKind::Cancelled) {
        m_errors.append(answer.result().error());
    }
}

} // namespace ui
