// What a session takes over from the options of an alias. The options have the form that `ssh -G`
// of OpenSSH 10.0 prints.

#include "profiles/OpenSshOptions.h"

#include <QDir>
#include <QTest>

using hostkeys::HostKeyPolicy;
using profiles::OpenSshOptions;
using profiles::Profile;

namespace fields = profiles::fields;

namespace {

const QByteArray usual("host web\nuser me\nhostname web\nport 22\nidentityfile ~/.ssh/id_rsa\n"
                       "identityfile ~/.ssh/id_ed25519\nciphers a,b\n"
                       "stricthostkeychecking ask\n");

OpenSshOptions options(const QByteArray &output)
{
    return OpenSshOptions::ofClient(QStringLiteral("web"), output, usual);
}

Profile session()
{
    Profile profile;
    profile.id = QStringLiteral("1");
    profile.host = QStringLiteral("web");
    return profile;
}

} // namespace

class OpenSshOptionsTest : public QObject
{
    Q_OBJECT

private slots:
    void defaultsSayNothing();
    void sessionTakesOverWhatIsConfigured();
    void ownValuesOfTheSessionStay();
    void keyFilesAreReplacedAsAWhole();
    void policies_data();
    void policies();
    void unusableNamesAreRefused_data();
    void unusableNamesAreRefused();
    void tokensAreFilledIn_data();
    void tokensAreFilledIn();
    void filesArePartedWhereAPathBegins();
};

void OpenSshOptionsTest::defaultsSayNothing()
{
    QVERIFY(options(usual).lines().isEmpty());
    const auto applied = options(usual).appliedTo(session());
    QCOMPARE(applied.value(), session());
}

void OpenSshOptionsTest::sessionTakesOverWhatIsConfigured()
{
    const auto applied
        = options("host web\nuser deploy\nhostname 10.0.0.7\nport 2222\nidentityfile /k/a\n"
                  "identityfile ~/b\nidentitiesonly yes\nidentityagent /run/agent\n"
                  "preferredauthentications publickey,password\n"
                  "stricthostkeychecking accept-new\nproxycommand nc %h %p\n")
              .appliedTo(session());
    QVERIFY(applied);
    QCOMPARE(applied->host, QStringLiteral("10.0.0.7"));
    QCOMPARE(applied->port, quint16(2222));
    QCOMPARE(applied->user, QStringLiteral("deploy"));
    QCOMPARE(applied->identityFiles,
             QStringList({QStringLiteral("/k/a"), QDir::homePath() + QStringLiteral("/b")}));
    QVERIFY(!applied->useDefaultKeys);
    QVERIFY(applied->identitiesOnly);
    QCOMPARE(applied->identityAgent, QStringLiteral("/run/agent"));
    QCOMPARE(applied->hostKeyPolicy, std::optional(HostKeyPolicy::AutoAdd));
    QCOMPARE(profiles::names(applied->loginOrder).last(), QStringLiteral("password"));
    QCOMPARE(applied->route.proxyCommand, QStringLiteral("nc %h %p"));
    QVERIFY(options("proxycommand none\n").appliedTo(session())->route.proxyCommand.isEmpty());
}

void OpenSshOptionsTest::ownValuesOfTheSessionStay()
{
    Profile own = session();
    own.user = QStringLiteral("root");
    own.port = 2200;
    own.identityFiles = {QStringLiteral("/mine")};
    own.hostKeyPolicy = HostKeyPolicy::Reject;
    own.route.proxyCommand = QStringLiteral("mine %h");
    const auto applied = options("user deploy\nhostname h\nport 2222\nidentityfile /k/a\n"
                                 "stricthostkeychecking false\nproxycommand nc %h %p\n")
                             .appliedTo(own);
    QVERIFY(applied);
    QCOMPARE(applied->user, QStringLiteral("root"));
    QCOMPARE(applied->port, quint16(2200));
    QCOMPARE(applied->identityFiles,
             QStringList({QStringLiteral("/mine"), QStringLiteral("/k/a")}));
    QCOMPARE(applied->hostKeyPolicy, std::optional(HostKeyPolicy::Reject));
    QCOMPARE(applied->route, own.route);
}

void OpenSshOptionsTest::keyFilesAreReplacedAsAWhole()
{
    const auto applied = options("identityfile ~/.ssh/id_rsa\n").appliedTo(session());
    QVERIFY(applied);
    QCOMPARE(applied->identityFiles.size(), 1);
    QVERIFY(!applied->useDefaultKeys);
}

void OpenSshOptionsTest::policies_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<HostKeyPolicy>("policy");
    QTest::newRow("yes") << QByteArray("true") << HostKeyPolicy::Reject;
    QTest::newRow("accept-new") << QByteArray("accept-new") << HostKeyPolicy::AutoAdd;
    QTest::newRow("no") << QByteArray("false") << HostKeyPolicy::AutoAdd;
}

void OpenSshOptionsTest::policies()
{
    QFETCH(QByteArray, value);
    QFETCH(HostKeyPolicy, policy);
    const auto applied = options("stricthostkeychecking " + value + '\n').appliedTo(session());
    QVERIFY(applied);
    QCOMPARE(applied->hostKeyPolicy, std::optional(policy));
}

void OpenSshOptionsTest::unusableNamesAreRefused_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("host") << QByteArray("hostname -oProxyCommand=id\n");
    QTest::newRow("user") << QByteArray("user a;id\n");
    QTest::newRow("port 0") << QByteArray("port 0\n");
    QTest::newRow("port") << QByteArray("port 70000\n");
}

void OpenSshOptionsTest::unusableNamesAreRefused()
{
    QFETCH(QByteArray, output);
    const auto applied = options(output).appliedTo(session());
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind, base::ErrorKind::InvalidName);
}

void OpenSshOptionsTest::tokensAreFilledIn_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expanded");
    QTest::newRow("none") << "/a" << "/a";
    QTest::newRow("home") << "~/a" << QDir::homePath() + QStringLiteral("/a");
    QTest::newRow("host, port, user, alias") << "/%h-%p-%r-%n" << "/10.0.0.7-2222-deploy-web";
    QTest::newRow("percent") << "%%h" << "%h";
    QTest::newRow("variable") << "${PONTO_TEST}/k" << "value/k";
    QTest::newRow("unknown token") << "/%Z" << QString();
    QTest::newRow("lone percent") << "/%" << QString();
    QTest::newRow("unset variable") << "${PONTO_TEST_UNSET}" << QString();
    QTest::newRow("open brace") << "${PONTO_TEST" << QString();
}

void OpenSshOptionsTest::tokensAreFilledIn()
{
    QFETCH(QString, value);
    QFETCH(QString, expanded);
    qputenv("PONTO_TEST", "value");
    const OpenSshOptions all = options("user deploy\nhostname 10.0.0.7\nport 2222\n");
    QCOMPARE(all.expanded(value).value_or(QString()), expanded);
}

void OpenSshOptionsTest::filesArePartedWhereAPathBegins()
{
    QCOMPARE(options("userknownhostsfile /a /b c ~/d\n").files(u"userknownhostsfile"),
             QStringList({QStringLiteral("/a"), QStringLiteral("/b c"),
                          QDir::homePath() + QStringLiteral("/d")}));
    QVERIFY(options(usual).files(u"userknownhostsfile").isEmpty());
}

QTEST_GUILESS_MAIN(OpenSshOptionsTest)
#include "OpenSshOptionsTest.moc"
