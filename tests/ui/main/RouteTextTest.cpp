#include "ui/main/RouteText.h"

#include "ssh/JumpHost.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/SharedConnection.h"

#include <QTest>

using namespace Qt::StringLiterals;

class RouteTextTest : public QObject
{
    Q_OBJECT

private slots:
    void directRouteHasNone();
    void proxiesAreAsTheyAreWritten();
    void nearestHopIsFirst();
    void jumpHostsAreToldToOtherPrograms();
    void samePlaceIsBehindTheSameJumpHost();
};

namespace {

ssh::Route via(const QString &user, const QString &host, quint16 port, const ssh::Route &before)
{
    ssh::ConnectionSettings settings;
    settings.user = user;
    settings.host = host;
    settings.port = port;
    settings.route = before;
    return ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(settings)};
}

} // namespace

void RouteTextTest::directRouteHasNone()
{
    QCOMPARE(ui::routeText(ssh::DirectRoute()), QString());
}

void RouteTextTest::proxiesAreAsTheyAreWritten()
{
    QCOMPARE(
        ui::routeText(base::ProxyAddress{base::ProxyAddress::Kind::Http, u"proxy"_s, 3128, {}}),
        u"http://proxy:3128"_s);
    QCOMPARE(ui::routeText(net::ProxyCommand{u"nc %h\n%p"_s}), u"nc %h\\x0A%p"_s);
}

void RouteTextTest::nearestHopIsFirst()
{
    const ssh::Route proxy
        = base::ProxyAddress{base::ProxyAddress::Kind::Socks5, u"::1"_s, 1080, u"ada"_s};
    const ssh::Route gate = via(u"ada"_s, u"gate"_s, 22, proxy);
    QCOMPARE(ui::routeText(via({}, u"fe80::1"_s, 2222, gate)),
             u"socks5://ada@[::1]:1080, then ada@gate, then [fe80::1]:2222"_s);
}

void RouteTextTest::jumpHostsAreToldToOtherPrograms()
{
    QCOMPARE(ui::jumpHosts(ssh::DirectRoute()), QString());
    const ssh::Route proxy
        = base::ProxyAddress{base::ProxyAddress::Kind::Socks5, u"::1"_s, 1080, u"ada"_s};
    const ssh::Route gate = via(u"ada"_s, u"gate"_s, 22, proxy);
    QCOMPARE(ui::jumpHosts(via({}, u"fe80::1"_s, 2222, gate)), u"ada@gate,[fe80::1]:2222"_s);
}

// Two networks may each have a host of that name. Nothing connects here.
void RouteTextTest::samePlaceIsBehindTheSameJumpHost()
{
    ssh::RoutePool routes;
    const auto place = [&routes](const ssh::Route &route) {
        ssh::ConnectionSettings settings;
        settings.user = u"ada"_s;
        settings.host = u"db"_s;
        settings.route = route;
        auto result = std::make_unique<ui::ServerPlace>(u"db"_s, nullptr);
        result->join(std::make_shared<ui::SharedConnection>(settings, routes, std::nullopt));
        return result;
    };
    const auto direct = place(ssh::DirectRoute());
    const auto one = place(via(u"ada"_s, u"gate"_s, 22, ssh::DirectRoute()));
    const auto same = place(via(u"ada"_s, u"gate"_s, 22, ssh::DirectRoute()));
    const auto other = place(via(u"ada"_s, u"portal"_s, 22, ssh::DirectRoute()));
    QCOMPARE(direct->id(), u"ada@db:22"_s);
    QCOMPARE(one->id(), same->id());
    QVERIFY(one->isSameMachine(*same));
    for (const auto *apart : {direct.get(), other.get()}) {
        QVERIFY(one->id() != apart->id());
        QVERIFY(!one->isSameMachine(*apart));
    }
}

QTEST_GUILESS_MAIN(RouteTextTest)
#include "RouteTextTest.moc"
