// UploadSources: where the files of an upload come from: this computer, or another server. On the
// thread of the target's connection; nothing is answered within a call.

#pragma once

#include "sftp/Listing.h"
#include "transfer/FileSource.h"
#include "transfer/FollowedLink.h"

#include <memory>
#include <optional>

namespace transfer {

struct SourceServer;

class UploadSources
{
public:
    template<typename T>
    using Answered = sftp::Engine::Answered<T>;

    virtual ~UploadSources() = default; // what was asked is not answered any more

    virtual void status(const files::FilePath &path, Answered<files::FileEntry> answered) = 0;
    virtual void contents(const files::FilePath &path, Answered<sftp::DirectoryContents> answered)
        = 0;
    virtual void follow(const files::FilePath &link, Answered<FollowedLink> answered) = 0;

    // `attributes` are what its directory told. It may outlive this.
    virtual std::shared_ptr<FileSource> file(const files::FilePath &path,
                                             const files::FileAttributes &attributes)
        = 0;

    // Why nothing can be read any more; absent while it can.
    virtual std::optional<base::Error> endReason() const { return std::nullopt; }

protected:
    UploadSources() = default;
    Q_DISABLE_COPY_MOVE(UploadSources)
};

std::unique_ptr<UploadSources> makeLocalSources();
std::unique_ptr<UploadSources> makeServerSources(const SourceServer &server);

} // namespace transfer
