#include "transfer/LocalTree.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using files::FilePath;
using transfer::LocalTree;

class LocalTreeTest : public QObject
{
    Q_OBJECT

private slots:
    void namesOfOneFileAreTold();
};

// A hard link stands for a file system that takes two names for one: both lead to the same inode.
void LocalTreeTest::namesOfOneFileAreTold()
{
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkdir(u"sub"_s));
    for (const QString &name : {u"sub/a"_s, u"sub/b"_s}) {
        QFile file(directory.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QCOMPARE(::link(qPrintable(directory.filePath(u"sub/a"_s)),
                    qPrintable(directory.filePath(u"sub/A"_s))),
             0);
    const auto tree = LocalTree::open(FilePath::fromText(directory.path()));
    QVERIFY(tree);

    const auto oneFile = tree->isApart({"sub", "A"}, "a");
    const auto two = tree->isApart({"sub", "b"}, "a");
    const auto missing = tree->isApart({"sub", "b"}, "B");
    const auto nowhere = tree->isApart({"none", "b"}, "B");

    QVERIFY(oneFile && !*oneFile);
    QVERIFY(two && *two);
    QVERIFY(missing && *missing);
    QVERIFY(!nowhere);
}

QTEST_APPLESS_MAIN(LocalTreeTest)

#include "LocalTreeTest.moc"
