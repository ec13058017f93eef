#include "ui/connect/RoutePage.h"

#include "profiles/OpenSshConfig.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTest>

using base::ProxyAddress;
using profiles::Profile;
using profiles::ProfileReference;
using profiles::TargetAddress;
using ui::RoutePage;

class RoutePageTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void storesWhatIsTyped();
    void untouchedRouteStaysAsItIs_data();
    void untouchedRouteStaysAsItIs();
    void detailsFollowTheKind();
    void usualPortFollowsTheKind();
    void problems_data();
    void problems();
    void aliasIsAJumpHost();
    void circleIsAProblem();
    void sessionThatIsGoneIsAProblem();
    void inheritedRouteIsShown();
    void inheritedRouteCanBeRefused();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    void load(const Profile &profile, const QList<Profile> &saved, const QStringList &aliases = {});
    Profile stored() const;

    std::unique_ptr<RoutePage> m_page;
    Profile m_profile;
    Profile m_bastion;
};

void RoutePageTest::init()
{
    m_profile = {};
    m_profile.id = QStringLiteral("1");
    m_profile.host = QStringLiteral("web01");
    m_bastion = {};
    m_bastion.id = QStringLiteral("2");
    m_bastion.name = QStringLiteral("The Bastion");
    m_bastion.host = QStringLiteral("bastion");
}

void RoutePageTest::load(const Profile &profile, const QList<Profile> &saved,
                         const QStringList &aliases)
{
    m_page = std::make_unique<RoutePage>(saved, aliases);
    m_page->load(profile);
    m_page->show();
}

Profile RoutePageTest::stored() const
{
    Profile profile = m_profile;
    m_page->store(profile);
    return profile;
}

void RoutePageTest::storesWhatIsTyped()
{
    load(m_profile, {m_profile, m_bastion});
    find<QPlainTextEdit>("profileJumpHosts")
        ->setPlainText(QStringLiteral("the bastion\n\n ada@inner:2222 "));
    find<QComboBox>("profileThrough")->setCurrentIndex(3);
    QTest::keyClicks(find<QLineEdit>("profileProxyHost"), QStringLiteral("proxy"));
    QTest::keyClicks(find<QLineEdit>("profileProxyUser"), QStringLiteral("me"));
    find<QComboBox>("profileAddressFamily")->setCurrentIndex(2);
    QTest::keyClicks(find<QLineEdit>("profileBindAddress"), QStringLiteral("127.0.0.1"));

    Profile expected = m_profile;
    expected.route.jumpHosts
        = {ProfileReference{m_bastion.id}, TargetAddress::parse(u"ada@inner:2222").value()};
    expected.route.proxy = ProxyAddress{ProxyAddress::Kind::Http, QStringLiteral("proxy"), 3128,
                                        QStringLiteral("me")};
    expected.route.addressFamily = base::AddressFamily::IPv4;
    expected.route.bindAddress = QStringLiteral("127.0.0.1");
    QCOMPARE(m_page->problem(), QString());
    QVERIFY(stored() == expected);
}

void RoutePageTest::untouchedRouteStaysAsItIs_data()
{
    QTest::addColumn<profiles::ProfileRoute>("route");

    QTest::newRow("none") << profiles::ProfileRoute();
    QTest::newRow("command") << profiles::ProfileRoute{.proxyCommand
                                                       = QStringLiteral("nc 'a b' %h %p")};
    QTest::newRow("proxy") << profiles::ProfileRoute{
        .proxy = ProxyAddress{ProxyAddress::Kind::Socks5, QStringLiteral("p"), 9050, {}},
        .addressFamily = base::AddressFamily::IPv6};
    QTest::newRow("jump hosts") << profiles::ProfileRoute{
        .jumpHosts
        = {ProfileReference{QStringLiteral("2")}, ProfileReference{QStringLiteral("gone")},
           TargetAddress::parse(u"[::1]:22").value()}};
}

void RoutePageTest::untouchedRouteStaysAsItIs()
{
    QFETCH(profiles::ProfileRoute, route);
    m_profile.route = route;
    load(m_profile, {m_bastion});

    QVERIFY(stored() == m_profile);
}

void RoutePageTest::detailsFollowTheKind()
{
    load(m_profile, {});
    auto *through = find<QComboBox>("profileThrough");
    QVERIFY(!find<QLineEdit>("profileProxyHost")->isVisible());

    through->setCurrentIndex(2);
    QVERIFY(find<QLineEdit>("profileProxyHost")->isVisible());
    QVERIFY(!find<QLineEdit>("profileProxyCommand")->isVisible());

    through->setCurrentIndex(4);
    QVERIFY(find<QLineEdit>("profileProxyCommand")->isVisible());
    QVERIFY(!find<QLineEdit>("profileProxyHost")->isVisible());
}

void RoutePageTest::usualPortFollowsTheKind()
{
    load(m_profile, {});
    auto *through = find<QComboBox>("profileThrough");
    auto *port = find<QSpinBox>("profileProxyPort");

    through->setCurrentIndex(3);
    QCOMPARE(port->value(), 3128);
    port->setValue(8080);
    through->setCurrentIndex(2);
    QCOMPARE(port->value(), 8080);
}

