#include "keys/AgentLocation.h"

#include <QDir>
#include <QLocalServer>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using keys::AgentLocation;
using keys::agentLocations;

class AgentLocationTest : public QObject
{
    Q_OBJECT

private slots:
    void identityAgent_data();
    void identityAgent();
    void exportedSocketIsTheOnlyPlace();
    void usualPlacesWithoutAnExportedSocket();
    void fileInAUsualPlaceIsNoAgent();

private:
    QString makeDirectory(const QString &name)
    {
        QDir(m_directory.path()).mkpath(name);
        return m_directory.filePath(name);
    }

    QTemporaryDir m_directory;
};

// IdentityAgent in ssh_config(5).
void AgentLocationTest::identityAgent_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("path"); // empty: no agent
    QTest::addColumn<QString>("origin");

    const QString none;
    QTest::newRow("none") << u"none"_s << none << none;
    QTest::newRow("the variable") << u"SSH_AUTH_SOCK"_s << u"/run/exported"_s << u"SSH_AUTH_SOCK"_s;
    QTest::newRow("another variable") << u"$MY_AGENT"_s << u"/run/mine"_s << u"MY_AGENT"_s;
    QTest::newRow("unset variable") << u"$NOTHING"_s << none << none;
    QTest::newRow("path") << u"/run/agent"_s << u"/run/agent"_s << u"IdentityAgent"_s;
    QTest::newRow("tilde") << u"~/agent"_s << u"/home/me/agent"_s << u"IdentityAgent"_s;
    QTest::newRow("variable in a path")
        << u"${MY_AGENT}/s"_s << u"/run/mine/s"_s << u"IdentityAgent"_s;
    QTest::newRow("tokens") << u"%d/%i%%"_s << u"/home/me/%1%"_s.arg(::getuid())
                            << u"IdentityAgent"_s;
}

void AgentLocationTest::identityAgent()
{
    QFETCH(QString, value);
    QFETCH(QString, path);
    QFETCH(QString, origin);
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, u"/home/me"_s);
    environment.insert(u"SSH_AUTH_SOCK"_s, u"/run/exported"_s);
    environment.insert(u"MY_AGENT"_s, u"/run/mine"_s);

    const auto expected
        = path.isEmpty() ? QList<AgentLocation>() : QList{AgentLocation{path, origin}};
    QCOMPARE(agentLocations(value, environment), expected);
}

void AgentLocationTest::exportedSocketIsTheOnlyPlace()
{
    const QString runtime = makeDirectory(u"exported/gcr"_s) + u"/.."_s;
    QLocalServer usual;
    QVERIFY(usual.listen(runtime + u"/gcr/ssh"_s));
    QProcessEnvironment environment;
    environment.insert(u"XDG_RUNTIME_DIR"_s, runtime);
    environment.insert(u"SSH_AUTH_SOCK"_s, u"/run/exported"_s);

    QCOMPARE(agentLocations({}, environment),
             QList({AgentLocation{u"/run/exported"_s, u"SSH_AUTH_SOCK"_s}}));
}

void AgentLocationTest::usualPlacesWithoutAnExportedSocket()
{
    const QString runtime = makeDirectory(u"runtime"_s);
    makeDirectory(u"runtime/gcr"_s);
    const QString home = makeDirectory(u"home"_s);
    makeDirectory(u"home/.1password"_s);
    QLocalServer password;
    QVERIFY(password.listen(home + u"/.1password/agent.sock"_s));
    QLocalServer openssh;
    QVERIFY(openssh.listen(runtime + u"/openssh_agent"_s));
    QLocalServer gnome;
    QVERIFY(gnome.listen(runtime + u"/gcr/ssh"_s));
    QProcessEnvironment environment;
    environment.insert(u"XDG_RUNTIME_DIR"_s, runtime);
    environment.insert(u"HOME"_s, home);

    const QString origin = u"usual place"_s;
    QCOMPARE(agentLocations({}, environment),
             QList({AgentLocation{runtime + u"/gcr/ssh"_s, origin},
                    AgentLocation{runtime + u"/openssh_agent"_s, origin},
                    AgentLocation{home + u"/.1password/agent.sock"_s, origin}}));
    QVERIFY(agentLocations(u"none"_s, environment).isEmpty());
}

void AgentLocationTest::fileInAUsualPlaceIsNoAgent()
{
    const QString runtime = makeDirectory(u"files"_s);
    QFile file(runtime + u"/openssh_agent"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QProcessEnvironment environment;
    environment.insert(u"XDG_RUNTIME_DIR"_s, runtime);
    environment.insert(u"HOME"_s, runtime);

    QVERIFY(agentLocations({}, environment).isEmpty());
}

QTEST_GUILESS_MAIN(AgentLocationTest)

#include "AgentLocationTest.moc"
