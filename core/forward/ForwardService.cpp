#include "forward/ForwardService.h"

#include "forward/LocalTask.h"
#include "forward/RemoteTask.h"

#include <QThread>

#include <chrono>
#include <utility>

namespace forward {
namespace {

using namespace std::chrono_literals;

constexpr auto pauseTime = 250ms;

} // namespace

ForwardService::ForwardService()
{
    moveToThread(nullptr);
}

ForwardService::~ForwardService() = default;

void ForwardService::start(Id id, const profiles::Forward &forward, quint16 preferredPort)
{
    const Order order{forward, preferredPort};
    if (m_port == nullptr) {
        m_waiting[id] = order;
    } else {
        run(id, order);
    }
}

void ForwardService::run(Id id, const Order &order)
{
    stop(id);
    std::unique_ptr<ForwardTask> task;
    if (order.forward.kind == profiles::Forward::Kind::Remote) {
        task = std::make_unique<RemoteTask>(order.forward, *m_port);
    } else {
        task = std::make_unique<LocalTask>(order.forward, order.preferredPort, *m_port);
    }
    connect(task.get(), &ForwardTask::changed, this, [this, id] { handleChange(id); });
    ForwardTask &added = *task;
    m_tasks[id] = std::move(task);
    m_told.erase(id);
    handleChange(id);
    added.start();
}

void ForwardService::stop(Id id)
{
    m_waiting.erase(id);
    const auto found = m_tasks.find(id);
    if (found != m_tasks.end()) {
        found->second->stop(); // it stays: its end is told
    }
}

void ForwardService::started(ssh::ServicePort &port)
{
    moveToThread(QThread::currentThread());
    m_port = &port;
    m_pause = std::make_unique<QTimer>();
    m_pause->setSingleShot(true);
    connect(m_pause.get(), &QTimer::timeout, this, &ForwardService::tell);
    for (const auto &[id, order] : std::exchange(m_waiting, {})) {
        run(id, order);
    }
}

void ForwardService::ended()
{
    for (const auto &[id, task] : m_tasks) {
        task->disconnect(this);
        task->stop();
    }
    m_tasks.clear();
    m_pause.reset();
    m_port = nullptr;
}

void ForwardService::handleChange(Id id)
{
    m_untold.insert(id);
    const ForwardStatus::State state = m_tasks.at(id)->status().state;
    const bool isNew = !m_told.contains(id) || m_told.at(id) != state;
    if (isNew) {
        m_told[id] = state;
        tell();
    } else if (!m_pause->isActive()) {
        m_pause->start(pauseTime);
    }
}

void ForwardService::tell()
{
    for (const Id id : std::exchange(m_untold, {})) {
        emit changed(id, m_tasks.at(id)->report());
    }
}

} // namespace forward
