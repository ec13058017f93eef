#include "transfer/ResumePoint.h"

#include <QTest>

using files::FileAttributes;
using transfer::CopyNote;
using transfer::longestHoles;
using transfer::PartRecord;
using transfer::resumePoint;

class ResumePointTest : public QObject
{
    Q_OBJECT

private slots:
    void recordedBytesAreTrusted();
    void changedSourceIsBegunAnew();
    void holesAreCutOff();
    void smallPartIsComparedWhole();
    void largerPartIsNotOfThisSource();
};

namespace {

constexpr quint64 mebibyte = 1024 * 1024;

FileAttributes source(quint64 size, qint64 time)
{
    FileAttributes attributes;
    attributes.size = size;
    attributes.modificationTime = time;
    return attributes;
}

PartRecord record(quint64 contiguous)
{
    return {"part", 1, 1000 * mebibyte, 42, contiguous};
}

} // namespace

void ResumePointTest::recordedBytesAreTrusted()
{
    const auto point
        = resumePoint(record(100 * mebibyte), 130 * mebibyte, source(1000 * mebibyte, 42));

    QCOMPARE(point->offset, 100 * mebibyte);
    QVERIFY(point->isRecorded);
    // But no more than there is, and not so few that it is not worth it.
    QCOMPARE(resumePoint(record(100 * mebibyte), 7 * mebibyte, source(1000 * mebibyte, 42))->offset,
             7 * mebibyte);
    QCOMPARE(resumePoint(record(100), 130 * mebibyte, source(1000 * mebibyte, 42))->offset, 0U);
}

void ResumePointTest::changedSourceIsBegunAnew()
{
    const auto record = ::record(100 * mebibyte);

    QCOMPARE(resumePoint(record, 130 * mebibyte, source(1000 * mebibyte, 43)).error(),
             CopyNote::Kind::OtherSource);
    QCOMPARE(resumePoint(record, 130 * mebibyte, source(1001 * mebibyte, 42)).error(),
             CopyNote::Kind::OtherSource);
}

// Stripes are given out up to 64 MiB behind the first missing byte, and are 2 MiB long.
void ResumePointTest::holesAreCutOff()
{
    QCOMPARE(longestHoles, 66 * mebibyte);
    const auto point = resumePoint({}, 130 * mebibyte, source(1000 * mebibyte, 42));

    QCOMPARE(point->offset, 64 * mebibyte);
    QVERIFY(!point->isRecorded);
    QCOMPARE(resumePoint({}, 65 * mebibyte, source(1000 * mebibyte, 42))->offset, 0U);
}

void ResumePointTest::smallPartIsComparedWhole()
{
    QCOMPARE(resumePoint({}, 4000, source(5000, 42))->offset, 4000U);
}

void ResumePointTest::largerPartIsNotOfThisSource()
{
    QCOMPARE(resumePoint({}, 5001, source(5000, 42)).error(), CopyNote::Kind::OtherPart);
}

QTEST_GUILESS_MAIN(ResumePointTest)

#include "ResumePointTest.moc"
