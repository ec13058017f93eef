// The arguments of `ponto tunnel`, which `forward` is another word for, and of `ponto proxy`.

#pragma once

#include "app/CommandLine.h"

class QCommandLineParser;

namespace app {

struct CommandLineOptions;

// `words` are those behind the verb.
base::Result<ForwardRequest, UsageError> parseForward(const QByteArrayList &words,
                                                      const QCommandLineParser &parser,
                                                      const CommandLineOptions &options);

base::Result<ProxyRequest, UsageError> parseProxy(const QByteArrayList &words);

// Elsewhere -L, -R and -D would be ignored in silence.
base::Result<void, UsageError> checkForwardOptions(const CommandLine::Request &request,
                                                   const QCommandLineParser &parser,
                                                   const CommandLineOptions &options);

} // namespace app
