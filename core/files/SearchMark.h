// The first thing that a search command prints. A server that runs something else in its place, as
// with ForceCommand of sshd_config(5), may also end well and print nothing: that is no answer.

#pragma once

#include <QByteArrayView>

namespace files {

inline constexpr QByteArrayView searchMark("./ponto-search/.");

} // namespace files
