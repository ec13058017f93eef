// What a session inherits from its groups and the settings, and what the store keeps of groups.

#include "profiles/EffectiveProfile.h"

#include "profiles/ProfileStore.h"
#include "settings/Settings.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using hostkeys::HostKeyPolicy;
using profiles::AlgorithmList;
using profiles::EffectiveProfile;
using profiles::Profile;
using profiles::ProfileStore;
using profiles::ValueOrigin;
using Kind = profiles::ValueOrigin::Kind;

namespace fields = profiles::fields;

class EffectiveProfileTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void nearestWins();
    void defaultThatIsKeptHidesTheGroup();
    void settingsStandBelowTheGroups();
    void resolvingAgainChangesNothing();
    void ownRouteIsKept();
    void eachPartOfTheTransportIsInherited();
    void oldDevicesIsOfOneSessionAlone();
    void jumpHostsAndProxyAreInheritedApart();
    void jumpHostOfItsOwnGroupIsReachedByThoseBefore();
    void unreadableRouteOfAGroupLeadsNowhere();
    void keepAliveComesFromTheSettingsLast();
    void defaultsThatAreKeptSurviveTheFile();
    void groupsAreThoseOfSessionsAndSavedOnes();
    void movingAGroupMovesAllInIt();
    void groupCannotMoveIntoItself();
    void removingAGroupLiftsWhatIsInIt();
    void removedGroupCanBeRestored();
    void unknownFieldsOfGroupsStay();
    void classColorAndTagsAreInherited();
    void pathsAreNormalized_data();
    void pathsAreNormalized();

private:
    Profile session(const QString &id, const QString &group);
    EffectiveProfile effective(const Profile &profile) const
    {
        return EffectiveProfile::of(profile, *m_store, *m_settings);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<ProfileStore> m_store;
};

void EffectiveProfileTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(
        m_directory->filePath(QStringLiteral("settings.ini")));
    m_store
        = std::make_unique<ProfileStore>(m_directory->filePath(QStringLiteral("sessions.json")));
    Profile customers;
    customers.user = QStringLiteral("ops");
    customers.port = 2222;
    customers.useAgent = false;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), customers));
    Profile acme;
    acme.user = QStringLiteral("acme");
    acme.identityFiles = {QStringLiteral("~/.ssh/acme")};
    acme.hostKeyPolicy = HostKeyPolicy::Reject;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers/Acme"), acme));
}

void EffectiveProfileTest::cleanup()
{
    m_store.reset();
    m_settings.reset(); // it writes once more: before the directory goes
}

Profile EffectiveProfileTest::session(const QString &id, const QString &group)
{
    Profile profile;
    profile.id = id;
    profile.host = QStringLiteral("web01");
    profile.group = group;
    return profile;
}

void EffectiveProfileTest::nearestWins()
{
    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers/Acme"));
    profile.identityFiles = {QStringLiteral("/mine")};
    QVERIFY(m_store->save(profile));
    const EffectiveProfile result = effective(m_store->profiles().first());
    QCOMPARE(result.profile.user, QStringLiteral("acme"));
    QCOMPARE(result.origin(fields::user),
             (ValueOrigin{Kind::Group, QStringLiteral("Customers/Acme")}));
    QCOMPARE(result.profile.port, quint16(2222));
    QCOMPARE(result.origin(fields::port), (ValueOrigin{Kind::Group, QStringLiteral("Customers")}));
    QVERIFY(!result.profile.useAgent);
    QCOMPARE(result.profile.identityFiles, QStringList(QStringLiteral("/mine")));
    QCOMPARE(result.origin(fields::identityFiles), (ValueOrigin{Kind::Profile, {}}));
    QVERIFY(result.profile.useDefaultKeys);
    QCOMPARE(result.origin(fields::useDefaultKeys), ValueOrigin{});
    QCOMPARE(result.profile.host, QStringLiteral("web01"));
}

