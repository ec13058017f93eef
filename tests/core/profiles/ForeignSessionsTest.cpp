// The importers, on files as the other programs write them. Their forms are from PuTTY 0.76
// (settings.c and a regedit export). Those of file managers are in FileManagerSitesTest.

#include "profiles/import/CsvImport.h"
#include "profiles/import/OpenSshImport.h"
#include "profiles/import/PontoImport.h"
#include "profiles/import/PuttyImport.h"
#include "profiles/import/SessionImport.h"

#include <QDir>
#include <QJsonDocument>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace profiles;
using Obstacle = ImportedSession::Obstacle;

namespace {

QString jumpText(const ImportedSession &session, qsizetype index = 0)
{
    const auto *address = std::get_if<TargetAddress>(&session.profile.route.jumpHosts.at(index));
    return address == nullptr ? u"a reference"_s : address->toString();
}

QString path(const QTemporaryDir &directory, const QString &name, const QByteArray &content)
{
    const QString file = directory.filePath(name);
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(content) == content.size() ? file
                                                                                  : QString();
}

} // namespace

class ForeignSessionsTest : public QObject
{
    Q_OBJECT

private slots:
    void puttyFile();
    void puttyForwards();
    void puttyProxies_data();
    void puttyProxies();
    void puttyDirectoryIsRead();
    void registryInUtf16();
    void registryInAnsi();
    void registryIsNothingElse();
    void tableOfASpreadsheet();
    void tableWithQuotes();
    void tableWithoutHosts();
    void openSshHosts();
    void openSshMatchRunsNothing();
    void ownFileKeepsReferences();
    void hostileNames_data();
    void hostileNames();
    void formatIsGuessed_data();
    void formatIsGuessed();
    void problemsOfFiles();
};

void ForeignSessionsTest::puttyFile()
{
    const ImportedSession session
        = puttySession("Web%20server%C3%A4",
                       "PresentFlag=1\nHostName=deploy@web01.example.com\n"
                       "Protocol=ssh\nPortNumber=2222\nUserName=\n"
                       "PublicKeyFile=/home/me/key.ppk\nCompression=1\n"
                       "AgentFwd=1\nX11Forward=1\nPingInterval=1\nTerminalType=linux\n"
                       "PingIntervalSecs=5\nRemoteCommand=tmux attach\n"
                       "Environment=LANG=C.UTF-8,EDITOR=vim\n"
                       "ProxyMethod=0\nProxyPassword=\n");

    QVERIFY(session.isPossible());
    QCOMPARE(session.profile.name, u"Web server\u00e4"_s);
    QCOMPARE(session.profile.address().toString(), u"deploy@web01.example.com:2222"_s);
    QCOMPARE(session.profile.identityFiles, QStringList{u"/home/me/key.ppk"_s});
    QVERIFY(session.profile.transport.compress);
    QVERIFY(session.profile.forwardAgent);
    QCOMPARE(session.profile.transport.keepAliveInterval, std::chrono::seconds(65));
    QCOMPARE(session.profile.startupCommand, u"tmux attach"_s);
    QCOMPARE(session.profile.environment, (QStringList{u"LANG=C.UTF-8"_s, u"EDITOR=vim"_s}));
    QVERIFY(session.profile.forwardX11);
    QCOMPARE(session.profile.terminal.type, u"linux"_s);
    QCOMPARE(session.lost, QStringList());
    QVERIFY(!session.hadSecret);
}

void ForeignSessionsTest::puttyForwards()
{
    const ImportedSession session = puttySession(
        "f",
        "HostName=h\nLocalPortAcceptAll=0\n"
        "PortForwardings=L8080=host:80,4L127.0.0.2:81=[fe80::1]:81,R2222=localhost:22,"
        "D1080=,L1081=D,L9=\n");

    QStringList forwards;
    for (const Forward &forward : session.profile.forwards) {
        forwards.append(QString::number(static_cast<int>(forward.kind)) + u' '
                        + forward.toString());
    }
    QCOMPARE(forwards,
             (QStringList{u"0 8080:host:80"_s, u"0 127.0.0.2:81:[fe80::1]:81"_s,
                          u"1 2222:localhost:22"_s, u"2 1080"_s, u"2 1081"_s}));
    QCOMPARE(session.lost, QStringList{u"PortForwardings=L9="_s});
}

void ForeignSessionsTest::puttyProxies_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Obstacle>("obstacle");

    QTest::newRow("SOCKS 4") << QByteArray("1") << Obstacle::BadRoute;
    QTest::newRow("SOCKS 5") << QByteArray("2") << Obstacle::None;
    QTest::newRow("HTTP") << QByteArray("3") << Obstacle::None;
    QTest::newRow("program") << QByteArray("5") << Obstacle::BadRoute;
    QTest::newRow("SSH") << QByteArray("6") << Obstacle::None;
    QTest::newRow("unknown") << QByteArray("77") << Obstacle::BadRoute;
}

