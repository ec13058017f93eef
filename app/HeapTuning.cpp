#include "app/HeapTuning.h"

#include <malloc.h>

namespace app {

// mallopt(3): setting either one ends glibc's own adjustment of both.
void keepFreedBuffers()
{
#ifdef __GLIBC__
    constexpr int keptBytes = 64 * 1024 * 1024; // of each thread that allocates
    constexpr int mappedFromBytes
        = 4 * 1024 * 1024; // a block as large as this is rare, and goes back
    ::mallopt(M_TRIM_THRESHOLD, keptBytes);
    ::mallopt(M_MMAP_THRESHOLD, mappedFromBytes);
#endif
}

} // namespace app
