#include "tests/ui/transfers/ServerQueue.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace tests {

base::Result<void> ServerQueue::start()
{
    if (const auto made = m_fixture.setUp(); !made) {
        return made;
    }
    QDir().mkpath(local());
    SshServerOptions options;
    options.withAuthorizedKey(m_fixture.userKey().publicLine);
    m_server = std::make_unique<SshServer>(options);
    if (const auto started = m_server->start(); !started) {
        return started;
    }
    m_connection = std::make_unique<ssh::Connection>(m_fixture.settingsWithKey(*m_server));
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_schedule = std::make_unique<transfer::TransferSchedule>();
    m_queue = m_schedule->queueFor({u"server"_s, u"web01"_s, {}, {}});
    m_queue->attach(*m_client);
    QSignalSpy opened(m_client.get(), &sftp::Client::opened);
    m_connection->open();
    if (!opened.wait(std::chrono::seconds(20))) {
        return base::Failure(base::Error{.kind = base::ErrorKind::TimedOut});
    }
    return {};
}

void ServerQueue::stop()
{
    m_schedule.reset();
    m_queue.reset();
    m_client.reset();
    m_connection.reset();
}

QString ServerQueue::local(const QString &name) const
{
    return m_fixture.path(u"here/"_s + name);
}

QString ServerQueue::remote(const QString &name) const
{
    return m_server->home() + u'/' + name;
}

transfer::TransferRequest ServerQueue::upload(const QStringList &names) const
{
    transfer::TransferRequest request;
    request.direction = transfer::Direction::Upload;
    request.targetDirectory = files::FilePath::fromText(m_server->home());
    for (const QString &name : names) {
        request.sources.append(files::FilePath::fromText(local(name)));
    }
    return request;
}

transfer::TransferJob *ServerQueue::addConflict(const QString &name)
{
    writeFile(local(name), "copy");
    writeFile(remote(name), "there");
    return m_queue->add(upload({name}));
}

void writeFile(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(data), data.size());
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace tests
