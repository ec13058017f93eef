// SyncFixture: two directories on one disk, each reached as this computer's or through a real sshd.
// What they hold is told by the disk.

#pragma once

#include "files/LocalFileSystem.h"
#include "sftp/Client.h"
#include "synchronize/SyncRun.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/SshServer.h"

#include <memory>

namespace tests {

class SyncFixture
{
public:
    static constexpr int patienceMs = 30'000;

    // Which of the two are reached through the server.
    enum class Ways { ToServer, Local, BetweenServers, OneConnection };

    [[nodiscard]] base::Result<void> setUp(); // once: the server
    void begin(Ways ways = Ways::ToServer); // before each test: empty directories, and logins
    void end();

    void connectAgain();
    void logOut(); // each login

    synchronize::Place left();
    synchronize::Place right();
    synchronize::CopyRoutes routes() const;
    sftp::Client &client() { return *m_right.client; } // of the right side
    transfer::TransferQueue &queue() { return *m_right.queue; }
    files::LocalFileSystem &files() { return m_files; }

    base::Result<synchronize::TreeRows> compare(const synchronize::ComparisonOptions &options = {});
    synchronize::SyncPlan plan(const synchronize::SyncRules &rules);
    std::unique_ptr<synchronize::SyncRun> start(const synchronize::SyncPlan &plan);
    base::Result<synchronize::RunSummary> run(const synchronize::SyncPlan &plan,
                                              const synchronize::RunOptions &options = {});

    QByteArray here(const char *path = "") const { return m_here.toUtf8() + '/' + path; } // left
    QByteArray there(const char *path = "") const { return m_there.toUtf8() + '/' + path; }
    QByteArray difference() const; // as diff(1) tells

    static void makeTree(const QByteArray &top);
    static void write(const QByteArray &path, const QByteArray &bytes, qint64 time = 1'500'000'000);
    static QByteArray read(const QByteArray &path);
    static bool exists(const QByteArray &path);
    static void makeDirectory(const QByteArray &path);

private:
    // A login, where there is one, and the queue of its transfers.
    struct Login
    {
        std::unique_ptr<ssh::Connection> connection;
        std::unique_ptr<sftp::Client> client;
        std::unique_ptr<transfer::TransferQueue> queue;
    };

    void logIn(Login &login);

    ConnectionFixture m_directory;
    std::unique_ptr<SshServer> m_server;
    files::LocalFileSystem m_files;
    Ways m_ways = Ways::ToServer;
    Login m_left;
    Login m_right;
    QString m_here;
    QString m_there;
};

} // namespace tests
