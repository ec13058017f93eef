#include "tests/core/transfer/TransferFixture.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::Result;
using transfer::CopyObstacle;
using transfer::Direction;
using transfer::LinkChoice;
using transfer::Summary;
using transfer::TransferRequest;

// Symbolic links that are followed or skipped. Who copies them as links is TransferRunTest.
class TransferLinksTest : public tests::TransferFixture
{
    Q_OBJECT

private slots:
    void followedLinksBecomeWhatTheyLeadTo_data();
    void followedLinksBecomeWhatTheyLeadTo();
    void circlesAndBrokenLinksAreTold_data();
    void circlesAndBrokenLinksAreTold();
    void skippedLinksAreCounted_data();
    void skippedLinksAreCounted();

private:
    static void addDirections();
    void link(const QByteArray &target, const QString &name) const;
    Result<Summary> copy(LinkChoice links, const QList<QByteArray> &names);
};

void TransferLinksTest::addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("download") << Direction::Download;
    QTest::newRow("upload") << Direction::Upload;
}

void TransferLinksTest::link(const QByteArray &target, const QString &name) const
{
    QCOMPARE(::symlink(target.constData(), qPrintable(path(End::Source, name))), 0);
}

Result<Summary> TransferLinksTest::copy(LinkChoice links, const QList<QByteArray> &names)
{
    QFETCH(Direction, direction);
    TransferRequest wanted = request(direction, names);
    wanted.links = links;
    start(m_peer->engine, wanted);
    return finish();
}

void TransferLinksTest::followedLinksBecomeWhatTheyLeadTo_data()
{
    addDirections();
}

void TransferLinksTest::followedLinksBecomeWhatTheyLeadTo()
{
    QVERIFY(QDir(path(End::Source)).mkpath(u"outside/deep"_s));
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree"_s));
    put(End::Source, "outside/file", "content");
    put(End::Source, "outside/deep/leaf", "leaf");
    link("../outside/file", u"tree/to-file"_s);
    link(path(End::Source, u"outside"_s).toUtf8(), u"tree/to-directory"_s);
    link("tree", u"chosen"_s);

    const auto result = copy(LinkChoice::Follow, {"chosen"});

    QVERIFY(result);
    QCOMPARE(result->failures, QList<transfer::FileFailure>());
    QCOMPARE(result->filesCopied, 3);
    QCOMPARE(get(End::Target, "chosen/to-file"), "content"); // get() follows no link
    QCOMPARE(get(End::Target, "chosen/to-directory/deep/leaf"), "leaf");
    QVERIFY(!QFileInfo(path(End::Target, u"chosen/to-directory"_s)).isSymLink());
}

void TransferLinksTest::circlesAndBrokenLinksAreTold_data()
{
    addDirections();
}

void TransferLinksTest::circlesAndBrokenLinksAreTold()
{
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree/sub"_s));
    QVERIFY(QDir(path(End::Source)).mkpath(u"other"_s));
    put(End::Source, "tree/file", "x");
    link(".", u"tree/here"_s);
    link("../../tree", u"tree/sub/up"_s);
    link("../other", u"tree/other"_s);
    link("../tree", u"other/back"_s);
    link("nowhere", u"tree/broken"_s);

    const auto result = copy(LinkChoice::Follow, {"tree"});

    QVERIFY(result);
    QCOMPARE(result->filesCopied, 1);
    QHash<QByteArray, CopyObstacle> told;
    for (const transfer::FileFailure &failure : result->failures) {
        told.insert(failure.target.join('/'), failure.obstacle);
    }
    QCOMPARE(told,
             (QHash<QByteArray, CopyObstacle>{{"tree/here", CopyObstacle::LinkInCircle},
                                              {"tree/sub/up", CopyObstacle::LinkInCircle},
                                              {"tree/other/back", CopyObstacle::LinkInCircle},
                                              {"tree/broken", CopyObstacle::LinkBroken}}));
}

void TransferLinksTest::skippedLinksAreCounted_data()
{
    addDirections();
}

void TransferLinksTest::skippedLinksAreCounted()
{
    QVERIFY(QDir(path(End::Source)).mkpath(u"tree"_s));
    put(End::Source, "tree/file", "x");
    link("file", u"tree/link"_s);

    const auto result = copy(LinkChoice::Skip, {"tree"});

    QVERIFY(result);
    QCOMPARE(result->failures.size(), 0);
    QCOMPARE(result->filesCopied, 1);
    QCOMPARE(result->filesSkipped, 1);
    QCOMPARE(QDir(path(End::Target, u"tree"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"file"_s});
}

QTEST_GUILESS_MAIN(TransferLinksTest)

#include "TransferLinksTest.moc"
