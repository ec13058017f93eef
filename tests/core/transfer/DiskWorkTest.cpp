#include "transfer/DiskWork.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>

using transfer::DiskWork;

class DiskWorkTest : public QObject
{
    Q_OBJECT

private slots:
    void answersInOrderOnTheOwnersThread();
    void ownerThatIsGoneGetsNoAnswer();
    void workOutlastsItsOwnersThread();
};

void DiskWorkTest::answersInOrderOnTheOwnersThread()
{
    DiskWork disk;
    QList<int> answers;
    for (int number = 0; number < 3; ++number) {
        disk.run([number] { return number; },
                 [&](int answer) {
                     QCOMPARE(QThread::currentThread(), thread());
                     answers.append(answer);
                 });
    }
    QTRY_COMPARE(answers, QList({0, 1, 2}));
}

void DiskWorkTest::ownerThatIsGoneGetsNoAnswer()
{
    bool isAnswered = false;
    {
        DiskWork disk;
        disk.run([] { return true; }, [&](bool) { isAnswered = true; });
        QVERIFY(QThreadPool::globalInstance()->waitForDone());
    }
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isAnswered);
}

// Nothing of it may stay behind: the leak sanitizer looks.
void DiskWorkTest::workOutlastsItsOwnersThread()
{
    QSemaphore mayGoOn;
    std::atomic_bool isDone = false;
    bool isAnswered = false;
    std::unique_ptr<QThread> owner(QThread::create([&] {
        DiskWork disk;
        disk.run(
            [&] {
                mayGoOn.acquire();
                isDone = true;
                return true;
            },
            [&](bool) { isAnswered = true; });
    }));
    owner->start();
    QVERIFY(owner->wait());
    owner.reset();

    mayGoOn.release();
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QVERIFY(isDone);
    QVERIFY(!isAnswered);
}

QTEST_GUILESS_MAIN(DiskWorkTest)
#include "DiskWorkTest.moc"
