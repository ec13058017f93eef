// The importers of sites, on files as FileZilla 3.6x and WinSCP 6 write them.

#include "profiles/import/FileZillaImport.h"
#include "profiles/import/WinScpImport.h"

#include <QStringEncoder>
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

} // namespace

class FileManagerSitesTest : public QObject
{
    Q_OBJECT

private slots:
    void fileZillaSite();
    void fileZillaEntitiesAreRefused();
    void fileZillaDepthIsBounded();
    void winScpSite();
    void winScpOtherProtocols();
    void fileZillaDirectories_data();
    void fileZillaDirectories();
    void winScpDirectories();
};

void FileManagerSitesTest::fileZillaSite()
{
    const auto result = fileZillaSites(R"(<?xml version="1.0" encoding="UTF-8"?>
<FileZilla3 version="3.66.4" platform="*nix">
    <Servers>
        <Folder expanded="1">Customers&#xA0;<Folder expanded="1">Acme/East
            <Server>
                <Host>web01.example.com</Host>
                <Port>2222</Port>
                <Protocol>1</Protocol>
                <Type>0</Type>
                <User>deploy</User>
                <Keyfile>/home/me/.ssh/work</Keyfile>
                <Logontype>5</Logontype>
                <MaximumMultipleConnections>2</MaximumMultipleConnections>
                <Name>web &amp; more</Name>
                <Comments>first line
second</Comments>
                <Colour>3</Colour>
                <RemoteDir>1 0 3 srv 3 www</RemoteDir>
                <Bookmark><Name>inner</Name></Bookmark>
            </Server></Folder></Folder>
        <Server><Host>ftp.example.com</Host><Protocol>0</Protocol><User>a</User>
            <Pass encoding="base64">c2VjcmV0</Pass><Name>old</Name></Server>
    </Servers>
</FileZilla3>)");

    QVERIFY(result);
    QCOMPARE(result->sessions.size(), 2);
    const ImportedSession &site = result->sessions.first();
    QVERIFY(site.isPossible());
    QCOMPARE(site.profile.name, u"web & more"_s);
    QCOMPARE(site.profile.group, u"Customers/Acme-East"_s);
    QCOMPARE(site.profile.address().toString(), u"deploy@web01.example.com:2222"_s);
    QCOMPARE(site.profile.identityFiles, QStringList{u"/home/me/.ssh/work"_s});
    QCOMPARE(site.profile.notes, u"first line\nsecond"_s);
    QCOMPARE(site.profile.transport.transferConnections, 2);
    QCOMPARE(site.profile.color, u"blue"_s);
    QCOMPARE(site.profile.remoteDirectory, u"/srv/www"_s);
    QCOMPARE(site.lost, QStringList());
    QCOMPARE(result->sessions[1].obstacle, Obstacle::OtherProtocol);
    QCOMPARE(result->sessions[1].obstacleDetail, u"FTP"_s);
    QVERIFY(result->sessions[1].hadSecret);
}

void FileManagerSitesTest::fileZillaEntitiesAreRefused()
{
    const QByteArray content = R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">
<!ENTITY b "&a;&a;&a;&a;">]><FileZilla3><Servers><Server><Host>&b;</Host></Server></Servers>
</FileZilla3>)";
    QVERIFY(!fileZillaSites(content));
    QStringEncoder encoder(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
    const QByteArray wide = encoder.encode(QString::fromLatin1(content));
    QVERIFY(!fileZillaSites(wide));
    QVERIFY(!fileZillaSites("<html><body/></html>"));
    QVERIFY(!fileZillaSites("no XML"));
}

void FileManagerSitesTest::fileZillaDepthIsBounded()
{
    const QByteArray deep = QByteArray("<FileZilla3><Servers>")
        + QByteArray("<Folder>x").repeated(500)
        + "<Server><Host>h</Host><Protocol>1</Protocol></Server>";
    const auto result = fileZillaSites(deep);
    QVERIFY(result);
    QVERIFY(result->isCut);
    QVERIFY(result->sessions.isEmpty());
}

