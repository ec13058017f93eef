// JumpHost: one login on a jump host, shared by all connections that lead through it; and
// RoutePool, by which they find it.
//
// All on the owners' thread.

#pragma once

#include "ssh/Connection.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace ssh {

class JumpRoute;
class RoutePool;

// Connects at once, and is disconnected when the last who shares it lets go.
class JumpHost final : public QObject
{
    Q_OBJECT

public:
    JumpHost(const ConnectionSettings &settings, RoutePool &pool,
             const std::optional<LoginMemory> &remembered);
    ~JumpHost() override;

    // False once the connection has ended: it serves nobody any more.
    bool isUsable() const { return !m_end; }

    Connection &connection() { return m_connection; }

    // Why it has ended, if it has.
    const std::optional<base::Error> &end() const { return m_end; }

    // The first who joined is asked the questions of the jump host; when it leaves, the next is.
    void join(JumpRoute &route);
    void leave(JumpRoute &route);

    void answer(Prompt::Id prompt, const PromptAnswer &answer);

private:
    void handlePrompt(const Prompt &prompt);
    void handleWithdrawal(Prompt::Id prompt);
    void handleClosed(const base::Result<void> &reason);

    Connection m_connection;
    QList<JumpRoute *> m_routes; // in the order they joined
    std::optional<Prompt> m_prompt; // open now
    std::optional<base::Error> m_end;
};

// The jump hosts that are in use. Who makes connections that may share them has one, and keeps it
// as long as it opens connections.
class RoutePool
{
public:
    RoutePool() = default;
    Q_DISABLE_COPY_MOVE(RoutePool)

    // The one with equal settings that is in use already, else a new one, which answers with what
    // is remembered of an earlier login there before it asks.
    std::shared_ptr<JumpHost> jumpHost(const ConnectionSettings &settings,
                                       const std::optional<LoginMemory> &remembered);

private:
    struct Entry
    {
        ConnectionSettings settings;
        std::weak_ptr<JumpHost> host; // shared by those who use it
    };

    std::vector<Entry> m_entries;
};

} // namespace ssh
