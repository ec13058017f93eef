#include "profiles/Profile.h"

#include "profiles/TargetAddress.h"

#include <QJsonDocument>
#include <QTest>

using hostkeys::HostKeyPolicy;
using profiles::Profile;
using profiles::TargetAddress;

namespace {

Profile fullProfile()
{
    Profile profile;
    profile.id = QStringLiteral("id-1");
    profile.name = QStringLiteral("Web");
    profile.host = QStringLiteral("web01");
    profile.port = 2222;
    profile.user = QStringLiteral("deploy");
    profile.identityFiles = {QStringLiteral("~/.ssh/a"), QStringLiteral("/keys/b")};
    profile.useAgent = false;
    profile.useDefaultKeys = false;
    profile.identitiesOnly = true;
    profile.identityAgent = QStringLiteral("none");
    profile.loginOrder = {profiles::LoginSource::Password, profiles::LoginSource::KeyFiles};
    profile.rememberFor = std::chrono::minutes(0);
    profile.hostKeyPolicy = HostKeyPolicy::Reject;
    profile.environment = {QStringLiteral("LANG=C.UTF-8"), QStringLiteral("EMPTY=")};
    profile.startupCommand = QStringLiteral("tmux attach");
    profile.forwardAgent = true;
    profile.forwardX11 = true;
    profile.terminal = {.log = QStringLiteral("cast"),
                        .colors = QStringLiteral("dark"),
                        .fontFamily = QStringLiteral("Hack"),
                        .fontPoints = 11,
                        .cursor = QStringLiteral("bar"),
                        .bell = QStringLiteral("visual"),
                        .scrollback = 0,
                        .type = QStringLiteral("vt100")};
    profile.remoteDirectory = QStringLiteral("/srv/www");
    profile.localDirectory = QStringLiteral("/home/me");
    profile.route.jumpHosts = {profiles::ProfileReference{QStringLiteral("id-2")},
                               TargetAddress::parse(u"ada@inner:2222").value()};
    profile.route.proxy = base::ProxyAddress{base::ProxyAddress::Kind::Http,
                                             QStringLiteral("proxy"), 3128, QStringLiteral("me")};
    profile.route.addressFamily = base::AddressFamily::IPv6;
    profile.route.bindAddress = QStringLiteral("::1");
    profile.notes = QStringLiteral("two\nlines");
    profile.sftpServer = QStringLiteral("sudo");
    profile.group = QStringLiteral("Customers/Acme");
    profile.tags = {QStringLiteral("web"), QStringLiteral("Berlin")};
    profile.color = QStringLiteral("teal");
    profile.environmentClass = profiles::EnvironmentClass::Production;
    profile.isPinned = true;
    profile.position = 3;
    return profile;
}

} // namespace

class ProfileTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldSurvivesJson();
    void plainProfileIsShortJson();
    void routeIsReadable();
    void unknownFieldsStay();
    void fieldsSetBackAreLeftOut();
    void rejects_data();
    void rejects();
    void strangeLoginFieldsMeanTheDefault_data();
    void strangeLoginFieldsMeanTheDefault();
    void strangeTerminalIsLeftToTheSettings();
    void addressGivesAProfile();
    void titleIsTheNameOrTheAddress();
    void tagsAreNormalized();
};

void ProfileTest::everyFieldSurvivesJson()
{
    const Profile profile = fullProfile();
    QCOMPARE(Profile::fromJson(profile.toJson({})), std::optional(profile));
}

void ProfileTest::plainProfileIsShortJson()
{
    Profile profile;
    profile.id = QStringLiteral("id-1");
    profile.host = QStringLiteral("web01");
    QCOMPARE(QJsonDocument(profile.toJson({})).toJson(QJsonDocument::Compact),
             QByteArray(R"({"host":"web01","id":"id-1"})"));
}

void ProfileTest::routeIsReadable()
{
    const QJsonObject route = fullProfile().toJson({}).value(QStringLiteral("route")).toObject();
    const QByteArray expected
        = "{'addressFamily':'ipv6','bindAddress':'::1','jumpHosts':"
          "[{'profile':'id-2'},'ada@inner:2222'],'proxy':'http://me@proxy:3128'}";
    QCOMPARE(QJsonDocument(route).toJson(QJsonDocument::Compact).replace('"', '\''), expected);
}

void ProfileTest::unknownFieldsStay()
{
    const QJsonObject before{{QStringLiteral("ofTomorrow"), QStringLiteral("red")}};
    QCOMPARE(fullProfile().toJson(before).value(QStringLiteral("ofTomorrow")).toString(),
             QStringLiteral("red"));
}

