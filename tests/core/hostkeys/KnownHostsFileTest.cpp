#include "hostkeys/KnownHostsFile.h"

#include <QByteArrayList>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using base::ErrorKind;
using hostkeys::KnownHostsFile;

class KnownHostsFileTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void missingFileIsEmpty();
    void unfitFilesAreErrors_data();
    void unfitFilesAreErrors();
    void nullDeviceIsEmpty();
    void appendCreatesFileAndDirectoryForTheOwnerAlone();
    void appendMakesNoPathOfDirectories();
    void appendKeepsEveryByte_data();
    void appendKeepsEveryByte();
    void appendKeepsModeAndFollowsLinks();
    void appendCreatesTheTargetOfALink();
    void appendTakesBackWhatTheDiskHasNoRoomFor();
    void changesOneLine_data();
    void changesOneLine();
    void changesSeveralLinesAndBack_data();
    void changesSeveralLinesAndBack();
    void changeKeepsModeAndFollowsLinks();
    void changeRefusesAnotherLine_data();
    void changeRefusesAnotherLine();
    void changeLeavesNothingBehindOnAFullDisk();
    void concurrentAppendsLoseNothing();
    void concurrentChangesLoseNothing();

private:
    QByteArray content() const;
    void setContent(const QByteArray &content) const;
    QStringList namesInScratch() const;

    std::optional<QTemporaryDir> m_scratch;
    QString m_path;
};

namespace {

int modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0
        ? static_cast<int>(status.st_mode & 07777U)
        : -1;
}

// Makes this process fail to write beyond `bytes` in any file, as a full disk would: the write that
// crosses the limit is short, the next one fails.
auto fileSizeLimit(rlim_t bytes)
{
    rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {bytes, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    return qScopeGuard([before, handler] {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
    });
}

} // namespace

void KnownHostsFileTest::init()
{
    m_scratch.emplace();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
    m_path = m_scratch->filePath(QStringLiteral("known_hosts"));
}

QByteArray KnownHostsFileTest::content() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void KnownHostsFileTest::setContent(const QByteArray &content) const
{
    QFile file(m_path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QStringList KnownHostsFileTest::namesInScratch() const
{
    return QDir(m_scratch->path())
        .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
}

void KnownHostsFileTest::missingFileIsEmpty()
{
    const auto read = KnownHostsFile(m_path).read();

    QVERIFY(read);
    QCOMPARE(*read, QByteArray());
    QVERIFY(!QFile::exists(m_path));
}

void KnownHostsFileTest::unfitFilesAreErrors_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<ErrorKind>("error");

    QTest::newRow("directory") << "directory" << ErrorKind::IsADirectory;
    QTest::newRow("named pipe") << "pipe" << ErrorKind::Unsupported;
    QTest::newRow("NUL byte") << "nul" << ErrorKind::Unsupported;
    QTest::newRow("100 MB") << "huge" << ErrorKind::Unsupported;
    QTest::newRow("file in the place of the directory") << "parent" << ErrorKind::NotADirectory;
    QTest::newRow("link to itself") << "loop" << ErrorKind::Internal;
}

void KnownHostsFileTest::unfitFilesAreErrors()
{
    QFETCH(QString, kind);
    QFETCH(ErrorKind, error);
    const QByteArray path = QFile::encodeName(m_path);
    if (kind == QLatin1String("directory")) {
        QCOMPARE(::mkdir(path.constData(), 0700), 0);
    } else if (kind == QLatin1String("pipe")) {
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    } else if (kind == QLatin1String("nul")) {
        setContent(QByteArray("host\0ssh-ed25519 AAAA\n", 22));
    } else if (kind == QLatin1String("huge")) {
        QVERIFY(QFile(m_path).open(QIODevice::WriteOnly));
        QCOMPARE(::truncate(path.constData(), 100'000'000), 0);
    } else if (kind == QLatin1String("parent")) {
        setContent("host\n");
        m_path += QStringLiteral("/known_hosts");
    } else {
        QVERIFY(QFile::link(QStringLiteral("known_hosts"), m_path));
    }
    const KnownHostsFile file(m_path);

    const auto read = file.read();
    const auto appended = file.append("host ssh-ed25519 AAAA");

    QVERIFY(!read);
    QCOMPARE(read.error().kind, error);
    QCOMPARE(read.error().subject, m_path);
    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, error);
}

