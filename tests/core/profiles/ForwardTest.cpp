// The forms are those of -L, -R and -D in ssh(1), and of `ssh -G` (OpenSSH 10.0).

#include "profiles/Forward.h"

#include <QTest>

using namespace Qt::StringLiterals;
using profiles::Forward;
using profiles::ForwardEnd;
using profiles::ForwardError;
using Kind = Forward::Kind;

class ForwardTest : public QObject
{
    Q_OBJECT

private slots:
    void formsAreUnderstood_data();
    void formsAreUnderstood();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void textComesBack_data() { formsAreUnderstood_data(); }
    void textComesBack();
    void jsonComesBack_data() { formsAreUnderstood_data(); }
    void jsonComesBack();
    void foreignJsonIsLeftOut();
    void loopbackIsNotOpenToOthers();
};

namespace {

QString longPath()
{
    return u'/' + QString(107, u'a'); // one more than a socket's name may have
}

} // namespace

void ForwardTest::formsAreUnderstood_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<ForwardEnd>("listen");
    QTest::addColumn<ForwardEnd>("target");

    const ForwardEnd web{u"web"_s, 80, {}};
    QTest::newRow("port") << Kind::Local << u"8080:web:80"_s << ForwardEnd{{}, 8080, {}} << web;
    QTest::newRow("any port") << Kind::Remote << u"0:web:80"_s << ForwardEnd{} << web;
    QTest::newRow("address") << Kind::Local << u"127.0.0.2:8080:web:80"_s
                             << ForwardEnd{u"127.0.0.2"_s, 8080, {}} << web;
    QTest::newRow("all addresses")
        << Kind::Local << u"*:8080:web:80"_s << ForwardEnd{u"*"_s, 8080, {}} << web;
    QTest::newRow("IPv6") << Kind::Local << u"[::1]:8080:[2001:db8::1]:80"_s
                          << ForwardEnd{u"::1"_s, 8080, {}} << ForwardEnd{u"2001:db8::1"_s, 80, {}};
    QTest::newRow("socket to port")
        << Kind::Local << u"/run/near:web:80"_s << ForwardEnd{{}, 0, u"/run/near"_s} << web;
    QTest::newRow("port to socket") << Kind::Remote << u"8080:/run/far"_s
                                    << ForwardEnd{{}, 8080, {}} << ForwardEnd{{}, 0, u"/run/far"_s};
    QTest::newRow("socket to socket")
        << Kind::Local << u"/run/near:/run/far"_s << ForwardEnd{{}, 0, u"/run/near"_s}
        << ForwardEnd{{}, 0, u"/run/far"_s};
    QTest::newRow("dynamic") << Kind::Dynamic << u"1080"_s << ForwardEnd{{}, 1080, {}}
                             << ForwardEnd{};
    QTest::newRow("dynamic, address")
        << Kind::Dynamic << u"[::1]:1080"_s << ForwardEnd{u"::1"_s, 1080, {}} << ForwardEnd{};
}

void ForwardTest::formsAreUnderstood()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);

    const auto forward = Forward::parse(kind, text);

    QVERIFY(forward);
    QCOMPARE(forward->kind, kind);
    QTEST(forward->listen, "listen");
    QTEST(forward->target, "target");
}

void ForwardTest::nonsenseIsRefused_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<ForwardError>("error");

    QTest::newRow("nothing") << Kind::Local << u" "_s << ForwardError::Empty;
    QTest::newRow("port alone") << Kind::Local << u"8080"_s << ForwardError::NoTarget;
    QTest::newRow("no port of the target")
        << Kind::Local << u"8080:web:http"_s << ForwardError::NoTargetPort;
    QTest::newRow("port 0 of the target")
        << Kind::Local << u"8080:web:0"_s << ForwardError::NoTargetPort;
    QTest::newRow("too high a port")
        << Kind::Local << u"65536:web:80"_s << ForwardError::NoListenPort;
    QTest::newRow("name instead of a port")
        << Kind::Dynamic << u"socks"_s << ForwardError::NoListenPort;
    QTest::newRow("too many words") << Kind::Local << u"a:b:8080:web:80"_s << ForwardError::TooMuch;
    QTest::newRow("option as a host")
        << Kind::Local << u"8080:-oProxyCommand=x:80"_s << ForwardError::BadHost;
    QTest::newRow("no host") << Kind::Local << u"8080::80"_s << ForwardError::NoTarget;
    QTest::newRow("socket of the server")
        << Kind::Remote << u"/run/far:web:80"_s << ForwardError::RemoteSocket;
    QTest::newRow("long path") << Kind::Local << longPath() + u":web:80"_s << ForwardError::BadHost;
    QTest::newRow("SOCKS on the server, of ssh -G")
        << Kind::Remote << u"1080 [socks]:0"_s << ForwardError::NoTargetPort;
}

void ForwardTest::nonsenseIsRefused()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);

    const auto forward = Forward::parse(kind, text);

    QVERIFY(!forward);
    QTEST(forward.error(), "error");
}

void ForwardTest::textComesBack()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);
    const auto forward = Forward::parse(kind, text);
    QVERIFY(forward);

    QCOMPARE(forward->toString(), text);
}

void ForwardTest::jsonComesBack()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);
    Forward forward = *Forward::parse(kind, text);
    forward.startsWithSession = false;

    QCOMPARE(profiles::forwardsFromJson(profiles::toJson(QList{forward})), QList{forward});
}

void ForwardTest::foreignJsonIsLeftOut()
{
    const QJsonArray array{
        QJsonObject{{u"kind"_s, u"sideways"_s}},
        QJsonObject{{u"kind"_s, u"local"_s}, {u"listen"_s, QJsonObject{{u"port"_s, 8080}}}}, 3,
        QJsonObject{{u"kind"_s, u"dynamic"_s}, {u"listen"_s, QJsonObject{{u"port"_s, 1080}}}}};

    const QList<Forward> forwards = profiles::forwardsFromJson(array);

    QCOMPARE(forwards.size(), 1);
    QCOMPARE(forwards.first().toString(), u"1080"_s);
}

void ForwardTest::loopbackIsNotOpenToOthers()
{
    const auto isOpen
        = [](const QString &text) { return Forward::parse(Kind::Dynamic, text)->isOpenToOthers(); };
    QVERIFY(!isOpen(u"1080"_s));
    QVERIFY(!isOpen(u"localhost:1080"_s));
    QVERIFY(!isOpen(u"127.0.0.5:1080"_s));
    QVERIFY(!isOpen(u"[::1]:1080"_s));
    QVERIFY(!isOpen(u"/run/socks"_s));
    QVERIFY(isOpen(u"*:1080"_s));
    QVERIFY(isOpen(u":1080"_s));
    QVERIFY(isOpen(u"0.0.0.0:1080"_s));
    QVERIFY(isOpen(u"192.0.2.1:1080"_s));
}

QTEST_GUILESS_MAIN(ForwardTest)

#include "ForwardTest.moc"
