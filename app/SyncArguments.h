// How sync compares and what it does, as --delete, --two-way, --exclude and others say.

#pragma once

#include "app/CommandLine.h"
#include "app/CommandLineOptions.h"

#include <QCommandLineParser>

namespace app {

// The request has its TransferOptions by then.
base::Result<void, UsageError> addSyncArguments(SyncRequest &request,
                                                const QCommandLineParser &parser,
                                                const CommandLineOptions &options);

// Of other verbs, which would ignore them in silence.
base::Result<void, UsageError> refuseSyncArguments(const QCommandLineParser &parser,
                                                   const CommandLineOptions &options);

} // namespace app
