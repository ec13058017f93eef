// Keys are installed on a real sshd, whose user's home is ours, and log in to it.

#include "keyinstall/KeyInstallation.h"

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/PuttyKeys.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestAgent.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

#include <utility>

using namespace Qt::StringLiterals;
using keyinstall::KeyInstallation;
using keyinstall::KeyToInstall;
using keyinstall::Report;
using tests::ConnectionProbe;
using tests::reason;
using tests::SshServerOptions;

class KeyInstallationTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void makesEverything();
    void keepsWhatIsThere_data();
    void keepsWhatIsThere();
    void isInstalledOnce();
    void tightensModes();
    void linkIsFollowed();
    void encryptedKeyAsksForItsPassphrase();
    void puttyKeyIsProven();
    void unprovenKeyIsTold();
    void otherKeysDoNotProve();
    void keyOfTheAgentIsProvenWithoutAFile();
    void otherKeysOfTheAgentDoNotProve();
    void keyThatIsNotEnoughIsProven();
    void serverWithoutSftpIsTold();
    void directoryInTheWayIsTold();
    void readOnlyFileIsTold();
    void cancelEndsIt();

private:
    // An open connection with the password.
    void serve(SshServerOptions options);
    KeyToInstall newKey(const tests::KeySpec &spec = {});
    base::Result<Report> install(const KeyToInstall &key, const QString &passphrase = {});
    QString sshPath(const QString &name = {}) const { return m_server->home() + u"/.ssh"_s + name; }
    QByteArray content() const;
    void write(const QByteArray &content) const;
    static uint modeOf(const QString &path);

    const QString m_password = u"correct horse"_s;
    tests::ConnectionFixture m_fixture;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ConnectionProbe> m_probe;
    int m_keyCount = 0;
};

void KeyInstallationTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why)); // then the home would be that of the person who runs the tests
    }
}

void KeyInstallationTest::init()
{
    serve({});
}

void KeyInstallationTest::cleanup()
{
    m_probe.reset();
    m_server.reset();
}

void KeyInstallationTest::serve(SshServerOptions options)
{
    cleanup();
    const QStringList lines{u"AuthorizedKeysFile .ssh/authorized_keys"_s};
    m_server = std::make_unique<tests::SshServer>(
        options.withPassword(m_password).withConfigLines(lines));
    const auto started = m_server->start();
    QVERIFY2(started, reason(started).constData());
    m_probe = std::make_unique<ConnectionProbe>(m_fixture.settingsFor(*m_server));
    m_probe->setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce, m_password));
    QVERIFY2(m_probe->connectAndWait(), qPrintable(m_probe->error().detail));
}

KeyToInstall KeyInstallationTest::newKey(const tests::KeySpec &spec)
{
    const auto made = tests::generateKey(m_fixture.path(u"new%1"_s.arg(++m_keyCount)), spec);
    if (!made) {
        qFatal("%s", reason(made).constData());
    }
    return {made->publicLine, made->publicBlob(), made->privateFile};
}

base::Result<Report> KeyInstallationTest::install(const KeyToInstall &key,
                                                  const QString &passphrase)
{
    KeyInstallation installation(m_probe->connection(), key);
    connect(&installation, &KeyInstallation::promptRaised, this,
            [&installation, passphrase](const ssh::Prompt &prompt) {
                installation.answer(prompt.id,
                                    ssh::SecretAnswers{base::SecretString::fromText(passphrase)});
            });
    std::optional<base::Result<Report>> result;
    connect(&installation, &KeyInstallation::finished, this,
            [&result](const base::Result<Report> &report) { result = report; });
    installation.start();
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000)) {
        qFatal("the installation does not end");
    }
    return *result;
}

