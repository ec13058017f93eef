// ForwardService: the forwards of one connection, on its thread. Made by ForwardSet.

#pragma once

#include "forward/ForwardStatus.h"
#include "profiles/Forward.h"
#include "ssh/ConnectionService.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <map>
#include <memory>

namespace forward {

class ForwardTask;

class ForwardService final : public QObject, public ssh::ConnectionService
{
    Q_OBJECT

public:
    using Id = int;

    // Belongs to no thread before started().
    ForwardService();
    ~ForwardService() override;

    // `preferredPort` is for a forward with any port: see LocalTask.
    void start(Id id, const profiles::Forward &forward, quint16 preferredPort);
    void stop(Id id);

    void started(ssh::ServicePort &port) override;
    void ended() override;

signals:
    // At each change of the state; while clients come, go and send, a few times each second.
    void changed(int id, const forward::ForwardStatus &status);

private:
    struct Order
    {
        profiles::Forward forward;
        quint16 preferredPort = 0;
    };

    void run(Id id, const Order &order);
    void handleChange(Id id);
    void tell();

    ssh::ServicePort *m_port = nullptr; // from started() to ended()
    std::map<Id, Order> m_waiting; // for started()
    std::map<Id, std::unique_ptr<ForwardTask>> m_tasks;
    std::map<Id, ForwardStatus::State> m_told;
    QSet<Id> m_untold;
    std::unique_ptr<QTimer> m_pause; // while it runs, changes are collected
};

} // namespace forward
