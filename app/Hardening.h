// What the process does for its own safety before anything else.

#pragma once

namespace app {

// No core dump and no debugger of the same user sees the secrets in memory; descriptors 0 to 2 are
// open, so that no socket gets one of these numbers; a reader that goes away is an error of
// write(), not the end of the process.
void hardenProcess();

} // namespace app
