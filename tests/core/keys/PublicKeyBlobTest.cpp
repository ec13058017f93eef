#include "keys/PublicKeyBlob.h"

#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::KeyType;

// Compared with ssh-keygen.
class PublicKeyBlobTest : public QObject
{
    Q_OBJECT

private slots:
    void fingerprintIsSshKeygens_data();
    void fingerprintIsSshKeygens();
    void certificateHoldsTheKey_data();
    void certificateHoldsTheKey();
    void cutCertificateHoldsNothing();
    void keyOfASecurityDevice_data();
    void keyOfASecurityDevice();
    void fileWithoutAKey_data();
    void fileWithoutAKey();

private:
    static void addTypes();

    QTemporaryDir m_directory;
};

void PublicKeyBlobTest::addTypes()
{
    QTest::addColumn<KeyType>("type");
    QTest::newRow("ed25519") << KeyType::Ed25519;
    QTest::newRow("ecdsa") << KeyType::Ecdsa;
    QTest::newRow("rsa") << KeyType::Rsa;
}

void PublicKeyBlobTest::fingerprintIsSshKeygens_data()
{
    addTypes();
}

void PublicKeyBlobTest::fingerprintIsSshKeygens()
{
    QFETCH(KeyType, type);
    const auto key = tests::generateKey(m_directory.filePath(u"key"_s), {.type = type});
    QVERIFY(key);
    const auto listing
        = tests::runTool({.program = u"ssh-keygen"_s, .arguments = {u"-lf"_s, key->privateFile}});

    // "256 SHA256:... comment (ED25519)"
    QCOMPARE(keys::sha256Fingerprint(key->publicBlob()),
             QString::fromLatin1(listing.output.split(' ').value(1)));
    QCOMPARE(keys::publicKeyInFile(key->privateFile + u".pub"_s), key->publicBlob());
}

void PublicKeyBlobTest::certificateHoldsTheKey_data()
{
    addTypes();
}

void PublicKeyBlobTest::certificateHoldsTheKey()
{
    QFETCH(KeyType, type);
    const auto authority = tests::generateKey(m_directory.filePath(u"ca"_s));
    const auto key = tests::generateKey(m_directory.filePath(u"key"_s), {.type = type});
    QVERIFY(authority && key);
    const auto file = tests::certify(*key, *authority);
    QVERIFY(file);
    const QByteArray certificate = keys::publicKeyInFile(*file);

    QVERIFY(keys::publicKeyType(certificate).endsWith("-cert-v01@openssh.com"));
    QCOMPARE(keys::plainKeyBlob(certificate), key->publicBlob());
    QCOMPARE(keys::sha256Fingerprint(certificate), keys::sha256Fingerprint(key->publicBlob()));
}

void PublicKeyBlobTest::cutCertificateHoldsNothing()
{
    const auto authority = tests::generateKey(m_directory.filePath(u"ca"_s));
    const auto key = tests::generateKey(m_directory.filePath(u"key"_s));
    QVERIFY(authority && key);
    const auto file = tests::certify(*key, *authority);
    QVERIFY(file);
    const QByteArray certificate = keys::publicKeyInFile(*file);

    for (qsizetype size = 0; size < 100; ++size) { // the key ends behind that
        QVERIFY(keys::plainKeyBlob(certificate.first(size)).isEmpty());
    }
}

void PublicKeyBlobTest::keyOfASecurityDevice_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("isOne");

    QTest::newRow("sk") << QByteArray("sk-ssh-ed25519@openssh.com") << true;
    QTest::newRow("sk certificate") << QByteArray("sk-ssh-ed25519-cert-v01@openssh.com") << true;
    QTest::newRow("plain") << QByteArray("ssh-ed25519") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void PublicKeyBlobTest::keyOfASecurityDevice()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, isOne);
    QByteArray length(4, '\0');
    length[3] = static_cast<char>(type.size());
    QCOMPARE(keys::isOfSecurityDevice(length + type), isOne);
}

void PublicKeyBlobTest::fileWithoutAKey_data()
{
    QTest::addColumn<QByteArray>("content");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one word") << QByteArray("ssh-ed25519\n");
    QTest::newRow("no base64") << QByteArray("ssh-ed25519 !!!!\n");
    QTest::newRow("another type inside") << QByteArray("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==\n");
}

void PublicKeyBlobTest::fileWithoutAKey()
{
    QFETCH(QByteArray, content);
    QFile file(m_directory.filePath(u"odd.pub"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();

    QVERIFY(keys::publicKeyInFile(file.fileName()).isEmpty());
    QVERIFY(keys::publicKeyInFile(m_directory.path()).isEmpty());
    QVERIFY(keys::publicKeyInFile(m_directory.filePath(u"missing"_s)).isEmpty());
}

QTEST_GUILESS_MAIN(PublicKeyBlobTest)

#include "PublicKeyBlobTest.moc"