void KnownHostsFileTest::nullDeviceIsEmpty()
{
    const KnownHostsFile file(QStringLiteral("/dev/null"));

    QCOMPARE(file.read().value_or("error"), QByteArray());
    QVERIFY(!file.append("host ssh-ed25519 AAAA")); // must not claim to have kept it
}

void KnownHostsFileTest::appendCreatesFileAndDirectoryForTheOwnerAlone()
{
    m_path = m_scratch->filePath(QStringLiteral(".ssh/known_hosts"));

    QVERIFY(KnownHostsFile(m_path).append("host ssh-ed25519 AAAA"));

    QCOMPARE(content(), QByteArray("host ssh-ed25519 AAAA\n"));
    QCOMPARE(modeOf(m_path), 0600);
    QCOMPARE(modeOf(m_scratch->filePath(QStringLiteral(".ssh"))), 0700);
}

void KnownHostsFileTest::appendMakesNoPathOfDirectories()
{
    const auto appended
        = KnownHostsFile(m_scratch->filePath(QStringLiteral("a/b/known_hosts"))).append("line");

    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, ErrorKind::NotFound);
}

void KnownHostsFileTest::appendKeepsEveryByte_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("empty") << QByteArray() << QByteArray("new\n");
    QTest::newRow("one line") << QByteArray("old\n") << QByteArray("old\nnew\n");
    QTest::newRow("no final line feed") << QByteArray("old") << QByteArray("old\nnew\n");
    QTest::newRow("empty lines") << QByteArray("\n\nold\n\n") << QByteArray("\n\nold\n\nnew\n");
    QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n") << QByteArray("a\r\nb\r\nnew\n");
    QTest::newRow("bytes that are not UTF-8")
        << QByteArray("# caf\xe9\n") << QByteArray("# caf\xe9\nnew\n");
    QTest::newRow("the line is there") << QByteArray("new\nold\n") << QByteArray("new\nold\n");
    QTest::newRow("the line is a part")
        << QByteArray("new one\nno new\n") << QByteArray("new one\nno new\nnew\n");
    QTest::newRow("the line lacks its line feed") << QByteArray("new") << QByteArray("new\nnew\n");
}

void KnownHostsFileTest::appendKeepsEveryByte()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    setContent(before);

    QVERIFY(KnownHostsFile(m_path).append("new"));

    QCOMPARE(content(), after);
}

void KnownHostsFileTest::appendKeepsModeAndFollowsLinks()
{
    setContent("old\n");
    QCOMPARE(::chmod(QFile::encodeName(m_path).constData(), 0644), 0);
    const QString link = m_scratch->filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(QStringLiteral("known_hosts"), link));

    QVERIFY(KnownHostsFile(link).append("new"));

    QCOMPARE(content(), QByteArray("old\nnew\n"));
    QCOMPARE(modeOf(m_path), 0644);
    QVERIFY(QFileInfo(link).isSymLink());
}

void KnownHostsFileTest::appendCreatesTheTargetOfALink()
{
    const QString link = m_scratch->filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(QStringLiteral("known_hosts"), link));

    QVERIFY(KnownHostsFile(link).append("new"));

    QCOMPARE(content(), QByteArray("new\n"));
    QVERIFY(QFileInfo(link).isSymLink());
}

void KnownHostsFileTest::appendTakesBackWhatTheDiskHasNoRoomFor()
{
    const QByteArray before = QByteArray(99, 'x') + '\n';
    setContent(before);

    for (const rlim_t room : {0U, 1U, 10U}) {
        const auto limit = fileSizeLimit(static_cast<rlim_t>(before.size()) + room);
        const auto appended = KnownHostsFile(m_path).append("host ssh-ed25519 AAAA");
        QVERIFY(!appended);
        QCOMPARE(appended.error().operation, QStringLiteral("write"));
    }

    QCOMPARE(content(), before);
}

