// What is exported reads back: by our own importers, and the OpenSSH configuration by `ssh -G`.

#include "profiles/export/SessionExport.h"

#include "profiles/import/CsvImport.h"
#include "profiles/import/ImportSelection.h"
#include "profiles/import/PontoImport.h"
#include "profiles/ProfileStore.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace profiles;

namespace {

Profile profileOf(const QString &id, const QString &address, const QString &name)
{
    Profile profile = Profile::forAddress(TargetAddress::parse(address).value());
    profile.id = id;
    profile.name = name;
    return profile;
}

} // namespace

class SessionExportTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void ownFileReadsBack();
    void jumpHostOutsideBecomesItsAddress();
    void clientUnderstandsTheConfiguration();
    void whatOpenSshCannotIsLeftOut();
    void hostileNamesStayOneHost();
    void tableReadsBack();
    void importedOnesCanBeForgotten();
    void untickedJumpHostBecomesItsAddress();
    void portIsNotTheGroups();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProfileStore> m_store;
};

void SessionExportTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<ProfileStore>(m_directory->filePath(u"sessions.json"_s));
    Profile web = profileOf(u"w"_s, u"web01:2222"_s, u"web server"_s);
    web.group = u"Acme/East"_s;
    web.identityFiles = {u"/home/me/a key%1"_s};
    web.route.jumpHosts = {ProfileReference{u"g"_s}};
    web.forwards = {Forward::parse(Forward::Kind::Local, u"8080:db:80"_s).value(),
                    Forward::parse(Forward::Kind::Dynamic, u"1080"_s).value()};
    web.environment = {u"A=b \"c\" \\ d"_s, u"E=f"_s};
    web.startupCommand = u"echo 50% \"x\""_s;
    web.notes = u"first\nHost *"_s;
    web.tags = {u"web"_s, u"Berlin"_s};
    QVERIFY(m_store->saveAll({web, profileOf(u"g"_s, u"jump@gate"_s, u"gate"_s)}));
    Profile group;
    group.user = u"deploy"_s;
    group.transport.keepAliveInterval = std::chrono::seconds(30);
    QVERIFY(m_store->saveGroup(u"Acme"_s, group));
}

void SessionExportTest::ownFileReadsBack()
{
    const auto made = SessionExport::make(ExportFormat::Ponto, m_store->profiles(), *m_store);
    const auto read = pontoSessions(made.content);

    QVERIFY(read);
    QCOMPARE(made.count, 2);
    QCOMPARE(read->sessions.size(), 2);
    QCOMPARE(read->groups.value(u"Acme"_s).user, u"deploy"_s);
    Profile again = read->sessions[0].profile;
    const auto *jump = std::get_if<ProfileReference>(&again.route.jumpHosts.at(0));
    QVERIFY(jump != nullptr);
    QCOMPARE(jump->id, read->sessions[1].profile.id);
    again.id = u"w"_s;
    again.route.jumpHosts = {ProfileReference{u"g"_s}};
    QCOMPARE(again, *m_store->find(u"w"_s));
}

void SessionExportTest::jumpHostOutsideBecomesItsAddress()
{
    const auto made = SessionExport::make(ExportFormat::Ponto, {*m_store->find(u"w"_s)}, *m_store);
    const auto read = pontoSessions(made.content);

    QVERIFY(read);
    const ImportedSession &web = read->sessions.first();
    QVERIFY(web.isPossible());
    QCOMPARE(std::get<TargetAddress>(web.profile.route.jumpHosts.at(0)).toString(), u"jump@gate"_s);
}

