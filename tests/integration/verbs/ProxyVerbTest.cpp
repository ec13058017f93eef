// `ponto proxy`, run as ssh runs it, with the side of it that the window has.

#include "app/ProxyService.h"
#include "tests/integration/forward/ForwardFixture.h"
#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // milliseconds

} // namespace

class ProxyVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void bytesComeBack();
    void sshGoesThroughIt();
    void unknownSessionIsTold();
    void closedTargetIsTold();
    void withoutPontoItIsTold();
    void openDirectoryIsRefused();
    void rubbishIsRefused();
    void secondPontoLeavesTheFirstAlone();
    void nonsenseIs2();

private:
    std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments) const;
    std::unique_ptr<QProcess> proxy(const QStringList &words) const;
    QString runtime() const { return m_directory->path(); }

    tests::ForwardFixture m_fixture;
    tests::EchoServer m_echo;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::ProxyService> m_service;
};

void ProxyVerbTest::initTestCase()
{
    const auto started = m_fixture.start();
    QVERIFY2(started, tests::reason(started).constData());
    QVERIFY(m_fixture.connect());
}

void ProxyVerbTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime()));
    m_service = std::make_unique<app::ProxyService>([this](const QString &session) {
        return session == u"web01" ? &m_fixture.probe().connection() : nullptr;
    });
    const auto listening = app::proxysocket::path().and_then(
        [this](const QString &path) { return m_service->listen(path); });
    QVERIFY2(listening, tests::reason(listening).constData());
}

void ProxyVerbTest::cleanup()
{
    m_service.reset();
}

std::unique_ptr<QProcess> ProxyVerbTest::start(const QString &program,
                                               const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, runtime());
    environment.insert(u"XDG_RUNTIME_DIR"_s, runtime());
    process->setProcessEnvironment(environment);
    process->start(program, arguments);
    return process;
}

std::unique_ptr<QProcess> ProxyVerbTest::proxy(const QStringList &words) const
{
    return start(tests::VerbFixture::program(), QStringList{u"proxy"_s} + words);
}

void ProxyVerbTest::bytesComeBack()
{
    const QByteArray bytes = tests::VerbFixture::distinctBytes(qsizetype{4} * 1024 * 1024);
    const auto process = proxy({u"web01"_s, u"127.0.0.1"_s, QString::number(m_echo.port())});
    process->write(bytes);
    process->closeWriteChannel();

    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);

    QCOMPARE(process->exitCode(), 0);
    QVERIFY(process->readAllStandardOutput() == bytes);
    QCOMPARE(process->readAllStandardError(), QByteArray());
}

// To the server itself, by way of itself.
void ProxyVerbTest::sshGoesThroughIt()
{
    const QString command = tests::VerbFixture::program() + u" proxy web01 %h %p"_s;
    const auto process
        = start(u"ssh"_s,
                {u"-F"_s, u"none"_s, u"-o"_s, u"ProxyCommand="_s + command, u"-o"_s,
                 u"BatchMode=yes"_s, u"-o"_s, u"StrictHostKeyChecking=no"_s, u"-o"_s,
                 u"UserKnownHostsFile=/dev/null"_s, u"-o"_s, u"PubkeyAuthentication=no"_s, u"-p"_s,
                 QString::number(m_fixture.server().port()), u"127.0.0.1"_s, u"true"_s});

    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);

    // The key exchange is done: the server says what it wants.
    const QByteArray errors = process->readAllStandardError();
    QVERIFY2(errors.contains("Permission denied"), errors.constData());
}

void ProxyVerbTest::unknownSessionIsTold()
{
    const auto process = proxy({u"db01"_s, u"127.0.0.1"_s, u"22"_s});
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);

    QCOMPARE(process->exitCode(), 255);
    QVERIFY(process->readAllStandardError().contains("no open connection that is called"));
    QCOMPARE(process->readAllStandardOutput(), QByteArray());
}

void ProxyVerbTest::closedTargetIsTold()
{
    const auto process = proxy({u"web01"_s, u"127.0.0.1"_s, u"1"_s});
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);

    QCOMPARE(process->exitCode(), 255);
    const QByteArray errors = process->readAllStandardError();
    QVERIFY2(errors.contains("did not reach 127.0.0.1:1"), errors.constData());
}

void ProxyVerbTest::withoutPontoItIsTold()
{
    m_service.reset();
    const auto process = proxy({u"web01"_s, u"127.0.0.1"_s, u"22"_s});
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);

    QCOMPARE(process->exitCode(), 255);
    QVERIFY(process->readAllStandardError().contains("No Ponto runs"));
}

void ProxyVerbTest::openDirectoryIsRefused()
{
    QVERIFY(QFile::setPermissions(runtime() + u"/ponto"_s,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                      | QFile::ReadOther | QFile::ExeOther));
    const auto process = proxy({u"web01"_s, u"127.0.0.1"_s, u"22"_s});
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);

    QCOMPARE(process->exitCode(), 255);
    const QByteArray errors = process->readAllStandardError();
    QVERIFY2(errors.contains("only its owner"), errors.constData());
    QCOMPARE(app::proxysocket::path().error().kind, base::ErrorKind::PermissionDenied);
}

void ProxyVerbTest::rubbishIsRefused()
{
    qsizetype taken = 0;
    using app::proxysocket::decoded;
    QVERIFY(!decoded("", taken));
    QVERIFY(!decoded(QByteArrayView("\0\0\0\x08"
                                    "abc",
                                    7),
                     taken)); // more must come
    QCOMPARE(decoded("GET / HTTP/1.1", taken), app::ProxyWish()); // too long
    QCOMPARE(decoded(QByteArrayView("\0\0\0\x04"
                                    "abcd",
                                    8),
                     taken),
             app::ProxyWish());
    const app::ProxyWish wish{u"wéb"_s, "db01", 5432};
    const QByteArray encoded = app::proxysocket::encoded(wish);
    QCOMPARE(decoded(encoded + "rest", taken), wish);
    QCOMPARE(taken, encoded.size());
    QCOMPARE(decoded(app::proxysocket::encoded({u"web"_s, "db 01\n", 1}), taken), app::ProxyWish());
    QCOMPARE(decoded(app::proxysocket::encoded({u"web"_s, "db01", 0}), taken), app::ProxyWish());
}

void ProxyVerbTest::secondPontoLeavesTheFirstAlone()
{
    app::ProxyService second([](const QString &) -> ssh::Connection * { return nullptr; });
    const auto listening = second.listen(*app::proxysocket::path());
    QVERIFY(!listening);
    QCOMPARE(listening.error().kind, base::ErrorKind::AlreadyExists);
    bytesComeBack();
}

void ProxyVerbTest::nonsenseIs2()
{
    for (const QStringList &words :
         {QStringList{u"web01"_s, u"db01"_s}, QStringList{u"web01"_s, u"db01"_s, u"0"_s},
          QStringList{u"web01"_s, u"db01"_s, u"22"_s, u"x"_s}}) {
        const auto process = proxy(words);
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);
        QCOMPARE(process->exitCode(), 2);
    }
}

QTEST_GUILESS_MAIN(ProxyVerbTest)
#include "ProxyVerbTest.moc"
