#include "hostkeys/HostKey.h"

#include "tests/core/hostkeys/SshKeygen.h"

#include <QTemporaryDir>
#include <QTest>

using hostkeys::HostKey;

class HostKeyTest : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatSshKeygenMakes_data();
    void readsWhatSshKeygenMakes();
    void keepsAnUnknownType();
    void everyTruncationIsRejected();
    void rejects_data();
    void rejects();
    void comparesByBytes();
};

void HostKeyTest::readsWhatSshKeygenMakes_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("label");

    QTest::newRow("Ed25519") << "ed25519" << 256 << QByteArray("ssh-ed25519") << "ED25519";
    QTest::newRow("ECDSA 256") << "ecdsa" << 256 << QByteArray("ecdsa-sha2-nistp256") << "ECDSA";
    QTest::newRow("ECDSA 384") << "ecdsa" << 384 << QByteArray("ecdsa-sha2-nistp384") << "ECDSA";
    QTest::newRow("ECDSA 521") << "ecdsa" << 521 << QByteArray("ecdsa-sha2-nistp521") << "ECDSA";
    QTest::newRow("RSA 1024") << "rsa" << 1024 << QByteArray("ssh-rsa") << "RSA";
    QTest::newRow("RSA 2047") << "rsa" << 2047 << QByteArray("ssh-rsa") << "RSA";
}

void HostKeyTest::readsWhatSshKeygenMakes()
{
    QFETCH(QString, kind);
    QFETCH(int, bits);
    QFETCH(QByteArray, type);
    QFETCH(QString, label);
    QTemporaryDir scratch;
    QVERIFY2(scratch.isValid(), qPrintable(scratch.errorString()));

    const QByteArray blob = SshKeygen::generate(scratch.path(), kind, bits);
    const auto key = HostKey::fromBlob(blob);

    QVERIFY(key);
    QCOMPARE(key->type(), type);
    QCOMPARE(key->label(), label);
    QCOMPARE(key->bits(), bits);
    QCOMPARE(key->blob(), blob);
}

void HostKeyTest::keepsAnUnknownType()
{
    const auto key = HostKey::fromBlob(QByteArray("\0\0\0\7ssh-new\1\2\3", 14));

    QVERIFY(key);
    QCOMPARE(key->type(), QByteArray("ssh-new"));
    QCOMPARE(key->label(), QStringLiteral("ssh-new"));
    QCOMPARE(key->bits(), 0);
}

void HostKeyTest::everyTruncationIsRejected()
{
    for (const HostKey &key : {SshKeygen::ed25519('k'), SshKeygen::ecdsa('k')}) {
        for (qsizetype size = 0; size < key.blob().size(); ++size) {
            QVERIFY2(!HostKey::fromBlob(key.blob().first(size)), qPrintable(QString::number(size)));
        }
    }
}

void HostKeyTest::rejects_data()
{
    QTest::addColumn<QByteArray>("blob");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("length of 4 GiB") << QByteArray("\xff\xff\xff\xffssh-rsa", 11);
    QTest::newRow("empty type") << QByteArray("\0\0\0\0rest", 8);
    QTest::newRow("blank in type") << QByteArray("\0\0\0\3a bkey", 10);
    QTest::newRow("control character in type") << QByteArray("\0\0\0\3a\033bkey", 10);
    QTest::newRow("comma in type") << QByteArray("\0\0\0\3a,bkey", 10);
    QTest::newRow("type of 65 characters")
        << QByteArray("\0\0\0\x41", 4) + QByteArray(65, 't') + "key";
    QTest::newRow("type alone") << QByteArray("\0\0\0\7ssh-new", 11);
    QTest::newRow("byte behind the key") << SshKeygen::ed25519('k').blob() + 'x';
}

void HostKeyTest::rejects()
{
    QFETCH(QByteArray, blob);

    const auto key = HostKey::fromBlob(blob);

    QVERIFY(!key);
    QCOMPARE(key.error().kind, base::ErrorKind::ProtocolViolation);
}

void HostKeyTest::comparesByBytes()
{
    QVERIFY(SshKeygen::ed25519('a') == SshKeygen::ed25519('a'));
    QVERIFY(SshKeygen::ed25519('a') != SshKeygen::ed25519('b'));
}

QTEST_GUILESS_MAIN(HostKeyTest)

#include "HostKeyTest.moc"
