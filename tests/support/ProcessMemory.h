// How much memory this process occupies, for tests that hostile input must not make it grow.

#pragma once

#include <QtTypes>

#include <fstream>
#include <string>

namespace support {

// Resident set in KiB (proc_pid_status(5)); -1 if it cannot be read.
inline qint64 residentMemory()
{
    constexpr std::string_view field = "VmRSS:";
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field)) {
            return std::stoll(line.substr(field.size()));
        }
    }
    return -1;
}

} // namespace support
