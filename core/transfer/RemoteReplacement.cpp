#include "transfer/RemoteReplacement.h"

#include "files/FilePath.h"

namespace transfer {
namespace {

using base::ErrorKind;
using base::Result;
using files::FilePath;
using sftp::Engine;

void takePlace(Engine &engine, const FilePath &from, const FilePath &to, const FilePath &aside,
               Engine::Answered<void> answered)
{
    engine.rename(from, to,
                  [&engine, to, aside, answered = std::move(answered)](Result<void> moved) mutable {
                      if (moved) {
                          engine.remove(aside, [](const Result<void> &) { });
                          answered(moved);
                          return;
                      }
                      engine.rename(aside, to,
                                    [moved, answered = std::move(answered)](
                                        const Result<void> &) mutable { answered(moved); });
                  });
}

void stepAside(Engine &engine, const FilePath &from, const FilePath &to,
               Engine::Answered<void> answered)
{
    const FilePath aside = to.parent().child(files::temporaryName(to.name()));
    engine.rename(to, aside,
                  [&engine, from, to, aside,
                   answered = std::move(answered)](const Result<void> &moved) mutable {
                      if (moved) {
                          takePlace(engine, from, to, aside, std::move(answered));
                      } else if (moved.error().kind == ErrorKind::NotFound) {
                          // It stepped aside already, before a connection was lost.
                          engine.rename(from, to, std::move(answered));
                      } else {
                          answered(moved);
                      }
                  });
}

} // namespace

void replaceRemote(Engine &engine, const FilePath &from, const FilePath &to,
                   Engine::Answered<void> answered)
{
    if (engine.offers(QByteArrayLiteral("posix-rename@openssh.com"))) {
        engine.replace(from, to, std::move(answered));
    } else {
        stepAside(engine, from, to, std::move(answered));
    }
}

} // namespace transfer
