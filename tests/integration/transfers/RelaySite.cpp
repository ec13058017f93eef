#include "tests/integration/transfers/RelaySite.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tests {

using transfer::LaneBoard;
using transfer::PartLedger;

RelaySite::RelaySite(const QString &name)
    : title(name)
    , lanes(std::make_shared<LaneBoard>(transfer::CopyServices{
          std::make_shared<PartLedger>(fixture.path(u"parts"_s).toUtf8(), title.toUtf8()),
          nullptr}))
{
}

base::Result<void> RelaySite::setUp()
{
    return fixture.setUp().and_then([this] {
        SshServerOptions options;
        options.withAuthorizedKey(fixture.userKey().publicLine);
        server = std::make_unique<SshServer>(options);
        return server->start();
    });
}

void RelaySite::connectTo(transfer::TransferSchedule &schedule)
{
    queue = schedule.queueFor({title.toLower(), title, {}, {}});
    disconnect();
    connection = std::make_unique<ssh::Connection>(fixture.settingsWithKey(*server));
    client = std::make_unique<sftp::Client>(*connection);
    QObject::connect(client.get(), &sftp::Client::opened, client.get(),
                     [this] { queue->attach(*client, lanes); });
    connection->open();
}

void RelaySite::disconnect()
{
    client.reset();
    connection.reset();
}

void writeFile(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "can not be read";
}

void writeLargeFile(const QString &path, int megabytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray block(qsizetype{1} << 20, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : block) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    for (int i = 0; i < megabytes; ++i) {
        const QByteArray number = QByteArray::number(i).rightJustified(8, '0');
        block.replace(i, number.size(), number);
        QCOMPARE(file.write(block), block.size());
    }
}

QStringList namesIn(const QString &path)
{
    return QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System
                                | QDir::NoDotAndDotDot);
}

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    return process.waitForFinished(120'000) ? process.readAll() : "did not end";
}

// A link has the time when it was made.
QByteArray metadataOf(const QString &directory)
{
    QByteArrayList sorted
        = outputOf(u"find"_s,
                   {directory, u"-type"_s, u"l"_s, u"-printf"_s, u"%P l %l\\0"_s, u"-o"_s, u"!"_s,
                    u"-type"_s, u"d"_s, u"-printf"_s, u"%P %y %m %Ts\\0"_s})
              .split('\0');
    std::ranges::sort(sorted);
    return sorted.join('\n');
}

void makeMixedTree(const QString &tree)
{
    for (int number = 0; number < 300; ++number) {
        const QString directory = tree + u"/%1"_s.arg(number % 10);
        QVERIFY(QDir().mkpath(directory));
        writeFile(directory + u"/%1"_s.arg(number), QByteArray(number * 11, 'x'));
    }
    writeLargeFile(tree + u"/large"_s, 6);
    writeLargeFile(tree + u"/0/large"_s, 5);
}

QByteArrayList halfFiles(const QString &tree, const QString &copy)
{
    QByteArrayList half;
    for (const QByteArray &line : outputOf(u"diff"_s, {u"-rq"_s, tree, copy}).split('\n')) {
        const bool isToCome = line.startsWith("Only in " + tree.toUtf8())
            || line.contains("No such file or directory"); // it has got its name meanwhile
        if (!line.isEmpty() && !isToCome && !line.contains(".ponto-part")) {
            half.append(line);
        }
    }
    return half;
}

} // namespace tests
