#include "ssh/ProfileSettings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <utility>

using hostkeys::HostKeyPolicy;
using profiles::Profile;
using settings::Settings;
namespace keys = settings::keys;

class ProfileSettingsTest : public QObject
{
    Q_OBJECT

private slots:
    void profileIsTakenOver();
    void tildeMeansTheHomeDirectory();
    void policyOfTheProfileWins();
    void unknownPolicyMeansAsk();
    void otherKnownHostsFilesComeAfterTheUsersOwn();
    void proxyAndCommandAreRoutes();
    void jumpHostsMakeAChain();
    void addressesOfAFamilyAndOfOurs();
    void savedJumpHostsHaveTheirOwnLogin();
    void ownRouteOfTheFirstJumpHostHolds();
    void proxyIsForTheFirstJumpHost();
    void missingJumpHostIsTold();
    void circleIsTold();

private:
    ssh::ConnectionSettings settingsOf(const Profile &profile) const;

    QTemporaryDir m_directory;
    QList<Profile> m_saved;
};

void ProfileSettingsTest::profileIsTakenOver()
{
    const Settings settings(m_directory.filePath(QStringLiteral("a.ini")));
    Profile profile;
    profile.host = QStringLiteral("web01");
    profile.port = 2222;
    profile.user = QStringLiteral("me");
    profile.identityFiles = {QStringLiteral("/keys/a")};
    profile.useAgent = false;
    profile.useDefaultKeys = false;
    profile.identitiesOnly = true;
    profile.identityAgent = QStringLiteral("none");
    profile.loginOrder = {profiles::LoginSource::Password};
    profile.environment = {QStringLiteral("A=b=c"), QStringLiteral("no variable")};
    profile.startupCommand = QStringLiteral("tmux");
    profile.forwardAgent = true;
    profile.forwardX11 = true;
    const ssh::ConnectionSettings result = ssh::settingsFor(profile, settings);
    QCOMPARE(result.host, profile.host);
    QCOMPARE(result.port, profile.port);
    QCOMPARE(result.user, profile.user);
    QCOMPARE(result.identityFiles, profile.identityFiles);
    QVERIFY(!result.useAgent);
    QVERIFY(!result.useDefaultKeys);
    QVERIFY(result.identitiesOnly);
    QCOMPARE(result.agentSocket, profile.identityAgent);
    QCOMPARE(result.loginOrder, profile.loginOrder);
    QCOMPARE(result.environment, ssh::Variables({{"A", "b=c"}}));
    QCOMPARE(result.startupCommand, profile.startupCommand);
    QVERIFY(result.forwardsAgent);
    QVERIFY(result.forwardsX11);
}

void ProfileSettingsTest::tildeMeansTheHomeDirectory()
{
    const Settings settings(m_directory.filePath(QStringLiteral("b.ini")));
    Profile profile;
    profile.identityFiles = {QStringLiteral("~/.ssh/a"), QStringLiteral("~other/b")};
    QCOMPARE(
        ssh::settingsFor(profile, settings).identityFiles,
        QStringList({QDir::home().filePath(QStringLiteral(".ssh/a")), QStringLiteral("~other/b")}));
}

void ProfileSettingsTest::policyOfTheProfileWins()
{
    Settings settings(m_directory.filePath(QStringLiteral("c.ini")));
    Profile profile;
    QCOMPARE(ssh::settingsFor(profile, settings).hostKeyPolicy, HostKeyPolicy::Ask);
    settings.setValue(keys::hostKeyPolicy, QStringLiteral("reject"));
    QCOMPARE(ssh::settingsFor(profile, settings).hostKeyPolicy, HostKeyPolicy::Reject);
    profile.hostKeyPolicy = HostKeyPolicy::Warn;
    QCOMPARE(ssh::settingsFor(profile, settings).hostKeyPolicy, HostKeyPolicy::Warn);
}

void ProfileSettingsTest::unknownPolicyMeansAsk()
{
    Settings settings(m_directory.filePath(QStringLiteral("d.ini")));
    settings.setValue(keys::hostKeyPolicy, QStringLiteral("accept-anything"));
    QCOMPARE(ssh::settingsFor(Profile(), settings).hostKeyPolicy, HostKeyPolicy::Ask);
}

