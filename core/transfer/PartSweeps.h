// PartSweeps: the clearing up behind transfers of one login that is still to be done. What needs a
// connection waits for the next one. Part of TransferQueue.

#pragma once

#include "transfer/LeftParts.h"
#include "transfer/PartSweep.h"

#include <QList>
#include <QObject>
#include <QPointer>

namespace transfer {

class PartSweeps final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Null: there is none. Begins what has waited.
    void setServer(sftp::Client *server);

    // By `server` if one is given, which ran the transfer: else by that of setServer().
    void owe(const LeftParts &parts, sftp::Client *server = nullptr);

signals:
    void settled(const transfer::LeftParts &parts);

private:
    struct Owed
    {
        LeftParts parts;
        PartSweep *sweep = nullptr; // that does it; goes with its connection
        QPointer<sftp::Client> tried; // where it was not done
    };

    void start(Owed &owed, sftp::Client *server);
    Owed *find(const QObject *sweep);
    void handleFinished(PartSweep *sweep);
    void handleFailed(const QObject *sweep);

    QPointer<sftp::Client> m_server;
    QList<Owed> m_owed;
};

} // namespace transfer
