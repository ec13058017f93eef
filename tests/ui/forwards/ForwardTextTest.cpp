#include "ui/forwards/ForwardText.h"

#include "ui/errors/ForwardErrorText.h"

#include <QTest>

using namespace Qt::StringLiterals;
using forward::ForwardStatus;
using profiles::Forward;

class ForwardTextTest : public QObject
{
    Q_OBJECT

private slots:
    void listenText_data();
    void listenText();
    void addressIsThatOfTheListener();
    void urls_data();
    void urls();
    void busyPortNamesAFreeOne();
    void prohibitedNamesTheOption();
    void clientsThatSpeakNoSocksAreTold_data();
    void clientsThatSpeakNoSocksAreTold();
    void othersAreWarnedOf();
};

namespace {

ForwardStatus listeningOn(quint16 port)
{
    ForwardStatus status;
    status.state = ForwardStatus::State::Listening;
    status.addresses = {u"127.0.0.1:%1"_s.arg(port), u"[::1]:%1"_s.arg(port)};
    status.port = port;
    return status;
}

Forward local(const QString &text)
{
    return *Forward::parse(Forward::Kind::Local, text);
}

} // namespace

void ForwardTextTest::listenText_data()
{
    QTest::addColumn<Forward>("forward");
    QTest::addColumn<QString>("text");

    QTest::newRow("port") << local(u"8080:web:80"_s) << u"8080"_s;
    QTest::newRow("any port") << local(u"0:web:80"_s) << u"any port"_s;
    QTest::newRow("all addresses") << local(u"*:8080:web:80"_s) << u"8080, all addresses"_s;
    QTest::newRow("socket") << local(u"/run/near:web:80"_s) << u"/run/near"_s;
    QTest::newRow("remote") << *Forward::parse(Forward::Kind::Remote, u"8080:web:80"_s)
                            << u"8080 on the server"_s;
}

void ForwardTextTest::listenText()
{
    QFETCH(const Forward, forward);

    QTEST(ui::forwardListenText(forward), "text");
}

void ForwardTextTest::addressIsThatOfTheListener()
{
    QCOMPARE(ui::forwardAddress(local(u"0:web:80"_s), {}), QString());
    QCOMPARE(ui::forwardAddress(local(u"0:web:80"_s), listeningOn(4711)), u"localhost:4711"_s);
    QCOMPARE(ui::forwardAddress(local(u"127.0.0.1:0:web:80"_s), listeningOn(4711)),
             u"127.0.0.1:4711"_s);
}

void ForwardTextTest::urls_data()
{
    QTest::addColumn<Forward>("forward");
    QTest::addColumn<QString>("url");

    QTest::newRow("web") << local(u"0:web:80"_s) << u"http://localhost:4711"_s;
    QTest::newRow("other port") << local(u"0:web:9090"_s) << u"http://localhost:4711"_s;
    QTest::newRow("secure") << local(u"0:web:443"_s) << u"https://localhost:4711"_s;
    QTest::newRow("address") << local(u"127.0.0.2:0:web:80"_s) << u"http://127.0.0.2:4711"_s;
    QTest::newRow("SSH") << local(u"0:web:22"_s) << QString();
    QTest::newRow("database") << local(u"0:db:5432"_s) << QString();
    QTest::newRow("SOCKS") << *Forward::parse(Forward::Kind::Dynamic, u"0"_s) << QString();
    QTest::newRow("remote") << *Forward::parse(Forward::Kind::Remote, u"0:web:80"_s) << QString();
}

void ForwardTextTest::urls()
{
    QFETCH(const Forward, forward);

    const auto url = ui::forwardUrl(forward, listeningOn(4711));

    QTEST(url ? url->toString() : QString(), "url");
    QVERIFY(!ui::forwardUrl(forward, {}));
}

void ForwardTextTest::busyPortNamesAFreeOne()
{
    const base::Error busy{.kind = base::ErrorKind::AlreadyExists};

    QCOMPARE(ui::forwardFailureText(local(u"8080:web:80"_s), busy, 8081),
             u"Another program listens on port 8080 of this computer. Port 8081 is free."_s);
}

void ForwardTextTest::prohibitedNamesTheOption()
{
    const base::Error prohibited{.kind = base::ErrorKind::ForwardingRefused,
                                 .subject = u"web:80"_s};

    const QString text = ui::forwardRefusalText(local(u"0:web:80"_s), prohibited);

    QVERIFY2(text.contains(u"web:80"_s) && text.contains(u"AllowTcpForwarding"_s),
             qPrintable(text));
}

void ForwardTextTest::clientsThatSpeakNoSocksAreTold_data()
{
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::addColumn<QString>("says");

    QTest::newRow("HTTP") << base::ErrorKind::ProtocolViolation << u"does not speak SOCKS"_s;
    QTest::newRow("login") << base::ErrorKind::AuthenticationFailed << u"without a login"_s;
    QTest::newRow("UDP") << base::ErrorKind::Unsupported << u"UDP"_s;
    QTest::newRow("nowhere") << base::ErrorKind::InvalidName << u"address"_s;
}

void ForwardTextTest::clientsThatSpeakNoSocksAreTold()
{
    QFETCH(const base::ErrorKind, kind);
    QFETCH(const QString, says);
    const base::Error refusal{.kind = kind, .subject = u"127.0.0.1:50000"_s};

    const QString text
        = ui::forwardRefusalText(*Forward::parse(Forward::Kind::Dynamic, u"1080"_s), refusal);

    QVERIFY2(text.contains(says), qPrintable(text));
}

void ForwardTextTest::othersAreWarnedOf()
{
    QCOMPARE(ui::forwardWarningText(local(u"8080:web:80"_s)), QString());
    QVERIFY(ui::forwardWarningText(local(u"*:8080:web:80"_s)).contains(u"web:80"_s));
    QVERIFY(ui::forwardWarningText(*Forward::parse(Forward::Kind::Dynamic, u"*:1080"_s))
                .contains(u"without a password"_s));
}

QTEST_MAIN(ForwardTextTest)

#include "ForwardTextTest.moc"