void ProfileSettingsTest::otherKnownHostsFilesComeAfterTheUsersOwn()
{
    Settings settings(m_directory.filePath(QStringLiteral("k.ini")));
    QVERIFY(ssh::settingsFor(Profile(), settings).knownHostsFiles.isEmpty()); // the user's own
    settings.setValue(keys::knownHostsFiles,
                      QStringList{QStringLiteral("~/team"), QStringLiteral("relative"),
                                  QStringLiteral("/srv/known_hosts")});
    QCOMPARE(ssh::settingsFor(Profile(), settings).knownHostsFiles,
             hostkeys::standardUserFiles()
                 + QStringList({QDir::home().filePath(QStringLiteral("team")),
                                QStringLiteral("/srv/known_hosts")}));
}

namespace {

Profile server(const QString &name)
{
    Profile profile;
    profile.id = name;
    profile.host = name + QStringLiteral(".example");
    return profile;
}

profiles::ProfileRoute::JumpHost saved(const QString &name)
{
    return profiles::ProfileReference{name};
}

profiles::ProfileRoute::JumpHost address(const QString &text)
{
    return profiles::TargetAddress::parse(text).value();
}

// The hosts that are passed, from the server back to this computer, and how the last is reached.
std::pair<QStringList, ssh::Route> wayBack(const ssh::ConnectionSettings &settings)
{
    QStringList hosts;
    ssh::Route route = settings.route;
    while (const auto *jump = std::get_if<ssh::JumpVia>(&route)) {
        const std::shared_ptr<const ssh::ConnectionSettings> host = jump->host;
        hosts.append(host->host);
        route = host->route;
    }
    return {hosts, route};
}

} // namespace

ssh::ConnectionSettings ProfileSettingsTest::settingsOf(const Profile &profile) const
{
    const Settings settings(m_directory.filePath(QStringLiteral("routes.ini")));
    const auto lookup = [this](const Profile::Id &id) {
        const auto found = std::ranges::find(m_saved, id, &Profile::id);
        return found == m_saved.end() ? std::nullopt : std::optional(*found);
    };
    return ssh::settingsFor(profile, settings, lookup);
}

void ProfileSettingsTest::proxyAndCommandAreRoutes()
{
    Profile profile = server(QStringLiteral("target"));
    QVERIFY(std::holds_alternative<ssh::DirectRoute>(settingsOf(profile).route));

    profile.route.proxyCommand = QStringLiteral("nc %h %p");
    const auto command = std::get<net::ProxyCommand>(settingsOf(profile).route);
    QCOMPARE(command.text, QStringLiteral("nc %h %p"));
    QCOMPARE(command.origin, net::ProxyCommand::Origin::OwnConfiguration);

    const base::ProxyAddress proxy{base::ProxyAddress::Kind::Http, QStringLiteral("p"), 3128, {}};
    profile.route.proxyCommand.clear();
    profile.route.proxy = proxy;
    QVERIFY(std::get<base::ProxyAddress>(settingsOf(profile).route) == proxy);
}

void ProfileSettingsTest::jumpHostsMakeAChain()
{
    Profile profile = server(QStringLiteral("target"));
    profile.identityFiles = {QStringLiteral("/keys/a")};
    profile.route.jumpHosts = {address(QStringLiteral("ada@first.example:2222")),
                               address(QStringLiteral("second.example"))};
    const ssh::ConnectionSettings settings = settingsOf(profile);

    const auto [hosts, start] = wayBack(settings);
    QCOMPARE(hosts,
             QStringList({QStringLiteral("second.example"), QStringLiteral("first.example")}));
    QVERIFY(std::holds_alternative<ssh::DirectRoute>(start));
    const auto &second = *std::get<ssh::JumpVia>(settings.route).host;
    const auto &first = *std::get<ssh::JumpVia>(second.route).host;
    QCOMPARE(first.user, QStringLiteral("ada"));
    QCOMPARE(first.port, 2222);
    QCOMPARE(second.port, 22);
    QVERIFY(second.user.isEmpty());
    QCOMPARE(first.identityFiles, profile.identityFiles);
}

