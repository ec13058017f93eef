#include "ui/transfers/TransferText.h"

#include <QTest>
#include <QTextBoundaryFinder>

#include <cerrno>

using files::FilePath;
using transfer::Progress;
using transfer::Summary;
using namespace std::chrono_literals;

namespace {

// With plain spaces: inside of a part the text has such as do not break, and word joiners.
QString shown(const Progress &progress)
{
    return ui::progressText(progress).replace(QChar::Nbsp, QLatin1Char(' ')).remove(QChar(0x2060));
}

} // namespace

class TransferTextTest : public QObject
{
    Q_OBJECT

private slots:
    void titleNamesTheFirst();
    void copyBetweenServersNamesBoth();
    void whatIsNotKnownIsLeftOut();
    void timeLeftWaitsForTheCount();
    void linesBreakBetweenTheParts();
    void fileThatMovesIsTold();
    void failuresAreOneLineAndAList();
    void endThatIsAtFaultIsNamed_data();
    void endThatIsAtFaultIsNamed();
    void cancelIsNoFailure();
    void durations_data();
    void durations();
};

void TransferTextTest::titleNamesTheFirst()
{
    transfer::TransferRequest request;
    request.sources = {FilePath("/a/b\x1b.txt")};
    QCOMPARE(ui::transferTitle(request), QStringLiteral("b\\x1B.txt"));

    request.sources << FilePath("/a/c") << FilePath("/a/d");
    QCOMPARE(ui::transferTitle(request), QStringLiteral("b\\x1B.txt and 2 more"));
}

void TransferTextTest::copyBetweenServersNamesBoth()
{
    transfer::TransferRequest request;
    request.sources = {FilePath("/a/b")};
    QCOMPARE(ui::serversText(request, QStringLiteral("web01")), QStringLiteral("web01"));

    request.direction = transfer::Direction::Relay;
    request.source
        = transfer::TransferServer{QStringLiteral("key"), QStringLiteral("db\n02"), {}, {}};
    QCOMPARE(ui::serversText(request, QStringLiteral("web01")),
             QStringLiteral("db\\x0A02\u00A0→ web01"));
    QVERIFY(ui::connectionText(request).contains(QStringLiteral("both servers")));

    base::Error error = base::Error::fromErrno(ENOSPC, QStringLiteral("write"), {});
    error.server = QStringLiteral("web01");
    QVERIFY(ui::resultText(base::Failure(error)).startsWith(QStringLiteral("web01: ")));
    Summary summary;
    request.targetDirectory = FilePath("/srv");
    summary.failures = {{FilePath("/a/b"), error}};
    QVERIFY(ui::failureText(request, summary).startsWith(QStringLiteral("/srv/b: web01: ")));
    summary.failures.first().error.server = request.source->title;
    QVERIFY(ui::failureText(request, summary).startsWith(QStringLiteral("/a/b: db\\x0A02: ")));
}

void TransferTextTest::whatIsNotKnownIsLeftOut()
{
    Progress progress;
    progress.bytesDone = 1024 * 1024;
    progress.bytesTotal = 4 * 1024 * 1024;
    progress.filesTotal = 1;
    QCOMPARE(shown(progress), QStringLiteral("1.0 MB of 4.0 MB"));

    progress.bytesPerSecond = 2048;
    progress.filesTotal = 3;
    QCOMPARE(shown(progress), QStringLiteral("1.0 MB of 4.0 MB · file 1 of 3 · 2.0 kB/s"));
}

void TransferTextTest::timeLeftWaitsForTheCount()
{
    Progress progress;
    progress.timeLeft = 8s;
    QVERIFY(!shown(progress).contains(QStringLiteral("left")));

    progress.counting = false;
    QVERIFY(shown(progress).endsWith(QStringLiteral(" · 8 s left")));
}

void TransferTextTest::linesBreakBetweenTheParts()
{
    Progress progress;
    progress.bytesPerSecond = 2048;
    progress.filesTotal = 3;
    const QString text = ui::progressText(progress);
    QStringList lines;
    QTextBoundaryFinder breaks(QTextBoundaryFinder::Line, text);
    for (qsizetype from = 0; breaks.toNextBoundary() >= 0; from = breaks.position()) {
        lines << text.sliced(from, breaks.position() - from).trimmed();
    }
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].endsWith(u'·') && lines[1].endsWith(u'·'));
}

