#include "vault/SecretId.h"

#include <QTest>

using namespace Qt::StringLiterals;
using vault::SecretId;

class SecretIdTest : public QObject
{
    Q_OBJECT

private slots:
    void titleIsReadBack_data();
    void titleIsReadBack();
    void otherTextIsNoTitle_data();
    void otherTextIsNoTitle();
    void labelBeginsWithTheProgram();
};

void SecretIdTest::titleIsReadBack_data()
{
    QTest::addColumn<SecretId>("id");
    QTest::addColumn<QString>("title");

    QTest::newRow("password") << SecretId::password(u"me"_s, u"web01"_s, 22) << u"me@web01"_s;
    QTest::newRow("other port") << SecretId::password(u"me"_s, u"web01"_s, 2222)
                                << u"me@web01:2222"_s;
    QTest::newRow("IPv6") << SecretId::password(u"me"_s, u"2001:db8::1"_s, 22)
                          << u"me@[2001:db8::1]"_s;
    QTest::newRow("IPv6 and port")
        << SecretId::password(u"me"_s, u"fe80::1%eth0"_s, 23) << u"me@[fe80::1%eth0]:23"_s;
    QTest::newRow("user with at sign")
        << SecretId::password(u"me@corp"_s, u"web01"_s, 22) << u"me@corp@web01"_s;
    QTest::newRow("passphrase") << SecretId::passphrase(u"/home/me/.ssh/my key"_s)
                                << u"passphrase of /home/me/.ssh/my key"_s;
    QTest::newRow("proxy") << SecretId::proxyPassword(u"me"_s, u"gate"_s, 1080)
                           << u"proxy me@gate:1080"_s;
    QTest::newRow("proxy on the port of SSH")
        << SecretId::proxyPassword(u"me"_s, u"gate"_s, 22) << u"proxy me@gate:22"_s;
}

void SecretIdTest::titleIsReadBack()
{
    QFETCH(SecretId, id);
    QFETCH(QString, title);

    QCOMPARE(id.title(), title);
    const auto back = SecretId::fromTitle(title);
    QVERIFY(back);
    QVERIFY(*back == id);
}

void SecretIdTest::otherTextIsNoTitle_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no at sign") << u"web01"_s;
    QTest::newRow("no host") << u"me@"_s;
    QTest::newRow("a port that is none") << u"me@web01:x"_s;
    QTest::newRow("too large a port") << u"me@web01:65536"_s;
    QTest::newRow("the usual port written out") << u"me@web01:22"_s;
    QTest::newRow("a proxy without port") << u"proxy me@gate"_s;
    QTest::newRow("brackets around a name") << u"me@[web01]"_s;
}

void SecretIdTest::otherTextIsNoTitle()
{
    QFETCH(QString, text);
    QVERIFY(!SecretId::fromTitle(text));
}

void SecretIdTest::labelBeginsWithTheProgram()
{
    QCOMPARE(SecretId::password(u"me"_s, u"web01"_s, 22).label(), u"Ponto: me@web01"_s);
}

QTEST_GUILESS_MAIN(SecretIdTest)

#include "SecretIdTest.moc"
