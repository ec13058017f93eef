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
    void remove(int parent, const QByteArray &name, const FilePath &path)
    {
        if (::unlinkat(parent, name.constData(), 0) == 0) {
            return;
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
        if (::unlinkat(parent, name.constData(), AT_REMOVEDIR) != 0) {
            note(errno, path);
        }
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
        if (!m_first) {
            m_first = Error::fromErrno(code, QStringLiteral("delete"), path.toDisplay());
        }
    }

    std::optional<Error> m_first;
};

} // namespace

Result<void> removeLocal(const FilePath &path)
{
    TreeRemoval removal;
    removal.remove(AT_FDCWD, path.bytes(), path);
    return removal.result();
}

} // namespace files
