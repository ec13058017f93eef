#include "tests/core/transfer/TransferFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QDirIterator>
#include <QtEndian>
#include <QTest>
#include <QThreadPool>

#include <limits>
#include <map>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using files::FilePath;
using tests::pattern;
using tests::ScriptedSftpServer;
using transfer::AnswerScope;
using transfer::Conflict;
using transfer::ConflictAnswer;
using transfer::Direction;
using transfer::TransferFeed;
using transfer::TransferRequest;

namespace {

constexpr int never = std::numeric_limits<int>::max();
constexpr qsizetype lengthBytes = 4; // in front of each packet
constexpr quint64 mostBytes = 10'000; // in a READ or WRITE

bool isAside(const QByteArray &name)
{
    return name.startsWith("tree/.replaced.ponto-") && name.endsWith(".part");
}

using Files = std::map<QByteArray, QByteArray>; // contents by path

const Files &newFiles()
{
    static const Files files{{"tree/empty", ""},
                             {"tree/small", "five!"},
                             {"tree/large", pattern(4 * mostBytes + 1)},
                             {"tree/replaced", pattern(2 * mostBytes)},
                             {"tree/sub/other", "in a directory of its own"}};
    return files;
}

enum class Cut {
    Requests, // what follows the last packet that passes does not reach the server
    Answers, // it does, and the server has done it, but cannot say so any more
};

// A connection that ends after so many answers.
class CutPeer final : public sftp::ByteSink
{
public:
    CutPeer(Cut cut, int answers, ScriptedSftpServer &server)
        : engine(*this, std::chrono::seconds(60))
        , m_server(server)
        , m_cut(cut)
        , m_answersLeft(answers)
    {
        engine.start();
    }

    void write(const QByteArray &data) override
    {
        if (m_toServer.isEmpty()) {
            QMetaObject::invokeMethod(&m_context, [this] { pass(); }, Qt::QueuedConnection);
        }
        m_toServer.append(data);
    }
    qsizetype queuedBytes() const override { return m_toServer.size(); }
    int answered() const { return m_answered; }

private:
    void pass();

    QByteArray m_toServer;
    QObject m_context; // of calls that wait in the event loop

public:
    sftp::Engine engine;

private:
    ScriptedSftpServer &m_server;
    Cut m_cut;
    int m_answersLeft;
    int m_answered = 0;
};

// One packet after the other, as a slow line would carry them.
void CutPeer::pass()
{
    const QByteArray data = std::exchange(m_toServer, {});
    for (qsizetype at = 0; at < data.size();) {
        const qsizetype size = lengthBytes + qFromBigEndian<qint32>(data.constData() + at);
        const QByteArray packet = data.sliced(at, size);
        at += size;
        if (m_answered == m_answersLeft && m_cut == Cut::Requests) {
            break;
        }
        const QByteArray answer = m_server.handle(packet);
        if (m_answered < m_answersLeft) {
            ++m_answered;
            engine.received(answer);
        }
    }
    if (m_answered == m_answersLeft) {
        engine.end(base::Error{ErrorKind::ConnectionLost});
    }
}

} // namespace

// A connection that is lost after each packet of a small transfer in turn: there is never half a
// file under its own name, and what goes on over another connection ends as if nothing had been.
class TransferCutTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void cutAnywhereLosesNothing_data();
    void cutAnywhereLosesNothing();

private:
    void prepare(Direction direction, bool posixRename);
    void prepareHere(End end, const Files &files) const;
    void prepareServer(const Files &files);
    void restartServer(); // another process of it: nothing is open
    void followQuestions();
    Files filesAtTarget(Direction direction) const;
    Files filesHere() const;
    Files filesOnServer(const QByteArray &directory) const;
    void checkAfterCut(Direction direction) const;

    std::unique_ptr<ScriptedSftpServer> m_server;
};

void TransferCutTest::prepare(Direction direction, bool posixRename)
{
    m_server = std::make_unique<ScriptedSftpServer>();
    m_server->faults.limits
        = tests::SftpLimits{.packet = 34000, .read = mostBytes, .write = mostBytes};
    m_server->faults.posixRename = posixRename;
    const Files old{{"tree/replaced", "old"}};
    prepareHere(End::Source, direction == Direction::Upload ? newFiles() : Files());
    prepareHere(End::Target, direction == Direction::Upload ? Files() : old);
    prepareServer(direction == Direction::Upload ? old : newFiles());
}

void TransferCutTest::prepareHere(End end, const Files &files) const
{
    QDir(path(end)).removeRecursively();
    QVERIFY(QDir().mkpath(path(end)));
    for (const auto &[name, data] : files) {
        QVERIFY(QFileInfo(path(end, QString::fromUtf8(name))).dir().mkpath(u"."_s));
        put(end, name, data);
    }
}

