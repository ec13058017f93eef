#include "profiles/PastedCommand.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::Forward;
using profiles::PastedCommand;
using profiles::PastedCommandError;
using profiles::Profile;
using profiles::TargetAddress;
using Problem = profiles::PastedCommandError::Problem;

class PastedCommandTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldIsTaken();
    void clustersAndGluedValues();
    void optionsBehindTheHost();
    void commandIsKept();
    void optionsOfTheConfigurationAreTaken();
    void whatHasNoPlaceIsTold();
    void hostCountsMoreThanOptions();
    void problems_data();
    void problems();
};

namespace {

PastedCommand parsed(const QString &text)
{
    const auto result = PastedCommand::parse(text.split(u' ', Qt::SkipEmptyParts));
    return result ? *result : PastedCommand{.leftOut = {u"failed"_s}};
}

} // namespace

void PastedCommandTest::everyFieldIsTaken()
{
    const PastedCommand command
        = parsed(u"-p 2222 -l deploy -i ~/.ssh/work -J jump@gate:2200,inner -L 8080:localhost:80 "
                 "-D 1080 -A -C -6 -b ::1 -o IdentitiesOnly=yes web01.example.com"_s);

    const Profile &profile = command.profile;
    QCOMPARE(command.leftOut, QStringList());
    QVERIFY(!profile.id.isEmpty());
    QCOMPARE(profile.host, u"web01.example.com"_s);
    QCOMPARE(profile.user, u"deploy"_s);
    QCOMPARE(profile.port, 2222);
    QCOMPARE(profile.identityFiles, QStringList{QDir::homePath() + u"/.ssh/work"_s});
    QVERIFY(profile.identitiesOnly);
    QCOMPARE(profile.route.jumpHosts.size(), 2);
    QCOMPARE(std::get<TargetAddress>(profile.route.jumpHosts[0]).toString(), u"jump@gate:2200"_s);
    QCOMPARE(std::get<TargetAddress>(profile.route.jumpHosts[1]).host, u"inner"_s);
    QCOMPARE(profile.route.addressFamily, base::AddressFamily::IPv6);
    QCOMPARE(profile.route.bindAddress, u"::1"_s);
    QCOMPARE(profile.forwards.size(), 2);
    QCOMPARE(profile.forwards[0].kind, Forward::Kind::Local);
    QCOMPARE(profile.forwards[1].kind, Forward::Kind::Dynamic);
    QVERIFY(profile.forwardAgent);
    QVERIFY(profile.transport.compress);
}

void PastedCommandTest::clustersAndGluedValues()
{
    const PastedCommand command = parsed(u"-4CYp2022 -oUser=ann host"_s);
    QCOMPARE(command.profile.port, 2022);
    QCOMPARE(command.profile.user, u"ann"_s);
    QVERIFY(command.profile.transport.compress);
    QVERIFY(command.profile.forwardX11);
    QCOMPARE(command.profile.route.addressFamily, base::AddressFamily::IPv4);
}

void PastedCommandTest::optionsBehindTheHost()
{
    QCOMPARE(parsed(u"ann@host -p 2022"_s).profile.port, 2022);
}

void PastedCommandTest::commandIsKept()
{
    QCOMPARE(parsed(u"-t host tmux attach -t main"_s).profile.startupCommand,
             u"tmux attach -t main"_s);
    QCOMPARE(parsed(u"host -- ls -l"_s).profile.startupCommand, u"ls -l"_s);
}

void PastedCommandTest::optionsOfTheConfigurationAreTaken()
{
    const PastedCommand command
        = parsed(u"-o ServerAliveInterval=20 -o SetEnv=LANG=C -oForwardX11=yes "
                 "-oLocalForward=8080:localhost:80 -oAddressFamily=inet host"_s);

    QCOMPARE(command.leftOut, QStringList());
    QCOMPARE(command.profile.transport.keepAliveInterval, std::chrono::seconds(20));
    QCOMPARE(command.profile.environment, QStringList{u"LANG=C"_s});
    QVERIFY(command.profile.forwardX11);
    QCOMPARE(command.profile.forwards.size(), 1);
    QCOMPARE(command.profile.route.addressFamily, base::AddressFamily::IPv4);
    QCOMPARE(parsed(u"-o ServerAliveInterval=often host"_s).leftOut,
             QStringList{u"-o ServerAliveInterval=often"_s});
}

void PastedCommandTest::whatHasNoPlaceIsTold()
{
    const PastedCommand command = parsed(u"-K -o LogLevel=QUIET -c aes128-ctr -q host"_s);
    QCOMPARE(command.leftOut, (QStringList{u"-K"_s, u"-o LogLevel=QUIET"_s, u"-c aes128-ctr"_s}));
}

void PastedCommandTest::hostCountsMoreThanOptions()
{
    QCOMPARE(parsed(u"-l other ann@host"_s).profile.user, u"ann"_s);
    const PastedCommand named = parsed(u"-o HostName=10.0.0.1 host"_s);
    QCOMPARE(named.profile.host, u"10.0.0.1"_s);
}

void PastedCommandTest::problems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Problem>("problem");
    QTest::addColumn<QString>("word");

    QTest::newRow("nothing") << QString() << Problem::NoHost << QString();
    QTest::newRow("options only") << u"-A"_s << Problem::NoHost << QString();
    QTest::newRow("port") << u"-p 99999 host"_s << Problem::BadPort << u"99999"_s;
    QTest::newRow("port 0") << u"-p 0 host"_s << Problem::BadPort << u"0"_s;
    QTest::newRow("no value") << u"host -p"_s << Problem::NoValue << u"-p"_s;
    QTest::newRow("unknown") << u"-Z host"_s << Problem::UnknownOption << u"-Z"_s;
    QTest::newRow("long") << u"--help"_s << Problem::UnknownOption << u"--"_s;
    QTest::newRow("host") << u"ho$t"_s << Problem::BadAddress << u"ho$t"_s;
    QTest::newRow("user") << u"-l -x host"_s << Problem::BadAddress << u"-x@host"_s;
    QTest::newRow("jump") << u"-J a,b:x host"_s << Problem::BadAddress << u"b:x"_s;
    QTest::newRow("forward") << u"-L nothing host"_s << Problem::BadForward << u"nothing"_s;
}

void PastedCommandTest::problems()
{
    QFETCH(QString, text);
    QFETCH(Problem, problem);
    QFETCH(QString, word);

    const auto result = PastedCommand::parse(text.split(u' ', Qt::SkipEmptyParts));

    QVERIFY(!result);
    QCOMPARE(result.error().problem, problem);
    QCOMPARE(result.error().word, word);
    QCOMPARE(result.error().address.has_value(), problem == Problem::BadAddress);
}

QTEST_APPLESS_MAIN(PastedCommandTest)

#include "PastedCommandTest.moc"
