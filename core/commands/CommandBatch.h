// CommandBatch: one command on many hosts, so many at once, until enough have failed.
//
// A long operation with one end, finished(), after the outcome of every host.

#pragma once

#include "commands/HostCommand.h"
#include "ssh/JumpHost.h"

#include <QList>
#include <QObject>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace commands {

struct BatchOrder
{
    QStringList hosts; // as the user calls them
    QByteArray command; // for the login shell of each
    int mostAtOnce = 32;
    int stopAfter = 0; // so many failures no further host is begun; 0: never
    std::chrono::milliseconds timeLimit{}; // of each command; 0: none
    int stopAfterPercent = 0; // the same as a share of all hosts, 1 to 100; 0: never
    int canary = 0; // so many hosts go first: unless all of them succeed no other is begun

    // How many failures are enough. Nothing: no number is.
    std::optional<qsizetype> failureLimit() const;
};

class CommandBatch final : public QObject
{
    Q_OBJECT

public:
    using Index = qsizetype; // of a host
    // The settings, or why there are none in a sentence.
    using How = base::Result<ssh::ConnectionSettings, QString>;
    using Resolved = std::function<void(const How &how)>;

    // How to connect to a host: asked when its turn comes, answered at once or later.
    using Resolve = std::function<void(Index host, const Resolved &resolved)>;

    CommandBatch(BatchOrder order, Resolve resolve, QObject *parent = nullptr);
    ~CommandBatch() override;

    void start();

    // Ends those that run, and begins no other: each gets its outcome.
    void cancel();

    const BatchOrder &order() const { return m_order; }
    bool hasCanaryFailed() const; // so that no other host was begun

signals:
    // Its questions and remarks are for whom this concerns; it is gone after the host's outcome.
    void hostBegun(commands::CommandBatch::Index host, ssh::Connection *connection);

    // The receiver may take it.
    void hostFinished(commands::CommandBatch::Index host, commands::HostOutcome &outcome);
    void finished(); // once, the last signal

private:
    void beginSome();
    void begin(Index host, const How &how);
    void handleOutcome(Index host, HostOutcome &outcome);
    void tell(Index host, HostOutcome &outcome);
    bool mayBegin() const;

    BatchOrder m_order;
    Resolve m_resolve;
    ssh::RoutePool m_routes; // hosts behind the same jump host share one login there
    std::map<Index, std::unique_ptr<HostCommand>> m_running; // null: being resolved
    Index m_next = 0;
    int m_failed = 0;
    int m_canaryFailed = 0;
    bool m_isCancelled = false;
    bool m_isOver = false;
};

} // namespace commands
