// TransferFixture: two directories of this computer, OpenSSH's sftp-server between them, and one
// TransferRun at a time.

#pragma once

#include "tests/core/sftp/SftpPeers.h"
#include "transfer/TransferRun.h"

#include <QObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

namespace tests {

class TransferFixture : public QObject
{
    Q_OBJECT

protected slots:
    void init();
    void cleanup();

protected:
    enum class End { Source, Target };

    QString path(End end, const QString &name = {}) const;
    void put(End end, const QByteArray &name, const QByteArray &data) const;
    QByteArray get(End end, const QByteArray &name) const; // not through a link
    QStringList namesIn(End end) const; // hidden ones too, sorted

    transfer::TransferRequest request(transfer::Direction direction,
                                      const QList<QByteArray> &names) const;
    void start(sftp::Engine &engine, const transfer::TransferRequest &request);
    void goOn(sftp::Engine &engine, const transfer::TransferRequest &request,
              transfer::TransferLedger left);
    // The reason if it was interrupted; TimedOut after half a minute.
    base::Result<transfer::Summary> finish();

    // Where the next Relay reads.
    void relayFrom(sftp::Engine &engine);

    // The server's /home/tester/`name` to the target directory, over another server if it is a
    // Relay, or from the source directory there.
    transfer::TransferRequest scripted(transfer::Direction direction, const QByteArray &name) const;
    base::Result<transfer::Summary> copyScripted(ScriptedPeer &peer, transfer::Direction direction,
                                                 const QByteArray &name);
    // `meanwhile` is called once the first request of `type` has been seen.
    base::Result<transfer::Summary> copyWhile(ScriptedPeer &peer,
                                              const transfer::TransferRequest &request,
                                              SftpRequestType type,
                                              const std::function<void()> &meanwhile);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProcessPeer> m_peer;
    std::shared_ptr<transfer::LaneBoard> m_lanes; // null: no stripes
    std::unique_ptr<QObject> m_sourceContext; // of calls to the source's engine
    std::optional<transfer::SourceServer> m_source; // of a Relay
    std::shared_ptr<transfer::TransferFeed> m_feed; // of the run
    std::shared_ptr<transfer::TransferRun::Slot> m_slot;
    std::optional<base::Result<transfer::Summary>> m_result;
    std::optional<transfer::TransferLedger> m_left; // if it was interrupted
    QList<transfer::Conflict> m_conflicts; // raised so far
};

// Bytes among which no two chunks are alike.
QByteArray pattern(qsizetype size);

} // namespace tests
