#include "keys/KeyFile.h"

#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using keys::KeyFile;
using tests::KeySpec;
using tests::KeyType;
using Format = keys::KeyFile::Format;
using Reason = keys::KeyFileError::Reason;

// The keys are made by the installed ssh-keygen.
class KeyFileTest : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatSshKeygenWrites_data();
    void readsWhatSshKeygenWrites();
    void adviceForAeadCipherWorks_data();
    void adviceForAeadCipherWorks();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void openSshKeyIsFoundBehindOtherText();
    void refusesLooseMode_data();
    void refusesLooseMode();
    void refusesTooLarge();
    void refusesDirectory();
    void refusesPipeWithoutWaiting();
    void missingFileIsNotFound();
    void defaultsComeInTheOrderOfOpenSsh();
    void certificateIsFoundBesideItsKey();

private:
    QString fileWith(const QByteArray &content);

    QTemporaryDir m_directory;
};

QString KeyFileTest::fileWith(const QByteArray &content)
{
    const QString path = m_directory.filePath(QStringLiteral("file"));
    QFile file(path);
    if (!file.open(QFile::WriteOnly | QFile::Truncate, QFile::ReadOwner | QFile::WriteOwner)) {
        qFatal("cannot write %s", qPrintable(path));
    }
    file.write(content);
    return path;
}

void KeyFileTest::readsWhatSshKeygenWrites_data()
{
    QTest::addColumn<KeySpec>("spec");
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("cipher");
    QTest::addColumn<bool>("tellsPublicKey");
    const auto row = [](const char *name, const KeySpec &spec, Format format,
                        const QByteArray &cipher, bool tellsPublicKey) {
        QTest::newRow(name) << spec << format << cipher << tellsPublicKey;
    };
    const QString secret = QStringLiteral("secret");
    const QStringList pem{"-m", "PEM"};
    const QStringList pkcs8{"-m", "PKCS8"};

    row("Ed25519", {}, Format::OpenSsh, {}, true);
    row("Ed25519 encrypted", {.passphrase = secret}, Format::OpenSsh, "aes256-ctr", true);
    row("Ed25519 CBC", {.passphrase = secret, .moreArguments = {"-Z", "aes128-cbc"}},
        Format::OpenSsh, "aes128-cbc", true);
    row("ECDSA", {.type = KeyType::Ecdsa}, Format::OpenSsh, {}, true);
    row("RSA", {.type = KeyType::Rsa}, Format::OpenSsh, {}, true);
    row("RSA PEM", {.type = KeyType::Rsa, .moreArguments = pem}, Format::Pem, {}, false);
    row("RSA PEM encrypted", {.type = KeyType::Rsa, .passphrase = secret, .moreArguments = pem},
        Format::Pem, "AES-128-CBC", false);
    row("ECDSA PEM", {.type = KeyType::Ecdsa, .moreArguments = pem}, Format::Pem, {}, false);
    row("RSA PKCS#8", {.type = KeyType::Rsa, .moreArguments = pkcs8}, Format::Pkcs8, {}, false);
    row("RSA PKCS#8 encrypted",
        {.type = KeyType::Rsa, .passphrase = secret, .moreArguments = pkcs8}, Format::Pkcs8, {},
        false);
}

void KeyFileTest::readsWhatSshKeygenWrites()
{
    QFETCH(KeySpec, spec);
    QFETCH(Format, format);
    QFETCH(QByteArray, cipher);
    QFETCH(bool, tellsPublicKey);
    const auto pair = tests::generateKey(m_directory.filePath(QStringLiteral("id")), spec);
    QVERIFY(pair);

    const auto key = KeyFile::read(pair->privateFile);

    QVERIFY(key);
    QCOMPARE(key->path, pair->privateFile);
    QCOMPARE(key->format, format);
    QCOMPARE(key->isEncrypted, !spec.passphrase.isEmpty());
    QCOMPARE(key->cipher, cipher);
    QCOMPARE(key->publicBlob, tellsPublicKey ? pair->publicBlob() : QByteArray());
    if (tellsPublicKey) {
        QCOMPARE(key->keyType, tests::sshName(spec.type));
    }
}

