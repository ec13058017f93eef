// Logins with key files of every format: locked, loose, too short, with a certificate beside them.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/PuttyKeys.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::answering;
using tests::ConnectionProbe;
using tests::KeyType;
using tests::reason;
using tests::SshServerOptions;

class KeyFileLoginTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void keyFile_data();
    void keyFile();
    void encryptedKeyAsksForItsPassphrase();
    void puttyKey_data();
    void puttyKey();
    void looseKeyIsMendedOrSkipped_data();
    void looseKeyIsMendedOrSkipped();
    void looseKeyThatIsNotWantedAsksNothing();
    void shortRsaKeyIsRefused_data();
    void shortRsaKeyIsRefused();
    void keyThatLibsshDiesOfIsRefused();
    void wrongPassphraseIsAskedForThreeTimes();
    void emptyPassphraseSkipsTheKey();
    void certificateBesideTheKey();
    void certificateElsewhere();
    void unknownKeyAsksForNoPassphrase_data();
    void unknownKeyAsksForNoPassphrase();

private:
    // A server with these options and the user's key, running.
    std::unique_ptr<tests::SshServer> serve(SshServerOptions options);

    tests::ConnectionFixture m_fixture;
};

void KeyFileLoginTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, reason(ready).constData());
}

std::unique_ptr<tests::SshServer> KeyFileLoginTest::serve(SshServerOptions options)
{
    auto server = std::make_unique<tests::SshServer>(
        options.withAuthorizedKey(m_fixture.userKey().publicLine));
    const auto started = server->start();
    if (!started) {
        qWarning("%s", reason(started).constData());
    }
    return server;
}

void KeyFileLoginTest::keyFile_data()
{
    QTest::addColumn<tests::KeySpec>("spec");

    QTest::newRow("ed25519") << tests::KeySpec{.type = KeyType::Ed25519};
    QTest::newRow("ecdsa") << tests::KeySpec{.type = KeyType::Ecdsa};
    QTest::newRow("rsa") << tests::KeySpec{.type = KeyType::Rsa};
    QTest::newRow("rsa in PEM") << tests::KeySpec{.type = KeyType::Rsa,
                                                  .moreArguments = {u"-m"_s, u"PEM"_s}};
    QTest::newRow("ecdsa in PKCS#8")
        << tests::KeySpec{.type = KeyType::Ecdsa, .moreArguments = {u"-m"_s, u"PKCS8"_s}};
}

void KeyFileLoginTest::keyFile()
{
    QFETCH(tests::KeySpec, spec);
    const auto key = tests::generateKey(m_fixture.path(u"key"_s), spec);
    QVERIFY2(key, reason(key).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.prompts.isEmpty());
    QCOMPARE(probe.connection().info().loginMethod, u"publickey"_s);
    QCOMPARE(probe.run("echo in").standard, QByteArray("in\n"));
}

void KeyFileLoginTest::encryptedKeyAsksForItsPassphrase()
{
    const auto key = tests::generateKey(m_fixture.path(u"locked"_s), {.passphrase = u"open"_s});
    QVERIFY2(key, reason(key).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"open"_s));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 1);
    const auto *question = std::get_if<ssh::PassphraseQuestion>(&probe.prompts.first().question);
    QVERIFY(question != nullptr);
    QCOMPARE(question->keyFile, key->privateFile);
}

void KeyFileLoginTest::puttyKey_data()
{
    QTest::addColumn<tests::KeySpec>("spec");
    QTest::addColumn<tests::PuttySpec>("putty");

    for (const int version : {2, 3}) {
        for (const QString &passphrase : {QString(), u"open"_s}) {
            const QByteArray name = QByteArray::number(version)
                + (passphrase.isEmpty() ? QByteArray() : QByteArray(" encrypted"));
            const tests::PuttySpec putty{.version = version, .passphrase = passphrase};
            QTest::newRow(("ed25519 " + name).constData())
                << tests::KeySpec{.type = KeyType::Ed25519} << putty;
            QTest::newRow(("ecdsa " + name).constData())
                << tests::KeySpec{.type = KeyType::Ecdsa} << putty;
            QTest::newRow(("rsa " + name).constData())
                << tests::KeySpec{.type = KeyType::Rsa} << putty;
        }
    }
}

