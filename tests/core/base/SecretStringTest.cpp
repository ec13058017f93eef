#include "base/SecretString.h"

#include <QDebug>
#include <QTest>

using base::SecretString;

class SecretStringTest : public QObject
{
    Q_OBJECT

private slots:
    void holdsUtf8WithAnEnd();
    void takesTheTextAway();
    void copiesShareOneBuffer();
    void isNeverPrinted();
};

void SecretStringTest::holdsUtf8WithAnEnd()
{
    const SecretString secret = SecretString::fromText(QStringLiteral("pässword"));

    QCOMPARE(secret.size(), 9);
    QCOMPARE(QByteArray(secret.utf8()), QByteArray("p\xc3\xa4ssword"));
    QVERIFY(SecretString().isEmpty());
    QCOMPARE(QByteArray(SecretString().utf8()), QByteArray());
}

void SecretStringTest::takesTheTextAway()
{
    QByteArray typed("hunter2");
    const SecretString secret = SecretString::fromUtf8(std::move(typed));

    QVERIFY(typed.isEmpty());
    QCOMPARE(QByteArray(secret.utf8()), QByteArray("hunter2"));
}

void SecretStringTest::copiesShareOneBuffer()
{
    const SecretString secret = SecretString::fromText(QStringLiteral("hunter2"));
    const SecretString copy = secret;

    QCOMPARE(static_cast<const void *>(copy.utf8()), static_cast<const void *>(secret.utf8()));
}

void SecretStringTest::isNeverPrinted()
{
    QString line;
    QDebug(&line) << SecretString::fromText(QStringLiteral("hunter2"));

    QVERIFY(!line.contains(QStringLiteral("hunter2")));
    QVERIFY(line.contains(QStringLiteral("hidden")));
}

QTEST_APPLESS_MAIN(SecretStringTest)

#include "SecretStringTest.moc"
