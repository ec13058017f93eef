// The arguments of `ponto exec`, on one server and on many.

#pragma once

#include "app/CommandLine.h"

#include <optional>

class QCommandLineParser;

namespace app {

struct CommandLineOptions;

// `targets` are the words between the verb and "--", `command` those behind it: absent without
// "--". A list of servers, a group, a tag, a file of them and --json make it a BatchRequest, else
// it is an ExecRequest.
base::Result<CommandLine::Request, UsageError> parseExec(
    const QByteArrayList &targets, const std::optional<QByteArrayList> &command,
    const QCommandLineParser &parser, const CommandLineOptions &options);

// Elsewhere --group and its like would be ignored in silence.
base::Result<void, UsageError> checkBatchOptions(const CommandLine::Request &request,
                                                 const QCommandLineParser &parser,
                                                 const CommandLineOptions &options);

} // namespace app
