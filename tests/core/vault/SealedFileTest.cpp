#include "vault/SealedFile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::SecretString;
using vault::SealingKey;

namespace {

// Made by Python's hashlib.scrypt and AESGCM of the package "cryptography" 48 after the description
// in SealedFile.h: N = 2^15, salt 00 to 0f, nonce 64 to 6f, two entries.
const QByteArray foreignFile = QByteArray::fromHex(
    "506f6e746f53656300000001010f0000000800000001000102030405060708090a0b0c0d0e0f4ad4e6c9c9deaf30"
    "abec06bad450bd7a6465666768696a6b6c6d6e6f1c18b6bfdc079a1df35da2c510199ab12402ad0d92bc9fd7c9e1"
    "af94d917774c3468144a52eccacfa6eb397ae6f97574525071af09dedd139455ba134fbcc0ea05c399ab936ba7fe"
    "7673711efeba6951");

SecretString secret(const QString &text)
{
    return SecretString::fromText(text);
}

SealingKey keyFor(const QByteArray &file, const QString &password)
{
    return SealingKey::derive(secret(password), vault::derivationOf(file).value()).value();
}

QString textOf(const SecretString &secret)
{
    return QString::fromUtf8(secret.utf8());
}

} // namespace

class SealedFileTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void fileOfAnotherProgramIsOpened();
    void sealedIsOpened_data();
    void sealedIsOpened();
    void sizeTellsLittle();
    void nonceIsNewEachTime();
    void wrongPasswordIsTold();
    void changedByteIsNoticed_data();
    void changedByteIsNoticed();
    void everyTruncationIsNoticed();
    void appendedBytesAreNoticed();
    void futureFormatIsNotTouched();
    void costlyParametersAreRefused_data();
    void costlyParametersAreRefused();

private:
    const QString m_password = u"corr\u00e8ct horse"_s;
    std::unique_ptr<SealingKey> m_key;
};

void SealedFileTest::initTestCase()
{
    m_key = std::make_unique<SealingKey>(keyFor(foreignFile, m_password));
}

void SealedFileTest::fileOfAnotherProgramIsOpened()
{
    const auto entries = m_key->open(foreignFile);
    QVERIFY(entries);
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->at(0).title, u"me@web01"_s);
    QCOMPARE(textOf(entries->at(0).secret), u"s\u00e9same"_s);
    QCOMPARE(entries->at(1).title, u"from the future"_s);
    QCOMPARE(textOf(entries->at(1).secret), u"kept"_s);
}

void SealedFileTest::sealedIsOpened_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("ten thousand") << 10'000;
}

void SealedFileTest::sealedIsOpened()
{
    QFETCH(int, count);
    QList<vault::SealedEntry> entries;
    for (int i = 0; i < count; ++i) {
        entries.append({u"me@host%1"_s.arg(i), secret(u"\u00fc%1"_s.arg(i * 7))});
    }
    const auto file = m_key->seal(entries);
    QVERIFY(file);

    const auto opened = m_key->open(*file);

    QVERIFY(opened);
    QCOMPARE(opened->size(), count);
    for (int i = 0; i < count; ++i) {
        QCOMPARE(opened->at(i).title, entries.at(i).title);
        QCOMPARE(textOf(opened->at(i).secret), textOf(entries.at(i).secret));
    }
}

void SealedFileTest::sizeTellsLittle()
{
    const auto shorter = m_key->seal({{u"me@web01"_s, secret(u"a"_s)}});
    const auto longer = m_key->seal({{u"me@web01"_s, secret(QString(300, u'a'))}});
    QCOMPARE(shorter->size(), longer->size());
}

void SealedFileTest::nonceIsNewEachTime()
{
    QVERIFY(m_key->seal({})->sliced(54, 12) != m_key->seal({})->sliced(54, 12));
}

void SealedFileTest::wrongPasswordIsTold()
{
    const auto opened = keyFor(foreignFile, u"correct horse"_s).open(foreignFile);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::PermissionDenied);
}

void SealedFileTest::changedByteIsNoticed_data()
{
    QTest::addColumn<qsizetype>("first");
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("magic") << 0LL << 8LL << ErrorKind::ProtocolViolation;
    QTest::newRow("version") << 8LL << 4LL << ErrorKind::Unsupported;
    QTest::newRow("derivation") << 12LL << 1LL << ErrorKind::ProtocolViolation;
    QTest::newRow("scrypt r and p") << 14LL << 8LL << ErrorKind::ProtocolViolation;
    QTest::newRow("salt") << 22LL << 16LL << ErrorKind::PermissionDenied;
    QTest::newRow("check") << 38LL << 16LL << ErrorKind::PermissionDenied;
    QTest::newRow("nonce") << 54LL << 12LL << ErrorKind::ProtocolViolation;
    QTest::newRow("encrypted") << 66LL << foreignFile.size() - 66 - 16
                               << ErrorKind::ProtocolViolation;
    QTest::newRow("tag") << foreignFile.size() - 16 << 16LL << ErrorKind::ProtocolViolation;
}

void SealedFileTest::changedByteIsNoticed()
{
    QFETCH(qsizetype, first);
    QFETCH(qsizetype, length);
    QFETCH(ErrorKind, kind);
    for (qsizetype offset = first; offset < first + length; ++offset) {
        QByteArray file = foreignFile;
        file[offset] = static_cast<char>(file.at(offset) ^ 0x40);
        const auto opened = m_key->open(file);
        QVERIFY2(!opened, qPrintable(QString::number(offset)));
        QCOMPARE(opened.error().kind, kind);
    }
}

void SealedFileTest::everyTruncationIsNoticed()
{
    for (qsizetype size = 0; size < foreignFile.size(); ++size) {
        const auto opened = m_key->open(QByteArrayView(foreignFile).first(size));
        QVERIFY2(!opened, qPrintable(QString::number(size)));
        QCOMPARE(opened.error().kind, ErrorKind::ProtocolViolation);
    }
}

void SealedFileTest::appendedBytesAreNoticed()
{
    const auto opened = m_key->open(foreignFile + QByteArray(16, '\0'));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::ProtocolViolation);
}

void SealedFileTest::futureFormatIsNotTouched()
{
    const auto derivation = vault::derivationOf(QByteArray("PontoSec\0\0\0\2anything", 20));
    QVERIFY(!derivation);
    QCOMPARE(derivation.error().kind, ErrorKind::Unsupported);
}

// A file must not make us use all memory or time before its password is even looked at.
void SealedFileTest::costlyParametersAreRefused_data()
{
    QTest::addColumn<int>("log2N");
    QTest::newRow("none") << 0;
    QTest::newRow("too cheap") << 14;
    QTest::newRow("2 GiB") << 21;
    QTest::newRow("most") << 255;
}

void SealedFileTest::costlyParametersAreRefused()
{
    QFETCH(int, log2N);
    QByteArray file = foreignFile;
    file[13] = static_cast<char>(log2N);
    const auto derivation = vault::derivationOf(file);
    QVERIFY(!derivation);
    QCOMPARE(derivation.error().kind, ErrorKind::ProtocolViolation);
}

QTEST_GUILESS_MAIN(SealedFileTest)

#include "SealedFileTest.moc"
