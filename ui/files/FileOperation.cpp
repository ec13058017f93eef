#include "ui/files/FileOperation.h"

namespace ui {

FileOperation::FileOperation(QList<files::FilePath> paths, Step step, QObject *parent)
    : QObject(parent)
    , m_paths(std::move(paths))
    , m_step(std::move(step))
{
}

void FileOperation::start()
{
    next();
}

void FileOperation::next()
{
    if (m_done == m_paths.size()) {
        emit finished(m_errors);
        deleteLater();
        return;
    }
    m_step(m_paths[m_done++]).then(this, [this](const base::Result<void> &result) {
        if (!result) {
            m_errors.append(result.error());
        }
        // By the event loop: an answer that is there at once must not deepen the stack.
        QMetaObject::invokeMethod(this, &FileOperation::next, Qt::QueuedConnection);
    });
}

} // namespace ui
