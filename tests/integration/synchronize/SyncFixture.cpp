#include "tests/integration/synchronize/SyncFixture.h"

#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace tests {

using namespace synchronize;
using base::Result;
using transfer::TransferQueue;

Result<void> SyncFixture::setUp()
{
    return m_directory.setUp().and_then([this] {
        m_server = std::make_unique<SshServer>(
            SshServerOptions().withAuthorizedKey(m_directory.userKey().publicLine));
        return m_server->start();
    });
}

void SyncFixture::begin(Ways ways)
{
    m_ways = ways;
    m_here = m_server->home() + u"/here"_s;
    m_there = m_server->home() + u"/there"_s;
    QVERIFY(QDir().mkpath(m_here));
    QVERIFY(QDir().mkpath(m_there));
    m_here = QFileInfo(m_here).canonicalFilePath();
    m_there = QFileInfo(m_there).canonicalFilePath();
    for (const auto &[login, other] :
         {std::pair(&m_left, &m_right), std::pair(&m_right, &m_left)}) {
        login->queue = std::make_unique<TransferQueue>();
        login->queue->findSources(
            [other](const transfer::TransferServer &) { return other->queue.get(); });
    }
    connectAgain();
}

void SyncFixture::end()
{
    m_left.queue.reset();
    m_right.queue.reset();
    logOut();
    const auto removed = runTool({.program = u"rm"_s, .arguments = {u"-rf"_s, m_here, m_there}});
    QCOMPARE(removed.exitStatus, 0);
}

void SyncFixture::connectAgain()
{
    logOut();
    if (m_ways != Ways::Local) {
        logIn(m_right);
    }
    if (m_ways == Ways::BetweenServers) {
        logIn(m_left);
    } else if (m_ways == Ways::OneConnection) {
        m_left.queue->attach(*m_right.client);
    }
}

void SyncFixture::logIn(Login &login)
{
    login.connection = std::make_unique<ssh::Connection>(m_directory.settingsWithKey(*m_server));
    login.client = std::make_unique<sftp::Client>(*login.connection);
    login.connection->open();
    QTRY_COMPARE_WITH_TIMEOUT(login.connection->state(), ssh::Connection::State::Ready, patienceMs);
    login.queue->attach(*login.client);
}

void SyncFixture::logOut()
{
    for (Login *login : {&m_left, &m_right}) {
        login->client.reset();
        login->connection.reset();
    }
}

Place SyncFixture::left()
{
    const files::FilePath root(m_here.toUtf8());
    switch (m_ways) {
    case Ways::BetweenServers:
        return {m_left.client.get(), root};
    case Ways::OneConnection:
        return {m_right.client.get(), root};
    case Ways::ToServer:
    case Ways::Local:
        break;
    }
    return {&m_files, root};
}

Place SyncFixture::right()
{
    const files::FilePath root(m_there.toUtf8());
    return m_ways == Ways::Local ? Place{&m_files, root} : Place{m_right.client.get(), root};
}

CopyRoutes SyncFixture::routes() const
{
    if (m_ways == Ways::Local) {
        return {};
    }
    if (m_ways == Ways::ToServer) {
        return CopyRoutes::withServer(Side::Left, *m_right.queue);
    }
    const auto relay = [](const Login &to, const QString &from) {
        return CopyRoute{to.queue.get(), transfer::Direction::Relay,
                         transfer::TransferServer{from, from, {}, {}}};
    };
    return {relay(m_left, u"right"_s), relay(m_right, u"left"_s)};
}

Result<TreeRows> SyncFixture::compare(const ComparisonOptions &options)
{
    TreeComparison comparison(left(), right(), options);
    std::optional<Result<TreeRows>> result;
    QObject::connect(&comparison, &TreeComparison::finished, &comparison,
                     [&result](const Result<TreeRows> &rows) { result = rows; });
    comparison.start();
    const bool isDone = QTest::qWaitFor([&result] { return result.has_value(); }, patienceMs);
    return isDone ? *result : base::Failure(base::Error{});
}

SyncPlan SyncFixture::plan(const SyncRules &rules)
{
    return SyncPlan(compare().value_or(TreeRows()), rules);
}

std::unique_ptr<SyncRun> SyncFixture::start(const SyncPlan &plan)
{
    auto run = std::make_unique<SyncRun>(left(), right(), routes(), plan, RunOptions());
    run->start();
    return run;
}

Result<RunSummary> SyncFixture::run(const SyncPlan &plan, const RunOptions &options)
{
    SyncRun run(left(), right(), routes(), plan, options);
    std::optional<Result<RunSummary>> result;
    QObject::connect(&run, &SyncRun::finished, &run,
                     [&result](const Result<RunSummary> &summary) { result = summary; });
    run.start();
    const bool isDone = QTest::qWaitFor([&result] { return result.has_value(); }, patienceMs);
    return isDone ? *result : base::Failure(base::Error{});
}

void SyncFixture::makeDirectory(const QByteArray &path)
{
    QCOMPARE(::mkdir(path.constData(), 0755), 0);
}

void SyncFixture::write(const QByteArray &path, const QByteArray &bytes, qint64 time)
{
    const int file = ::open(path.constData(), O_CREAT | O_WRONLY | O_TRUNC, 0640);
    QVERIFY(file >= 0);
    QCOMPARE(::write(file, bytes.constData(), static_cast<size_t>(bytes.size())), bytes.size());
    const timespec times[] = {{time, 0}, {time, 0}};
    QCOMPARE(::futimens(file, times), 0);
    ::close(file);
}

QByteArray SyncFixture::read(const QByteArray &path)
{
    const int descriptor = ::open(path.constData(), O_RDONLY);
    QFile file;
    const bool isOpen
        = descriptor >= 0 && file.open(descriptor, QFile::ReadOnly, QFile::AutoCloseHandle);
    return isOpen ? file.readAll() : QByteArray();
}

bool SyncFixture::exists(const QByteArray &path)
{
    struct stat status = {};
    return ::lstat(path.constData(), &status) == 0;
}

void SyncFixture::makeTree(const QByteArray &top)
{
    makeDirectory(top + "sub");
    makeDirectory(top + "sub/deep");
    makeDirectory(top + "sub/empty");
    QCOMPARE(::mkdir((top + "private").constData(), 0700), 0);
    write(top + "plain", "plain");
    write(top + "nothing", "");
    write(top + "-two\nlines", "newline");
    write(top + "sub/caf\xe9", "not UTF-8");
    write(top + "sub/deep/large", QByteArray(3'000'000, 'x'));
    write(top + "private/secret", "s", 1'400'000'000);
    for (int number = 0; number < 300; ++number) {
        write(top + "sub/deep/" + QByteArray::number(number), QByteArray::number(number));
    }
    QCOMPARE(::symlink("plain", (top + "link").constData()), 0);
    QCOMPARE(::symlink("../plain", (top + "sub/link").constData()), 0);
}

QByteArray SyncFixture::difference() const
{
    const auto told = tests::runTool(
        {.program = u"diff"_s, .arguments = {u"-r"_s, u"--no-dereference"_s, m_here, m_there}});
    return told.output + told.errors;
}

} // namespace tests
