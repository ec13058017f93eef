// ForwardSet: the forwards of one login, for the thread that owns its connection. They work while
// there is a connection, and come back with the next one.

#pragma once

#include "forward/ForwardStatus.h"
#include "profiles/Forward.h"
#include "ssh/ServiceHandle.h"

#include <QList>
#include <QObject>

#include <map>

namespace ssh {
class Connection;
}

namespace forward {

class ForwardSet final : public QObject
{
    Q_OBJECT

public:
    using Id = int;

    explicit ForwardSet(QObject *parent = nullptr);
    ~ForwardSet() override; // ends them all

    // Uses this connection from now on, as soon as it is Ready.
    void attach(ssh::Connection &connection);

    // What is saved with the session, in place of what was: those that are in both go on.
    void setSaved(const QList<profiles::Forward> &forwards);

    // One that is made on the fly, and starts.
    Id add(const profiles::Forward &forward);
    void remove(Id id);
    void start(Id id); // also again, after a failure
    void stop(Id id);

    // The same forward, on another port of this computer, or with another target. Starts.
    void replace(Id id, const profiles::Forward &forward);

    QList<Id> ids() const; // in the order in which they came
    bool contains(Id id) const { return m_entries.contains(id); }
    const profiles::Forward &forward(Id id) const { return m_entries.at(id).forward; }
    const ForwardStatus &status(Id id) const { return m_entries.at(id).status; }
    bool isSaved(Id id) const { return m_entries.at(id).isSaved; }

    int listeningCount() const;

    // Whether they go on when nobody shows them any more: for whoever keeps their connection.
    bool outlivesTabs() const { return m_outlivesTabs; }
    void setOutlivesTabs(bool outlives);

signals:
    void added(int id);
    void changed(int id);
    void removed(int id);
    void outlivesTabsChanged();

private:
    struct Entry
    {
        profiles::Forward forward;
        bool isSaved = false;
        bool isWanted = true; // the user has not stopped it
        quint16 lastPort = 0; // where it listened last
        ForwardStatus status = {};
    };

    Id insert(const Entry &entry);
    void run(Id id);
    void handleStatus(Id id, const ForwardStatus &status);
    void handleEnd();

    std::map<Id, Entry> m_entries;
    Id m_lastId = 0;
    ssh::ServiceHandle m_service;
    int m_generation = 0; // of the service
    bool m_outlivesTabs = false;
};

} // namespace forward
