#include "files/LocalDirectory.h"
#include "files/LocalOperations.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>

namespace files {
namespace {

using base::Error;
using base::Failure;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr auto interval = std::chrono::milliseconds(100);

class Measure
{
public:
    Measure(const std::function<void(const TreeSize &)> &counted, const IsGivenUp &isGivenUp)
        : m_counted(counted)
        , m_isGivenUp(isGivenUp)
    {
    }

    // False, with errno set, if it can not be looked at.
    bool add(int parent, const QByteArray &name)
    {
        struct stat status = {};
        if (::fstatat(parent, name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return false;
        }
        if (S_ISDIR(status.st_mode)) {
            ++m_size.directories;
            addContents(parent, name);
            return true;
        }
        ++m_size.files;
        m_size.bytes += S_ISREG(status.st_mode) ? static_cast<quint64>(status.st_size) : 0;
        return true;
    }

    const TreeSize &size() const { return m_size; }

private:
    void addContents(int parent, const QByteArray &name)
    {
        const auto directory = LocalDirectory::open(parent, name, LocalDirectory::Links::Refuse);
        const auto names
            = directory ? directory->names() : Result<QList<QByteArray>, int>(QList<QByteArray>());
        if (!directory || !names) {
            ++m_size.unreadable;
            return;
        }
        for (const QByteArray &child : *names) {
            if (m_isGivenUp()) {
                return;
            }
            add(directory->descriptor(), child); // what vanished meanwhile does not count
            tell();
        }
    }

    void tell()
    {
        if (const auto now = Clock::now(); now - m_told >= interval) {
            m_told = now;
            m_counted(m_size);
        }
    }

    const std::function<void(const TreeSize &)> &m_counted;
    const IsGivenUp &m_isGivenUp;
    TreeSize m_size;
    Clock::time_point m_told = Clock::now();
};

} // namespace

Result<TreeSize> measureLocal(const FilePath &path,
                              const std::function<void(const TreeSize &)> &counted,
                              const IsGivenUp &isGivenUp)
{
    Measure measure(counted, isGivenUp);
    if (!measure.add(AT_FDCWD, path.bytes())) {
        return Failure(Error::fromErrno(errno, QStringLiteral("look at"), path.toDisplay()));
    }
    return measure.size();
}

} // namespace files
