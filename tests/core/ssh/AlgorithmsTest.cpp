#include "ssh/Algorithms.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::AlgorithmList;
using profiles::AlgorithmPreset;
using profiles::Transport;

class AlgorithmsTest : public QObject
{
    Q_OBJECT

private slots:
    void modernOffersNothingWeak();
    void oldDevicesAddsTheWeakOnesAtTheEnd();
    void aesLeadsWhereTheProcessorHasIt();
    void ownOrderWins();
    void unknownNamesAreLeftOut();
    void compressionIsOffUnlessAskedFor();
};

// What SHA-1, CBC and 1024 bits are called in RFC 4253, 4344, 6668 and 9142.
void AlgorithmsTest::modernOffersNothingWeak()
{
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        for (const QString &name : ssh::presetAlgorithms(list, AlgorithmPreset::Modern)) {
            QVERIFY2(!name.contains("sha1"_L1) && !name.contains("cbc"_L1)
                         && !name.contains("md5"_L1) && !name.startsWith("ssh-rsa"_L1)
                         && name != "none"_L1,
                     qPrintable(name));
        }
    }
}

void AlgorithmsTest::oldDevicesAddsTheWeakOnesAtTheEnd()
{
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        const QStringList modern = ssh::presetAlgorithms(list, AlgorithmPreset::Modern);
        const QStringList old = ssh::presetAlgorithms(list, AlgorithmPreset::OldDevices);
        QVERIFY(old.size() > modern.size());
        QCOMPARE(old.first(modern.size()), modern);
    }
}

// The kernel lists "aes" among the processor's flags (proc_cpuinfo(5)).
void AlgorithmsTest::aesLeadsWhereTheProcessorHasIt()
{
    QFile cpu(u"/proc/cpuinfo"_s);
    QVERIFY(cpu.open(QIODevice::ReadOnly));
    const bool hasAes = cpu.readAll().simplified().contains(" aes ");
    const QString first
        = ssh::presetAlgorithms(AlgorithmList::Cipher, AlgorithmPreset::Modern).first();
    QCOMPARE(first, hasAes ? u"aes128-gcm@openssh.com"_s : u"chacha20-poly1305@openssh.com"_s);
}

void AlgorithmsTest::ownOrderWins()
{
    Transport transport;
    transport.list(AlgorithmList::Cipher) = {u"aes256-ctr"_s, u"chacha20-poly1305@openssh.com"_s};
    QCOMPARE(ssh::algorithmsOf(transport, AlgorithmList::Cipher),
             transport.list(AlgorithmList::Cipher));
    QCOMPARE(ssh::algorithmsOf(transport, AlgorithmList::Mac),
             ssh::presetAlgorithms(AlgorithmList::Mac, AlgorithmPreset::Modern));
}

void AlgorithmsTest::unknownNamesAreLeftOut()
{
    Transport transport;
    transport.list(AlgorithmList::Cipher) = {u"rot13"_s, u"aes256-ctr"_s};
    QCOMPARE(ssh::algorithmsOf(transport, AlgorithmList::Cipher), QStringList{u"aes256-ctr"_s});
    transport.list(AlgorithmList::Cipher) = {u"rot13"_s, u"none"_s};
    QCOMPARE(ssh::algorithmsOf(transport, AlgorithmList::Cipher),
             ssh::presetAlgorithms(AlgorithmList::Cipher, AlgorithmPreset::Modern));
}

void AlgorithmsTest::compressionIsOffUnlessAskedFor()
{
    Transport transport;
    QCOMPARE(ssh::compressionList(transport), "none");
    transport.compress = true;
    QCOMPARE(ssh::compressionList(transport), "zlib@openssh.com,none"); // never plain "zlib"
}

QTEST_GUILESS_MAIN(AlgorithmsTest)
#include "AlgorithmsTest.moc"