void TransferCutTest::prepareServer(const Files &files)
{
    for (const auto &[name, data] : files) {
        const QByteArray path = "/home/tester/" + name;
        for (const QByteArray &directory :
             {QByteArray("/home/tester/tree"), path.first(path.lastIndexOf('/'))}) {
            m_server->tree.put(directory, {.mode = 040755});
        }
        m_server->tree.put(path, {.data = data});
    }
}

void TransferCutTest::restartServer()
{
    auto next = std::make_unique<ScriptedSftpServer>();
    next->faults = m_server->faults;
    next->tree = m_server->tree;
    m_server = std::move(next);
}

// Whatever is in the way is replaced.
void TransferCutTest::followQuestions()
{
    connect(
        m_feed.get(), &TransferFeed::conflictRaised, this,
        [this](const Conflict &conflict) {
            if (m_slot->run != nullptr) {
                m_slot->run->answer(conflict.id, ConflictAnswer::Overwrite, AnswerScope::ThisFile);
            }
        },
        Qt::QueuedConnection);
}

Files TransferCutTest::filesAtTarget(Direction direction) const
{
    return direction == Direction::Download ? filesHere() : filesOnServer("/home/tester");
}

Files TransferCutTest::filesHere() const
{
    Files files;
    QDirIterator each(path(End::Target), QDir::Files | QDir::Hidden | QDir::System,
                      QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QByteArray name = QDir(path(End::Target)).relativeFilePath(each.next()).toUtf8();
        files[name] = get(End::Target, name);
    }
    return files;
}

Files TransferCutTest::filesOnServer(const QByteArray &directory) const
{
    Files files;
    for (const QByteArray &name : m_server->tree.namesIn(directory)) {
        const QByteArray path = directory + '/' + name;
        if (m_server->tree.find(path)->isFolder()) {
            files.merge(filesOnServer(path));
        } else {
            files[path.sliced(QByteArrayView("/home/tester/").size())]
                = m_server->tree.find(path)->data;
        }
    }
    return files;
}

// What is there under a real name is whole, the new or the old file. A part may wait for another
// connection. A server that can not rename over a file has it stepped aside meanwhile.
void TransferCutTest::checkAfterCut(Direction direction) const
{
    for (const auto &[name, data] : filesAtTarget(direction)) {
        const bool isPart = name.contains("/.") && name.contains(".ponto-part");
        const bool isOld = data == "old" && (name == "tree/replaced" || isAside(name));
        const auto wanted = newFiles().find(name);
        const bool isWhole = wanted != newFiles().end() && wanted->second == data;
        QVERIFY2(isPart || isOld || isWhole, name.constData());
    }
}

void TransferCutTest::cutAnywhereLosesNothing_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<Cut>("cut");
    QTest::addColumn<bool>("posixRename");

    QTest::newRow("requests of a download") << Direction::Download << Cut::Requests << true;
    QTest::newRow("answers of a download") << Direction::Download << Cut::Answers << true;
    QTest::newRow("requests of an upload") << Direction::Upload << Cut::Requests << true;
    QTest::newRow("answers of an upload") << Direction::Upload << Cut::Answers << true;
    QTest::newRow("requests, plain rename") << Direction::Upload << Cut::Requests << false;
    QTest::newRow("answers, plain rename") << Direction::Upload << Cut::Answers << false;
}

void TransferCutTest::cutAnywhereLosesNothing()
{
    QFETCH(Direction, direction);
    QFETCH(Cut, cut);
    QFETCH(bool, posixRename);
    TransferRequest wanted = request(direction, {"tree"});
    (direction == Direction::Download ? wanted.sources.first() : wanted.targetDirectory)
        = FilePath(direction == Direction::Download ? "/home/tester/tree" : "/home/tester");
    int packets = 0;
    bool isWhole = false;

    for (; !isWhole && !QTest::currentTestFailed(); ++packets) {
        prepare(direction, posixRename);
        auto first = std::make_unique<CutPeer>(cut, packets, *m_server);
        start(first->engine, wanted);
        followQuestions();
        const auto result = finish();
        isWhole = result.has_value();
        if (!result) {
            QCOMPARE(result.error().kind, ErrorKind::ConnectionLost);
            checkAfterCut(direction);
            QVERIFY2(m_left, QByteArray::number(packets).constData());
            first.reset();
            QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000)); // the disk keeps parts
            restartServer();
            CutPeer second(Cut::Answers, never, *m_server);
            goOn(second.engine, wanted, *m_left);
            followQuestions();
            const auto rest = finish();
            QVERIFY2(rest, tests::reason(rest).constData());
            QCOMPARE(rest->failures, QList<transfer::FileFailure>());
        }
        Files found = filesAtTarget(direction);
        std::erase_if(found, [posixRename](const auto &file) {
            return !posixRename && isAside(file.first) && file.second == "old";
        });
        QVERIFY2(found == newFiles(), QByteArray::number(packets).constData());
    }

    QVERIFY2(packets > 30, QByteArray::number(packets).constData());
}

QTEST_GUILESS_MAIN(TransferCutTest)

#include "TransferCutTest.moc"