void EffectiveProfileTest::defaultThatIsKeptHidesTheGroup()
{
    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers"));
    QVERIFY(!profile.isOwn(fields::useAgent));
    profile.keepDefault(fields::useAgent, true);
    profile.keepDefault(fields::port, true);
    profile.keepDefault(fields::user, true);
    QVERIFY(profile.isOwn(fields::useAgent));
    QVERIFY(m_store->save(profile));
    QCOMPARE(m_store->profiles().first(), profile);
    const EffectiveProfile result = effective(profile);
    QVERIFY(result.profile.useAgent);
    QCOMPARE(result.profile.port, quint16(22));
    QCOMPARE(result.profile.user, QString());
    QCOMPARE(result.origin(fields::port), (ValueOrigin{Kind::Profile, {}}));
    profile.keepDefault(fields::useAgent, false);
    QVERIFY(!effective(profile).profile.useAgent);
}

void EffectiveProfileTest::settingsStandBelowTheGroups()
{
    const Profile inGroup = session(QStringLiteral("1"), QStringLiteral("Customers/Acme"));
    const Profile outside = session(QStringLiteral("2"), {});
    QCOMPARE(effective(outside).profile.hostKeyPolicy, std::optional(HostKeyPolicy::Ask));
    QCOMPARE(effective(outside).origin(fields::hostKeyPolicy), ValueOrigin{});
    m_settings->setValue(settings::keys::hostKeyPolicy, QStringLiteral("warn"));
    QCOMPARE(effective(outside).profile.hostKeyPolicy, std::optional(HostKeyPolicy::Warn));
    QCOMPARE(effective(outside).origin(fields::hostKeyPolicy), (ValueOrigin{Kind::Settings, {}}));
    QCOMPARE(effective(inGroup).profile.hostKeyPolicy, std::optional(HostKeyPolicy::Reject));
    QCOMPARE(effective(outside).profile.terminal.type, QStringLiteral("xterm-256color"));
    QCOMPARE(effective(outside).profile.terminal.scrollback, 10'000);
    m_settings->setValue(settings::keys::terminalScrollback, 0);
    QCOMPARE(effective(outside).profile.terminal.scrollback, 0);
    QCOMPARE(effective(outside).origin(fields::terminalScrollback),
             (ValueOrigin{Kind::Settings, {}}));
    m_settings->setValue(settings::keys::hostKeyPolicy, QStringLiteral("whatever"));
    QCOMPARE(effective(outside).profile.hostKeyPolicy, std::optional(HostKeyPolicy::Ask));
}

void EffectiveProfileTest::resolvingAgainChangesNothing()
{
    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers/Acme"));
    profile.keepDefault(fields::useAgent, true);
    const Profile once = effective(profile).profile;
    QCOMPARE(effective(once).profile, once);
}

void EffectiveProfileTest::ownRouteIsKept()
{
    Profile profile;
    profile.id = QStringLiteral("r");
    profile.host = QStringLiteral("inner");
    profile.route.jumpHosts = {profiles::ProfileReference{QStringLiteral("b")}};

    QVERIFY(profiles::EffectiveProfile::of(profile, *m_store).profile.route == profile.route);
}

void EffectiveProfileTest::eachPartOfTheTransportIsInherited()
{
    Profile customers;
    customers.transport.compress = true;
    customers.transport.rekeyBytes = quint64(1) << 30;
    customers.transport.transferConnections = 2;
    customers.transport.list(AlgorithmList::Cipher) = {QStringLiteral("aes256-ctr")};
    customers.loginOrder = {profiles::LoginSource::Password};
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), customers));
    Profile acme;
    acme.keepDefault(fields::compress, true);
    acme.transport.keepAliveInterval = std::chrono::seconds(7);
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers/Acme"), acme));

    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers/Acme"));
    profile.transport.tcpKeepAlive = false;
    const EffectiveProfile result = effective(profile);
    QVERIFY(!result.profile.transport.compress);
    QCOMPARE(result.origin(fields::compress),
             (ValueOrigin{Kind::Group, QStringLiteral("Customers/Acme")}));
    QCOMPARE(result.profile.transport.keepAliveInterval, std::chrono::seconds(7));
    QCOMPARE(result.profile.transport.rekeyBytes, quint64(1) << 30);
    QCOMPARE(result.profile.transport.transferConnections, 2);
    QCOMPARE(result.profile.transport.list(AlgorithmList::Cipher),
             QStringList(QStringLiteral("aes256-ctr")));
    QCOMPARE(result.profile.loginOrder, customers.loginOrder);
    QCOMPARE(result.origin(fields::loginOrder),
             (ValueOrigin{Kind::Group, QStringLiteral("Customers")}));
    QVERIFY(!result.profile.transport.tcpKeepAlive);
    QCOMPARE(effective(result.profile).profile, result.profile);
}

