#include "ssh/ProfileSettings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

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

private:
    QTemporaryDir m_directory;
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
    QCOMPARE(ssh::effectivePolicy(profile, settings), HostKeyPolicy::Ask);
    settings.setValue(keys::hostKeyPolicy, QStringLiteral("reject"));
    QCOMPARE(ssh::effectivePolicy(profile, settings), HostKeyPolicy::Reject);
    profile.hostKeyPolicy = HostKeyPolicy::Warn;
    QCOMPARE(ssh::effectivePolicy(profile, settings), HostKeyPolicy::Warn);
}

void ProfileSettingsTest::unknownPolicyMeansAsk()
{
    Settings settings(m_directory.filePath(QStringLiteral("d.ini")));
    settings.setValue(keys::hostKeyPolicy, QStringLiteral("accept-anything"));
    QCOMPARE(ssh::effectivePolicy(Profile(), settings), HostKeyPolicy::Ask);
}

QTEST_GUILESS_MAIN(ProfileSettingsTest)
#include "ProfileSettingsTest.moc"