void RoutePageTest::problems_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("through");
    const auto row = [](const char *name, const char *field, const char *text, int through = 0) {
        QTest::newRow(name) << QString::fromLatin1(field) << QString::fromLatin1(text) << through;
    };

    row("jump host that is an option", "profileJumpHosts", "-oX");
    row("jump host with a bad port", "profileJumpHosts", "a:b");
    row("no proxy host", "profileProxyHost", "", 2);
    row("proxy host with a blank", "profileProxyHost", "a b", 3);
    row("no command", "profileProxyCommand", " ", 4);
    row("bind address that is a name", "profileBindAddress", "eth0");
}

void RoutePageTest::problems()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(int, through);
    load(m_profile, {});
    find<QComboBox>("profileThrough")->setCurrentIndex(through);
    auto *widget = m_page->findChild<QWidget *>(field);
    QTest::keyClicks(widget, text);

    QVERIFY(!m_page->problem().isEmpty());
}

// A saved session of the same name comes first, an address last.
void RoutePageTest::aliasIsAJumpHost()
{
    const auto gate = profiles::OpenSshConfig::referenceTo(QStringLiteral("gate"));
    load(m_profile, {m_profile, m_bastion}, {QStringLiteral("gate"), m_bastion.name});
    find<QPlainTextEdit>("profileJumpHosts")
        ->setPlainText(QStringLiteral("gate\n%1\nada@gate").arg(m_bastion.name));
    QCOMPARE(m_page->problem(), QString());
    m_profile = stored();
    const QList<profiles::ProfileRoute::JumpHost> expected{
        gate, ProfileReference{m_bastion.id}, TargetAddress::parse(u"ada@gate").value()};
    QCOMPARE(m_profile.route.jumpHosts, expected);

    load(m_profile, {m_profile, m_bastion}); // it is gone from the configuration
    QVERIFY(find<QPlainTextEdit>("profileJumpHosts")->toPlainText().startsWith(u"gate\n"));
    QCOMPARE(m_page->problem(), QString());
    QCOMPARE(stored().route.jumpHosts, expected);
}

void RoutePageTest::circleIsAProblem()
{
    m_bastion.route.jumpHosts = {ProfileReference{m_profile.id}};
    load(m_profile, {m_profile, m_bastion});
    QCOMPARE(m_page->problem(), QString());

    QTest::keyClicks(find<QPlainTextEdit>("profileJumpHosts"), m_bastion.name);

    QVERIFY2(m_page->problem().contains(QStringLiteral("circle")), qPrintable(m_page->problem()));
}

void RoutePageTest::sessionThatIsGoneIsAProblem()
{
    m_profile.route.jumpHosts = {ProfileReference{QStringLiteral("gone")}};
    load(m_profile, {m_profile});

    QVERIFY2(m_page->problem().contains(QStringLiteral("does not exist")),
             qPrintable(m_page->problem()));
}

void RoutePageTest::inheritedRouteIsShown()
{
    profiles::EffectiveProfile inherited;
    inherited.profile.route.jumpHosts
        = {ProfileReference{m_bastion.id}, TargetAddress::parse(u"ada@inner:2222").value()};
    inherited.profile.route.proxyCommand = QStringLiteral("nc %h %p");
    inherited.profile.route.bindAddress = QStringLiteral("::1");
    const profiles::ValueOrigin acme{profiles::ValueOrigin::Kind::Group, QStringLiteral("Acme")};
    for (const auto field :
         {profiles::fields::jumpHosts, profiles::fields::through, profiles::fields::bindAddress}) {
        inherited.origins.insert(field, acme);
    }
    load(m_profile, {m_profile, m_bastion});
    m_page->showInherited(inherited);

    QCOMPARE(find<QPlainTextEdit>("profileJumpHosts")->placeholderText(),
             QStringLiteral("The Bastion, then ada@inner:2222 — from group Acme (“none” goes "
                            "without)"));
    QCOMPARE(find<QComboBox>("profileThrough")->currentText(),
             QStringLiteral("nc %h %p — from group Acme"));
    QCOMPARE(find<QComboBox>("profileAddressFamily")->currentText(),
             QStringLiteral("IPv4 and IPv6 — by default"));
    QCOMPARE(find<QLineEdit>("profileBindAddress")->placeholderText(),
             QStringLiteral("::1 — from group Acme"));
    QVERIFY(stored() == m_profile);
}

void RoutePageTest::inheritedRouteCanBeRefused()
{
    load(m_profile, {});
    QTest::keyClicks(find<QPlainTextEdit>("profileJumpHosts"), QStringLiteral("none"));
    find<QComboBox>("profileThrough")->setCurrentIndex(1);
    find<QComboBox>("profileAddressFamily")->setCurrentIndex(1);
    QTest::keyClicks(find<QLineEdit>("profileBindAddress"), QStringLiteral("any"));
    QCOMPARE(m_page->problem(), QString());
    const Profile refusing = stored();
    QVERIFY(refusing.route == profiles::ProfileRoute());
    for (const auto field : {profiles::fields::jumpHosts, profiles::fields::through,
                             profiles::fields::addressFamily, profiles::fields::bindAddress}) {
        QVERIFY2(refusing.isOwn(field), field.data());
    }

    load(refusing, {});
    QVERIFY(stored() == refusing);
}

QTEST_MAIN(RoutePageTest)

#include "RoutePageTest.moc"