void EffectiveProfileTest::oldDevicesIsOfOneSessionAlone()
{
    Profile group;
    group.transport.preset = profiles::AlgorithmPreset::OldDevices;
    group.transport.list(AlgorithmList::Mac) = {QStringLiteral("hmac-sha2-256")};
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), group));
    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers"));
    QCOMPARE(effective(profile).profile.transport.preset, profiles::AlgorithmPreset::Modern);
    QCOMPARE(effective(profile).profile.transport.list(AlgorithmList::Mac).size(), 1);

    profile.transport.preset = profiles::AlgorithmPreset::OldDevices;
    QVERIFY(effective(profile).profile.transport.list(AlgorithmList::Mac).isEmpty());
}

void EffectiveProfileTest::jumpHostsAndProxyAreInheritedApart()
{
    Profile group;
    group.route.jumpHosts = {profiles::ProfileReference{QStringLiteral("bastion")}};
    group.route.proxy
        = base::ProxyAddress{base::ProxyAddress::Kind::Socks5, QStringLiteral("proxy"), 1080, {}};
    group.route.addressFamily = base::AddressFamily::IPv4;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), group));

    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers"));
    QVERIFY(effective(profile).profile.route == group.route);

    profile.keepDefault(fields::jumpHosts, true); // goes without
    profile.route.proxyCommand = QStringLiteral("nc %h %p");
    QVERIFY(m_store->save(profile));
    const Profile result = effective(m_store->profiles().first()).profile;
    QVERIFY(result.route.jumpHosts.isEmpty());
    QVERIFY(!result.route.proxy); // a program and a proxy exclude each other
    QCOMPARE(result.route.proxyCommand, profile.route.proxyCommand);
    QCOMPARE(result.route.addressFamily, base::AddressFamily::IPv4);
}

void EffectiveProfileTest::jumpHostOfItsOwnGroupIsReachedByThoseBefore()
{
    Profile group;
    group.route.jumpHosts = {profiles::ProfileReference{QStringLiteral("outer")},
                             profiles::ProfileReference{QStringLiteral("inner")},
                             profiles::TargetAddress::parse(u"ada@db:2222").value()};
    QVERIFY(m_store->saveGroup(QStringLiteral("Lab"), group));
    const auto hops
        = [&](const Profile &profile) { return effective(profile).profile.route.jumpHosts.size(); };
    QCOMPARE(hops(session(QStringLiteral("outer"), QStringLiteral("Lab"))), 0);
    QCOMPARE(hops(session(QStringLiteral("inner"), QStringLiteral("Lab"))), 1);
    QCOMPARE(hops(session(QStringLiteral("1"), QStringLiteral("Lab"))), 3);
    Profile db = session(QStringLiteral("2"), QStringLiteral("Lab"));
    db.host = QStringLiteral("DB");
    QCOMPARE(hops(db), 3); // another port
    db.port = 2222;
    QCOMPARE(hops(db), 2);
}

void EffectiveProfileTest::unreadableRouteOfAGroupLeadsNowhere()
{
    const Profile group = Profile::defaultsFromJson(
        {{QStringLiteral("route"), QJsonObject{{QStringLiteral("proxy"), 7}}}});
    QCOMPARE(group.route.jumpHosts.size(), 1); // of a session that does not exist
    QVERIFY(m_store->saveGroup(QStringLiteral("Lab"), group));
    const Profile result = effective(session(QStringLiteral("1"), QStringLiteral("Lab"))).profile;
    QVERIFY(result.route == profiles::ProfileRoute::nowhere());
}

