#include "keys/PuttyKey.h"

#include <QTest>

using keys::PuttyKey;
using Reason = keys::KeyFileError::Reason;

// Files that puttygen would not write. KeyUnlockTest has those that it does.
class PuttyKeyTest : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void changedFieldsBreakTheMac_data();
    void changedFieldsBreakTheMac();
};

namespace {

// Made by puttygen 0.83 with `-t ed25519`, without a passphrase. Nobody uses it.
const QByteArray plain = "PuTTY-User-Key-File-3: ssh-ed25519\n"
                         "Encryption: none\n"
                         "Comment: c ed25519\n"
                         "Public-Lines: 2\n"
                         "AAAAC3NzaC1lZDI1NTE5AAAAIEEkMfSn6cLMplQqaj2EXOIOVRhfTsHrFs31nq1t\n"
                         "BPtS\n"
                         "Private-Lines: 1\n"
                         "AAAAIGKJ0oW8f0K7Y8yetxkeUd8ZUFKnqFlDZ+LiJKSBuoQr\n"
                         "Private-MAC: "
                         "b779deb58ab77562f9de723a2fc2acfa4dab5f737fde50c800317135cc0da92e\n";

// The beginning of an encrypted one, up to the fields that say how much work it is.
const QByteArray encrypted
    = "PuTTY-User-Key-File-3: ssh-ed25519\n"
      "Encryption: aes256-cbc\n"
      "Comment: c\n"
      "Public-Lines: 1\n"
      "AAAAC3NzaC1lZDI1NTE5AAAAIEEkMfSn6cLMplQqaj2EXOIOVRhfTsHrFs31nq1tBPtS\n"
      "Key-Derivation: Argon2id\n"
      "Argon2-Memory: 8192\n"
      "Argon2-Passes: 8\n"
      "Argon2-Parallelism: 1\n"
      "Argon2-Salt: 0ac81661509c59b291e0d1c205b71d68\n"
      "Private-Lines: 1\n"
      "AAAAIGKJ0oW8f0K7Y8yetxkeUd8ZUFKnqFlDZ+LiJKSBuoQr\n"
      "Private-MAC: 00\n";

QByteArray with(QByteArray text, const char *from, const char *to)
{
    return text.replace(from, to);
}

} // namespace

void PuttyKeyTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Reason>("expected");

    const auto row = [](const char *name, const QByteArray &text, Reason expected) {
        QTest::newRow(name) << text << expected;
    };
    row("nothing", "", Reason::Damaged);
    row("beginning only", "PuTTY-User-Key-File-", Reason::Damaged);
    row("version 1", with(plain, "File-3", "File-1"), Reason::UnsupportedKey);
    row("version 4", with(plain, "File-3", "File-4"), Reason::UnsupportedKey);
    row("version 33", with(plain, "File-3", "File-33"), Reason::Damaged);
    row("unknown encryption", with(plain, "none", "rot13"), Reason::UnsupportedKey);
    row("fields in another order", with(plain, "Encryption", "Comment"), Reason::Damaged);
    row("no lines", with(plain, "Public-Lines: 2", "Public-Lines: 0"), Reason::Damaged);
    row("negative lines", with(plain, "Public-Lines: 2", "Public-Lines: -2"), Reason::Damaged);
    row("four billion lines", with(plain, "Lines: 2", "Lines: 4294967295"), Reason::Damaged);
    row("more lines than there are", with(plain, "Private-Lines: 1", "Private-Lines: 900"),
        Reason::Damaged);
    row("not base64", with(plain, "BPtS", "B*tS"), Reason::Damaged);
    row("type differs from the blob", with(plain, "3: ssh-ed25519", "3: ssh-rsa"), Reason::Damaged);
    row("MAC not hexadecimal", with(plain, "b779", "b77x"), Reason::Damaged);
    row("no MAC", with(plain, "Private-MAC", "Private-XYZ"), Reason::Damaged);
    row("4 TiB of memory", with(encrypted, "Memory: 8192", "Memory: 4294967295"),
        Reason::UnsupportedKey);
    row("a million passes", with(encrypted, "Passes: 8", "Passes: 1000000"),
        Reason::UnsupportedKey);
    row("a thousand lanes", with(encrypted, "Parallelism: 1", "Parallelism: 1000"),
        Reason::UnsupportedKey);
    row("unknown derivation", with(encrypted, "Argon2id", "Argon3"), Reason::UnsupportedKey);
    row("no passes", with(encrypted, "Passes: 8", "Passes: 0"), Reason::Damaged);
}

void PuttyKeyTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(Reason, expected);

    const auto key = PuttyKey::parse(text);

    QVERIFY(!key);
    QCOMPARE(key.error().reason, expected);
    QVERIFY(key.error().error.detail.endsWith(u'.'));
}

void PuttyKeyTest::changedFieldsBreakTheMac_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isWhole");

    QTest::newRow("as it was") << plain << true;
    QTest::newRow("comment") << with(plain, "c ed", "C ed") << false;
    QTest::newRow("private half") << with(plain, "GKJ0o", "GKJ0p") << false;
    QTest::newRow("public half") << with(plain, "IEEkM", "IEEkN") << false;
    QTest::newRow("MAC") << with(plain, "b779", "b778") << false;
    QTest::newRow("MAC cut off") << with(plain, "0da92e", "") << false;
}

void PuttyKeyTest::changedFieldsBreakTheMac()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isWhole);
    const auto key = PuttyKey::parse(text);
    QVERIFY(key);

    const auto opened = key->unlock({});

    QCOMPARE(opened.has_value(), isWhole);
    if (!isWhole) {
        QCOMPARE(opened.error().reason, Reason::Damaged);
    }
}

QTEST_GUILESS_MAIN(PuttyKeyTest)

#include "PuttyKeyTest.moc"
