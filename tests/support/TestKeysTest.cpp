#include "tests/support/TestKeys.h"

#include "tests/support/Reason.h"
#include "tests/support/ToolRun.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::CertificateSpec;
using tests::KeyType;

// The expectations are what ssh-keygen itself says about the files.
class TestKeysTest : public QObject
{
    Q_OBJECT

private slots:
    void keyHasTypeAndComment_data();
    void keyHasTypeAndComment();
    void passphraseIsNeeded();
    void existingPairIsReplaced();
    void failureHasKeygensWords();
    void certificateNamesPrincipals();

private:
    QByteArray keygen(const QStringList &arguments) const
    {
        return tests::runTool({.program = u"ssh-keygen"_s, .arguments = arguments}).output;
    }

    QTemporaryDir m_directory;
};

void TestKeysTest::keyHasTypeAndComment_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QByteArray>("listed");

    QTest::newRow("Ed25519") << KeyType::Ed25519 << QByteArray("(ED25519)");
    QTest::newRow("ECDSA") << KeyType::Ecdsa << QByteArray("(ECDSA)");
    QTest::newRow("RSA") << KeyType::Rsa << QByteArray("(RSA)");
}

void TestKeysTest::keyHasTypeAndComment()
{
    QFETCH(KeyType, type);
    QFETCH(QByteArray, listed);

    const auto pair = tests::generateKey(m_directory.filePath(u"typed"_s),
                                         {.type = type, .comment = u"my key"_s});

    QVERIFY2(pair, tests::reason(pair).constData());
    const QByteArray listing = keygen({u"-l"_s, u"-f"_s, pair->privateFile});
    QVERIFY2(listing.endsWith(" my key " + listed + '\n'), listing.constData());
    QVERIFY(pair->publicLine.startsWith(tests::sshName(type) + ' '));
    // RFC 4253, 6.6: a key's blob begins with its type as a string.
    QCOMPARE(pair->publicBlob().sliced(4, tests::sshName(type).size()), tests::sshName(type));
    QCOMPARE(QFileInfo(pair->privateFile).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestKeysTest::passphraseIsNeeded()
{
    const auto pair
        = tests::generateKey(m_directory.filePath(u"locked"_s), {.passphrase = u"open sesame"_s});
    QVERIFY(pair);

    QCOMPARE(keygen({u"-y"_s, u"-P"_s, u"wrong"_s, u"-f"_s, pair->privateFile}), "");
    QCOMPARE(keygen({u"-y"_s, u"-P"_s, u"open sesame"_s, u"-f"_s, pair->privateFile}),
             pair->publicLine + '\n');
}

void TestKeysTest::existingPairIsReplaced()
{
    const auto first = tests::generateKey(m_directory.filePath(u"again"_s));
    const auto second = tests::generateKey(m_directory.filePath(u"again"_s));

    QVERIFY(first && second);
    QVERIFY(first->publicLine != second->publicLine);
}

void TestKeysTest::failureHasKeygensWords()
{
    const auto pair = tests::generateKey(m_directory.filePath(u"missing/folder/key"_s));

    QVERIFY(!pair);
    QVERIFY2(pair.error().detail.contains(u"No such file or directory"_s),
             qPrintable(pair.error().detail));
}

void TestKeysTest::certificateNamesPrincipals()
{
    const auto authority = tests::generateKey(m_directory.filePath(u"authority"_s));
    const auto pair = tests::generateKey(m_directory.filePath(u"subject"_s));
    QVERIFY(authority && pair);

    const auto certificate = tests::certify(
        *pair, *authority, {.kind = CertificateSpec::Kind::Host, .principals = {u"a.example"_s}});

    QVERIFY2(certificate, tests::reason(certificate).constData());
    const QByteArray text = keygen({u"-L"_s, u"-f"_s, *certificate});
    QVERIFY2(text.contains("host certificate"), text.constData());
    QVERIFY2(text.contains("a.example"), text.constData());
}

QTEST_GUILESS_MAIN(TestKeysTest)

#include "TestKeysTest.moc"
