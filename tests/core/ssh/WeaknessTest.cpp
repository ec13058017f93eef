#include "ssh/Weakness.h"

#include "ssh/Algorithms.h"

#include <QTest>

using namespace Qt::StringLiterals;
using profiles::AlgorithmList;
using profiles::AlgorithmPreset;
using ssh::Weakness;

class WeaknessTest : public QObject
{
    Q_OBJECT

private slots:
    void namesAreJudged_data();
    void namesAreJudged();
    void presetsDiffer();
    void oneWeakNameIsEnough();
    void strictnessMattersForSome();
};

void WeaknessTest::namesAreJudged_data()
{
    QTest::addColumn<AlgorithmList>("list");
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::optional<Weakness>>("weakness");
    const auto row = [](AlgorithmList list, const char *name, std::optional<Weakness> weakness) {
        QTest::newRow(name) << list << QString::fromLatin1(name) << weakness;
    };
    using List = AlgorithmList;
    row(List::KeyExchange, "mlkem768x25519-sha256", {});
    row(List::KeyExchange, "sntrup761x25519-sha512@openssh.com", {});
    row(List::KeyExchange, "curve25519-sha256", Weakness::NotPostQuantum);
    row(List::KeyExchange, "diffie-hellman-group14-sha1", Weakness::Sha1);
    row(List::KeyExchange, "diffie-hellman-group1-sha1", Weakness::SmallGroup);
    row(List::HostKey, "ssh-ed25519", {});
    row(List::HostKey, "rsa-sha2-256", {});
    row(List::HostKey, "ssh-rsa", Weakness::Sha1);
    row(List::Cipher, "aes128-gcm@openssh.com", {});
    row(List::Cipher, "aes256-ctr", {});
    row(List::Cipher, "aes128-cbc", Weakness::CbcMode);
    row(List::Cipher, "3des-cbc", Weakness::SmallBlocks);
    row(List::Cipher, "none", Weakness::NoEncryption);
    row(List::Mac, "hmac-sha2-256", {});
    row(List::Mac, "hmac-sha1-etm@openssh.com", Weakness::Sha1);
    row(List::Mac, "hmac-md5-96", Weakness::Md5);
}

void WeaknessTest::namesAreJudged()
{
    QFETCH(AlgorithmList, list);
    QFETCH(QString, name);
    QFETCH(std::optional<Weakness>, weakness);
    QVERIFY(ssh::weaknessOf(list, name) == weakness);
}

void WeaknessTest::presetsDiffer()
{
    profiles::Transport transport;
    QVERIFY(!ssh::offersWeakness(transport));
    transport.preset = AlgorithmPreset::OldDevices;
    QVERIFY(ssh::offersWeakness(transport));
}

void WeaknessTest::oneWeakNameIsEnough()
{
    profiles::Transport transport;
    transport.list(AlgorithmList::Mac) = {u"hmac-sha2-256"_s, u"hmac-sha1"_s};
    QVERIFY(ssh::offersWeakness(transport));
}

// CVE-2023-48795: ChaCha20-Poly1305, and CBC with encrypt-then-MAC.
void WeaknessTest::strictnessMattersForSome()
{
    QVERIFY(ssh::needsStrictness(u"chacha20-poly1305@openssh.com"_s, {}));
    QVERIFY(ssh::needsStrictness(u"aes128-cbc"_s, u"hmac-sha1-etm@openssh.com"_s));
    QVERIFY(!ssh::needsStrictness(u"aes128-cbc"_s, u"hmac-sha1"_s));
    QVERIFY(!ssh::needsStrictness(u"aes128-gcm@openssh.com"_s, {}));
}

QTEST_GUILESS_MAIN(WeaknessTest)
#include "WeaknessTest.moc"
