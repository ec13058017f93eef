// The options that say how to connect.

#pragma once

#include "app/CommandLine.h"
#include "app/CommandLineOptions.h"

class QCommandLineParser;

namespace app {

base::Result<ssh::LogLevel, UsageError> parseLogLevel(const QString &name);

base::Result<ConnectionOptions, UsageError> parseConnection(const QCommandLineParser &parser,
                                                            const CommandLineOptions &options);

} // namespace app