void ProfileTest::fieldsSetBackAreLeftOut()
{
    Profile profile;
    profile.id = QStringLiteral("id-1");
    profile.host = QStringLiteral("web01");
    QCOMPARE(profile.toJson(fullProfile().toJson({})), profile.toJson({}));
}

void ProfileTest::rejects_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("no id") << QByteArray(R"({"host":"web01"})");
    QTest::newRow("no host") << QByteArray(R"({"id":"1"})");
    QTest::newRow("host that is a number") << QByteArray(R"({"id":"1","host":7})");
    QTest::newRow("host that is an option") << QByteArray(R"({"id":"1","host":"-oX"})");
    QTest::newRow("user that is an option") << QByteArray(R"({"id":"1","host":"a","user":"-l"})");
    QTest::newRow("port 0") << QByteArray(R"({"id":"1","host":"a","port":0})");
    for (const char *route :
         {R"("jump")", R"({"jumpHosts":"a"})", R"({"jumpHosts":["-oX"]})", R"({"jumpHosts":[7]})",
          R"({"proxy":"ftp://a:1"})", R"({"proxy":7})", R"({"proxyCommand":["nc"]})",
          R"({"proxy":"http://a:1","proxyCommand":"nc"})", R"({"addressFamily":"ipx"})"}) {
        QTest::addRow("route %s", route)
            << QByteArray(R"({"id":"1","host":"a","route":)").append(route).append('}');
    }
    QTest::newRow("port 65536") << QByteArray(R"({"id":"1","host":"a","port":65536})");
}

void ProfileTest::rejects()
{
    QFETCH(QByteArray, json);
    QVERIFY(!Profile::fromJson(QJsonDocument::fromJson(json).object()));
}

// Nobody is to be locked out by a file.
void ProfileTest::strangeLoginFieldsMeanTheDefault_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("no source") << QByteArray(R"("loginOrder":[])");
    QTest::newRow("unknown source") << QByteArray(R"("loginOrder":["password","telepathy"])");
    QTest::newRow("order that is no list") << QByteArray(R"("loginOrder":"password")");
    QTest::newRow("time that is none") << QByteArray(R"("rememberForMinutes":"long")");
}

void ProfileTest::strangeLoginFieldsMeanTheDefault()
{
    QFETCH(QByteArray, fields);
    const QByteArray json = R"({"id":"1","host":"a",)" + fields + '}';
    const auto profile = Profile::fromJson(QJsonDocument::fromJson(json).object());
    QVERIFY(profile);
    QCOMPARE(profile->loginOrder, profiles::defaultLoginOrder());
    QCOMPARE(profile->rememberFor, Profile().rememberFor);
}

void ProfileTest::strangeTerminalIsLeftToTheSettings()
{
    const QByteArray json = R"({"id":"1","host":"a","terminal":{"log":"loud","fontPoints":900,)"
                            R"("cursor":1,"bell":"gong","scrollback":"all","type":"x\u001b"}})";
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto profile = Profile::fromJson(object);
    QVERIFY(profile);
    QCOMPARE(profile->terminal, profiles::TerminalChoice());
    QCOMPARE(Profile::fromJson(profile->toJson(object))->terminal, profiles::TerminalChoice());
}

void ProfileTest::addressGivesAProfile()
{
    const auto address = TargetAddress::parse(u"me@[::1]:2222");
    QVERIFY(address);
    const Profile profile = Profile::forAddress(*address);
    QVERIFY(!profile.id.isEmpty());
    QVERIFY(profile.id != Profile::forAddress(*address).id);
    QCOMPARE(profile.address(), *address);
}

void ProfileTest::titleIsTheNameOrTheAddress()
{
    Profile profile = fullProfile();
    QCOMPARE(profile.title(), QStringLiteral("Web"));
    profile.name.clear();
    QCOMPARE(profile.title(), QStringLiteral("deploy@web01:2222"));
}

void ProfileTest::tagsAreNormalized()
{
    const QString invisible = QStringLiteral("we\u202eb");
    QCOMPARE(
        profiles::normalizedTags({QStringLiteral(" db "), QString(), QStringLiteral("DB"),
                                  invisible, QStringLiteral("two words")}),
        QStringList({QStringLiteral("db"), QStringLiteral("web"), QStringLiteral("two words")}));
    QStringList many;
    for (int number = 0; number < 1000; ++number) {
        many.append(QString::number(number) + QString(1000, u'x'));
    }
    QCOMPARE(profiles::normalizedTags(many).size(), 32);
    QCOMPARE(profiles::normalizedTags(many).first().size(), 60);
}

QTEST_GUILESS_MAIN(ProfileTest)
#include "ProfileTest.moc"
