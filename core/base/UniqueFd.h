// UniqueFd: owns one file descriptor and closes it. Used where a C interface hands one out.

#pragma once

#include <utility>

namespace base {

class UniqueFd
{
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd)
        : m_fd(fd)
    {
    }
    ~UniqueFd();
    UniqueFd(UniqueFd &&other) noexcept
        : m_fd(other.release())
    {
    }
    UniqueFd &operator=(UniqueFd &&other) noexcept;

    // False after a failed open(), socket() and the like, and when it was moved from.
    bool isValid() const { return m_fd >= 0; }

    // Borrowed: remains open only as long as this object does.
    int get() const { return m_fd; }

    // The caller closes it from now on.
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd = -1;
};

} // namespace base
