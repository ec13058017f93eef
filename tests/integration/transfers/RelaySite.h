// RelaySite: one of the two servers of a copy between servers, a login there with its queue, and
// what the disk tells of its files.

#pragma once

#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/SshServer.h"
#include "transfer/TransferSchedule.h"

#include <QByteArrayList>
#include <QStringList>

#include <memory>

namespace tests {

struct RelaySite
{
    explicit RelaySite(const QString &name);

    [[nodiscard]] base::Result<void> setUp();
    void connectTo(transfer::TransferSchedule &schedule); // anew
    void disconnect();

    QString path(const QString &name) const { return server->home() + u'/' + name; }

    QString title;
    ConnectionFixture fixture;
    std::shared_ptr<transfer::LaneBoard> lanes; // shared with the transfers
    std::unique_ptr<SshServer> server;
    std::shared_ptr<transfer::TransferQueue> queue; // shared with the schedule
    std::unique_ptr<ssh::Connection> connection;
    std::unique_ptr<sftp::Client> client;
};

void writeFile(const QString &path, const QByteArray &data);
void writeLargeFile(const QString &path, int megabytes); // no two of its blocks are alike
QByteArray contentOf(const QString &path);
QStringList namesIn(const QString &path); // hidden ones too
QByteArray outputOf(const QString &program, const QStringList &arguments);
QByteArray metadataOf(
    const QString &directory); // names, types, and of files modes and times, of links targets

// Hundreds of small files in some directories, and two large ones.
void makeMixedTree(const QString &tree);

// What is in `copy` under a real name, and is not what is in `tree`; as diff(1) tells it.
QByteArrayList halfFiles(const QString &tree, const QString &copy);

} // namespace tests