void EffectiveProfileTest::keepAliveComesFromTheSettingsLast()
{
    Profile profile = session(QStringLiteral("1"), {});
    QCOMPARE(effective(profile).profile.transport.keepAliveInterval, std::chrono::seconds(30));
    QCOMPARE(effective(profile).origin(fields::keepAlive), ValueOrigin{});
    m_settings->setValue(settings::keys::keepAliveSeconds, 90);
    m_settings->setValue(settings::keys::keepAliveCount, 4000);
    QCOMPARE(effective(profile).profile.transport.keepAliveInterval, std::chrono::seconds(90));
    QCOMPARE(effective(profile).profile.transport.keepAliveCount, 100); // the highest
    QCOMPARE(effective(profile).origin(fields::keepAlive), (ValueOrigin{Kind::Settings, {}}));
    profile.transport.keepAliveInterval = std::chrono::seconds(0);
    QCOMPARE(effective(profile).profile.transport.keepAliveInterval, std::chrono::seconds(0));
    QCOMPARE(effective(profile).origin(fields::keepAlive), (ValueOrigin{Kind::Profile, {}}));
}

void EffectiveProfileTest::defaultsThatAreKeptSurviveTheFile()
{
    Profile profile = session(QStringLiteral("1"), QStringLiteral("Customers"));
    for (const profiles::InheritableField &field : Profile::inheritableFields()) {
        if (field.name != fields::hostKeyPolicy && field.name != fields::keepAlive
            && field.name != fields::keepAliveCount) { // whose default has no name
            profile.keepDefault(field.name, true);
        }
    }
    QVERIFY(m_store->save(profile));
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), profile));
    ProfileStore again(m_directory->filePath(QStringLiteral("sessions.json")));
    QVERIFY(again.load());
    QCOMPARE(again.profiles(), QList{profile});
    QCOMPARE(again.groupDefaults(QStringLiteral("Customers")).keptDefaults, profile.keptDefaults);
}

void EffectiveProfileTest::groupsAreThoseOfSessionsAndSavedOnes()
{
    QVERIFY(m_store->save(session(QStringLiteral("1"), QStringLiteral("Lab/Rack 2"))));
    QCOMPARE(m_store->groups(),
             QStringList({QStringLiteral("Customers"), QStringLiteral("Customers/Acme"),
                          QStringLiteral("Lab"), QStringLiteral("Lab/Rack 2")}));
}

void EffectiveProfileTest::movingAGroupMovesAllInIt()
{
    QVERIFY(m_store->save(session(QStringLiteral("1"), QStringLiteral("Customers/Acme"))));
    QVERIFY(m_store->save(session(QStringLiteral("2"), QStringLiteral("CustomersOld"))));
    QVERIFY(m_store->moveGroup(QStringLiteral("Customers"), QStringLiteral("Clients")));
    QCOMPARE(m_store->find(QStringLiteral("1"))->group, QStringLiteral("Clients/Acme"));
    QCOMPARE(m_store->find(QStringLiteral("2"))->group, QStringLiteral("CustomersOld"));
    QCOMPARE(m_store->groupDefaults(QStringLiteral("Clients")).port, quint16(2222));
    QCOMPARE(m_store->groupDefaults(QStringLiteral("Clients/Acme")).user, QStringLiteral("acme"));
    QVERIFY(!m_store->groups().contains(QStringLiteral("Customers")));
}

void EffectiveProfileTest::groupCannotMoveIntoItself()
{
    const auto moved
        = m_store->moveGroup(QStringLiteral("Customers"), QStringLiteral("Customers/Acme"));
    QVERIFY(!moved);
    QCOMPARE(moved.error().kind, base::ErrorKind::InvalidName);
    QCOMPARE(m_store->groups().size(), 2);
}

void EffectiveProfileTest::removingAGroupLiftsWhatIsInIt()
{
    QVERIFY(m_store->save(session(QStringLiteral("1"), QStringLiteral("Customers/Acme"))));
    QVERIFY(m_store->removeGroup(QStringLiteral("Customers")));
    QCOMPARE(m_store->find(QStringLiteral("1"))->group, QStringLiteral("Acme"));
    QCOMPARE(m_store->groups(), QStringList(QStringLiteral("Acme")));
    QVERIFY(m_store->removeGroup(QStringLiteral("Acme")));
    QCOMPARE(m_store->find(QStringLiteral("1"))->group, QString());
    QVERIFY(m_store->groups().isEmpty());
}

