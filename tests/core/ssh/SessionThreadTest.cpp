#include "ssh/SessionThread.h"

#include "ssh/SessionWorker.h"

#include <QCoreApplication>
#include <QTest>

#include <atomic>

class SessionThreadTest : public QObject
{
    Q_OBJECT

private slots:
    void workerIsGoneBeforeTheApplication();
};

// The program's main() in small: the last connection goes just before the application object.
void SessionThreadTest::workerIsGoneBeforeTheApplication()
{
    std::atomic_bool isWorkerGone = false;
    {
        int argc = 1;
        char name[] = "SessionThreadTest";
        char *argv[] = {name, nullptr};
        const QCoreApplication application(argc, argv);
        ssh::SessionThread thread({}, std::nullopt);
        connect(
            &thread.worker(), &QObject::destroyed, this, [&isWorkerGone] { isWorkerGone = true; },
            Qt::DirectConnection);
    }
    QVERIFY(isWorkerGone);
}

QTEST_APPLESS_MAIN(SessionThreadTest)
#include "SessionThreadTest.moc"
