#include "base/UniqueFd.h"

#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using base::UniqueFd;

class UniqueFdTest : public QObject
{
    Q_OBJECT

private slots:
    void closesAtTheEnd();
    void closesWhatIsAssignedOver();
    void movedFromOwnsNothing();
    void releasedStaysOpen();
};

namespace {

UniqueFd openNull()
{
    return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool isOpen(int fd)
{
    return ::fcntl(fd, F_GETFD) >= 0;
}

} // namespace

void UniqueFdTest::closesAtTheEnd()
{
    int number = -1;
    {
        const UniqueFd fd = openNull();
        number = fd.get();
        QVERIFY(isOpen(number));
    }
    QVERIFY(!isOpen(number));
}

void UniqueFdTest::closesWhatIsAssignedOver()
{
    UniqueFd first = openNull();
    UniqueFd second = openNull();
    const int replaced = first.get();
    const int kept = second.get();

    first = std::move(second);

    QVERIFY(!isOpen(replaced));
    QCOMPARE(first.get(), kept);
    QVERIFY(isOpen(kept));
}

void UniqueFdTest::movedFromOwnsNothing()
{
    UniqueFd from = openNull();

    const UniqueFd to = std::move(from);

    QVERIFY(to.isValid());
    QVERIFY(!from.isValid()); // NOLINT(bugprone-use-after-move): that is the question
}

void UniqueFdTest::releasedStaysOpen()
{
    int number = -1;
    {
        UniqueFd fd = openNull();
        number = fd.release();
    }
    QVERIFY(isOpen(number));
    ::close(number);
}

QTEST_APPLESS_MAIN(UniqueFdTest)

#include "UniqueFdTest.moc"