void KnownHostsFileTest::changesOneLine_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("replaced");
    QTest::addColumn<QByteArray>("removed");

    QTest::newRow("first") << QByteArray("a\nb\nc\n") << 1 << QByteArray("a")
                           << QByteArray("new\nb\nc\n") << QByteArray("b\nc\n");
    QTest::newRow("middle") << QByteArray("a\nb\nc\n") << 2 << QByteArray("b")
                            << QByteArray("a\nnew\nc\n") << QByteArray("a\nc\n");
    QTest::newRow("last without line feed")
        << QByteArray("a\nb") << 2 << QByteArray("b") << QByteArray("a\nnew") << QByteArray("a\n");
    QTest::newRow("only") << QByteArray("a\n") << 1 << QByteArray("a") << QByteArray("new\n")
                          << QByteArray();
    QTest::newRow("among odd ones")
        << QByteArray("\r\n# \xff\n\n\tb \r\n\n") << 4 << QByteArray("\tb \r")
        << QByteArray("\r\n# \xff\n\nnew\n\n") << QByteArray("\r\n# \xff\n\n\n");
    QTest::newRow("empty line") << QByteArray("a\n\nb\n") << 2 << QByteArray()
                                << QByteArray("a\nnew\nb\n") << QByteArray("a\nb\n");
}

void KnownHostsFileTest::changesOneLine()
{
    QFETCH(QByteArray, before);
    QFETCH(int, number);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, replaced);
    QFETCH(QByteArray, removed);
    const KnownHostsFile file(m_path);

    setContent(before);
    QVERIFY(file.apply({number, {line}, {"new"}}));
    QCOMPARE(content(), replaced);

    setContent(before);
    QVERIFY(file.apply({number, {line}, {}}));
    QCOMPARE(content(), removed);
}

void KnownHostsFileTest::changesSeveralLinesAndBack_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArrayList>("others");
    QTest::addColumn<QByteArray>("after");
    const auto row
        = [](const char *name, const QByteArray &before, int number, const QByteArrayList &lines,
             const QByteArrayList &others, const QByteArray &after) {
              QTest::newRow(name) << before << number << lines << others << after;
          };

    row("one by two", "a\nb\nc\n", 2, {"b"}, {"x", "y"}, "a\nx\ny\nc\n");
    row("two by one", "a\nb\nc\n", 1, {"a", "b"}, {"x"}, "x\nc\n");
    row("none at the front", "a\nb\n", 1, {}, {"x"}, "x\na\nb\n");
    row("none in the middle", "a\nb\n", 2, {}, {"x"}, "a\nx\nb\n");
    row("none at the end", "a\nb\n", 3, {}, {"x"}, "a\nb\nx\n");
    row("none in an empty file", "", 1, {}, {"x"}, "x\n");
    row("the last, without line feed", "a\nb", 2, {"b"}, {"x", "y"}, "a\nx\ny");
    row("all", "a\nb\n", 1, {"a", "b"}, {}, "");
}

void KnownHostsFileTest::changesSeveralLinesAndBack()
{
    QFETCH(QByteArray, before);
    QFETCH(int, number);
    QFETCH(QByteArrayList, lines);
    QFETCH(QByteArrayList, others);
    QFETCH(QByteArray, after);
    const KnownHostsFile file(m_path);
    const hostkeys::LineChange change{number, lines, others};
    setContent(before);

    QVERIFY(file.apply(change));
    QCOMPARE(content(), after);

    QVERIFY(file.apply(change.reversed()));
    QCOMPARE(content(), before);
}

void KnownHostsFileTest::changeKeepsModeAndFollowsLinks()
{
    setContent("a\nb\n");
    QCOMPARE(::chmod(QFile::encodeName(m_path).constData(), 0640), 0);
    const QString link = m_scratch->filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(QStringLiteral("known_hosts"), link));

    QVERIFY(KnownHostsFile(link).apply({1, {"a"}, {}}));

    QCOMPARE(content(), QByteArray("b\n"));
    QCOMPARE(modeOf(m_path), 0640);
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(namesInScratch(),
             QStringList({QStringLiteral("known_hosts"), QStringLiteral("link")}));
}

void KnownHostsFileTest::changeRefusesAnotherLine_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("other text") << 2 << QByteArray("c");
    QTest::newRow("part of the line") << 2 << QByteArray("b");
    QTest::newRow("line 0") << 0 << QByteArray("a");
    QTest::newRow("behind the last") << 3 << QByteArray();
}

