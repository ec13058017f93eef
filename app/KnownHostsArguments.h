// What follows `ponto known-hosts`. Used by CommandLine.

#pragma once

#include "app/CommandLine.h"

namespace app {

// check HOST[:PORT] KEY, find HOST[:PORT], list, add HOST[:PORT] KEY or remove HOST[:PORT]. The
// host may be written as in a known_hosts file, [HOST]:PORT. KEY is TYPE BASE64, in one word or
// two.
base::Result<KnownHostsRequest, UsageError> parseKnownHosts(const QByteArrayList &words);

} // namespace app
