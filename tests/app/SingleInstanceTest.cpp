#include "app/SingleInstance.h"

#include <QFile>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using app::SingleInstance;
using app::WindowMessage;

Q_DECLARE_METATYPE(app::WindowMessage)

class SingleInstanceTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void messageIsTaken();
    void nobodyThereIsTold();
    void onlyOneListens();
    void socketOfACrashedOneIsReplaced();
    void otherConfigurationIsAnotherProgram();
    void openDirectoryIsRefused();
    void noRuntimeDirectoryMeansNone();
    void nonsenseIsDropped_data();
    void nonsenseIsDropped();
    void silentClientIsDropped();

private:
    // As another program would: blocks in a thread of its own.
    bool handOver(const WindowMessage &message) const;

    std::unique_ptr<QTemporaryDir> m_runtime;
    QString m_path;
};

void SingleInstanceTest::init()
{
    m_runtime = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime->path()));
    m_path = SingleInstance::socketPath({});
}

bool SingleInstanceTest::handOver(const WindowMessage &message) const
{
    bool isTaken = false;
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { isTaken = SingleInstance::handOver(m_path, message); }));
    QSignalSpy finished(thread.get(), &QThread::finished);
    thread->start();
    const bool hasEnded = finished.wait(std::chrono::seconds(20)) || !finished.isEmpty();
    return hasEnded && thread->wait() && isTaken;
}

void SingleInstanceTest::messageIsTaken()
{
    SingleInstance instance;
    QSignalSpy received(&instance, &SingleInstance::received);
    QVERIFY(instance.listen(m_path));
    const WindowMessage message{u"ssh://\u00e4@h/\n"_s, u"token"_s};

    QVERIFY(handOver(message));
    QVERIFY(handOver({}));

    QCOMPARE(received.size(), 2);
    QCOMPARE(received[0][0].value<WindowMessage>(), message);
    QCOMPARE(received[1][0].value<WindowMessage>(), WindowMessage());
}

void SingleInstanceTest::nobodyThereIsTold()
{
    QVERIFY(!handOver({}));
    QVERIFY(!SingleInstance::handOver(QString(), {}));
    QVERIFY(!SingleInstance::handOver(u"/"_s + QString(200, u'x'), {}));
}

void SingleInstanceTest::onlyOneListens()
{
    auto first = std::make_unique<SingleInstance>();
    SingleInstance second;
    QVERIFY(first->listen(m_path));
    QVERIFY(!second.listen(m_path));
    first.reset();
    QVERIFY(second.listen(m_path));
}

void SingleInstanceTest::socketOfACrashedOneIsReplaced()
{
    { // makes the directory
        SingleInstance instance;
        QVERIFY(instance.listen(m_path));
    }
    QFile stale(m_path);
    QVERIFY(stale.open(QIODevice::WriteOnly));
    stale.close();
    QVERIFY(!handOver({}));
    SingleInstance instance;
    QVERIFY(instance.listen(m_path));
    QVERIFY(handOver({}));
}

void SingleInstanceTest::otherConfigurationIsAnotherProgram()
{
    QVERIFY(SingleInstance::socketPath(u"/a"_s) != SingleInstance::socketPath(u"/b"_s));
    QVERIFY(SingleInstance::socketPath(u"/a"_s) != m_path);
    QCOMPARE(SingleInstance::socketPath(u"/a"_s), SingleInstance::socketPath(u"/b/../a"_s));
}

void SingleInstanceTest::openDirectoryIsRefused()
{
    const QString directory = m_runtime->filePath(u"ponto"_s);
    QVERIFY(QDir().mkdir(directory));
    QVERIFY(QFile::setPermissions(directory,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                      | QFile::WriteOther | QFile::ExeOther));
    SingleInstance instance;
    QVERIFY(!instance.listen(m_path));
}

void SingleInstanceTest::noRuntimeDirectoryMeansNone()
{
    qunsetenv("XDG_RUNTIME_DIR");
    QVERIFY(SingleInstance::socketPath({}).isEmpty());
    SingleInstance instance;
    QVERIFY(!instance.listen({}));
}

void SingleInstanceTest::nonsenseIsDropped_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("no JSON") << QByteArray("ssh web01\n");
    QTest::newRow("newer") << QByteArray("{\"version\":2,\"target\":\"a\"}\n");
    QTest::newRow("number") << QByteArray("{\"version\":1,\"target\":7}\n");
    QTest::newRow("long target") << "{\"version\":1,\"target\":\"" + QByteArray(5000, 'x')
            + "\"}\n";
    QTest::newRow("without end") << QByteArray(100'000, '{');
}

void SingleInstanceTest::nonsenseIsDropped()
{
    QFETCH(QByteArray, bytes);

    SingleInstance instance;
    QSignalSpy received(&instance, &SingleInstance::received);
    QVERIFY(instance.listen(m_path));
    QLocalSocket client;
    client.connectToServer(m_path);
    client.write(bytes);
    QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(client.readAll(), "");
    QCOMPARE(received.size(), 0);
    QVERIFY(handOver({})); // the others are served
}

void SingleInstanceTest::silentClientIsDropped()
{
    SingleInstance instance;
    QVERIFY(instance.listen(m_path));
    QLocalSocket client;
    client.connectToServer(m_path);
    QVERIFY(handOver({}));
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QLocalSocket::UnconnectedState,
                              std::chrono::seconds(20));
}

QTEST_GUILESS_MAIN(SingleInstanceTest)

#include "SingleInstanceTest.moc"
