#include "hostkeys/Fingerprint.h"

#include "tests/core/hostkeys/SshKeygen.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using hostkeys::Fingerprint;
using hostkeys::HostKey;
using Comparison = Fingerprint::Comparison;

class FingerprintTest : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithSshKeygen_data();
    void agreesWithSshKeygen();
    void drawsAsSshKeygenDoes();
    void comparesWithTypedText_data();
    void comparesWithTypedText();
};

void FingerprintTest::agreesWithSshKeygen_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("bits");

    QTest::newRow("Ed25519") << "ed25519" << 256;
    QTest::newRow("ECDSA 521") << "ecdsa" << 521;
    QTest::newRow("RSA 2048") << "rsa" << 2048;
}

void FingerprintTest::agreesWithSshKeygen()
{
    QFETCH(QString, kind);
    QFETCH(int, bits);
    QTemporaryDir scratch;
    QVERIFY2(scratch.isValid(), qPrintable(scratch.errorString()));
    const auto key = HostKey::fromBlob(SshKeygen::generate(scratch.path(), kind, bits));
    QVERIFY(key);
    const QString publicKey
        = scratch.filePath(kind + QString::number(bits) + QStringLiteral(".pub"));

    const QByteArray sha256 = SshKeygen::run({QStringLiteral("-lvf"), publicKey}).output;
    const QByteArray md5 = SshKeygen::run({QStringLiteral("-E"), QStringLiteral("md5"),
                                           QStringLiteral("-lf"), publicKey})
                               .output;

    const Fingerprint fingerprint(*key);
    QCOMPARE(fingerprint.sha256().toLatin1(), sha256.split(' ').value(1));
    QCOMPARE(fingerprint.md5().toLatin1(), md5.split(' ').value(1));
    QCOMPARE(fingerprint.randomart().toLatin1() + '\n', sha256.mid(sha256.indexOf('\n') + 1));
}

// A file of many keys, so that the walk reaches every wall and corner of the board.
void FingerprintTest::drawsAsSshKeygenDoes()
{
    QTemporaryDir scratch;
    QFile file(scratch.filePath(QStringLiteral("keys")));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QByteArray expected;
    for (int i = 0; i < 256; ++i) {
        const HostKey key = SshKeygen::ed25519(static_cast<char>(i));
        file.write(key.type() + ' ' + key.blob().toBase64() + '\n');
        expected += "256 " + Fingerprint(key).sha256().toLatin1() + " no comment (ED25519)\n"
            + Fingerprint(key).randomart().toLatin1() + '\n';
    }
    file.close();

    QCOMPARE(SshKeygen::run({QStringLiteral("-lvf"), file.fileName()}).output, expected);
}

// The fingerprints are those that `ssh-keygen -l` of OpenSSH 10.0 prints for this key.
void FingerprintTest::comparesWithTypedText_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Comparison>("comparison");
    const auto row = [](const char *name, const QString &typed, Comparison comparison) {
        QTest::newRow(name) << typed << comparison;
    };

    row("SHA256", "SHA256:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ", Comparison::Matches);
    row("SHA256 without prefix", "sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ",
        Comparison::Matches);
    row("SHA256 with padding",
        "SHA256:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ=", Comparison::Matches);
    row("SHA256 in small letters", "sha256:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ",
        Comparison::Matches);
    row("SHA256 broken over lines", " SHA256:\nsArVyTbDlP2ByuRNM59X \tf/iwOUmdy69sxylyNl3iUQQ\r\n",
        Comparison::Matches);
    row("MD5", "MD5:6a:64:33:c8:1d:7d:36:7b:6d:d2:e9:fa:08:04:b3:c1", Comparison::Matches);
    row("MD5 without prefix", "6a:64:33:c8:1d:7d:36:7b:6d:d2:e9:fa:08:04:b3:c1",
        Comparison::Matches);
    row("MD5 in capitals", "md5:6A:64:33:C8:1D:7D:36:7B:6D:D2:E9:FA:08:04:B3:C1",
        Comparison::Matches);
    row("MD5 without colons", "6a6433c81d7d367b6dd2e9fa0804b3c1", Comparison::Matches);
    row("line of ssh-keygen",
        "256 SHA256:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ root@host (ED25519)",
        Comparison::Matches);
    row("line of ssh-keygen with MD5",
        "256 MD5:6a:64:33:c8:1d:7d:36:7b:6d:d2:e9:fa:08:04:b3:c1 root@host (ED25519)",
        Comparison::Matches);
    row("one character of SHA256", "SHA256:xArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ",
        Comparison::Differs);
    row("SHA256 in other case", "SHA256:sarvytbdlp2byurnm59xf/iwoumdy69sxylynl3iuqq",
        Comparison::Differs);
    row("one digit of MD5", "MD5:00:64:33:c8:1d:7d:36:7b:6d:d2:e9:fa:08:04:b3:c1",
        Comparison::Differs);
    row("nothing", "", Comparison::Unreadable);
    row("blanks", " \n", Comparison::Unreadable);
    row("prefix alone", "SHA256:", Comparison::Unreadable);
    row("beginning of SHA256", "SHA256:sArVyTbDlP2ByuRNM59X", Comparison::Unreadable);
    row("SHA256 and more", "SHA256:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQA",
        Comparison::Unreadable);
    row("SHA256 under the name of MD5", "MD5:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ",
        Comparison::Unreadable);
    row("MD5 under the name of SHA256", "SHA256:6a:64:33:c8:1d:7d:36:7b:6d:d2:e9:fa:08:04:b3:c1",
        Comparison::Unreadable);
    row("beginning of MD5", "6a:64:33:c8:1d:7d:36:7b", Comparison::Unreadable);
    row("other digest", "SHA512:sArVyTbDlP2ByuRNM59Xf/iwOUmdy69sxylyNl3iUQQ",
        Comparison::Unreadable);
    row("words", "yes, that is the key", Comparison::Unreadable);
}

void FingerprintTest::comparesWithTypedText()
{
    QFETCH(QString, typed);
    QFETCH(Comparison, comparison);

    QCOMPARE(Fingerprint(SshKeygen::ed25519('k')).compare(typed), comparison);
}

QTEST_GUILESS_MAIN(FingerprintTest)

#include "FingerprintTest.moc"
