#include "ssh/LibsshVersion.h"

#include <QTest>

class LibsshVersionTest : public QObject
{
    Q_OBJECT

private slots:
    void versionsWithHolesAreRefused_data();
    void versionsWithHolesAreRefused();
    void theOneHereIsAccepted();
};

// The versions are those that the security notes of libssh name: fixed in 0.11.5 and 0.12.2.
void LibsshVersionTest::versionsWithHolesAreRefused_data()
{
    QTest::addColumn<int>("minor");
    QTest::addColumn<int>("micro");
    QTest::addColumn<bool>("isSafe");

    QTest::newRow("0.10.6") << 10 << 6 << false;
    QTest::newRow("0.11.0") << 11 << 0 << false;
    QTest::newRow("0.11.4") << 11 << 4 << false;
    QTest::newRow("0.11.5") << 11 << 5 << true;
    QTest::newRow("0.11.6") << 11 << 6 << true;
    QTest::newRow("0.12.0") << 12 << 0 << false;
    QTest::newRow("0.12.1") << 12 << 1 << false;
    QTest::newRow("0.12.2") << 12 << 2 << true;
    QTest::newRow("0.13.0") << 13 << 0 << true;
}

void LibsshVersionTest::versionsWithHolesAreRefused()
{
    QFETCH(int, minor);
    QFETCH(int, micro);
    QFETCH(bool, isSafe);

    // libssh answers the question "are you at least this version?".
    const auto reaches = [&](int, int askedMinor, int askedMicro) {
        return std::pair(minor, micro) >= std::pair(askedMinor, askedMicro);
    };
    QCOMPARE(ssh::isSafeLibssh(reaches), isSafe);
}

void LibsshVersionTest::theOneHereIsAccepted()
{
    const auto checked = ssh::checkLibsshVersion();

    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().subject));
}

QTEST_APPLESS_MAIN(LibsshVersionTest)

#include "LibsshVersionTest.moc"
