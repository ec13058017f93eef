// What is in the memory of this process: how much, for tests that hostile input must not make it
// grow, and whether a secret is still in it.

#pragma once

#include <QByteArray>
#include <QStringList>
#include <QtTypes>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
// Of sanitizer/allocator_interface.h, which comes with clang only.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace support {

// KiB in use: the resident set (proc_pid_status(5)), or what is allocated under the address
// sanitizer, which keeps freed memory for a while. -1 if it cannot be read.
inline qint64 usedMemory()
{
#if defined(__SANITIZE_ADDRESS__)
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes() / 1024);
#else
    constexpr std::string_view field = "VmRSS:";
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field)) {
            return std::stoll(line.substr(field.size()));
        }
    }
    return -1;
#endif
}

// A text that must not be searched for as it is: the search would find itself. Each byte of it is
// changed by this mask.
constexpr char secretMask = 0x55;

inline QByteArray masked(QByteArray text)
{
    std::ranges::transform(text, text.begin(),
                           [](char byte) { return static_cast<char>(byte ^ secretMask); });
    return text;
}

// The writable mappings (proc_pid_maps(5)) in which the ASCII text behind `maskedText` stands, in
// 8 or in 16 bits a character; one line for each.
inline QStringList mappingsWith(const QByteArray &maskedText)
{
    constexpr std::size_t blockBytes = 1024 * 1024;
    constexpr quint64 largestMapping = 1ULL << 30; // the sanitizers' shadows are larger
    const auto length = static_cast<std::size_t>(maskedText.size());
    std::vector<char> block(blockBytes + 2 * length);
    const auto standsAt = [&](const char *place, std::size_t step) {
        for (std::size_t i = 0; i < length; ++i) {
            const auto wanted = static_cast<char>(maskedText[qsizetype(i)] ^ secretMask);
            if (place[i * step] != wanted || (step == 2 && place[i * step + 1] != 0)) {
                return false;
            }
        }
        return true;
    };
    QStringList found;
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        quint64 begin = 0;
        quint64 end = 0;
        char dash = 0;
        std::string mode;
        std::istringstream(line) >> std::hex >> begin >> dash >> end >> mode;
        if (!mode.starts_with("rw") || end - begin > largestMapping) {
            continue;
        }
        for (quint64 at = begin; at < end; at += blockBytes) {
            const auto count
                = ::pread(memory, block.data(), std::min<quint64>(block.size(), end - at),
                          static_cast<off_t>(at));
            for (qint64 i = 0; i + 2 * qint64(length) <= count; ++i) {
                if (standsAt(block.data() + i, 1) || standsAt(block.data() + i, 2)) {
                    found.append(QString::fromStdString(line));
                }
            }
            std::ranges::fill(block, 0);
        }
    }
    ::close(memory);
    return found;
}

} // namespace support
