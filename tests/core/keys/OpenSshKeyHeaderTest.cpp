#include "keys/OpenSshKeyHeader.h"

#include "base/WireWriter.h"

#include <QTest>

using base::WireWriter;
using keys::OpenSshKeyHeader;
using Reason = keys::KeyFileError::Reason;

class OpenSshKeyHeaderTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryField();
    void refusesWhatIsCutOff();
    void refuses_data();
    void refuses();
    void adviceQuotesThePath();
};

namespace {

// A container as PROTOCOL.key of OpenSSH describes it, with a wrong value here and there.
struct Container
{
    QByteArray cipher = "aes256-ctr";
    QByteArray derivation = "bcrypt";
    QByteArray derivationOptions = WireWriter().string("saltsaltsaltsalt").uint32(24).take();
    quint32 keyCount = 1;
    QByteArray publicBlob = WireWriter().string("ssh-ed25519").string(QByteArray(32, 'k')).take();

    QByteArray bytes() const
    {
        return WireWriter()
            .bytes(QByteArrayView("openssh-key-v1\0", 15))
            .string(cipher)
            .string(derivation)
            .string(derivationOptions)
            .uint32(keyCount)
            .string(publicBlob)
            .string(QByteArray(48, 'p'))
            .take();
    }
};

const QString path = QStringLiteral("/home/ann/id");

} // namespace

void OpenSshKeyHeaderTest::readsEveryField()
{
    const Container container;

    const auto header = OpenSshKeyHeader::parse(container.bytes(), path);

    QVERIFY(header);
    QCOMPARE(header->cipher, "aes256-ctr");
    QCOMPARE(header->keyType, "ssh-ed25519");
    QCOMPARE(header->publicBlob, container.publicBlob);
}

void OpenSshKeyHeaderTest::refusesWhatIsCutOff()
{
    const QByteArray whole = Container().bytes();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto header = OpenSshKeyHeader::parse(QByteArrayView(whole).first(size), path);
        QVERIFY(!header);
        QCOMPARE(header.error().reason, Reason::Damaged);
    }
}

void OpenSshKeyHeaderTest::refuses_data()
{
    QTest::addColumn<QByteArray>("container");
    QTest::addColumn<Reason>("reason");
    const auto row = [](const char *name, const Container &container, Reason reason) {
        QTest::newRow(name) << container.bytes() << reason;
    };
    const auto rounds
        = [](quint32 count) { return WireWriter().string("salt").uint32(count).take(); };

    row("AES-GCM", {.cipher = "aes256-gcm@openssh.com"}, Reason::UnsupportedCipher);
    row("ChaCha20", {.cipher = "chacha20-poly1305@openssh.com"}, Reason::UnsupportedCipher);
    row("cipher of the future", {.cipher = "x"}, Reason::UnsupportedCipher);
    row("cipher without a name", {.cipher = ""}, Reason::UnsupportedCipher);
    row("unknown derivation", {.derivation = "scrypt"}, Reason::Damaged);
    row("encrypted without derivation", {.derivation = "none"}, Reason::Damaged);
    row("no rounds", {.derivationOptions = ""}, Reason::Damaged);
    row("hours of rounds", {.derivationOptions = rounds(2049)}, Reason::UnsupportedKey);
    row("years of rounds", {.derivationOptions = rounds(0xffffffff)}, Reason::UnsupportedKey);
    row("no key", {.keyCount = 0}, Reason::Damaged);
    row("two keys", {.keyCount = 2}, Reason::Damaged);
    row("public half empty", {.publicBlob = ""}, Reason::Damaged);
}

void OpenSshKeyHeaderTest::refuses()
{
    QFETCH(QByteArray, container);
    QFETCH(Reason, reason);

    const auto header = OpenSshKeyHeader::parse(container, path);

    QVERIFY(!header);
    QCOMPARE(header.error().reason, reason);
}

void OpenSshKeyHeaderTest::adviceQuotesThePath()
{
    const Container container{.cipher = "aes256-gcm@openssh.com"};

    const auto header
        = OpenSshKeyHeader::parse(container.bytes(), QStringLiteral("/home/ann/o'hara key"));

    QVERIFY(header.error().error.detail.contains(
        QStringLiteral("ssh-keygen -p -Z aes256-ctr -f '/home/ann/o'\\''hara key'")));
}

QTEST_APPLESS_MAIN(OpenSshKeyHeaderTest)

#include "OpenSshKeyHeaderTest.moc"
