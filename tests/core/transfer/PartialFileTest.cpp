#include "transfer/PartialFile.h"

#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using files::FilePath;
using transfer::CopyNote;
using transfer::Existing;
using transfer::Flush;
using transfer::LocalTree;
using transfer::PartialFile;
using transfer::PartLedger;
using transfer::PartOrder;

// The parts of downloads in a directory of this computer.
class PartialFileTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void foreignPartStays();
    void recordedPartIsTakenUpAgain();
    void recordedPartIsBegunAnewUnasked();
    void partOfAnotherInodeIsForeign();
    void partInUseIsLeftAlone();
    void changedSourceIsTold();
    void unrecordedPartIsOffered();
    void refusedPartStaysAsItWas();
    void keptPartHasNothingBehindItsHoles();
    void replacedPartIsNotRenamed();
    void roomIsSetAside();
    void flushedFileArrives();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    QStringList names() const;
    LocalTree tree() const;
    void write(const QString &name, const QByteArray &bytes) const;
    QByteArray read(const QString &name) const;
    PartOrder order(bool mayResume) const;
    base::Result<PartialFile> create(const PartOrder &order) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<PartLedger> m_ledger;
};

namespace {

constexpr quint64 mebibyte = 1024 * 1024;
const QString part = u".file.ponto-part"_s;

} // namespace

void PartialFileTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_state = std::make_unique<QTemporaryDir>();
    m_ledger = std::make_unique<PartLedger>(m_state->path().toUtf8(), "server");
}

QStringList PartialFileTest::names() const
{
    return QDir(m_directory->path())
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

LocalTree PartialFileTest::tree() const
{
    return std::move(*LocalTree::open(FilePath(m_directory->path().toUtf8())));
}

void PartialFileTest::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray PartialFileTest::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("can not be read");
}

PartOrder PartialFileTest::order(bool mayResume) const
{
    PartOrder order;
    order.source.size = 10 * mebibyte;
    order.source.modificationTime = 42;
    order.mayResume = mayResume;
    order.lease = m_ledger->take("source", "target");
    return order;
}

base::Result<PartialFile> PartialFileTest::create(const PartOrder &order) const
{
    return PartialFile::create(tree(), {"file"}, order);
}

void PartialFileTest::foreignPartStays()
{
    write(part, "somebody else's");
    {
        auto file = create(order(false));
        QVERIFY(file);
        QVERIFY(!file->left());
        QVERIFY(file->write(0, "abc"));
        QCOMPARE(names(), QStringList({part, part + u"-2"_s}));
        QVERIFY(file->commit(3, {}, Existing::Keep));
    }
    QCOMPARE(read(part), "somebody else's");
    QCOMPARE(read(u"file"_s), "abc");
    QCOMPARE(names(), QStringList({part, u"file"_s}));
}

void PartialFileTest::recordedPartIsTakenUpAgain()
{
    const QByteArray data(3 * mebibyte, 'x');
    {
        auto file = create(order(false));
        QVERIFY(file->write(0, data));
        file->keep(2 * mebibyte);
    }
    QCOMPARE(names(), QStringList{part});

    auto file = create(order(true));

    QVERIFY(file && file->left());
    QCOMPARE(file->left()->offset, 2 * mebibyte);
    QVERIFY(file->left()->isRecorded);
    QCOMPARE(file->read(2 * mebibyte - 1, 100).value(), "x");
    QVERIFY(file->continueAt(2 * mebibyte));
    QVERIFY(file->write(2 * mebibyte, "end"));
    QVERIFY(file->commit(2 * mebibyte + 3, {}, Existing::Keep));
    QCOMPARE(names(), QStringList{u"file"_s});
    QCOMPARE(read(u"file"_s), data.first(2 * mebibyte) + "end");
    QVERIFY(!m_ledger->take("source", "target")->previous());
}

void PartialFileTest::recordedPartIsBegunAnewUnasked()
{
    {
        auto file = create(order(false));
        QVERIFY(file->write(0, QByteArray(3 * mebibyte, 'x')));
        file->keep(2 * mebibyte);
    }

    auto file = create(order(false));

    QVERIFY(file && !file->left());
    QCOMPARE(names(), QStringList{part});
    QCOMPARE(read(part), QByteArray());
}

