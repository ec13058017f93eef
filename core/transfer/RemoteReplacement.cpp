#include "transfer/RemoteReplacement.h"

#include "files/FilePath.h"

#include <memory>
#include <optional>
#include <utility>

namespace transfer {
namespace {

using base::ErrorKind;
using base::Result;
using files::FileAttributes;
using files::FilePath;
using sftp::Engine;

// The callbacks of its requests keep it alive.
class SteppingAside : public std::enable_shared_from_this<SteppingAside>
{
public:
    SteppingAside(Engine &engine, const FilePath &from, const FilePath &to,
                  Engine::Answered<void> answered)
        : m_engine(engine)
        , m_from(from)
        , m_to(to)
        , m_aside(to.parent().child(files::temporaryName(to.name())))
        , m_answered(std::move(answered))
    {
    }

    // Both at once: if the connection is lost, the server has most probably got both or none. It
    // works on them in their order (draft-ietf-secsh-filexfer-02 section 6.1).
    void start()
    {
        m_engine.rename(m_to, m_aside, [self = shared_from_this()](const Result<void> &moved) {
            self->m_steppedAside = moved;
            self->handleAnswers();
        });
        m_engine.rename(m_from, m_to, [self = shared_from_this()](const Result<void> &moved) {
            self->m_tookPlace = moved;
            self->handleAnswers();
        });
    }

private:
    void handleAnswers()
    {
        if (!m_steppedAside || !m_tookPlace) {
            return;
        }
        if (*m_steppedAside && *m_tookPlace) {
            lookAtTarget();
        } else if (*m_steppedAside) {
            takePlace();
        } else if (*m_tookPlace || m_steppedAside->error().kind == ErrorKind::NotFound) {
            m_answered(*m_tookPlace); // it replaced, or nothing was there
        } else {
            m_answered(*m_steppedAside);
        }
    }

    // A server with an order of its own has the new file step aside, after it took its place.
    void lookAtTarget()
    {
        m_engine.linkStatus(m_to, [self = shared_from_this()](const Result<FileAttributes> &found) {
            if (found) {
                self->finish();
            } else if (found.error().kind == ErrorKind::NotFound) {
                self->comeBack({});
            } else {
                self->m_answered(base::Failure(found.error()));
            }
        });
    }

    // The same server, the other way round.
    void takePlace()
    {
        m_engine.rename(m_from, m_to, [self = shared_from_this()](const Result<void> &moved) {
            moved ? self->finish() : self->comeBack(moved);
        });
    }

    void finish()
    {
        m_engine.remove(m_aside, [](const Result<void> &) { });
        m_answered({});
    }

    void comeBack(const Result<void> &outcome)
    {
        m_engine.rename(m_aside, m_to,
                        [self = shared_from_this(), outcome](const Result<void> &moved) {
                            self->m_answered(outcome ? moved : outcome);
                        });
    }

    Engine &m_engine;
    const FilePath m_from;
    const FilePath m_to;
    const FilePath m_aside;
    Engine::Answered<void> m_answered;
    std::optional<Result<void>> m_steppedAside;
    std::optional<Result<void>> m_tookPlace;
};

} // namespace

void replaceRemote(Engine &engine, const FilePath &from, const FilePath &to,
                   Engine::Answered<void> answered)
{
    if (engine.offers(QByteArrayLiteral("posix-rename@openssh.com"))) {
        engine.replace(from, to, std::move(answered));
    } else {
        std::make_shared<SteppingAside>(engine, from, to, std::move(answered))->start();
    }
}

} // namespace transfer
