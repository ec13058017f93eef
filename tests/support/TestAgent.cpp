#include "tests/support/TestAgent.h"

#include "tests/support/ToolRun.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tests {
namespace {

constexpr auto startLimit = 10s;

ToolResult runSshAdd(const QString &socketPath, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, socketPath);
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"never"_s);
    return runTool({.program = u"ssh-add"_s, .arguments = arguments, .environment = environment});
}

} // namespace

TestAgent::TestAgent() = default;

TestAgent::~TestAgent()
{
    stop();
}

base::Result<void> TestAgent::start()
{
    m_process = std::make_unique<QProcess>();
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(m_directory.filePath(u"log"_s));
    QFile::remove(socketPath()); // left by the run before
    m_process->start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, socketPath()});

    // ssh-add's status is 1 for an agent without keys and 2 for none at all (ssh-add(1)).
    const bool answers = QTest::qWaitFor(
        [this] {
            return m_process->state() == QProcess::NotRunning
                || (QFile::exists(socketPath())
                    && runSshAdd(socketPath(), {u"-l"_s}).exitStatus == 1);
        },
        startLimit);
    if (!answers || m_process->state() == QProcess::NotRunning) {
        return base::Failure(base::Error{.operation = u"start ssh-agent"_s,
                                         .subject = socketPath(),
                                         .detail = m_process->errorString()});
    }
    return {};
}

void TestAgent::stop()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
        m_process.reset();
    }
}

QString TestAgent::socketPath() const
{
    return m_directory.filePath(u"agent"_s);
}

base::Result<void> TestAgent::add(const KeyPair &pair, const QStringList &moreArguments)
{
    const ToolResult result = runSshAdd(
        socketPath(), QStringList{u"-q"_s} + moreArguments + QStringList{pair.privateFile});
    if (result.exitStatus != 0) {
        return base::Failure(base::Error{.operation = u"add to agent"_s,
                                         .subject = pair.privateFile,
                                         .detail = QString::fromUtf8(result.errors)});
    }
    return {};
}

QByteArray TestAgent::list() const
{
    return runSshAdd(socketPath(), {u"-L"_s}).output;
}

} // namespace tests
