#include "transfer/FollowedLink.h"

#include <utility>

namespace transfer {

using base::Result;
using files::FilePath;

// A server's REALPATH need not follow links or find anything: STAT does.
void followRemote(sftp::Engine &engine, const FilePath &link,
                  sftp::Engine::Answered<FollowedLink> answered)
{
    auto look = [&engine, answered = std::move(answered)](const Result<FilePath> &path) mutable {
        if (!path) {
            answered(base::Failure(path.error()));
            return;
        }
        engine.status(*path,
                      [path = *path, answered = std::move(answered)](
                          const Result<files::FileAttributes> &attributes) mutable {
                          answered(attributes.transform([&path](const auto &found) {
                              return FollowedLink{path.normalized(), found};
                          }));
                      });
    };
    engine.realPath(link, std::move(look));
}

} // namespace transfer
