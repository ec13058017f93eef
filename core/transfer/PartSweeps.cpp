#include "transfer/PartSweeps.h"

#include "sftp/Client.h"

#include <algorithm>
#include <utility>

namespace transfer {

void PartSweeps::setServer(sftp::Client *server)
{
    m_server = server;
    for (Owed &owed : m_owed) {
        start(owed, m_server);
    }
}

void PartSweeps::owe(const LeftParts &parts, sftp::Client *server)
{
    start(m_owed.emplaceBack(parts), server != nullptr ? server : m_server.get());
}

// After the first try all is looked for that the run before it could not clear up.
void PartSweeps::start(Owed &owed, sftp::Client *server)
{
    const bool isHere = owed.parts.request.direction == Direction::Download;
    const bool isNew = isHere || (server != nullptr && owed.tried != server);
    if (isNew && owed.sweep == nullptr) {
        QObject *parent = isHere ? static_cast<QObject *>(this) : server;
        owed.sweep = new PartSweep(owed.parts, server, parent);
        owed.tried = server;
        connect(owed.sweep, &PartSweep::finished, this, [this, sweep = owed.sweep](bool isDone) {
            isDone ? handleFinished(sweep) : sweep->deleteLater();
        });
        connect(owed.sweep, &QObject::destroyed, this, &PartSweeps::handleFailed);
        owed.sweep->start();
    }
    owed.parts.mustSearch = true;
}

PartSweeps::Owed *PartSweeps::find(const QObject *sweep)
{
    const auto found = std::ranges::find(m_owed, sweep, &Owed::sweep);
    return found == m_owed.end() ? nullptr : &*found;
}

void PartSweeps::handleFinished(PartSweep *sweep)
{
    if (const Owed *owed = find(sweep)) {
        const LeftParts parts = owed->parts;
        m_owed.removeAt(owed - m_owed.constData());
        sweep->deleteLater();
        emit settled(parts);
    }
}

// Another connection may be there.
void PartSweeps::handleFailed(const QObject *sweep)
{
    if (Owed *owed = find(sweep)) {
        owed->sweep = nullptr;
        start(*owed, m_server);
    }
}

} // namespace transfer