void KnownHostsFileTest::changeRefusesAnotherLine()
{
    QFETCH(int, number);
    QFETCH(QByteArray, expected);
    setContent("a\nbb\n");

    const auto removed = KnownHostsFile(m_path).apply({number, {expected}, {}});

    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::NotFound);
    QCOMPARE(content(), QByteArray("a\nbb\n"));
}

void KnownHostsFileTest::changeLeavesNothingBehindOnAFullDisk()
{
    const QByteArray before = "a\n" + QByteArray(100, 'x') + '\n';
    setContent(before);

    {
        const auto limit = fileSizeLimit(50);
        QVERIFY(!KnownHostsFile(m_path).apply({1, {"a"}, {"b"}}));
    }

    QCOMPARE(content(), before);
    QCOMPARE(namesInScratch(), QStringList(QStringLiteral("known_hosts")));
}

// Eight of us and four that append as ssh does: open, one write() with O_APPEND, close, no lock.
void KnownHostsFileTest::concurrentAppendsLoseNothing()
{
    constexpr int ours = 8;
    constexpr int foreign = 4;
    constexpr int linesEach = 25;

    std::vector<std::unique_ptr<QProcess>> shells;
    for (int i = 0; i < foreign; ++i) {
        shells.push_back(std::make_unique<QProcess>());
        shells.back()->start(QStringLiteral("sh"),
                             {QStringLiteral("-c"),
                              QStringLiteral("i=0; while [ $i -lt %1 ]; do echo \"ssh%2-$i\" "
                                             ">> \"$0\"; i=$((i+1)); done")
                                  .arg(linesEach)
                                  .arg(i),
                              m_path});
    }
    std::vector<std::jthread> threads;
    std::atomic<int> failures = 0;
    for (int i = 0; i < ours; ++i) {
        threads.emplace_back([this, i, &failures] {
            for (int n = 0; n < linesEach; ++n) {
                const QByteArray line = QStringLiteral("ponto%1-%2").arg(i).arg(n).toLatin1();
                failures += KnownHostsFile(m_path).append(line) ? 0 : 1;
            }
        });
    }
    threads.clear();
    for (const auto &shell : shells) {
        QVERIFY(shell->waitForFinished());
        QCOMPARE(shell->exitCode(), 0);
    }

    QCOMPARE(failures.load(), 0);
    QList<QByteArray> expected;
    for (int n = 0; n < linesEach; ++n) {
        for (int i = 0; i < ours; ++i) {
            expected += QStringLiteral("ponto%1-%2").arg(i).arg(n).toLatin1();
        }
        for (int i = 0; i < foreign; ++i) {
            expected += QStringLiteral("ssh%1-%2").arg(i).arg(n).toLatin1();
        }
    }
    expected += QByteArray(); // behind the last line feed
    QList<QByteArray> lines = content().split('\n');
    std::sort(lines.begin(), lines.end());
    std::sort(expected.begin(), expected.end());
    QCOMPARE(lines, expected);
}

// Some add lines while others remove theirs by renaming a new file into place.
void KnownHostsFileTest::concurrentChangesLoseNothing()
{
    constexpr int writers = 4;
    constexpr int linesEach = 25;
    QByteArray before;
    for (int n = 0; n < writers * linesEach; ++n) {
        before += "old" + QByteArray::number(n) + '\n';
    }
    setContent(before);

    std::atomic<int> failures = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([this, i, &failures] {
            for (int n = 0; n < linesEach; ++n) {
                const QByteArray line = QStringLiteral("new%1-%2").arg(i).arg(n).toLatin1();
                failures += KnownHostsFile(m_path).append(line) ? 0 : 1;
            }
        });
    }
    for (int n = writers * linesEach; n > 0; --n) { // from the end: numbers before it stay
        const QByteArray line = "old" + QByteArray::number(n - 1);
        failures += KnownHostsFile(m_path).apply({n, {line}, {}}) ? 0 : 1;
    }
    threads.clear();

    QCOMPARE(failures.load(), 0);
    QCOMPARE(content().count('\n'), writers * linesEach);
    QCOMPARE(content().count("new"), writers * linesEach);
}

QTEST_GUILESS_MAIN(KnownHostsFileTest)

#include "KnownHostsFileTest.moc"
