// How the process deals with memory that it has freed.

#pragma once

namespace app {

// The buffers of a transfer are freed as fast as they are needed again. By default glibc gives them
// back to the kernel in between, which then clears each page anew: a tenth of the time of a
// download on a fast link (measured with tests/bench/run.sh, job large-down). Call before the first
// thread.
void keepFreedBuffers();

} // namespace app