void ForeignSessionsTest::puttyProxies()
{
    QFETCH(QByteArray, method);
    QFETCH(Obstacle, obstacle);

    const ImportedSession session
        = puttySession("p",
                       "HostName=h\nProxyMethod=" + method
                           + "\nProxyHost=gate\nProxyPort=3128\nProxyUsername=ann\n"
                             "ProxyPassword=secret\n");

    QCOMPARE(session.obstacle, obstacle);
    QVERIFY(session.hadSecret);
    QVERIFY(
        !QString::fromUtf8(QJsonDocument(session.profile.toJson({})).toJson()).contains(u"secret"));
    if (method == "6") {
        QCOMPARE(jumpText(session), u"ann@gate:3128"_s);
    } else if (obstacle == Obstacle::None) {
        QCOMPARE(session.profile.route.proxy->host, u"gate"_s);
        QCOMPARE(session.profile.route.proxy->user, u"ann"_s);
    }
}

void ForeignSessionsTest::puttyDirectoryIsRead()
{
    const QTemporaryDir directory;
    path(directory, u"s/b"_s, "HostName=b\nProtocol=telnet\n");
    path(directory, u"s/a%2Fb"_s, "HostName=a\nProtocol=ssh\n");
    path(directory, u"s/Default%20Settings"_s, "HostName=\nProtocol=ssh\n");

    const auto result = importSessions(ImportFormat::Putty, directory.filePath(u"s"_s));

    QVERIFY(result);
    QCOMPARE(result->sessions.size(), 3);
    QCOMPARE(result->sessions[0].obstacle, Obstacle::Template);
    QCOMPARE(result->sessions[1].profile.name, u"a/b"_s);
    QVERIFY(result->sessions[1].isPossible());
    QCOMPARE(result->sessions[2].obstacle, Obstacle::OtherProtocol);
    QCOMPARE(result->sessions[2].obstacleDetail, u"telnet"_s);
}