void EffectiveProfileTest::removedGroupCanBeRestored()
{
    QVERIFY(m_store->save(session(QStringLiteral("1"), QStringLiteral("Customers/Acme"))));
    const Profile before = m_store->groupDefaults(QStringLiteral("Customers/Acme"));
    const QStringList groups = m_store->groups();
    const auto removal = m_store->removeGroup(QStringLiteral("Customers"));
    QVERIFY(removal);
    QCOMPARE(m_store->find(QStringLiteral("1"))->group, QStringLiteral("Acme"));
    QVERIFY(m_store->takeBack(*removal));
    QCOMPARE(m_store->find(QStringLiteral("1"))->group, QStringLiteral("Customers/Acme"));
    QCOMPARE(m_store->groupDefaults(QStringLiteral("Customers/Acme")), before);
    QCOMPARE(m_store->groups(), groups); // no group Acme is left at the top
}

void EffectiveProfileTest::unknownFieldsOfGroupsStay()
{
    const auto object = [this] {
        QFile file(m_directory->filePath(QStringLiteral("sessions.json")));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    };
    QJsonObject root = object();
    QJsonObject groups = root.value(QStringLiteral("groups")).toObject();
    QJsonObject customers = groups.value(QStringLiteral("Customers")).toObject();
    customers.insert(QStringLiteral("ofTomorrow"), QStringLiteral("red"));
    groups.insert(QStringLiteral("Customers"), customers);
    root.insert(QStringLiteral("groups"), groups);
    QFile file(m_directory->filePath(QStringLiteral("sessions.json")));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QJsonDocument(root).toJson());
    file.close();

    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), {}));
    const QJsonObject after = object()
                                  .value(QStringLiteral("groups"))
                                  .toObject()
                                  .value(QStringLiteral("Customers"))
                                  .toObject();
    QCOMPARE(after, (QJsonObject{{QStringLiteral("ofTomorrow"), QStringLiteral("red")}}));
}

void EffectiveProfileTest::pathsAreNormalized_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("path");
    QTest::newRow("as it should be") << "A/B" << "A/B";
    QTest::newRow("blanks and empty names") << " / A // B b / " << "A/B b";
    QTest::newRow("invisible characters") << QStringLiteral("A\n\u202E/B") << "A/B";
    QTest::newRow("too deep") << "1/2/3/4/5/6/7/8/9" << "1/2/3/4/5/6/7/8";
    QTest::newRow("too long") << QString(200, u'x') << QString(100, u'x');
}

void EffectiveProfileTest::pathsAreNormalized()
{
    QFETCH(QString, given);
    QFETCH(QString, path);
    QCOMPARE(profiles::normalizedGroup(given), path);
}

void EffectiveProfileTest::classColorAndTagsAreInherited()
{
    Profile group;
    group.environmentClass = profiles::EnvironmentClass::Production;
    group.color = QStringLiteral("red");
    group.tags = {QStringLiteral("paid")};
    QVERIFY(m_store->saveGroup(QStringLiteral("Live"), group));
    Profile profile = session(QStringLiteral("a"), QStringLiteral("Live/Web"));
    profile.color = QStringLiteral("blue");
    const EffectiveProfile result = effective(profile);
    QCOMPARE(result.profile.environmentClass, profiles::EnvironmentClass::Production);
    QCOMPARE(result.profile.tags, group.tags);
    QCOMPARE(result.profile.color, QStringLiteral("blue"));
    QCOMPARE(result.origin(fields::environmentClass).group, QStringLiteral("Live"));

    // One host in it is not what the group is.
    profile.keepDefault(fields::environmentClass, true);
    QCOMPARE(effective(profile).profile.environmentClass, profiles::EnvironmentClass::None);
}

QTEST_GUILESS_MAIN(EffectiveProfileTest)
#include "EffectiveProfileTest.moc"
