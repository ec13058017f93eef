// Takes TARGET:PATH apart. Used by CommandLine.

#pragma once

#include "app/CommandLine.h"

namespace app {

// Forms: NAME:PATH, USER@HOST:PATH, HOST:PORT:PATH, [IPV6]:PATH, [IPV6]:PORT:PATH, and sftp: URLs,
// in which /~/ stands for the home directory. Absent if there is no path in it: an ssh: URL has
// none. A number between two colons is a port; a file of such a name is written HOST:./22:NAME.
std::optional<RemoteFile> parseRemoteFile(const QByteArray &argument);

} // namespace app
