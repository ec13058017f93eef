#include "profiles/ProxyText.h"

#include <QTest>

using base::ProxyAddress;
using Kind = base::ProxyAddress::Kind;
using profiles::ProxyTextError;

class ProxyTextTest : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void readsBack_data();
    void readsBack();
};

void ProxyTextTest::parses_data()
{
    QTest::addColumn<ProxyAddress>("expected");
    const auto row
        = [](const char *text, Kind kind, const char *host, quint16 port, const char *user = "") {
              QTest::newRow(text) << ProxyAddress{kind, QString::fromLatin1(host), port,
                                                  QString::fromLatin1(user)};
          };

    row("socks5://proxy.example:1080", Kind::Socks5, "proxy.example", 1080);
    row("socks5h://proxy.example:1080", Kind::Socks5, "proxy.example", 1080);
    row("http://proxy.example:3128/", Kind::Http, "proxy.example", 3128);
    row("HTTP://ada@192.0.2.1:8080", Kind::Http, "192.0.2.1", 8080, "ada");
    row("socks5://a%40b@proxy:1", Kind::Socks5, "proxy", 1, "a@b");
    row("socks5://[2001:db8::1]:65535", Kind::Socks5, "2001:db8::1", 65535);
    row("socks5://ada@[fe80::1%25eth0]:1080", Kind::Socks5, "fe80::1%eth0", 1080, "ada");
}

void ProxyTextTest::parses()
{
    QFETCH(ProxyAddress, expected);

    const auto proxy = profiles::parseProxy(QString::fromLatin1(QTest::currentDataTag()));

    QVERIFY(proxy);
    QVERIFY(*proxy == expected);
}

void ProxyTextTest::refuses_data()
{
    QTest::addColumn<ProxyTextError>("error");
    const auto row = [](const char *text, ProxyTextError error) { QTest::newRow(text) << error; };

    row("", ProxyTextError::UnknownScheme);
    row("proxy.example:1080", ProxyTextError::UnknownScheme);
    row("socks4://proxy.example:1080", ProxyTextError::UnknownScheme);
    row("https://proxy.example:443", ProxyTextError::UnknownScheme);
    row("socks5://proxy.example", ProxyTextError::BadPort);
    row("socks5://proxy.example:0", ProxyTextError::BadPort);
    row("socks5://proxy.example:65536", ProxyTextError::BadPort);
    row("socks5://:1080", ProxyTextError::BadHost);
    row("socks5://-x:1080", ProxyTextError::BadHost);
    row("socks5://a b:1080", ProxyTextError::BadHost);
    row("socks5://2001:db8::1:1080", ProxyTextError::BadHost);
    row("socks5://[proxy]:1080", ProxyTextError::BadHost);
    row("socks5://@proxy:1080", ProxyTextError::BadUser);
    row("socks5://-a@proxy:1080", ProxyTextError::BadUser);
    row("http://a%3Ab@proxy:1080", ProxyTextError::BadUser);
    row("socks5://ada:secret@proxy:1080", ProxyTextError::HasPassword);
    row("http://proxy:3128/path", ProxyTextError::HasPath);
    row("http://proxy:3128?query", ProxyTextError::HasPath);
}

void ProxyTextTest::refuses()
{
    QFETCH(ProxyTextError, error);

    const auto proxy = profiles::parseProxy(QString::fromLatin1(QTest::currentDataTag()));

    QVERIFY(!proxy);
    QCOMPARE(proxy.error(), error);
}

void ProxyTextTest::readsBack_data()
{
    QTest::addColumn<ProxyAddress>("proxy");

    QTest::newRow("name") << ProxyAddress{Kind::Socks5, QStringLiteral("p.example"), 1080, {}};
    QTest::newRow("user") << ProxyAddress{Kind::Http, QStringLiteral("p"), 1,
                                          QStringLiteral("DOM\\a@b/c%d")};
    QTest::newRow("zone") << ProxyAddress{Kind::Socks5, QStringLiteral("fe80::1%eth0"), 9, {}};
}

void ProxyTextTest::readsBack()
{
    QFETCH(ProxyAddress, proxy);

    const auto again = profiles::parseProxy(profiles::proxyText(proxy));

    QVERIFY(again);
    QVERIFY(*again == proxy);
}

QTEST_APPLESS_MAIN(ProxyTextTest)

#include "ProxyTextTest.moc"
