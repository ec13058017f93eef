// What follows `ponto keys`. Used by CommandLine.

#pragma once

#include "app/CommandLine.h"

namespace app {

// The options of the command line that only `keys` has; empty if not given.
struct KeysOptions
{
    bool isJson = false;
    QString type;
    QString bits;
    std::optional<QString> comment;
};

// list, generate FILE, or install TARGET.
base::Result<KeysRequest, UsageError> parseKeys(const QByteArrayList &words,
                                                const KeysOptions &options);

} // namespace app
