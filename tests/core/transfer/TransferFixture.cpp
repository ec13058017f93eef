#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <QTestEventLoop>
#include <QTimer>

#include <fcntl.h>
#include <unistd.h>

#include <utility>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using transfer::Conflict;
using transfer::Direction;
using transfer::Summary;
using transfer::TransferFeed;
using transfer::TransferLedger;
using transfer::TransferRequest;
using transfer::TransferRun;

namespace tests {

void TransferFixture::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_directory->path()).mkdir(u"source"_s));
    QVERIFY(QDir(m_directory->path()).mkdir(u"target"_s));
    m_peer = std::make_unique<ProcessPeer>();
}

void TransferFixture::cleanup()
{
    m_source.reset();
    m_sourceContext.reset();
    m_peer.reset();
    m_slot.reset();
    // QTemporaryDir can not remove names that are not UTF-8.
    QCOMPARE(QProcess::execute(u"rm"_s, {u"-r"_s, m_directory->path()}), 0);
    m_directory.reset();
}

QString TransferFixture::path(End end, const QString &name) const
{
    const QString directory = m_directory->filePath(end == End::Source ? u"source"_s : u"target"_s);
    return name.isEmpty() ? directory : directory + u'/' + name;
}

// Through descriptors, because QFile takes names for text.
void TransferFixture::put(End end, const QByteArray &name, const QByteArray &data) const
{
    const QByteArray file = path(end).toUtf8() + '/' + name;
    const int descriptor = ::open(file.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    QVERIFY(descriptor >= 0);
    QCOMPARE(::write(descriptor, data.constData(), static_cast<size_t>(data.size())), data.size());
    ::close(descriptor);
}

QByteArray TransferFixture::get(End end, const QByteArray &name) const
{
    const QByteArray path = this->path(end).toUtf8() + '/' + name;
    const int descriptor = ::open(path.constData(), O_RDONLY | O_NOFOLLOW);
    QFile file;
    return descriptor >= 0
            && file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)
        ? file.readAll()
        : QByteArray("can not be read");
}

QStringList TransferFixture::namesIn(End end) const
{
    return QDir(path(end)).entryList(
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

TransferRequest TransferFixture::request(Direction direction, const QList<QByteArray> &names) const
{
    TransferRequest request;
    request.direction = direction;
    request.targetDirectory = FilePath(path(End::Target).toUtf8());
    for (const QByteArray &name : names) {
        request.sources.append(FilePath(path(End::Source).toUtf8()).child(name));
    }
    return request;
}

void TransferFixture::start(sftp::Engine &engine, const TransferRequest &request)
{
    goOn(engine, request, TransferLedger(request));
}

void TransferFixture::goOn(sftp::Engine &engine, const TransferRequest &request,
                           TransferLedger left)
{
    m_result.reset();
    m_left.reset();
    m_conflicts.clear();
    m_feed = std::make_shared<TransferFeed>();
    m_slot = std::make_shared<TransferRun::Slot>();
    connect(m_feed.get(), &TransferFeed::finished, this,
            [this](const Result<Summary> &result) { m_result = result; });
    connect(m_feed.get(), &TransferFeed::interrupted, this,
            [this](const base::Error &reason, const TransferLedger &rest) {
                m_left = rest;
                m_result = base::Failure(reason);
            });
    connect(m_feed.get(), &TransferFeed::conflictRaised, this,
            [this](const Conflict &conflict) { m_conflicts.append(conflict); });
    engine.whenReady([this, &engine, request, left = std::move(left)] {
        auto run = std::make_unique<TransferRun>(engine, request, left, m_feed, m_slot, m_lanes,
                                                 m_source);
        TransferRun &started = *run;
        engine.adopt(std::move(run));
        started.start();
    });
}

Result<Summary> TransferFixture::finish()
{
    QTestEventLoop loop; // QTRY_ macros sleep between turns: too slow for large files
    connect(m_feed.get(), &TransferFeed::finished, &loop, &QTestEventLoop::exitLoop);
    connect(m_feed.get(), &TransferFeed::interrupted, &loop, &QTestEventLoop::exitLoop);
    if (!m_result) {
        loop.enterLoop(std::chrono::seconds(30));
    }
    const bool isFinished = m_result && QTest::qWaitFor([this] { return !m_slot->run; });
    return isFinished ? *m_result : base::Failure(base::Error{ErrorKind::TimedOut});
}

// From the event loop, as if it were on another thread.
void TransferFixture::relayFrom(sftp::Engine &engine)
{
    m_sourceContext = std::make_unique<QObject>();
    m_source = transfer::SourceServer{
        "alpha", u"Alpha"_s,
        [this, &engine](std::move_only_function<void(sftp::Engine *)> call) {
            QMetaObject::invokeMethod(
                m_sourceContext.get(),
                [&engine, call = std::move(call)]() mutable {
                    engine.whenReady(
                        [&engine, call = std::move(call)]() mutable { call(&engine); });
                },
                Qt::QueuedConnection);
        },
        nullptr};
}

Result<Summary> TransferFixture::copyScripted(ScriptedPeer &peer, Direction direction,
                                              const QByteArray &name)
{
    peer.engine.start();
    if (direction == Direction::Relay) {
        relayFrom(peer.engine);
    }
    start(direction == Direction::Relay ? m_peer->engine : peer.engine, scripted(direction, name));
    return finish();
}

TransferRequest TransferFixture::scripted(Direction direction, const QByteArray &name) const
{
    TransferRequest scripted = request(direction, {name});
    if (direction != Direction::Upload) {
        scripted.sources = {FilePath("/home/tester").child(name)};
    } else {
        scripted.targetDirectory = FilePath("/home/tester");
    }
    return scripted;
}

Result<Summary> TransferFixture::copyWhile(ScriptedPeer &peer, const TransferRequest &request,
                                           SftpRequestType type,
                                           const std::function<void()> &meanwhile)
{
    peer.engine.start();
    start(peer.engine, request);
    QTimer watch;
    bool isDone = false;
    connect(&watch, &QTimer::timeout, this, [&] {
        if (!isDone && peer.server.count(type) > 0) {
            isDone = true;
            meanwhile();
        }
    });
    watch.start(0);
    return finish();
}

QByteArray pattern(qsizetype size)
{
    QByteArray data(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : data) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return data;
}

} // namespace tests
