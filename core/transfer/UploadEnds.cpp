// The ends of an upload, and of a copy from one server to another: targets by the engine.

#include "files/FilePath.h"
#include "sftp/FileOperations.h"
#include "transfer/CallGuard.h"
#include "transfer/RemoteLikeness.h"
#include "transfer/RemoteReplacement.h"
#include "transfer/TransferEnds.h"
#include "transfer/UploadPipeline.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace transfer {
namespace {

using base::Error;
using base::ErrorKind;
using base::Failure;
using base::Result;
using files::FileAttributes;
using files::FileEntry;
using files::FileMode;
using files::FilePath;
using files::FileType;

std::unexpected<Error> failure(int code, const char *operation, const FilePath &path)
{
    return Failure(Error::fromErrno(code, QString::fromLatin1(operation), path.toDisplay()));
}

class UploadEnds final : public TransferEnds
{
public:
    UploadEnds(sftp::Engine &engine, FilePath targetDirectory,
               std::unique_ptr<UploadSources> sources)
        : m_engine(engine)
        , m_targetDirectory(std::move(targetDirectory))
        , m_sources(std::move(sources))
    {
    }

    void open(Answered<void> answered) override
    {
        m_engine.status(
            m_targetDirectory,
            m_guard([answered = std::move(answered)](const Result<FileAttributes> &found) mutable {
                answered(found ? Result<void>() : Failure(found.error()));
            }));
    }

    std::optional<Error> endReason() const override
    {
        return m_engine.hasEnded() ? m_engine.endReason() : m_sources->endReason();
    }

    void sourceStatus(const FilePath &path, Answered<FileEntry> answered) override
    {
        m_sources->status(path, std::move(answered));
    }

    void sourceContents(const FilePath &path, Answered<sftp::DirectoryContents> answered) override
    {
        m_sources->contents(path, std::move(answered));
    }

    void followSource(const FilePath &link, Answered<FollowedLink> answered) override
    {
        m_sources->follow(link, std::move(answered));
    }

    FilePath targetPath(const QByteArrayList &names) const override
    {
        return m_targetDirectory.child(names.join('/'));
    }

    void targetStatus(const QByteArrayList &names, Answered<FileEntry> answered) override
    {
        sftp::statusOf(m_engine, targetPath(names), m_guard(std::move(answered)));
    }

    void isTargetApart(const QByteArrayList &names, const QByteArray &sibling,
                       Answered<bool> answered) override;
    void makeTargetDirectory(const QByteArrayList &names, FileMode mode,
                             Answered<DirectoryState> answered) override;
    void makeTargetLink(const QByteArrayList &names, const QByteArray &linkTarget,
                        Existing existing, Answered<void> answered) override;

    void isTargetBeginning(const FilePath &source, const QByteArrayList &names, quint64 bytes,
                           Answered<bool> answered) override;

    void makeTargetAlike(const QByteArrayList &names, const FileAttributes &attributes,
                         Answered<Likeness> answered) override
    {
        makeRemoteAlike(m_engine, targetPath(names), attributes, m_guard(std::move(answered)));
    }

    void targetFreeBytes(Answered<quint64> answered) override
    {
        using sftp::FileSystemStatus;
        m_engine.fileSystemStatus(
            m_targetDirectory,
            m_guard(
                [answered = std::move(answered)](const Result<FileSystemStatus> &status) mutable {
                    answered(status ? status->freeBytes : std::numeric_limits<quint64>::max());
                }));
    }

    std::unique_ptr<FileCopy> copy(CopyOrder order, RequestShare &share, CopyEvents events) override
    {
        const FilePath target = targetPath(order.target);
        auto source = m_sources->file(order.source, order.attributes);
        return std::make_unique<UploadPipeline>(m_engine, std::move(source), std::move(order),
                                                target, share, std::move(events));
    }

private:
    void findBoth(const FilePath &directory, const QByteArray &name, const QByteArray &sibling,
                  Answered<bool> answered);
    void acceptDirectory(const FilePath &path, Answered<DirectoryState> answered);

