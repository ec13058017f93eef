// What Ansible itself reads out of the inventory, where it is installed.

#include "commands/AnsibleInventory.h"

#include "profiles/ProfileStore.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using commands::FleetHost;
using namespace Qt::StringLiterals;

class AnsibleInventoryTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void ansibleReadsIt();
    void oddNamesAreTaken();
    void proxyIsToldToBeLeftOut();

private:
    profiles::Profile profile(const QString &name, const QString &group) const;
    QJsonObject read(const QByteArray &inventory) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
};

void AnsibleInventoryTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<profiles::ProfileStore>(m_directory->filePath(u"sessions.json"_s));
}

profiles::Profile AnsibleInventoryTest::profile(const QString &name, const QString &group) const
{
    profiles::Profile profile = profiles::Profile::forAddress({});
    profile.name = name;
    profile.group = group;
    profile.host = u"192.0.2.1"_s;
    return profile;
}

// Empty if it does not take it.
QJsonObject AnsibleInventoryTest::read(const QByteArray &inventory) const
{
    QFile file(m_directory->filePath(u"inventory.yml"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(inventory) != inventory.size()) {
        return {};
    }
    file.close();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_directory->path());
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"_s, u"1"_s);
    process.setProcessEnvironment(environment);
    process.start(u"ansible-inventory"_s, {u"-i"_s, file.fileName(), u"--list"_s});
    if (!process.waitForFinished() || process.exitCode() != 0) {
        qWarning().noquote() << process.readAllStandardError() << inventory;
        return {};
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

void AnsibleInventoryTest::ansibleReadsIt()
{
    if (QStandardPaths::findExecutable(u"ansible-inventory"_s).isEmpty()) {
        QSKIP("ansible-inventory is not installed");
    }
    profiles::Profile gate = profile(u"gate"_s, {});
    gate.user = u"jump"_s;
    gate.port = 2200;
    QVERIFY(m_store->save(gate));
    profiles::Profile web = profile(u"web01"_s, u"Customers/Acme"_s);
    web.user = u"deploy"_s;
    web.port = 2222;
    web.identityFiles = {u"/home/me/my key"_s};
    web.route.jumpHosts = {profiles::ProfileReference{gate.id}};
    const QList<FleetHost> hosts{{u"web01"_s, web, true},
                                 {u"gate"_s, gate, true},
                                 {u"db01"_s, profile(u"db01"_s, u"Customers"_s), true}};

    const QJsonObject read = this->read(commands::ansibleInventory(hosts, *m_store));

    const QJsonObject variables = read[u"_meta"_s][u"hostvars"_s].toObject();
    QCOMPARE(variables.keys(), QStringList({u"db01"_s, u"gate"_s, u"web01"_s}));
    const QJsonObject webs = variables[u"web01"_s].toObject();
    QCOMPARE(webs[u"ansible_host"_s].toString(), u"192.0.2.1"_s);
    QCOMPARE(webs[u"ansible_port"_s].toInt(), 2222);
    QCOMPARE(webs[u"ansible_user"_s].toString(), u"deploy"_s);
    QCOMPARE(webs[u"ansible_ssh_private_key_file"_s].toString(), u"/home/me/my key"_s);
    QVERIFY(webs[u"ansible_ssh_common_args"_s].toString().contains(u"-J jump@192.0.2.1:2200"_s));
    QCOMPARE(read[u"customers_acme"_s][u"hosts"_s].toArray().first().toString(), u"web01"_s);
    QCOMPARE(read[u"customers"_s][u"children"_s].toArray().first().toString(), u"customers_acme"_s);
    QCOMPARE(read[u"customers"_s][u"hosts"_s].toArray().first().toString(), u"db01"_s);
}

void AnsibleInventoryTest::oddNamesAreTaken()
{
    if (QStandardPaths::findExecutable(u"ansible-inventory"_s).isEmpty()) {
        QSKIP("ansible-inventory is not installed");
    }
    profiles::Profile odd = profile(u"web[1:50] {{ lookup('pipe','id') }}"_s, u"1 Ü/all"_s);
    odd.user = u"{{ 7*7 }}"_s;
    const QList<FleetHost> hosts{{odd.name, odd, true},
                                 {u"a:b"_s, profile(u"a:b"_s, u"x y"_s), true},
                                 {u"a/b"_s, profile(u"a/b"_s, u"x_y"_s), true}};

    const QJsonObject read = this->read(commands::ansibleInventory(hosts, *m_store));

    const QJsonObject variables = read[u"_meta"_s][u"hostvars"_s].toObject();
    QCOMPARE(variables.size(), 3); // no range, and none lost
    QVERIFY(read.contains(u"x_y"_s) && read.contains(u"x_y_2"_s));
    bool isKept = false;
    for (const QJsonValue &host : variables) {
        const QJsonValue user = host[u"ansible_user"_s];
        isKept = isKept || user.toString() == odd.user
            || user[u"__ansible_unsafe"_s].toString() == odd.user;
    }
    QVERIFY(isKept);
}

void AnsibleInventoryTest::proxyIsToldToBeLeftOut()
{
    profiles::Profile behind = profile(u"web01"_s, {});
    behind.route.proxy = base::ProxyAddress{};

    const QByteArray inventory = commands::ansibleInventory({{u"web01"_s, behind, true}}, *m_store);

    QVERIFY2(inventory.contains("# web01: its proxy"), inventory.constData());
}

QTEST_GUILESS_MAIN(AnsibleInventoryTest)
#include "AnsibleInventoryTest.moc"
