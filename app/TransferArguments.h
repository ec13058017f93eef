// How get and put copy, as --limit-rate, --jobs, --links and others say.

#pragma once

#include "app/CommandLine.h"
#include "app/CommandLineOptions.h"

#include <QCommandLineParser>

namespace app {

base::Result<TransferOptions, UsageError> parseTransferOptions(const QCommandLineParser &parser,
                                                               const CommandLineOptions &options);

} // namespace app
