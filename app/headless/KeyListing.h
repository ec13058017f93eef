// What `ponto keys list` prints.

#pragma once

#include "keys/AgentProtocol.h"
#include "keys/KeyList.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace app {

struct AgentListing
{
    QString socketPath; // empty: no agent answered
    QList<keys::AgentIdentity> identities;
    QString problem; // a sentence; empty if there is none
};

// For people: a line for each key, and what is wrong with it or limits it below.
QByteArray keyLines(const QList<keys::OwnKey> &files, const AgentListing &agent);

// For programs: one JSON object with "files" and "agent".
QByteArray keyJson(const QList<keys::OwnKey> &files, const AgentListing &agent);

} // namespace app
