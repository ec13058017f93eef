// SignalWatcher: Unix signals as Qt signals, so that a verb can end its command and the demo can
// remove its server. One object per process.

#pragma once

#include "base/UniqueFd.h"

#include <QList>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace app {

class SignalWatcher final : public QObject
{
    Q_OBJECT

public:
    // Takes over SIGINT, SIGTERM and SIGHUP until it dies. A signal that was ignored from the
    // start, as nohup(1) does, stays ignored.
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

    // Takes over one more.
    void watch(int signal);

signals:
    void received(int signal);

private:
    void drain();

    base::UniqueFd m_readEnd;
    base::UniqueFd m_writeEnd;
    QList<int> m_watched;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace app
