#include "tests/integration/transfers/KillTrial.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

constexpr int longestRun = 60'000; // milliseconds
constexpr int longestLife = 400; // of a program that is killed, after it has begun to copy

QByteArray randomData(QRandomGenerator &random, int size)
{
    QByteArray data(size, Qt::Uninitialized);
    for (char &byte : data) {
        byte = static_cast<char>(random.bounded(256));
    }
    return data;
}

QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(longestRun);
    return QString::fromLocal8Bit(process.readAllStandardOutput() + process.readAllStandardError());
}

QString listing(const QString &directory)
{
    return outputOf(u"sh"_s,
                    {u"-c"_s,
                     u"cd \"$1\" && find . -printf '%P %y %m %l ' "
                     "\\( -type f -printf '%s %Ts\\n' -o -printf '\\n' \\) | sort"_s,
                     u"sh"_s, directory});
}

} // namespace

KillTrial::KillTrial(Direction direction, const QString &answer)
    : m_direction(direction)
    , m_answer(answer)
{
}

base::Result<void> KillTrial::start()
{
    if (const auto made = m_fixture.setUp(); !made) {
        return made;
    }
    SshServerOptions options;
    options.withAuthorizedKey(m_fixture.userKey().publicLine);
    m_server = std::make_unique<SshServer>(options);
    if (const auto started = m_server->start(); !started) {
        return started;
    }
    m_settings = m_fixture.settingsWithKey(*m_server);
    QDir().mkpath(source());
    QDir().mkpath(target());
    return {};
}

QString KillTrial::source() const
{
    switch (m_direction) {
    case Direction::Upload:
        return m_fixture.path(u"here"_s);
    case Direction::Relay:
        return m_server->home() + u"/elsewhere"_s;
    case Direction::Download:
        break;
    }
    return m_server->home() + u"/there"_s;
}

QString KillTrial::target() const
{
    return m_direction == Direction::Download ? m_fixture.path(u"here"_s)
                                              : m_server->home() + u"/there"_s;
}

void KillTrial::makeTree(int files, quint32 seed) const
{
    constexpr int perDirectory = 50;
    constexpr int everyLarge = 200;
    QRandomGenerator random(seed);
    for (int number = 0; number < files; ++number) {
        const QString directory = source() + u"/tree/%1"_s.arg(number / perDirectory);
        QDir().mkpath(directory);
        QFile file(directory + u"/file %1.txt"_s.arg(number));
        const bool isLarge = number % everyLarge == everyLarge - 1;
        const int size = isLarge ? 3'000'000 + random.bounded(1'000'000) : random.bounded(20'000);
        if (file.open(QIODevice::WriteOnly)) {
            file.write(randomData(random, size));
            file.flush(); // else closing it changes its time once more
            file.setFileTime(QDateTime::fromSecsSinceEpoch(1'600'000'000 + number),
                             QFileDevice::FileModificationTime);
        }
    }
}

QStringList KillTrial::arguments(bool isFirst) const
{
    const QString direction = m_direction == Direction::Upload ? u"upload"_s
        : m_direction == Direction::Download                   ? u"download"_s
                                                               : u"relay"_s;
    QStringList all{m_fixture.path(u"state/ponto.sqlite"_s), QString::number(m_settings.port),
                    m_settings.identityFiles.first(), m_settings.knownHostsFiles.first()};
    if (isFirst) {
        all << direction << m_answer << source() + u"/tree"_s << target();
    }
    return all;
}

// As diff(1) tells it: what is missing is to come.
QString KillTrial::halfFiles() const
{
    const QStringList told
        = outputOf(u"diff"_s, {u"-rq"_s, source() + u"/tree"_s, target() + u"/tree"_s})
              .split(u'\n');
    return told.filter(QRegularExpression(u" differ$"_s)).join(u'\n');
}

bool KillTrial::runOnce(bool isFirst, std::optional<int> killAfter, bool killsServer)
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_STATE_HOME"_s, m_fixture.path(u"state"_s)); // records of large files
    environment.insert(u"PONTO_TEST_USER"_s, m_server->userName());
    if (m_direction == Direction::Relay) {
        environment.insert(u"PONTO_TEST_RELAY"_s, u"1"_s);
    }
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(PONTO_TRANSFER_HELPER), arguments(isFirst));
    if (!program.waitForReadyRead(longestRun)) {
        program.kill();
        program.waitForFinished();
        m_why = u"nothing began: "_s + QString::fromLocal8Bit(program.readAllStandardError());
        return false;
    }
    if (killAfter) {
        QEventLoop life;
        QTimer::singleShot(*killAfter, &life, &QEventLoop::quit);
        QObject::connect(&program, &QProcess::finished, &life, &QEventLoop::quit);
        life.exec();
        if (killsServer) {
            m_server->killSessions();
        }
        program.kill();
        program.waitForFinished(longestRun);
        m_why = m_looksForHalfFiles ? halfFiles() : QString();
        return m_why.isEmpty();
    }
    if (!program.waitForFinished(longestRun) || program.exitStatus() != QProcess::NormalExit
        || program.exitCode() != 0) {
        program.kill();
        program.waitForFinished();
        m_why = u"exit status %1: "_s.arg(program.exitCode())
            + QString::fromLocal8Bit(program.readAllStandardError());
        return false;
    }
    return true;
}

bool KillTrial::run(int kills, quint32 seed, bool killsServer)
{
    QRandomGenerator random(seed);
    for (int kill = 0; kill < kills; ++kill) {
        if (!runOnce(kill == 0, random.bounded(longestLife), killsServer)) {
            return false;
        }
    }
    return runOnce(kills == 0, std::nullopt, false);
}

QString treeDifference(const QString &one, const QString &other)
{
    const QString contents = outputOf(u"diff"_s, {u"-r"_s, one, other});
    const QString first = listing(one);
    const QString second = listing(other);
    QStringList lines;
    const QStringList before = first.split(u'\n');
    const QStringList after = second.split(u'\n');
    for (const QString &line : before) {
        if (!after.contains(line)) {
            lines.append(u"- "_s + line);
        }
    }
    for (const QString &line : after) {
        if (!before.contains(line)) {
            lines.append(u"+ "_s + line);
        }
    }
    return contents + lines.join(u'\n');
}

} // namespace tests
