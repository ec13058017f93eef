// FileOperation: the same change done to several files, one after the other. A failure does not
// stop the rest.

#pragma once

#include "base/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QList>
#include <QObject>

#include <functional>

namespace ui {

class FileOperation final : public QObject
{
    Q_OBJECT

public:
    using Answer = QFuture<base::Result<void>>;
    using Step = std::function<Answer(qsizetype index)>;

    // What cancel() can do about the change that is under way.
    enum class Interrupt {
        BetweenSteps,
        WithinStep, // its future is the file system's own: it can be given up
    };

    // `step` starts the change of one of `count` files. Nothing happens before start().
    FileOperation(qsizetype count, Step step, Interrupt interrupt, QObject *parent);

    // What follows each change that has succeeded, and is not interrupted.
    void setSequel(Step sequel) { m_sequel = std::move(sequel); }

    void start();
    void cancel(); // finished() follows, with what has failed by then
    void stopAfterStep(); // likewise, once the change that is under way has its answer

    bool isCancelled() const { return m_isCancelled; }
    qsizetype succeeded() const { return m_succeeded; } // changes, by now

signals:
    void progressed(qsizetype done, qsizetype total);
    void treeProgressed(int files); // all in all, where the changes tell how far they are
    // Once, the last signal; then it deletes itself. One error for each file that failed.
    void finished(const QList<base::Error> &errors);

private:
    void next();
    void handleStep();
    void note(const Answer &answer);

    const qsizetype m_count;
    const Step m_step;
    Step m_sequel;
    const Interrupt m_interrupt;
    QFutureWatcher<base::Result<void>> m_watcher;
    qsizetype m_done = 0;
    qsizetype m_succeeded = 0;
    int m_files = 0; // of the changes that are done
    bool m_isCancelled = false;
    bool m_isSequel = false; // that is under way
    QList<base::Error> m_errors;
};

} // namespace ui