void ProfileSettingsTest::addressesOfAFamilyAndOfOurs()
{
    Profile profile = server(QStringLiteral("target"));
    profile.route.addressFamily = base::AddressFamily::IPv6;
    profile.route.bindAddress = QStringLiteral("::1");
    const ssh::ConnectionSettings settings = settingsOf(profile);

    QCOMPARE(settings.addressFamily, base::AddressFamily::IPv6);
    QCOMPARE(settings.bindAddress, QStringLiteral("::1"));
}

void ProfileSettingsTest::savedJumpHostsHaveTheirOwnLogin()
{
    Profile bastion = server(QStringLiteral("bastion"));
    bastion.user = QStringLiteral("jumper");
    bastion.identityFiles = {QStringLiteral("/keys/b")};
    bastion.hostKeyPolicy = HostKeyPolicy::Reject;
    m_saved = {bastion};
    Profile profile = server(QStringLiteral("target"));
    profile.route.jumpHosts = {saved(QStringLiteral("bastion"))};
    const ssh::ConnectionSettings settings = settingsOf(profile);

    const auto &hop = *std::get<ssh::JumpVia>(settings.route).host;
    QCOMPARE(hop.user, bastion.user);
    QCOMPARE(hop.identityFiles, bastion.identityFiles);
    QCOMPARE(hop.hostKeyPolicy, HostKeyPolicy::Reject);
}

// Of a chain that is given, later ones are reached by the chain.
void ProfileSettingsTest::ownRouteOfTheFirstJumpHostHolds()
{
    Profile inner = server(QStringLiteral("inner"));
    inner.route.jumpHosts = {address(QStringLiteral("outer.example"))};
    m_saved = {inner};
    Profile profile = server(QStringLiteral("target"));

    profile.route.jumpHosts = {saved(QStringLiteral("inner"))};
    QCOMPARE(wayBack(settingsOf(profile)).first,
             QStringList({QStringLiteral("inner.example"), QStringLiteral("outer.example")}));

    profile.route.jumpHosts
        = {address(QStringLiteral("other.example")), saved(QStringLiteral("inner"))};
    QCOMPARE(wayBack(settingsOf(profile)).first,
             QStringList({QStringLiteral("inner.example"), QStringLiteral("other.example")}));
}

void ProfileSettingsTest::proxyIsForTheFirstJumpHost()
{
    Profile profile = server(QStringLiteral("target"));
    profile.route.proxy
        = base::ProxyAddress{base::ProxyAddress::Kind::Socks5, QStringLiteral("p"), 1080, {}};
    profile.route.jumpHosts
        = {address(QStringLiteral("first.example")), address(QStringLiteral("second.example"))};

    const auto [hosts, start] = wayBack(settingsOf(profile));
    QCOMPARE(hosts,
             QStringList({QStringLiteral("second.example"), QStringLiteral("first.example")}));
    QVERIFY(std::get<base::ProxyAddress>(start) == *profile.route.proxy);
}

void ProfileSettingsTest::missingJumpHostIsTold()
{
    m_saved.clear();
    Profile profile = server(QStringLiteral("target"));
    profile.route.jumpHosts = {saved(QStringLiteral("gone"))};

    const auto none = std::get<ssh::NoRoute>(settingsOf(profile).route);
    QCOMPARE(none.reason.kind, base::ErrorKind::RouteUnusable);
    QCOMPARE(none.reason.subject, profile.host);
    QVERIFY(none.reason.quote.contains(QStringLiteral("does not exist")));
}

void ProfileSettingsTest::circleIsTold()
{
    Profile one = server(QStringLiteral("one"));
    Profile two = server(QStringLiteral("two"));
    one.route.jumpHosts = {saved(QStringLiteral("two"))};
    two.route.jumpHosts = {saved(QStringLiteral("one"))};
    m_saved = {one, two};

    const auto none = std::get<ssh::NoRoute>(settingsOf(one).route);
    QCOMPARE(none.reason.kind, base::ErrorKind::RouteUnusable);
    QVERIFY2(none.reason.quote.contains(QStringLiteral("one.example, two.example, one.example")),
             qPrintable(none.reason.quote));
}

QTEST_GUILESS_MAIN(ProfileSettingsTest)
#include "ProfileSettingsTest.moc"
