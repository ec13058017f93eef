// ServerQueue: a queue of transfers between a scratch directory and the home directory of a real
// sshd, for tests of what shows them.

#pragma once

#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "transfer/TransferSchedule.h"

#include <memory>

namespace tests {

class ServerQueue
{
public:
    // Returns when files can be copied.
    [[nodiscard]] base::Result<void> start();

    // Ends queue, files and connection, as a lost connection does.
    void stop();

    sftp::Client &files() { return *m_client; }
    transfer::TransferQueue &queue() { return *m_queue; }
    transfer::TransferSchedule &schedule() { return *m_schedule; }

    // Of a file there, or of the directory.
    QString local(const QString &name = {}) const;
    QString remote(const QString &name = {}) const;

    // An upload of these files from local() to remote().
    transfer::TransferRequest upload(const QStringList &names) const;

    // The same, with a file of 'name' at both ends: it stays unfinished until a question about it
    // is answered.
    transfer::TransferJob *addConflict(const QString &name);

private:
    ConnectionFixture m_fixture;
    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<transfer::TransferSchedule> m_schedule;
    std::shared_ptr<transfer::TransferQueue> m_queue; // shared with the schedule
};

void writeFile(const QString &path, const QByteArray &data);
QByteArray readFile(const QString &path); // empty if there is none

} // namespace tests