QByteArray KeyInstallationTest::content() const
{
    QFile file(sshPath(u"/authorized_keys"_s));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void KeyInstallationTest::write(const QByteArray &content) const
{
    QDir().mkpath(sshPath());
    QFile file(sshPath(u"/authorized_keys"_s));
    if (!file.open(QFile::WriteOnly) || file.write(content) != content.size()) {
        qFatal("cannot write authorized_keys");
    }
}

uint KeyInstallationTest::modeOf(const QString &path)
{
    struct stat status{};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

void KeyInstallationTest::makesEverything()
{
    const KeyToInstall key = newKey();

    const auto report = install(key);

    QVERIFY2(report, reason(report).constData());
    QVERIFY(!report->wasThere);
    QVERIFY2(report->isProven,
             report->proofError ? qPrintable(report->proofError->detail) : "no error");
    QCOMPARE(content(), key.publicLine + '\n');
    QCOMPARE(modeOf(sshPath()), 0700U);
    QCOMPARE(modeOf(sshPath(u"/authorized_keys"_s)), 0600U);
}

void KeyInstallationTest::keepsWhatIsThere_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); // LINE stands for the new line

    QTest::newRow("lines") << QByteArray("# mine\nssh-rsa AAAA x\n")
                           << QByteArray("# mine\nssh-rsa AAAA x\nLINE\n");
    QTest::newRow("no final line end")
        << QByteArray("# a\r\n# b") << QByteArray("# a\r\n# b\nLINE\n");
    QTest::newRow("empty") << QByteArray() << QByteArray("LINE\n");
    QTest::newRow("no text") << QByteArray("\xff\0\xfe\n", 4)
                             << QByteArray("\xff\0\xfe\nLINE\n", 9);
    const QByteArray many = QByteArray("# 0123456789 0123456789 0123456789\n").repeated(5000);
    QTest::newRow("many lines") << many << many + "LINE\n"; // more than one READ takes
}

void KeyInstallationTest::keepsWhatIsThere()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const KeyToInstall key = newKey();
    write(before);

    const auto report = install(key);

    QVERIFY2(report, reason(report).constData());
    QVERIFY(report->isProven);
    QVERIFY(content() == after.replace("LINE", key.publicLine));
}

void KeyInstallationTest::isInstalledOnce()
{
    const KeyToInstall key = newKey();
    QVERIFY(install(key));
    const QByteArray before = content();

    const auto report = install(key);

    QVERIFY2(report, reason(report).constData());
    QVERIFY(report->wasThere);
    QVERIFY(report->isProven);
    QCOMPARE(content(), before);
}

void KeyInstallationTest::tightensModes()
{
    write("# mine\n");
    QCOMPARE(::chmod(QFile::encodeName(sshPath()).constData(), 0775), 0);
    QCOMPARE(::chmod(QFile::encodeName(sshPath(u"/authorized_keys"_s)).constData(), 0664), 0);

    QVERIFY(install(newKey()));

    QCOMPARE(modeOf(sshPath()), 0700U);
    QCOMPARE(modeOf(sshPath(u"/authorized_keys"_s)), 0600U);
}

void KeyInstallationTest::linkIsFollowed()
{
    write("# mine\n");
    QVERIFY(QFile::rename(sshPath(u"/authorized_keys"_s), sshPath(u"/real"_s)));
    QVERIFY(QFile::link(u"real"_s, sshPath(u"/authorized_keys"_s)));
    const KeyToInstall key = newKey();

    const auto report = install(key);

    QVERIFY(report && report->isProven);
    QCOMPARE(QFile::symLinkTarget(sshPath(u"/authorized_keys"_s)), sshPath(u"/real"_s));
    QCOMPARE(content(), "# mine\n" + key.publicLine + '\n');
}

void KeyInstallationTest::encryptedKeyAsksForItsPassphrase()
{
    const KeyToInstall key = newKey({.passphrase = u"open"_s});

    const auto wrong = install(key, u"wrong"_s);
    const auto right = install(key, u"open"_s);

    QVERIFY(wrong && !wrong->isProven && wrong->proofError);
    QVERIFY(right && right->isProven);
}

void KeyInstallationTest::puttyKeyIsProven()
{
    KeyToInstall key = newKey();
    const tests::KeyPair pair{key.privateFile, key.publicLine};
    const QString file = m_fixture.path(u"key.ppk"_s);
    const auto converted = tests::convertToPutty(pair, file, {});
    QVERIFY2(converted, reason(converted).constData());
    key.privateFile = file;

    const auto report = install(key);

    QVERIFY(report && report->isProven);
}

void KeyInstallationTest::unprovenKeyIsTold()
{
    SshServerOptions options;
    serve(options.withoutPublicKeyLogin());

    const auto report = install(newKey());

    QVERIFY2(report, reason(report).constData());
    QVERIFY(!report->isProven);
    QVERIFY(report->proofError);
}