void KeyFileLoginTest::puttyKey()
{
    QFETCH(tests::KeySpec, spec);
    QFETCH(tests::PuttySpec, putty);
    const auto key = tests::generateKey(m_fixture.path(u"key"_s), spec);
    QVERIFY2(key, reason(key).constData());
    const QString file = m_fixture.path(u"key.ppk"_s);
    const auto converted = tests::convertToPutty(*key, file, putty);
    QVERIFY2(converted, reason(converted).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {file};
    ConnectionProbe probe(settings);
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, putty.passphrase));

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.connection().info().loginMethod, u"publickey"_s);
    QCOMPARE(probe.prompts.size(), putty.passphrase.isEmpty() ? 0 : 1);
}

void KeyFileLoginTest::looseKeyIsMendedOrSkipped_data()
{
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<QStringList>("format");
    QTest::addColumn<bool>("isMended");

    const QStringList pem{u"-m"_s, u"PKCS8"_s};
    QTest::newRow("mended") << QString() << QStringList() << true;
    QTest::newRow("mended and encrypted") << u"open"_s << QStringList() << true;
    QTest::newRow("mended, hides its public half") << QString() << pem << true;
    QTest::newRow("skipped") << QString() << QStringList() << false;
    QTest::newRow("skipped, hides its public half") << QString() << pem << false;
}

