#include "forward/ForwardSet.h"

#include "forward/ForwardService.h"
#include "ssh/Connection.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace forward {
namespace {

using State = ForwardStatus::State;

ForwardService *serviceOf(ssh::ConnectionService *service)
{
    return static_cast<ForwardService *>(service);
}

} // namespace

ForwardSet::ForwardSet(QObject *parent)
    : QObject(parent)
{
}

ForwardSet::~ForwardSet()
{
    m_service.remove();
}

void ForwardSet::attach(ssh::Connection &connection)
{
    m_service.remove();
    auto service = std::make_unique<ForwardService>();
    // What an earlier one still has to say does not count.
    connect(service.get(), &ForwardService::changed, this,
            [this, generation = ++m_generation](int id, const ForwardStatus &status) {
                if (generation == m_generation) {
                    handleStatus(id, status);
                }
            });
    const auto end = [this, generation = m_generation] {
        if (generation == m_generation) {
            handleEnd();
        }
    };
    connect(&connection, &ssh::Connection::closed, this, end);
    connect(&connection, &QObject::destroyed, this, end);
    m_service = connection.addService(std::move(service));
    for (const Id id : ids()) {
        if (m_entries.at(id).isWanted) {
            run(id);
        }
    }
}

void ForwardSet::handleEnd()
{
    ++m_generation;
    m_service = {};
    for (auto &[id, entry] : m_entries) {
        const ForwardStatus before = std::exchange(entry.status, {});
        entry.status.state = entry.isWanted ? State::Waiting : State::Stopped;
        entry.status.clientsSoFar = before.clientsSoFar;
        entry.status.lastRefusal = before.lastRefusal;
        entry.status.refusals = before.refusals;
        entry.status.toldRefusals = before.toldRefusals;
        emit changed(id);
    }
}

void ForwardSet::setSaved(const QList<profiles::Forward> &forwards)
{
    QList<profiles::Forward> missing = forwards;
    for (const Id id : ids()) {
        const Entry &entry = m_entries.at(id);
        const qsizetype index = missing.indexOf(entry.forward);
        if (index >= 0) {
            m_entries.at(id).isSaved = true;
            missing.removeAt(index);
        } else if (entry.isSaved) {
            remove(id);
        }
    }
    for (const profiles::Forward &forward : std::as_const(missing)) {
        insert({.forward = forward, .isSaved = true, .isWanted = forward.startsWithSession});
    }
}

ForwardSet::Id ForwardSet::add(const profiles::Forward &forward)
{
    return insert({.forward = forward});
}

ForwardSet::Id ForwardSet::insert(const Entry &entry)
{
    const Id id = ++m_lastId;
    m_entries.emplace(id, entry);
    emit added(id);
    if (entry.isWanted) {
        run(id);
    }
    return id;
}

void ForwardSet::remove(Id id)
{
    if (m_entries.erase(id) > 0) {
        m_service.post([id](ssh::ConnectionService *service) {
            if (service != nullptr) {
                serviceOf(service)->stop(id);
            }
        });
        emit removed(id);
    }
}

void ForwardSet::start(Id id)
{
    m_entries.at(id).isWanted = true;
    run(id);
}

void ForwardSet::replace(Id id, const profiles::Forward &forward)
{
    Entry &entry = m_entries.at(id);
    entry.forward = forward;
    entry.isSaved = false;
    entry.lastPort = 0;
    start(id);
}

void ForwardSet::run(Id id)
{
    Entry &entry = m_entries.at(id);
    entry.status = {};
    entry.status.state = State::Waiting;
    m_service.post(
        [id, forward = entry.forward, port = entry.lastPort](ssh::ConnectionService *service) {
            if (service != nullptr) {
                serviceOf(service)->start(id, forward, port);
            }
        });
    emit changed(id);
}

void ForwardSet::stop(Id id)
{
    Entry &entry = m_entries.at(id);
    entry.isWanted = false;
    entry.status.state = State::Stopped;
    entry.status.addresses.clear();
    entry.status.failure.reset();
    m_service.post([id](ssh::ConnectionService *service) {
        if (service != nullptr) {
            serviceOf(service)->stop(id);
        }
    });
    emit changed(id);
}

void ForwardSet::handleStatus(Id id, const ForwardStatus &status)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || !found->second.isWanted) {
        return; // it was removed or stopped, which is on its way
    }
    Entry &entry = found->second;
    entry.status = status;
    if (status.state == State::Listening) {
        entry.lastPort = status.port;
    }
    emit changed(id);
}

QList<ForwardSet::Id> ForwardSet::ids() const
{
    QList<Id> result;
    for (const auto &[id, entry] : m_entries) {
        result.append(id);
    }
    return result;
}

void ForwardSet::setOutlivesTabs(bool outlives)
{
    if (std::exchange(m_outlivesTabs, outlives) != outlives) {
        emit outlivesTabsChanged();
    }
}

int ForwardSet::listeningCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_entries, [](const auto &each) { return each.second.status.state == State::Listening; }));
}

} // namespace forward