void PartialFileTest::partOfAnotherInodeIsForeign()
{
    {
        auto file = create(order(false));
        QVERIFY(file->write(0, QByteArray(3 * mebibyte, 'x')));
        file->keep(2 * mebibyte);
    }
    QVERIFY(QFile::rename(path(part), path(u"away"_s)));
    write(part, QByteArray(3 * mebibyte, 'y'));

    auto file = create(order(true));

    QVERIFY(file && !file->left());
    QCOMPARE(read(part), QByteArray(3 * mebibyte, 'y'));
    QVERIFY(names().contains(part + u"-2"_s));
}

void PartialFileTest::partInUseIsLeftAlone()
{
    auto first = create(order(true));
    QVERIFY(first->write(0, "abc"));

    auto second = create(order(true)); // its lease is null: the first one has it

    QVERIFY(second && !second->left());
    QCOMPARE(names(), QStringList({part, part + u"-2"_s}));
}

void PartialFileTest::changedSourceIsTold()
{
    {
        auto file = create(order(false));
        QVERIFY(file->write(0, QByteArray(3 * mebibyte, 'x')));
        file->keep(2 * mebibyte);
    }
    PartOrder changed = order(true);
    changed.source.modificationTime = 43;

    auto file = create(changed);

    QVERIFY(file && !file->left());
    QCOMPARE(file->note(), CopyNote::Kind::OtherSource);
    QCOMPARE(names(), QStringList{part});
}

void PartialFileTest::unrecordedPartIsOffered()
{
    write(part, QByteArray(1000, 'x'));

    auto file = create(order(true));

    QVERIFY(file && file->left());
    QCOMPARE(file->left()->offset, 1000U);
    QVERIFY(!file->left()->isRecorded);
}

// What is compared may turn out to be somebody else's, or nobody gets that far.
void PartialFileTest::refusedPartStaysAsItWas()
{
    write(part, QByteArray(1000, 'x'));
    {
        auto file = create(order(true));
        QVERIFY(file && file->left());
        file->discard();
    }
    QCOMPARE(read(part), QByteArray(1000, 'x'));

    auto file = create(order(true));
    QVERIFY(file->startOver());
    QVERIFY(file->write(0, "mine"));
    QVERIFY(file->commit(4, {}, Existing::Keep));

    QCOMPARE(read(part), QByteArray(1000, 'x'));
    QCOMPARE(read(u"file"_s), "mine");
}

void PartialFileTest::keptPartHasNothingBehindItsHoles()
{
    auto file = create(order(false));
    QVERIFY(file->write(0, QByteArray(mebibyte, 'x')));
    QVERIFY(file->write(5 * mebibyte, "far ahead"));

    file->keep(mebibyte);

    QCOMPARE(QFileInfo(path(part)).size(), mebibyte);
}

void PartialFileTest::replacedPartIsNotRenamed()
{
    auto file = create(order(false));
    QVERIFY(file->write(0, "abc"));
    QVERIFY(QFile::remove(path(part)));
    write(part, "something else");

    QVERIFY(!file->commit(3, {}, Existing::Keep));

    QCOMPARE(names(), QStringList{part});
    QCOMPARE(read(part), "something else");
}

// And not kept for zeros.
void PartialFileTest::roomIsSetAside()
{
    auto file = create(order(false));
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path(part)), &status), 0);
    QCOMPARE(status.st_size, 0);
    if (status.st_blocks == 0) {
        QSKIP("This file system sets no room aside.");
    }
    QVERIFY(static_cast<quint64>(status.st_blocks) * 512 >= 10 * mebibyte);
    QVERIFY(file->write(0, QByteArray(mebibyte, '\0')));
    QVERIFY(file->write(mebibyte, QByteArray(9 * mebibyte, 'x')));

    QVERIFY(file->commit(10 * mebibyte, {}, Existing::Keep));

    QCOMPARE(::stat(qPrintable(path(u"file"_s)), &status), 0);
    QVERIFY(static_cast<quint64>(status.st_blocks) * 512 < 10 * mebibyte);
}

void PartialFileTest::flushedFileArrives()
{
    auto file = create(order(false));
    QVERIFY(file->write(0, "abc"));

    const auto committed = file->commit(3, {}, Existing::Keep, Flush::Always);

    QVERIFY2(committed, tests::reason(committed).constData());
    QCOMPARE(read(u"file"_s), "abc");
}

QTEST_GUILESS_MAIN(PartialFileTest)

#include "PartialFileTest.moc"
