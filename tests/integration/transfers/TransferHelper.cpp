// Runs the transfers of a database on one connection until they have ended, as the window does. A
// program of its own, because it is there to be killed.
//
//     TransferHelper DATABASE PORT KEY KNOWN-HOSTS [upload|download|relay ANSWER SOURCE TARGET]
//
// With PONTO_TEST_RELAY in its environment it logs in a second time, to read over that. Adds the
// transfer before it starts. Says "running" when the first one has begun.

#include "sftp/Client.h"
#include "transfer/TransferSchedule.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

const transfer::TransferServer sourceServer{u"source"_s, u"source"_s, {}, {}};

// Of a relay.
struct SourceLogin
{
    explicit SourceLogin(const ssh::ConnectionSettings &settings)
        : connection(settings)
        , client(connection)
    {
    }

    ssh::Connection connection;
    sftp::Client client;
};

transfer::TransferRequest requestOf(const QStringList &words)
{
    transfer::TransferRequest request;
    request.direction = words[0] == u"upload" ? transfer::Direction::Upload
        : words[0] == u"download"             ? transfer::Direction::Download
                                              : transfer::Direction::Relay;
    if (words[0] == u"relay") {
        request.source = sourceServer;
    }
    request.answers.files = words[1] == u"keep" ? transfer::ConflictAnswer::KeepBoth
        : words[1] == u"resume"                 ? transfer::ConflictAnswer::Resume
        : words[1] == u"older"                  ? transfer::ConflictAnswer::OverwriteOlder
                                                : transfer::ConflictAnswer::Overwrite;
    request.answers.lookalikes = transfer::ConflictAnswer::KeepBoth;
    request.sources = {files::FilePath::fromText(words[2])};
    request.targetDirectory = files::FilePath::fromText(words[3]);
    request.options.resume = true;
    return request;
}

int tell(const base::Error &error)
{
    std::fprintf(stderr, "%s: %s\n", qPrintable(error.operation), qPrintable(error.detail));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments().sliced(1);
    storage::Database database(words[0]);
    ssh::ConnectionSettings settings;
    settings.host = u"127.0.0.1"_s;
    settings.port = words[1].toUShort();
    settings.user = qEnvironmentVariable("PONTO_TEST_USER");
    settings.identityFiles = {words[2]};
    settings.knownHostsFiles = {words[3]};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;

    transfer::TransferSchedule schedule(&database);
    const auto queue = schedule.queueFor({u"server"_s, u"server"_s, {}, {}});
    ssh::Connection connection(settings);
    sftp::Client client(connection);
    QObject::connect(&schedule, &transfer::TransferSchedule::notKept, &application,
                     [](const base::Error &error) { QCoreApplication::exit(tell(error)); });
    QObject::connect(&schedule, &transfer::TransferSchedule::stateChanged, &application, [&] {
        for (const transfer::TransferJob *job : schedule.jobs()) {
            if (job->state() == transfer::TransferJob::State::Running) {
                std::puts("running");
                std::fflush(stdout);
            }
        }
    });
    // Not at once: what is to be kept of the end is still on its way to the database.
    QObject::connect(
        &schedule, &transfer::TransferSchedule::ended, &application,
        [](int, int failed) { QCoreApplication::exit(failed == 0 ? 0 : 2); }, Qt::QueuedConnection);
    // One that was killed after its last file has left nothing to do. The database answers in turn:
    // what is to be restored is known by then.
    QObject::connect(&client, &sftp::Client::opened, &application, [&] {
        queue->attach(client);
        database
            .read({u"nothing"_s, {}},
                  [](storage::Transaction &) -> base::Result<void> { return {}; })
            .then(&application, [&](const base::Result<void> &) {
                if (!schedule.isAnyRunnable()) {
                    std::puts("idle");
                    std::fflush(stdout);
                    QCoreApplication::quit();
                }
            });
    });
    QObject::connect(&client, &sftp::Client::closed, &application,
                     [](const base::Result<void> &reason) {
                         QCoreApplication::exit(reason ? 1 : tell(reason.error()));
                     });
    if (words.size() > 7) {
        queue->add(requestOf(words.sliced(4)));
    }
    std::optional<SourceLogin> source;
    if (qEnvironmentVariableIsSet("PONTO_TEST_RELAY")) {
        source.emplace(settings);
        QObject::connect(&source->client, &sftp::Client::opened, &application, [&] {
            schedule.queueFor(sourceServer)->attach(source->client);
            connection.open();
        });
        source->connection.open();
    } else {
        connection.open();
    }
    const int status = QCoreApplication::exec();
    client.disconnect(&application);
    return status;
}