void FileManagerSitesTest::winScpSite()
{
    const auto result = winScpSites(
        "[Configuration\\Interface]\r\nRandomSeedFile=%25APPDATA%25%5Cwinscp.rnd\r\n\r\n"
        "[Sessions\\Default%20Settings]\r\nUserName=x\r\n\r\n"
        "[Sessions\\Acme/%EF%BB%BFM%C3%BCnchen%20web]\r\nHostName=10.0.0.5\r\nPortNumber=2222\r\n"
        "UserName=%EF%BB%BFj%C3%BCrgen\r\nPassword=A35C435B\r\nFSProtocol=2\r\n"
        "PublicKeyFile=C:%5Ckeys%5Cid.ppk\r\nRemoteDirectory=/srv/www\r\nTunnel=1\r\n"
        "TunnelHostName=gate.example.com\r\nTunnelUserName=jump\r\nTunnelPortNumber=2200\r\n");

    QVERIFY(result);
    QCOMPARE(result->sessions.size(), 2);
    QCOMPARE(result->sessions[0].obstacle, Obstacle::Template);
    const ImportedSession &site = result->sessions[1];
    QVERIFY(site.isPossible());
    QCOMPARE(site.profile.name, u"M\u00fcnchen web"_s);
    QCOMPARE(site.profile.group, u"Acme"_s);
    QCOMPARE(site.profile.address().toString(), u"j\u00fcrgen@10.0.0.5:2222"_s);
    QCOMPARE(site.profile.identityFiles, QStringList{u"C:\\keys\\id.ppk"_s});
    QCOMPARE(jumpText(site), u"jump@gate.example.com:2200"_s);
    QVERIFY(site.hadSecret);
    QCOMPARE(site.profile.remoteDirectory, u"/srv/www"_s);
    QCOMPARE(site.lost, QStringList());
}

void FileManagerSitesTest::winScpOtherProtocols()
{
    const auto result = winScpSites("[Sessions\\a]\nHostName=a\nFSProtocol=5\n"
                                    "[Sessions\\b]\nHostName=b\nFSProtocol=0\n"
                                    "[Sessions\\c]\nHostName=c\nFSProtocol=7\n"
                                    "[Sessions\\d]\nHostName=d\nProxyMethod=1\nProxyHost=p\n"
                                    "[Sessions\\my%20tabs/1]\nHostName=e\nIsWorkspace=1\n");
    QVERIFY(result);
    QList<Obstacle> obstacles;
    for (const ImportedSession &session : result->sessions) {
        obstacles.append(session.obstacle);
    }
    QCOMPARE(obstacles,
             (QList<Obstacle>{Obstacle::OtherProtocol, Obstacle::None, Obstacle::OtherProtocol,
                              Obstacle::BadRoute, Obstacle::Template}));
    QVERIFY(!winScpSites("[remmina]\nname=x\n"));
}

void FileManagerSitesTest::fileZillaDirectories_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("directory");
    QTest::newRow("usual") << u"1 0 3 srv 3 www"_s << u"/srv/www"_s;
    QTest::newRow("default type") << u"0 0 4 home"_s << u"/home"_s;
    QTest::newRow("root") << u"1 0"_s << u"/"_s;
    QTest::newRow("blank in a name") << u"1 0 9 two words 1 x"_s << u"/two words/x"_s;
    QTest::newRow("digits in a name") << u"1 0 3 4 5 1 6"_s << u"/4 5/6"_s;
    QTest::newRow("other letters") << u"1 0 4 M\u00fcll"_s << u"/M\u00fcll"_s;
    QTest::newRow("VMS") << u"2 0 3 srv"_s << u""_s;
    QTest::newRow("prefix") << u"1 2 C: 3 srv"_s << u""_s;
    QTest::newRow("longer than it is") << u"1 0 30 srv"_s << u""_s;
    QTest::newRow("negative") << u"1 0 -3 srv"_s << u""_s;
    QTest::newRow("no number") << u"1 0 x srv"_s << u""_s;
    QTest::newRow("path") << u"/srv/www"_s << u"/srv/www"_s; // as nobody writes it, but clear
}

void FileManagerSitesTest::fileZillaDirectories()
{
    QFETCH(QString, written);
    QFETCH(QString, directory);
    const auto result = fileZillaSites(
        u"<FileZilla3><Servers><Server><Host>h</Host><Protocol>1</Protocol><RemoteDir>%1"
        "</RemoteDir><LocalDir>/home/me/www</LocalDir></Server></Servers></FileZilla3>"_s
            .arg(written)
            .toUtf8());

    QVERIFY(result && result->sessions.size() == 1);
    const ImportedSession &site = result->sessions.first();
    QCOMPARE(site.profile.remoteDirectory, directory);
    QCOMPARE(site.profile.localDirectory, u"/home/me/www"_s);
    const QStringList lost
        = directory.isEmpty() ? QStringList{u"RemoteDir="_s + written} : QStringList();
    QCOMPARE(site.lost, lost);
}

void FileManagerSitesTest::winScpDirectories()
{
    const auto result = winScpSites("[Sessions\\a]\nHostName=a\nRemoteDirectory=/srv/M%C3%BCll\n"
                                    "LocalDirectory=C:%5CUsers%5Cme\n");

    QVERIFY(result && result->sessions.size() == 1);
    const ImportedSession &site = result->sessions.first();
    QCOMPARE(site.profile.remoteDirectory, u"/srv/M\u00fcll"_s);
    QCOMPARE(site.profile.localDirectory, QString()); // of another computer
    QCOMPARE(site.lost, QStringList{u"LocalDirectory=C:\\Users\\me"_s});
}

QTEST_APPLESS_MAIN(FileManagerSitesTest)

#include "FileManagerSitesTest.moc"