void KeyFileTest::adviceForAeadCipherWorks_data()
{
    QTest::addColumn<QString>("cipher");

    QTest::newRow("AES-GCM") << "aes256-gcm@openssh.com";
    QTest::newRow("ChaCha20") << "chacha20-poly1305@openssh.com";
}

void KeyFileTest::adviceForAeadCipherWorks()
{
    QFETCH(QString, cipher);
    const auto pair = tests::generateKey(
        m_directory.filePath(QStringLiteral("it's a key")),
        {.passphrase = QStringLiteral("secret"), .moreArguments = {QStringLiteral("-Z"), cipher}});
    QVERIFY(pair);

    const auto refused = KeyFile::read(pair->privateFile);

    QVERIFY(!refused);
    QCOMPARE(refused.error().reason, Reason::UnsupportedCipher);
    QVERIFY(refused.error().error.detail.contains(cipher));
    const QString command
        = refused.error().error.detail.sliced(refused.error().error.detail.indexOf(u"ssh-keygen"));
    const auto run = tests::runTool(
        {.program = QStringLiteral("sh"),
         .arguments = {QStringLiteral("-c"), command + QStringLiteral(" -P secret -N secret")}});
    QCOMPARE(run.exitStatus, 0);
    const auto mended = KeyFile::read(pair->privateFile);
    QVERIFY(mended);
    QCOMPARE(mended->cipher, "aes256-ctr");
}

void KeyFileTest::refusesOtherFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<QString>("word"); // that the sentence must hold

    const auto row
        = [](const char *name, const QByteArray &content, Reason reason, const char *word) {
              QTest::newRow(name) << content << reason << QString::fromLatin1(word);
          };
    row("empty", "", Reason::Empty, "empty");
    row("prose", "Dear diary,\n", Reason::NotAKey, "no private key");
    row("NUL bytes", QByteArray(100, '\0'), Reason::NotAKey, "no private key");
    row("public line", "ssh-ed25519 AAAAC3Nz ann@home\n", Reason::PublicKey, "public");
    row("public PKCS#8", "-----BEGIN PUBLIC KEY-----\nMII\n", Reason::PublicKey, "public");
    row("public RFC 4716", "---- BEGIN SSH2 PUBLIC KEY ----\n", Reason::PublicKey, "public");
    row("PuTTY 1", "PuTTY-User-Key-File-1: ssh-rsa\r\n", Reason::UnsupportedKey,
        "versions 2 and 3");
    row("PuTTY cut off", "PuTTY-User-Key-File-", Reason::Damaged, "damaged");
    row("PuTTY without content", "PuTTY-User-Key-File-3: ssh-ed25519\n", Reason::Damaged,
        "not complete");
    row("DSA", "-----BEGIN DSA PRIVATE KEY-----\nMII\n", Reason::UnsupportedKey, "DSA");
    row("OpenSSH without content", "-----BEGIN OPENSSH PRIVATE KEY-----\n", Reason::Damaged,
        "damaged");
    row("OpenSSH, not base64", "-----BEGIN OPENSSH PRIVATE KEY-----\n****\n", Reason::Damaged,
        "damaged");
}

void KeyFileTest::refusesOtherFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(Reason, reason);
    QFETCH(QString, word);
    const QString path = fileWith(content);

    const auto key = KeyFile::read(path);

    QVERIFY(!key);
    QCOMPARE(key.error().reason, reason);
    QCOMPARE(key.error().error.subject, path);
    QVERIFY2(key.error().error.detail.contains(word), qPrintable(key.error().error.detail));
}