void TransferTextTest::fileThatMovesIsTold()
{
    Progress progress;
    progress.currentFile = FilePath("/a/big\x1b.iso");
    progress.currentBytes = 1024 * 1024;
    progress.currentTotal = 4 * 1024 * 1024;
    progress.filesTotal = 1;
    QCOMPARE(ui::currentFileText(progress), QString()); // it is the whole transfer

    progress.filesTotal = 3;
    QCOMPARE(ui::currentFileText(progress), QStringLiteral("big\\x1B.iso · 1.0 MB of 4.0 MB"));
    progress.currentTotal = 0;
    QCOMPARE(ui::currentFileText(progress), QString());
}

void TransferTextTest::failuresAreOneLineAndAList()
{
    Summary summary;
    summary.filesCopied = 196;
    summary.filesSkipped = 1;
    for (const char *path : {"/a", "/b\nc", "/d"}) {
        summary.failures.append(
            {FilePath(path), base::Error::fromErrno(EACCES, QStringLiteral("open"), {})});
    }

    QCOMPARE(ui::resultText(summary), QStringLiteral("3 of 200 failed: Permission was denied."));
    const QString list = ui::failureText({}, summary);
    QCOMPARE(list.count(QLatin1Char('\n')), 2);
    QVERIFY2(list.contains(QStringLiteral("/b\\x0Ac: ")), qPrintable(list));
}

void TransferTextTest::endThatIsAtFaultIsNamed_data()
{
    QTest::addColumn<transfer::Direction>("direction");
    QTest::addColumn<base::Error>("error");
    QTest::addColumn<QString>("place");
    using base::Error;
    using transfer::Direction;
    const auto subject = [](const char *path) { return QString::fromLatin1(path); };
    constexpr quint32 noSpace = 14; // SSH_FX_NO_SPACE_ON_FILESYSTEM
    constexpr quint32 denied = 3;

    QTest::newRow("full server") << Direction::Upload
                                 << Error::fromSftpStatus(noSpace, {}, {}, subject("/srv/.b.part"))
                                 << "/srv/folder/b on the server";
    QTest::newRow("source not readable")
        << Direction::Upload << Error::fromErrno(EACCES, {}, subject("/a/b")) << "/a/b";
    QTest::newRow("read-only folder")
        << Direction::Download << Error::fromErrno(EROFS, {}, subject("/srv/folder/.b.part"))
        << "/srv/folder/b on this computer";
    QTest::newRow("source not to be read")
        << Direction::Download << Error::fromSftpStatus(denied, {}, {}, subject("/a/b")) << "/a/b";
    QTest::newRow("changed source")
        << Direction::Download << Error::fromErrno(ESTALE, {}, subject("/a/b")) << "/a/b";
    QTest::newRow("something in the way")
        << Direction::Upload
        << Error{.kind = base::ErrorKind::AlreadyExists, .subject = subject("/srv/folder/b")}
        << "/srv/folder/b on the server";
}

void TransferTextTest::endThatIsAtFaultIsNamed()
{
    QFETCH(transfer::Direction, direction);
    QFETCH(base::Error, error);
    QFETCH(QString, place);
    transfer::TransferRequest request;
    request.direction = direction;
    request.targetDirectory = FilePath("/srv");
    Summary summary;
    summary.failures = {{FilePath("/a/b"), error, {"folder", "b"}}};

    const QString text = ui::failureText(request, summary);

    QVERIFY2(text.startsWith(place + QStringLiteral(": ")), qPrintable(text));
}

void TransferTextTest::cancelIsNoFailure()
{
    base::Error error;
    error.kind = base::ErrorKind::Cancelled;

    QCOMPARE(ui::resultText(base::Failure(error)), QStringLiteral("Cancelled"));
    QCOMPARE(ui::failureText({}, base::Failure(error)), QString());
}

void TransferTextTest::durations_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");

    QTest::newRow("seconds") << 59 << "59 s";
    QTest::newRow("a minute") << 60 << "1 min 00 s";
    QTest::newRow("minutes") << 185 << "3 min 05 s";
    QTest::newRow("hours") << 7800 << "2 h 10 min";
}

void TransferTextTest::durations()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);

    QCOMPARE(ui::durationText(std::chrono::seconds(seconds)), text);
}

QTEST_GUILESS_MAIN(TransferTextTest)

#include "TransferTextTest.moc"
