// SourceLink: the way from the thread of a target's connection to the server that is copied from,
// whose engine lives on another thread, and back. Used by ServerSources.

#pragma once

#include "sftp/Engine.h"
#include "transfer/Mailbox.h"

#include <QByteArray>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace transfer {

class CommandDigest;

// The server that a copy from one server to another reads from.
struct SourceServer
{
    QByteArray key; // equal for the same account
    QString title; // for people
    // Reaches its engine from any thread, on that of the engine; null once that has gone. As
    // SourceDoor::post().
    std::function<void(std::move_only_function<void(sftp::Engine *)> call)> post;
    std::shared_ptr<CommandDigest> digest; // null: it runs no commands
};

class SourceLink
{
public:
    template<typename T>
    using Answered = sftp::Engine::Answered<T>;

    // For the source's thread, as a value: what it brings is called on the link's thread, as long
    // as the link lives.
    class Courier
    {
    public:
        // After the link knows how the engine has ended, if it has; null: it is gone.
        void bring(const sftp::Engine *engine, std::move_only_function<void()> call) const;

        // A failure of the source, with the server's name.
        base::Error named(base::Error error) const;

    private:
        friend class SourceLink;

        SourceLink *m_link = nullptr; // used on its own thread alone
        std::shared_ptr<Mailbox> m_mailbox; // shared with the link
        QString m_title;
    };

    explicit SourceLink(const SourceServer &server);
    ~SourceLink();
    Q_DISABLE_COPY_MOVE(SourceLink)

    const SourceServer &server() const { return m_server; }
    const Courier &courier() const { return m_courier; }
    const std::shared_ptr<Mailbox> &mailbox() const { return m_courier.m_mailbox; }

    // Why the source's connection is of no use any more; absent while it is.
    const std::optional<base::Error> &endReason() const { return m_end; }

    // True, on any thread, once the link is gone.
    std::function<bool()> abandonment() const;

    // Calls `request`, on the source's thread, with the engine and where its answer is to go.
    template<typename T, typename Request>
    void ask(Request request, Answered<T> answered)
    {
        m_server.post([courier = m_courier, request = std::move(request),
                       answered = std::move(answered)](sftp::Engine *engine) mutable {
            Answered<T> bring = [courier, engine,
                                 answered = std::move(answered)](base::Result<T> result) mutable {
                auto named = std::move(result).transform_error(
                    [&courier](const base::Error &error) { return courier.named(error); });
                courier.bring(engine,
                              [answered = std::move(answered), named = std::move(named)]() mutable {
                                  answered(std::move(named));
                              });
            };
            if (engine != nullptr) {
                request(*engine, std::move(bring));
            } else {
                bring(base::Failure(lost()));
            }
        });
    }

private:
    static base::Error lost();
    void noteEnd(const base::Error &reason);

    SourceServer m_server;
    Courier m_courier;
    std::optional<base::Error> m_end;
    std::shared_ptr<std::atomic<bool>> m_isGone
        = std::make_shared<std::atomic<bool>>(false); // shared with what was asked
    std::shared_ptr<sftp::EngineTask *> m_watch
        = std::make_shared<sftp::EngineTask *>(nullptr); // used on the source's thread
};

} // namespace transfer
