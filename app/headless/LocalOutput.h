// LocalOutput: writes to standard output or standard error as fast as its reader takes it, without
// stopping the event loop.

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace app {

class LocalOutput final : public QObject
{
    Q_OBJECT

public:
    // `fd` is borrowed and stays in the mode it is in: the descriptor is shared with the shell.
    explicit LocalOutput(int fd);

    // Queues `data`. The owner bounds the queue by what it lets the server send before written().
    void write(const QByteArray &data);

    bool isEmpty() const { return m_queue.isEmpty(); }

signals:
    void written(qsizetype bytes);
    // Once: nothing can be written any more, and what was queued is dropped. ConnectionLost if the
    // reader went away.
    void failed(const base::Error &error);

private:
    void writeSome();
    void fail(int errorNumber);

    int m_fd;
    bool m_hasFailed = false;
    QByteArray m_queue;
    QSocketNotifier m_notifier;
};

} // namespace app
