#include "base/UniqueFd.h"

#include <unistd.h>

namespace base {

UniqueFd::~UniqueFd()
{
    if (isValid()) {
        // Not repeated after EINTR: Linux has released the number by then, see close(2).
        ::close(m_fd);
    }
}

UniqueFd &UniqueFd::operator=(UniqueFd &&other) noexcept
{
    UniqueFd old(std::exchange(m_fd, other.release()));
    return *this;
}

} // namespace base