void SessionExportTest::clientUnderstandsTheConfiguration()
{
    if (QStandardPaths::findExecutable(u"ssh"_s).isEmpty()) {
        QSKIP("OpenSSH's client is not installed");
    }
    const auto made = SessionExport::make(ExportFormat::OpenSsh, m_store->profiles(), *m_store);
    QCOMPARE(made.leftOut, QStringList());
    QFile file(m_directory->filePath(u"config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(made.content);
    file.close();
    QProcess ssh;
    ssh.start(u"ssh"_s, {u"-F"_s, file.fileName(), u"-G"_s, u"web-server"_s});
    QVERIFY(ssh.waitForFinished());
    const QByteArrayList said = ssh.readAllStandardOutput().split('\n');
    for (const char *expected :
         {"hostname web01", "user deploy", "port 2222", "identityfile /home/me/a key%%1",
          "proxyjump gate", "localforward 8080 [db]:80", "dynamicforward 1080", "setenv E=f",
          "setenv A=b \"c\" \\ d", "serveraliveinterval 30", "remotecommand echo 50% \"x\"",
          "requesttty true"}) {
        QVERIFY2(said.contains(expected),
                 (expected + ("\n" + said.join(QByteArrayView("\n")))).constData());
    }
}

void SessionExportTest::whatOpenSshCannotIsLeftOut()
{
    Profile proxied = profileOf(u"p"_s, u"far"_s, u"far"_s);
    proxied.route.proxy = base::ProxyAddress{base::ProxyAddress::Kind::Http, u"proxy"_s, 3128, {}};
    Profile lost = profileOf(u"l"_s, u"lost"_s, u"lost"_s);
    lost.route.jumpHosts = {ProfileReference{u"gone"_s}};

    for (const ExportFormat format : {ExportFormat::OpenSsh, ExportFormat::Csv}) {
        const auto made = SessionExport::make(format, {proxied, lost}, *m_store);
        QCOMPARE(made.count, 0);
        QCOMPARE(made.leftOut, (QStringList{u"far"_s, u"lost"_s}));
        QVERIFY(!made.content.contains("lost"));
    }
}

void SessionExportTest::hostileNamesStayOneHost()
{
    Profile first = profileOf(u"1"_s, u"a"_s, u"* \nProxyCommand x"_s);
    first.notes = u"x\r\nHost *\r\nProxyCommand evil"_s;
    const Profile second = profileOf(u"2"_s, u"b"_s, first.name);

    const auto made = SessionExport::make(ExportFormat::OpenSsh, {first, second}, *m_store);

    const QByteArrayList lines = made.content.split('\n');
    QCOMPARE(lines.count("Host ---ProxyCommand-x") + lines.count("Host session"), 1);
    qsizetype hosts = 0;
    for (const QByteArray &line : lines) {
        hosts += line.startsWith("Host ") ? 1 : 0;
        QVERIFY(!line.trimmed().startsWith("ProxyCommand"));
    }
    QCOMPARE(hosts, 2);
}

void SessionExportTest::tableReadsBack()
{
    Profile formula = profileOf(u"f"_s, u"f"_s, u"=HYPERLINK(\"x\")"_s);
    formula.route.jumpHosts
        = {TargetAddress::parse(u"a@b:2200").value(), TargetAddress::parse(u"c").value()};
    const auto made
        = SessionExport::make(ExportFormat::Csv, {*m_store->find(u"w"_s), formula}, *m_store);
    const auto read = csvSessions(made.content);

    QVERIFY(read);
    QVERIFY(made.content.contains("'=HYPERLINK"));
    const Profile &web = read->sessions.at(0).profile;
    QCOMPARE(web.name, u"web server"_s);
    QCOMPARE(web.address().toString(), u"deploy@web01:2222"_s);
    QCOMPARE(web.group, u"Acme/East"_s);
    QCOMPARE(web.tags, (QStringList{u"web"_s, u"Berlin"_s}));
    QCOMPARE(web.notes, u"first\nHost *"_s);
    QCOMPARE(web.identityFiles, QStringList{u"/home/me/a key%1"_s});
    QCOMPARE(read->sessions.at(1).profile.name, formula.name);
    QCOMPARE(read->sessions.at(1).profile.route.jumpHosts, formula.route.jumpHosts);
}

void SessionExportTest::importedOnesCanBeForgotten()
{
    const QList<Profile> before = m_store->profiles();
    const auto made = SessionExport::make(ExportFormat::Ponto, before, *m_store);
    auto read = pontoSessions(made.content).value();
    markKnown(read, *m_store);
    QCOMPARE(read.sessions[0].knownAs, u"web server"_s);
    QCOMPARE(read.sessions[0].knownId, u"w"_s);

    const auto content = storedSessions(read, {0, 1}, u"New"_s, *m_store);
    QVERIFY(m_store->add(content));
    QCOMPARE(m_store->profiles().size(), 4);
    QCOMPARE(m_store->profiles().at(2).name, u"web server (2)"_s);
    QCOMPARE(m_store->profiles().at(2).group, u"New/Acme/East"_s);
    QCOMPARE(m_store->groupDefaults(u"New/Acme"_s).user, u"deploy"_s);

    QVERIFY(m_store->forget(content));
    QCOMPARE(m_store->profiles(), before);
    QVERIFY(!m_store->groups().contains(u"New"_s));
}

void SessionExportTest::untickedJumpHostBecomesItsAddress()
{
    const auto made = SessionExport::make(ExportFormat::Ponto, m_store->profiles(), *m_store);
    const ProfileStore empty(m_directory->filePath(u"other.json"_s));
    auto read = pontoSessions(made.content).value();
    markKnown(read, empty);
    const auto content = storedSessions(read, {0}, {}, empty);
    QCOMPARE(content.profiles.size(), 1);
    QCOMPARE(std::get<TargetAddress>(content.profiles[0].route.jumpHosts.at(0)).toString(),
             u"jump@gate"_s);

    markKnown(read, *m_store);
    const auto here = storedSessions(read, {0}, {}, *m_store);
    QCOMPARE(std::get<ProfileReference>(here.profiles[0].route.jumpHosts.at(0)).id, u"g"_s);
}

void SessionExportTest::portIsNotTheGroups()
{
    Profile group;
    group.port = 2022;
    QVERIFY(m_store->saveGroup(u"Odd"_s, group));
    const auto read = csvSessions("host,port\na,22\n").value();
    const auto content = storedSessions(read, {0}, u"Odd"_s, *m_store);
    QVERIFY(content.profiles.first().isOwn(fields::port));
    QCOMPARE(content.profiles.first().port, 22);
}

QTEST_GUILESS_MAIN(SessionExportTest)

#include "SessionExportTest.moc"