void ForeignSessionsTest::registryInUtf16()
{
    const QString text = u"Windows Registry Editor Version 5.00\r\n\r\n"
                         "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions]\r\n\r\n"
                         "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\my%20box]\r\n"
                         "\"HostName\"=\"box.example.com\"\r\n\"PortNumber\"=dword:000008ae\r\n"
                         "\"PublicKeyFile\"=\"C:\\\\keys\\\\a "
                         "\\\"b\\\".ppk\"\r\n\"UserName\"=\"\u00fcser\"\r\n\r\n"
                         "[-HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\gone]\r\n"
                         "\"HostName\"=\"gone\"\r\n"_s;
    QStringEncoder encoder(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
    const QByteArray bytes = encoder.encode(text);

    const auto result = puttyRegistry(bytes);

    QVERIFY(result);
    QCOMPARE(result->sessions.size(), 1);
    const ImportedSession &session = result->sessions.first();
    QCOMPARE(session.profile.name, u"my box"_s);
    QCOMPARE(session.profile.port, 2222);
    QCOMPARE(session.profile.user, u"\u00fcser"_s);
    QCOMPARE(session.profile.identityFiles, QStringList{u"C:\\keys\\a \"b\".ppk"_s});
}

void ForeignSessionsTest::registryInAnsi()
{
    const auto result = puttyRegistry(
        "REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\a%80b]\r\n"
        "\"HostName\"=\"h\"\r\n\"UserName\"=\"j\xfcrgen\"\r\n");

    QVERIFY(result);
    QCOMPARE(result->sessions.value(0).profile.name, u"a\u20acb"_s);
    QCOMPARE(result->sessions.value(0).profile.user, u"j\u00fcrgen"_s);
}

void ForeignSessionsTest::registryIsNothingElse()
{
    QVERIFY(!puttyRegistry("[Sessions\\a]\nHostName=h\n"));
    QVERIFY(!puttyRegistry({}));
}

void ForeignSessionsTest::tableOfASpreadsheet()
{
    const auto result = csvSessions(
        "\xEF\xBB\xBFGroups;Label;Tags;Hostname/IP;Protocol;Port;Username;Password;Rack\r\n"
        "Acme/East;web01;web,prod;10.0.0.5;ssh;2222;deploy;secret;7b\r\n"
        ";router;;10.0.0.1;telnet;;;;\r\n"
        ";empty;;;ssh;;;;\r\n");

    QVERIFY(result);
    QCOMPARE(result->sessions.size(), 3);
    const ImportedSession &session = result->sessions.first();
    QVERIFY(session.isPossible());
    QCOMPARE(session.profile.address().toString(), u"deploy@10.0.0.5:2222"_s);
    QCOMPARE(session.profile.group, u"Acme/East"_s);
    QCOMPARE(session.profile.tags, (QStringList{u"web"_s, u"prod"_s}));
    QVERIFY(session.hadSecret);
    QCOMPARE(session.lost, QStringList{u"Rack=7b"_s});
    QCOMPARE(result->sessions[1].obstacle, Obstacle::OtherProtocol);
    QCOMPARE(result->sessions[2].obstacle, Obstacle::NoHost);
}

void ForeignSessionsTest::tableWithQuotes()
{
    const auto records = csvRecords(u"a,\"b \"\"c\"\", d\",\"e\nf\"\n\n\"g"_s, u',');
    QCOMPARE(records, (QList<QStringList>{{u"a"_s, u"b \"c\", d"_s, u"e\nf"_s}, {u"g"_s}}));
    const auto result = csvSessions("host,name,jump hosts\nh,'=1+1,\"ann@gate:2200,inner\"\n");
    QCOMPARE(result->sessions.value(0).profile.name, u"=1+1"_s);
    QCOMPARE(jumpText(result->sessions.value(0)), u"ann@gate:2200"_s);
    QCOMPARE(jumpText(result->sessions.value(0), 1), u"inner"_s);
}

void ForeignSessionsTest::tableWithoutHosts()
{
    QVERIFY(!csvSessions("name,user\nx,y\n"));
    QVERIFY(!csvSessions({}));
}

void ForeignSessionsTest::openSshHosts()
{
    const QTemporaryDir home;
    const QString file
        = path(home, u".ssh/config"_s,
               "Host web\n  HostName web01.example.com\n  ProxyJump gate\n"
               "  LocalForward 8080 localhost:80\n  DynamicForward 1080\n"
               "  ForwardX11 yes\n  LogLevel debug\n  SetEnv LANG=C EDITOR=vim\n"
               "Host gate\n  HostName gate.example.com\n  Port 2200\n  User jump\n"
               "Host far\n  ProxyJump ann@other:2022\n"
               "Host odd\n  ProxyCommand nc %h %p\n"
               "Host *\n  User deploy\n  ServerAliveInterval 30\n  Compression yes\n");

    const ImportedSessions result = openSshSessions({file, home.path()});

    QCOMPARE(result.sessions.size(), 4);
    const ImportedSession &web = result.sessions[0];
    QVERIFY(web.isPossible());
    QCOMPARE(web.profile.name, u"web"_s);
    QCOMPARE(web.profile.address().toString(), u"deploy@web01.example.com"_s);
    QCOMPARE(web.profile.forwards.size(), 2);
    QCOMPARE(web.profile.environment, (QStringList{u"LANG=C"_s, u"EDITOR=vim"_s}));
    QCOMPARE(web.profile.transport.keepAliveInterval, std::chrono::seconds(30));
    QVERIFY(web.profile.transport.compress);
    QVERIFY(web.profile.forwardX11);
    QCOMPARE(web.lost, QStringList{u"loglevel=debug"_s});
    QCOMPARE(std::get<ProfileReference>(web.profile.route.jumpHosts.at(0)).id,
             result.sessions[1].profile.id);
    QCOMPARE(result.sessions[1].profile.address().toString(), u"jump@gate.example.com:2200"_s);
    QCOMPARE(jumpText(result.sessions[2]), u"ann@other:2022"_s);
    QVERIFY(result.sessions[3].runsProgram);
    QVERIFY(!web.runsProgram);
}

void ForeignSessionsTest::openSshMatchRunsNothing()
{
    const QTemporaryDir home;
    const QString made = home.filePath(u"made"_s);
    const QString file = path(home, u".ssh/config"_s,
                              "Match exec \"touch " + QFile::encodeName(made)
                                  + "\"\n  Port 2222\nHost a\n  User ann\nHost b\n  ProxyJump c\n"
                                    "Host c\n  ProxyJump b\n");

    const ImportedSessions result = openSshSessions({file, home.path()});

    QVERIFY(!QFile::exists(made));
    QCOMPARE(result.sessions.value(0).profile.port, 22);
    QCOMPARE(result.sessions.value(1).obstacle, Obstacle::BadRoute); // in a circle
}

void ForeignSessionsTest::ownFileKeepsReferences()
{
    const auto result = pontoSessions(
        R"({"version":1,"profiles":[{"id":"1","host":"a","group":"G",
            "route":{"jumpHosts":[{"profile":"2"}]}},{"id":"2","host":"b"},
            {"id":"3","host":"c","route":{"jumpHosts":[{"profile":"9"}]}},
            {"id":"4","name":"bad","host":"-oProxyCommand=x"}],
            "groups":{"G":{"user":"ann","route":{"proxyCommand":"nc %h %p"}}}})");

    QVERIFY(result);
    QCOMPARE(result->sessions.size(), 4);
    const auto *reference
        = std::get_if<ProfileReference>(&result->sessions[0].profile.route.jumpHosts.at(0));
    QVERIFY(reference != nullptr);
    QCOMPARE(reference->id, result->sessions[1].profile.id);
    QVERIFY(reference->id != u"2");
    QVERIFY(result->sessions[0].runsProgram); // as its group says
    QCOMPARE(result->sessions[2].obstacle, Obstacle::BadRoute);
    QCOMPARE(result->sessions[3].obstacle, Obstacle::Incomplete);
    QCOMPARE(result->groups.value(u"G"_s).user, u"ann"_s);
    QVERIFY(!pontoSessions("{\"hosts\":[]}"));
}