// The file of another key lies beside the line that was installed.
void KeyInstallationTest::otherKeysDoNotProve()
{
    KeyToInstall key = newKey();
    key.privateFile = newKey().privateFile;

    const auto report = install(key);

    QVERIFY(report && !report->isProven);
    QCOMPARE(report->proofError->kind, base::ErrorKind::AuthenticationFailed);
}

void KeyInstallationTest::keyOfTheAgentIsProvenWithoutAFile()
{
    KeyToInstall key = newKey();
    tests::TestAgent agent;
    QVERIFY(agent.start() && agent.add({key.privateFile, key.publicLine}));
    QVERIFY(QFile::remove(std::exchange(key.privateFile, QString())));
    key.agentSocket = agent.socketPath();

    const auto report = install(key);

    QVERIFY2(report, reason(report).constData());
    QVERIFY2(report->isProven,
             report->proofError ? qPrintable(report->proofError->detail) : "no error");
    QCOMPARE(content(), key.publicLine + '\n');
}

void KeyInstallationTest::otherKeysOfTheAgentDoNotProve()
{
    const KeyToInstall known = newKey();
    QVERIFY(install(known));
    tests::TestAgent agent;
    QVERIFY(agent.start() && agent.add({known.privateFile, known.publicLine}));
    KeyToInstall key = newKey();
    key.privateFile.clear();
    key.agentSocket = agent.socketPath();

    const auto report = install(key);

    QVERIFY(report && !report->isProven);
    QCOMPARE(report->proofError->kind, base::ErrorKind::AuthenticationFailed);
}

// RFC 4252 section 5.1: the key is accepted, and a password is wanted as well.
void KeyInstallationTest::keyThatIsNotEnoughIsProven()
{
    SshServerOptions options;
    serve(options.withAuthenticationMethods(u"publickey,password password"_s));
    KeyToInstall wrong = newKey();
    wrong.privateFile = newKey().privateFile;

    const auto report = install(newKey());
    const auto refused = install(wrong);

    QVERIFY2(report, reason(report).constData());
    QVERIFY2(report->isProven,
             report->proofError ? qPrintable(report->proofError->detail) : "no error");
    QCOMPARE(report->alsoAsked, QStringList(u"password"_s));
    QVERIFY(refused && !refused->isProven && refused->alsoAsked.isEmpty());
}

void KeyInstallationTest::serverWithoutSftpIsTold()
{
    SshServerOptions options;
    serve(options.withoutSftp());

    QCOMPARE(install(newKey()).error().kind, base::ErrorKind::Unsupported);
}

void KeyInstallationTest::directoryInTheWayIsTold()
{
    QVERIFY(QDir().mkpath(sshPath(u"/authorized_keys"_s)));

    const auto report = install(newKey());

    QVERIFY(!report);
    QVERIFY2(report.error().detail.contains(u"not a regular file"_s),
             qPrintable(report.error().detail));
}

void KeyInstallationTest::readOnlyFileIsTold()
{
    write("# mine\n");
    QCOMPARE(::chmod(QFile::encodeName(sshPath(u"/authorized_keys"_s)).constData(), 0400), 0);
    if (QFile(sshPath(u"/authorized_keys"_s)).open(QFile::ReadWrite)) {
        QSKIP("root may write to everything");
    }

    const auto report = install(newKey());

    QVERIFY(!report);
    QCOMPARE(report.error().kind, base::ErrorKind::PermissionDenied);
    QCOMPARE(content(), "# mine\n");
}

void KeyInstallationTest::cancelEndsIt()
{
    KeyInstallation installation(m_probe->connection(), newKey());
    QList<base::Result<Report>> results;
    connect(&installation, &KeyInstallation::finished, this,
            [&results](const base::Result<Report> &report) { results.append(report); });
    installation.start();

    installation.cancel();
    installation.cancel();

    QCOMPARE(results.size(), 1);
    QCOMPARE(results.first().error().kind, base::ErrorKind::Cancelled);
    QCOMPARE(m_probe->run("echo in").standard, QByteArray("in\n")); // the connection goes on
    QCOMPARE(results.size(), 1);
}

QTEST_GUILESS_MAIN(KeyInstallationTest)

#include "KeyInstallationTest.moc"
