// The ends of a download: sources by the engine, targets by LocalTree on a disk thread.

#include "sftp/FileOperations.h"
#include "transfer/CallGuard.h"
#include "transfer/DiskWork.h"
#include "transfer/DownloadPipeline.h"
#include "transfer/SourceFile.h"
#include "transfer/TransferEnds.h"

#include <fcntl.h>

namespace transfer {
namespace {

using base::Failure;
using base::Result;
using base::UniqueFd;
using files::FileEntry;
using files::FileMode;
using files::FilePath;

class DownloadEnds final : public TransferEnds
{
public:
    DownloadEnds(sftp::Engine &engine, FilePath targetDirectory)
        : m_engine(engine)
        , m_targetDirectory(std::move(targetDirectory))
    {
    }

    void open(Answered<void> answered) override
    {
        using Opened = Result<std::shared_ptr<const LocalTree>>;
        m_disk.run(
            [root = m_targetDirectory]() -> Opened {
                return LocalTree::open(root).transform([](LocalTree &&tree) {
                    return std::make_shared<const LocalTree>(std::move(tree));
                });
            },
            [this, answered = std::move(answered)](Opened tree) mutable {
                m_tree = tree.value_or(nullptr);
                answered(tree ? Result<void>() : Failure(tree.error()));
            });
    }

    std::optional<base::Error> endReason() const override { return m_engine.endReason(); }

    void sourceStatus(const FilePath &path, Answered<FileEntry> answered) override
    {
        sftp::statusOf(m_engine, path, m_guard(std::move(answered)));
    }

    void sourceContents(const FilePath &path, Answered<sftp::DirectoryContents> answered) override
    {
        sftp::listDirectory(m_engine, path, {.linkTargets = sftp::LinkTargets::Ignore},
                            m_isAbandoned, m_guard(std::move(answered)));
    }

    void followSource(const FilePath &link, Answered<FollowedLink> answered) override
    {
        followRemote(m_engine, link, m_guard(std::move(answered)));
    }

    FilePath targetPath(const QByteArrayList &names) const override { return m_tree->path(names); }

    void targetStatus(const QByteArrayList &names, Answered<FileEntry> answered) override
    {
        m_disk.run([tree = m_tree, names] { return tree->status(names); }, std::move(answered));
    }

    void isTargetApart(const QByteArrayList &names, const QByteArray &sibling,
                       Answered<bool> answered) override
    {
        m_disk.run([tree = m_tree, names, sibling] { return tree->isApart(names, sibling); },
                   std::move(answered));
    }

    void makeTargetDirectory(const QByteArrayList &names, FileMode mode,
                             Answered<DirectoryState> answered) override
    {
        m_disk.run([tree = m_tree, names, mode] { return tree->makeDirectory(names, mode); },
                   std::move(answered));
    }

    void makeTargetLink(const QByteArrayList &names, const QByteArray &linkTarget,
                        Existing existing, Answered<void> answered) override
    {
        m_disk.run([tree = m_tree, names, linkTarget,
                    existing] { return tree->makeLink(names, linkTarget, existing); },
                   std::move(answered));
    }

    // No link is followed, and a directory can not be read.
    void isTargetBeginning(const FilePath &source, const QByteArrayList &names, quint64 bytes,
                           Answered<bool> answered) override
    {
        using Opened = Result<std::shared_ptr<const UniqueFd>>;
        m_disk.run(
            [tree = m_tree, names]() -> Opened {
                return tree->openParent(names).transform([&names](const UniqueFd &directory) {
                    return std::make_shared<const UniqueFd>(
                        ::openat(directory.get(), names.last().constData(),
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
                });
            },
            [this, source, bytes, path = targetPath(names),
             answered = std::move(answered)](const Opened &file) mutable {
                if (!file || !(*file)->isValid()) {
                    answered(file ? Result<bool>(false) : Failure(file.error()));
                    return;
                }
                auto content = std::make_shared<LocalContent>(
                    [file = *file, path](quint64 offset, quint32 length) {
                        return readAt(*file, offset, length, path);
                    });
                compareBeginning(m_engine, source, std::move(content), bytes, std::move(answered));
            });
    }

    void makeTargetAlike(const QByteArrayList &names, const files::FileAttributes &attributes,
                         Answered<Likeness> answered) override
    {
        m_disk.run(
            [tree = m_tree, names, attributes]() -> Result<Likeness> {
                return tree->makeAlike(names, attributes);
            },
            std::move(answered));
    }

    void targetFreeBytes(Answered<quint64> answered) override
    {
        m_disk.run([tree = m_tree]() -> Result<quint64> { return tree->freeBytes(); },
                   std::move(answered));
    }

    std::unique_ptr<FileCopy> copy(CopyOrder order, RequestShare &share, CopyEvents events) override
    {
        return std::make_unique<DownloadPipeline>(m_engine, m_tree, std::move(order), share,
                                                  std::move(events));
    }

private:
    sftp::Engine &m_engine;
    FilePath m_targetDirectory;
    std::shared_ptr<const LocalTree> m_tree; // shared with the orders of all disk threads
    DiskWork m_disk;
    CallGuard m_guard;
    sftp::IsAbandoned m_isAbandoned = m_guard.expiry();
};

} // namespace

std::unique_ptr<TransferEnds> makeDownloadEnds(sftp::Engine &engine,
                                               const FilePath &targetDirectory)
{
    return std::make_unique<DownloadEnds>(engine, targetDirectory);
}

} // namespace transfer