void KeyFileLoginTest::looseKeyIsMendedOrSkipped()
{
    QFETCH(QString, passphrase);
    QFETCH(QStringList, format);
    QFETCH(bool, isMended);
    const auto key = tests::generateKey(
        m_fixture.path(u"loose"_s),
        {.type = KeyType::Ecdsa, .passphrase = passphrase, .moreArguments = format});
    QVERIFY2(key, reason(key).constData());
    QVERIFY(format.isEmpty() || QFile::remove(key->privateFile + u".pub"_s));
    QVERIFY(QFile::setPermissions(key->privateFile,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);
    probe.setAnswerer([&](const ssh::Prompt &prompt) -> std::optional<ssh::PromptAnswer> {
        if (const auto *mode = std::get_if<ssh::KeyModeQuestion>(&prompt.question)) {
            return mode->keyFile == key->privateFile && mode->mode == 0640 && isMended
                ? ssh::PromptAnswer(ssh::KeyModeAnswer::Mend)
                : ssh::PromptAnswer(ssh::Refusal());
        }
        return ssh::SecretAnswers{base::SecretString::fromText(passphrase)};
    });

    QCOMPARE(probe.connectAndWait(), isMended);
    QCOMPARE(probe.prompts.size(), passphrase.isEmpty() ? 1 : 2);
    const auto mode = QFile::permissions(key->privateFile);
    QCOMPARE(mode.testFlag(QFile::ReadGroup), !isMended);
    if (!isMended) {
        QVERIFY2(probe.error().detail.contains(u"0600"_s), qPrintable(probe.error().detail));
    }
}

void KeyFileLoginTest::looseKeyThatIsNotWantedAsksNothing()
{
    const auto key = tests::generateKey(m_fixture.path(u"loose"_s));
    QVERIFY2(key, reason(key).constData());
    QVERIFY(QFile::setPermissions(key->privateFile, QFile::ReadOwner | QFile::ReadOther));
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QVERIFY(probe.prompts.isEmpty());
}

void KeyFileLoginTest::shortRsaKeyIsRefused_data()
{
    QTest::addColumn<QStringList>("format");

    QTest::newRow("OpenSSH") << QStringList();
    QTest::newRow("PEM") << QStringList{u"-m"_s, u"PEM"_s};
}

void KeyFileLoginTest::shortRsaKeyIsRefused()
{
    QFETCH(QStringList, format);
    const auto key = tests::generateKey(
        m_fixture.path(u"short"_s), {.type = KeyType::Rsa, .bits = 1024, .moreArguments = format});
    QVERIFY2(key, reason(key).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QVERIFY2(probe.error().detail.contains(u"1024 bits"_s), qPrintable(probe.error().detail));
}

// libssh 0.11 would follow a null pointer.
void KeyFileLoginTest::keyThatLibsshDiesOfIsRefused()
{
    const auto key = tests::generateKey(
        m_fixture.path(u"aead"_s),
        {.passphrase = u"open"_s, .moreArguments = {u"-Z"_s, u"aes256-gcm@openssh.com"_s}});
    QVERIFY2(key, reason(key).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QVERIFY(probe.prompts.isEmpty());
    QVERIFY2(probe.error().detail.contains(u"ssh-keygen -p -Z aes256-ctr"_s),
             qPrintable(probe.error().detail));
}

void KeyFileLoginTest::wrongPassphraseIsAskedForThreeTimes()
{
    const auto key = tests::generateKey(m_fixture.path(u"locked"_s), {.passphrase = u"open"_s});
    QVERIFY2(key, reason(key).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);
    probe.setAnswerer(answering(ssh::HostKeyAnswer::AcceptOnce, u"wrong"_s));

    QVERIFY(!probe.connectAndWait());
    QCOMPARE(probe.prompts.size(), 3);
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY2(probe.error().detail.contains(u"passphrase is wrong"_s),
             qPrintable(probe.error().detail));
}

void KeyFileLoginTest::emptyPassphraseSkipsTheKey()
{
    const auto key = tests::generateKey(m_fixture.path(u"locked"_s), {.passphrase = u"open"_s});
    QVERIFY2(key, reason(key).constData());
    const auto server = serve(SshServerOptions().withAuthorizedKey(key->publicLine));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile, m_fixture.userKey().privateFile};
    ConnectionProbe probe(settings); // refuses every prompt

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QCOMPARE(probe.prompts.size(), 1);
    QVERIFY(probe.connection().info().loginKey.contains(m_fixture.userKey().privateFile));
}

void KeyFileLoginTest::certificateBesideTheKey()
{
    const auto authority = tests::generateKey(m_fixture.path(u"ca"_s));
    const auto key = tests::generateKey(m_fixture.path(u"certified"_s));
    QVERIFY2(authority && key, (reason(authority) + reason(key)).constData());
    const auto server
        = serve(SshServerOptions().withAuthorizedKey("cert-authority " + authority->publicLine));
    const auto certificate = tests::certify(*key, *authority, {.principals = {server->userName()}});
    QVERIFY2(certificate, reason(certificate).constData());
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.connection().info().loginKey.contains(*certificate));
}

// As with CertificateFile of ssh_config(5). That of another key changes nothing.
void KeyFileLoginTest::certificateElsewhere()
{
    const auto authority = tests::generateKey(m_fixture.path(u"ca2"_s));
    const auto key = tests::generateKey(m_fixture.path(u"certified2"_s));
    const auto other = tests::generateKey(m_fixture.path(u"certified3"_s));
    QVERIFY2(authority && key && other, (reason(authority) + reason(key)).constData());
    const auto server
        = serve(SshServerOptions().withAuthorizedKey("cert-authority " + authority->publicLine));
    const auto ours = tests::certify(*key, *authority, {.principals = {server->userName()}});
    const auto others = tests::certify(*other, *authority, {.principals = {server->userName()}});
    QVERIFY2(ours && others, reason(ours).constData());
    const QString elsewhere = m_fixture.path(u"elsewhere.pub"_s);
    QVERIFY(QFile::rename(*ours, elsewhere));
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    settings.certificateFiles = {*others, elsewhere};
    ConnectionProbe probe(settings);

    QVERIFY2(probe.connectAndWait(), qPrintable(probe.error().detail));
    QVERIFY(probe.connection().info().loginKey.contains(elsewhere));
}

void KeyFileLoginTest::unknownKeyAsksForNoPassphrase_data()
{
    QTest::addColumn<QStringList>("format");

    QTest::newRow("told by the file") << QStringList();
    QTest::newRow("told by the .pub beside it") << QStringList{u"-m"_s, u"PKCS8"_s};
}

void KeyFileLoginTest::unknownKeyAsksForNoPassphrase()
{
    QFETCH(QStringList, format);
    const auto key = tests::generateKey(
        m_fixture.path(u"stranger"_s),
        {.type = KeyType::Ecdsa, .passphrase = u"open sesame"_s, .moreArguments = format});
    QVERIFY2(key, reason(key).constData());
    const auto server = serve({});
    auto settings = m_fixture.settingsFor(*server);
    settings.identityFiles = {key->privateFile};
    ConnectionProbe probe(settings);

    QVERIFY(!probe.connectAndWait());
    QVERIFY(probe.prompts.isEmpty());
    QCOMPARE(probe.error().kind, ErrorKind::AuthenticationFailed);
}

QTEST_GUILESS_MAIN(KeyFileLoginTest)

#include "KeyFileLoginTest.moc"
