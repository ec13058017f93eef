#include "files/LocalDirectory.h"
#include "files/LocalOperations.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

namespace files {
namespace {

using base::Error;
using base::Failure;
using base::Result;

// Removes from the leaves up, each name relative to its opened directory: a directory that someone
// swaps for a link meanwhile does not lead out of the tree.
class TreeRemoval
{
public:
    TreeRemoval(const std::function<void(int)> &progressed, const IsGivenUp &isGivenUp)
        : m_progressed(progressed)
        , m_isGivenUp(isGivenUp)
    {
    }

    void remove(int parent, const QByteArray &name, const FilePath &path)
    {
        if (m_isGivenUp()) {
            return note({.kind = base::ErrorKind::Cancelled});
        }
        if (::unlinkat(parent, name.constData(), 0) == 0) {
            return m_progressed(++m_done);
        }
        if (errno != EISDIR && errno != EPERM) { // Linux says the first, POSIX the second
            return note(errno, path);
        }
        const int reason = errno;
        const auto directory = LocalDirectory::open(parent, name, LocalDirectory::Links::Refuse);
        if (!directory) {
            // EPERM may also be said of a file that must not be removed.
            return note(directory.error() == ENOTDIR ? reason : directory.error(), path);
        }
        if (const auto names = directory->names()) {
            for (const QByteArray &child : *names) {
                remove(directory->descriptor(), child, path.child(child));
            }
        }
        if (m_isGivenUp()) {
            return note({.kind = base::ErrorKind::Cancelled});
        }
        if (::unlinkat(parent, name.constData(), AT_REMOVEDIR) != 0) {
            return note(errno, path);
        }
        m_progressed(++m_done);
    }

    Result<void> result() const
    {
        if (m_first) {
            return Failure(*m_first);
        }
        return {};
    }

private:
    void note(int code, const FilePath &path)
    {
        note(Error::fromErrno(code, QStringLiteral("delete"), path.toDisplay()));
    }

    void note(const Error &error)
    {
        if (!m_first) {
            m_first = error;
        }
    }

    const std::function<void(int)> &m_progressed;
    const IsGivenUp &m_isGivenUp;
    std::optional<Error> m_first;
    int m_done = 0;
};

} // namespace

Result<void> removeLocal(const FilePath &path, const std::function<void(int)> &progressed,
                         const IsGivenUp &isGivenUp)
{
    TreeRemoval removal(progressed, isGivenUp);
    removal.remove(AT_FDCWD, path.bytes(), path);
    return removal.result();
}

} // namespace files
