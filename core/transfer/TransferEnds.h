// TransferEnds: the two ends of a transfer, so that TransferRun need not know which of them is this
// computer and which is a server. On the connection's thread, which is that of the target if both
// are servers; nothing is answered within a call.

#pragma once

#include "sftp/Engine.h"
#include "sftp/Listing.h"
#include "transfer/ContentComparison.h"
#include "transfer/FileCopy.h"
#include "transfer/LocalTree.h"
#include "transfer/TransferRequest.h"
#include "transfer/UploadSources.h"

#include <QByteArrayList>

#include <memory>
#include <optional>
#include <vector>

namespace transfer {

class TransferEnds
{
public:
    template<typename T>
    using Answered = sftp::Engine::Answered<T>;

    virtual ~TransferEnds() = default; // what was asked is not answered any more

    virtual void open(Answered<void> answered) = 0; // first

    // Why nothing more can be copied: a connection has ended. Absent while it can.
    virtual std::optional<base::Error> endReason() const = 0;

    virtual void sourceStatus(const files::FilePath &path, Answered<files::FileEntry> answered) = 0;
    virtual void sourceContents(const files::FilePath &path,
                                Answered<sftp::DirectoryContents> answered)
        = 0;

    virtual void followSource(const files::FilePath &link, Answered<FollowedLink> answered) = 0;

    // Names lead down from the target directory.
    virtual files::FilePath targetPath(const QByteArrayList &names) const = 0;
    virtual void targetStatus(const QByteArrayList &names, Answered<files::FileEntry> answered) = 0;
    // Are the last name and `sibling` in its place two files there, or is one of them missing?
    // False if they are two names of one.
    virtual void isTargetApart(const QByteArrayList &names, const QByteArray &sibling,
                               Answered<bool> answered)
        = 0;
    virtual void makeTargetDirectory(const QByteArrayList &names, files::FileMode mode,
                                     Answered<DirectoryState> answered)
        = 0;
    virtual void makeTargetLink(const QByteArrayList &names, const QByteArray &linkTarget,
                                Existing existing, Answered<void> answered)
        = 0;

    // Is the file there, with so many bytes, the beginning of this source? All of it is read, by
    // the server itself where it can. False also if it is no regular file any more.
    virtual void isTargetBeginning(const files::FilePath &source, const QByteArrayList &names,
                                   quint64 bytes, Answered<bool> answered)
        = 0;

    // All that CopyOptions::preserve keeps of a directory.
    virtual void makeTargetAlike(const QByteArrayList &names,
                                 const files::FileAttributes &attributes,
                                 Answered<Likeness> answered)
        = 0;

    // For what is written now. The largest number if that is not told.
    virtual void targetFreeBytes(Answered<quint64> answered) = 0;

    // How the server is asked for hashes; null: it is not. Shared with its other users.
    void setDigest(std::shared_ptr<CommandDigest> digest) { m_digest = std::move(digest); }

    virtual std::unique_ptr<FileCopy> copy(CopyOrder order, RequestShare &share, CopyEvents events)
        = 0;

protected:
    TransferEnds() = default;
    Q_DISABLE_COPY_MOVE(TransferEnds)

    void compareBeginning(sftp::Engine &engine, const files::FilePath &remote,
                          std::shared_ptr<ComparedContent> other, quint64 bytes,
                          Answered<bool> answered)
    {
        m_comparisons.push_back(
            std::make_unique<ContentComparison>(engine, m_digest, remote, std::move(other)));
        m_comparisons.back()->compare(
            {0, bytes}, ContentComparison::Otherwise::ReadAll,
            [this, comparison = m_comparisons.back().get(),
             answered = std::move(answered)](const base::Result<bool> &isSame) mutable {
                auto told = std::move(answered);
                std::erase_if(m_comparisons,
                              [comparison](const auto &one) { return one.get() == comparison; });
                told(isSame);
            });
    }

private:
    std::shared_ptr<CommandDigest> m_digest;
    std::vector<std::unique_ptr<ContentComparison>> m_comparisons; // that are under way
};

std::unique_ptr<TransferEnds> makeDownloadEnds(sftp::Engine &engine,
                                               const files::FilePath &targetDirectory);
std::unique_ptr<TransferEnds> makeUploadEnds(sftp::Engine &engine,
                                             const files::FilePath &targetDirectory,
                                             std::unique_ptr<UploadSources> sources);

} // namespace transfer
