// FileOperation: the same change done to several files, one after the other. A failure does not
// stop the rest.

#pragma once

#include "base/Result.h"
#include "files/FilePath.h"

#include <QFuture>
#include <QList>
#include <QObject>

#include <functional>

namespace ui {

class FileOperation final : public QObject
{
    Q_OBJECT

public:
    using Step = std::function<QFuture<base::Result<void>>(const files::FilePath &path)>;

    // `step` starts the change of one file. Nothing happens before start().
    FileOperation(QList<files::FilePath> paths, Step step, QObject *parent);

    void start();

signals:
    // Once, the last signal; then it deletes itself. One error for each file that failed.
    void finished(const QList<base::Error> &errors);

private:
    void next();

    const QList<files::FilePath> m_paths;
    const Step m_step;
    qsizetype m_done = 0;
    QList<base::Error> m_errors;
};

} // namespace ui
