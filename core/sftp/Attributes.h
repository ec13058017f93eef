// The ATTRS structure of SFTP version 3 (draft-ietf-secsh-filexfer-02 section 5) to and from
// files::FileAttributes.

#pragma once

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "files/FileEntry.h"

#include <optional>

namespace sftp {

// Nothing if the bytes end too early. Extended attributes are skipped.
std::optional<files::FileAttributes> readAttributes(base::WireReader &reader);

// User and group go out only together, likewise the two times; of one alone nothing is sent.
// Times outside of 1970 to 2106 do not fit into the protocol and are left out.
void writeAttributes(base::WireWriter &writer, const files::FileAttributes &attributes);

} // namespace sftp