    sftp::Engine &m_engine;
    FilePath m_targetDirectory;
    std::unique_ptr<UploadSources> m_sources;
    std::vector<std::shared_ptr<FileSource>> m_opening; // to be compared; shared then
    CallGuard m_guard;
};

void UploadEnds::isTargetBeginning(const FilePath &source, const QByteArrayList &names,
                                   quint64 bytes, Answered<bool> answered)
{
    auto file = m_sources->file(source, {});
    m_opening.push_back(file);
    file->open(0,
               m_guard([this, opening = file.get(), bytes, target = targetPath(names),
                        answered = std::move(answered)](const Result<void> &opened) mutable {
                   const auto found
                       = std::ranges::find(m_opening, opening, &std::shared_ptr<FileSource>::get);
                   auto content = std::move(*found);
                   m_opening.erase(found);
                   if (opened) {
                       compareBeginning(m_engine, target, std::move(content), bytes,
                                        std::move(answered));
                   } else {
                       answered(Failure(opened.error()));
                   }
               }));
}

// Version 3 of the protocol has no number that tells one file from another: a listing has both
// names, or the server takes them for one.
void UploadEnds::isTargetApart(const QByteArrayList &names, const QByteArray &sibling,
                               Answered<bool> answered)
{
    const FilePath path = targetPath(names);
    m_engine.linkStatus(path.parent().child(sibling),
                        m_guard([this, path, sibling, answered = std::move(answered)](
                                    const Result<FileAttributes> &found) mutable {
                            if (found) {
                                findBoth(path.parent(), path.name(), sibling, std::move(answered));
                            } else if (found.error().kind == ErrorKind::NotFound) {
                                answered(true);
                            } else {
                                answered(Failure(found.error()));
                            }
                        }));
}

void UploadEnds::findBoth(const FilePath &directory, const QByteArray &name,
                          const QByteArray &sibling, Answered<bool> answered)
{
    auto tell = [name, sibling, answered = std::move(answered)](
                    const Result<sftp::DirectoryContents> &contents) mutable {
        if (!contents) {
            answered(Failure(contents.error()));
            return;
        }
        const auto count = std::ranges::count_if(contents->entries, [&](const FileEntry &entry) {
            return entry.name == name || entry.name == sibling;
        });
        answered(count == 2);
    };
    sftp::listDirectory(m_engine, directory, {.linkTargets = sftp::LinkTargets::Ignore},
                        m_guard.expiry(), m_guard(std::move(tell)));
}

void UploadEnds::makeTargetDirectory(const QByteArrayList &names, FileMode mode,
                                     Answered<DirectoryState> answered)
{
    FileAttributes attributes;
    attributes.permissions = (mode.bits() & 0777U) | 0700U; // we must be able to enter it
    const FilePath path = targetPath(names);
    sftp::makeDirectory(
        m_engine, path, attributes,
        m_guard([this, path, answered = std::move(answered)](const Result<void> &made) mutable {
            if (made) {
                answered(DirectoryState::Created);
            } else if (made.error().kind == ErrorKind::AlreadyExists) {
                acceptDirectory(path, std::move(answered));
            } else {
                answered(Failure(made.error()));
            }
        }));
}

// On the server a link to a directory will do: whoever made it there wants it to be followed.
void UploadEnds::acceptDirectory(const FilePath &path, Answered<DirectoryState> answered)
{
    m_engine.status(path,
                    m_guard([path, answered = std::move(answered)](
                                const Result<FileAttributes> &found) mutable {
                        if (!found) {
                            answered(Failure(found.error()));
                        } else if (found->type() != FileType::Directory) {
                            answered(failure(ENOTDIR, "create directory", path));
                        } else {
                            answered(DirectoryState::ExistedBefore);
                        }
                    }));
}

void UploadEnds::makeTargetLink(const QByteArrayList &names, const QByteArray &linkTarget,
                                Existing existing, Answered<void> answered)
{
    const FilePath path = targetPath(names);
    if (existing == Existing::Keep) {
        m_engine.makeLink(path, linkTarget, m_guard(std::move(answered)));
        return;
    }
    const FilePath temporary = path.parent().child(files::temporaryName(path.name()));
    m_engine.makeLink(temporary, linkTarget,
                      m_guard([this, temporary, path,
                               answered = std::move(answered)](const Result<void> &made) mutable {
                          if (made) {
                              replaceRemote(m_engine, temporary, path,
                                            m_guard(std::move(answered)));
                          } else {
                              answered(made);
                          }
                      }));
}

} // namespace

std::unique_ptr<TransferEnds> makeUploadEnds(sftp::Engine &engine, const FilePath &targetDirectory,
                                             std::unique_ptr<UploadSources> sources)
{
    return std::make_unique<UploadEnds>(engine, targetDirectory, std::move(sources));
}

} // namespace transfer