void ForeignSessionsTest::hostileNames_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("port");
    QTest::addColumn<Obstacle>("obstacle");

    QTest::newRow("option as host") << u"-oProxyCommand=x"_s << u""_s << u""_s << Obstacle::BadHost;
    QTest::newRow("shell in host") << u"a;rm"_s << u""_s << u""_s << Obstacle::BadHost;
    QTest::newRow("option as user") << u"a"_s << u"-x"_s << u""_s << Obstacle::BadUser;
    QTest::newRow("port") << u"a"_s << u""_s << u"70000"_s << Obstacle::BadPort;
    QTest::newRow("port 0") << u"a"_s << u""_s << u"0"_s << Obstacle::BadPort;
    QTest::newRow("nothing") << u" "_s << u""_s << u""_s << Obstacle::NoHost;
    QTest::newRow("brackets") << u"[::1]"_s << u"me"_s << u"22"_s << Obstacle::None;
}

void ForeignSessionsTest::hostileNames()
{
    QFETCH(QString, host);
    QFETCH(QString, user);
    QFETCH(QString, port);
    QFETCH(Obstacle, obstacle);

    ImportedSession session = importedSession();
    session.setHost(host);
    session.setUser(user);
    session.setPort(port);
    session.setName(u"a\u202e\nb"_s);

    QCOMPARE(session.obstacle, obstacle);
    QCOMPARE(session.profile.name, u"ab"_s);
}

void ForeignSessionsTest::formatIsGuessed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ImportFormat>("format");

    QTest::newRow("registry") << u"a.reg"_s << QByteArray("REGEDIT4\r\n") << ImportFormat::Putty;
    QTest::newRow("XML") << u"a.xml"_s << QByteArray("<?xml?>") << ImportFormat::FileZilla;
    QTest::newRow("WinSCP") << u"WinSCP.ini"_s << QByteArray("[Configuration\\A]")
                            << ImportFormat::WinScp;
    QTest::newRow("ours") << u"a.json"_s << QByteArray("{}") << ImportFormat::Ponto;
    QTest::newRow("table") << u"a.csv"_s << QByteArray("Host ,b") << ImportFormat::Csv;
    QTest::newRow("OpenSSH") << u"config"_s << QByteArray("Host a\n") << ImportFormat::OpenSsh;
}

void ForeignSessionsTest::formatIsGuessed()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(ImportFormat, format);

    const QTemporaryDir directory;
    QCOMPARE(guessedFormat(path(directory, name, content)), format);
}

void ForeignSessionsTest::problemsOfFiles()
{
    const QTemporaryDir directory;
    const auto problem = [](ImportFormat format, const QString &file) {
        const auto result = importSessions(format, file);
        return result ? std::nullopt : std::optional(result.error());
    };
    QCOMPARE(problem(ImportFormat::Csv, directory.filePath(u"no"_s)), ImportProblem::NotFound);
    QCOMPARE(problem(ImportFormat::Csv, directory.path()), ImportProblem::NotReadable);
    QCOMPARE(problem(ImportFormat::Csv, path(directory, u"a"_s, "x,y")),
             ImportProblem::OtherFormat);
    QCOMPARE(problem(ImportFormat::Csv, path(directory, u"b"_s, "host\n")), ImportProblem::Empty);
    QFile large(directory.filePath(u"large"_s));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(qint64{33} * 1024 * 1024));
    QCOMPARE(problem(ImportFormat::Csv, large.fileName()), ImportProblem::TooLarge);
}

QTEST_APPLESS_MAIN(ForeignSessionsTest)

#include "ForeignSessionsTest.moc"