void KeyFileTest::openSshKeyIsFoundBehindOtherText()
{
    const auto pair = tests::generateKey(m_directory.filePath(QStringLiteral("id")),
                                         {.passphrase = QStringLiteral("secret"),
                                          .moreArguments = {"-Z", "aes256-gcm@openssh.com"}});
    QVERIFY(pair);
    QFile file(pair->privateFile);
    QVERIFY(file.open(QFile::ReadOnly));
    const QString path
        = fileWith("-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\n"
                   + file.readAll().replace("\n", "\r\n"));

    const auto key = KeyFile::read(path);

    QVERIFY(!key);
    QCOMPARE(key.error().reason, Reason::UnsupportedCipher);
}

void KeyFileTest::refusesLooseMode_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("isAccepted");

    QTest::newRow("0600") << 0600U << true;
    QTest::newRow("0400") << 0400U << true;
    QTest::newRow("0700") << 0700U << true;
    QTest::newRow("group reads") << 0640U << false;
    QTest::newRow("group executes") << 0610U << false;
    QTest::newRow("others read") << 0604U << false;
    QTest::newRow("others write") << 0602U << false;
}

void KeyFileTest::refusesLooseMode()
{
    QFETCH(uint, mode);
    QFETCH(bool, isAccepted);
    const auto pair = tests::generateKey(m_directory.filePath(QStringLiteral("id")));
    QVERIFY(pair);
    QCOMPARE(::chmod(QFile::encodeName(pair->privateFile).constData(), mode), 0);

    const auto key = KeyFile::read(pair->privateFile);

    QCOMPARE(key.has_value(), isAccepted);
    if (!isAccepted) {
        QCOMPARE(key.error().reason, Reason::LooseMode);
        QCOMPARE(key.error().error.kind, base::ErrorKind::PermissionDenied);
    }
}

void KeyFileTest::refusesTooLarge()
{
    const QString path = fileWith(QByteArray(1024 * 1024 + 1, 'x'));

    QCOMPARE(KeyFile::read(path).error().reason, Reason::TooLarge);
}

void KeyFileTest::refusesDirectory()
{
    const auto key = KeyFile::read(m_directory.path());

    QCOMPARE(key.error().reason, Reason::Unreadable);
    QCOMPARE(key.error().error.kind, base::ErrorKind::IsADirectory);
}

void KeyFileTest::refusesPipeWithoutWaiting()
{
    const QString path = m_directory.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);

    QCOMPARE(KeyFile::read(path).error().reason, Reason::Unreadable);
}

void KeyFileTest::missingFileIsNotFound()
{
    const auto key = KeyFile::read(m_directory.filePath(QStringLiteral("missing")));

    QCOMPARE(key.error().reason, Reason::Unreadable);
    QCOMPARE(key.error().error.kind, base::ErrorKind::NotFound);
}

// The order of IdentityFile in ssh_config(5) of OpenSSH 10.0.
void KeyFileTest::defaultsComeInTheOrderOfOpenSsh()
{
    QTemporaryDir home;
    for (const char *name : {"id_ed25519", "id_rsa", "id_rsa.pub", "id_dsa", "other"}) {
        QFile file(home.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QFile::WriteOnly));
    }

    QCOMPARE(keys::defaultIdentityFiles(home.path()),
             QStringList({home.filePath(QStringLiteral("id_rsa")),
                          home.filePath(QStringLiteral("id_ed25519"))}));
}

void KeyFileTest::certificateIsFoundBesideItsKey()
{
    const auto authority = tests::generateKey(m_directory.filePath(QStringLiteral("ca")));
    const auto pair = tests::generateKey(m_directory.filePath(QStringLiteral("id_cert")));
    QVERIFY(authority && pair);
    QVERIFY(!keys::certificateBeside(pair->privateFile));

    const auto certificate = tests::certify(*pair, *authority);

    QVERIFY(certificate);
    QCOMPARE(keys::certificateBeside(pair->privateFile), *certificate);
}

QTEST_GUILESS_MAIN(KeyFileTest)

#include "KeyFileTest.moc"
