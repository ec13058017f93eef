// OutputGroups: hosts that have written the same, folded into one group each.

#pragma once

#include "commands/CommandBatch.h"

#include <QList>

namespace commands {

struct OutputGroup
{
    QByteArray digest; // of the output
    qint64 bytes = 0; // of it
    QList<CommandBatch::Index> hosts; // in their order, never empty
};

struct HostOutput
{
    CommandBatch::Index host = 0;
    const OutputStore *output = nullptr;
};

// The largest group first, then the one of the first host.
QList<OutputGroup> groupedByOutput(const QList<HostOutput> &outputs);

} // namespace commands
