// ProxyJump as `ssh` follows it: whom it would connect to, by the answers of the real `ssh -G`.

#include "profiles/OpenSshHost.h"

#include "profiles/OpenSshConfig.h"
#include "profiles/OpenSshResolution.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using profiles::OpenSshConfig;
using profiles::OpenSshHost;
using profiles::OpenSshJump;
using profiles::OpenSshOptions;
using profiles::OpenSshPlace;
using Resolved = base::Result<OpenSshHost>;

namespace {

// "user@host:port" of each, the way of the bytes, with those settings that are configured.
QStringList way(const OpenSshHost &host)
{
    QStringList result;
    for (const OpenSshOptions &options : host.jumpHosts + QList{host.options}) {
        const QString user = options.value(u"user").value_or(QString());
        const QString port = options.value(u"port").value_or(QString());
        result.append((user.isEmpty() ? QString() : user + u'@')
                      + options.value(u"hostname").value_or(options.alias())
                      + (port.isEmpty() ? QString() : u':' + port));
    }
    return result;
}

} // namespace

class OpenSshHostTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void jumpHostsAreTakenApart_data();
    void jumpHostsAreTakenApart();
    void whatNoSshGetsIsRefused_data();
    void whatNoSshGetsIsRefused();
    void everyJumpHostIsAnAliasItself_data();
    void everyJumpHostIsAnAliasItself();
    void circlesAreTold();
    void endlessChainsEnd();
    void jumpHostThatSshRefusesIsNamed();

private:
    void write(const QByteArray &content);
    Resolved resolve(const QString &program) const;

    std::unique_ptr<QTemporaryDir> m_home;
    OpenSshPlace m_place;
    const QString m_ssh = OpenSshConfig::installedClient();
};

void OpenSshHostTest::init()
{
    QVERIFY2(!m_ssh.isEmpty(), "this test needs OpenSSH's client");
    m_home = std::make_unique<QTemporaryDir>();
    m_place = {m_home->filePath(u"config"_s), m_home->path()};
}

void OpenSshHostTest::write(const QByteArray &content)
{
    QFile file(m_place.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

Resolved OpenSshHostTest::resolve(const QString &program) const
{
    OpenSshConfig config(m_place, program);
    const auto future = config.resolve(u"web"_s);
    const bool isDone = QTest::qWaitFor([&] { return future.isFinished(); }, 20s);
    return isDone ? future.result() : base::Failure(base::Error{.operation = u"never ended"_s});
}

void OpenSshHostTest::jumpHostsAreTakenApart_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<OpenSshJump>("expected");
    const auto row = [](const char *value, const OpenSshJump &expected) {
        QTest::addRow("%s", value) << QString::fromLatin1(value) << expected;
    };
    row("a", {u"a"_s});
    row("u@a:22", {u"a"_s, u"u"_s, 22});
    row("a,b,u@c:1", {u"c"_s, u"u"_s, 1, u"a,b"_s});
    row("[10.0.0.1]", {u"10.0.0.1"_s}); // as `ssh -G` prints it
    row("[::1]:2222", {u"::1"_s, {}, 2222});
    row("::1", {u"::1"_s});
    row("ssh://u@a:2/", {u"a"_s, u"u"_s, 2});
    row("u@corp@a", {u"a"_s, u"u@corp"_s});
}

void OpenSshHostTest::jumpHostsAreTakenApart()
{
    QFETCH(const QString, value);
    QTEST(OpenSshJump::parse(value).value_or(OpenSshJump()), "expected");
}

void OpenSshHostTest::whatNoSshGetsIsRefused_data()
{
    QTest::addColumn<QString>("value");
    for (const char *value : {"", ",", "a,", "-oProxyCommand=x", "u@-x", "a:0", "a:65536", "a:x",
                              "a;b", "$(x)", "`x`@a", "[a", "a b", "u@", "@a"}) {
        QTest::addRow("%s", *value == 0 ? "nothing" : value) << QString::fromLatin1(value);
    }
}

void OpenSshHostTest::whatNoSshGetsIsRefused()
{
    QFETCH(const QString, value);
    QVERIFY(!OpenSshJump::parse(value));
}

void OpenSshHostTest::everyJumpHostIsAnAliasItself_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QByteArray &config, const QStringList &expected) {
        QTest::newRow(name) << config << expected;
    };
    const QByteArray hosts = "Host a\n  HostName a.example\n  User ann\n  Port 2\n"
                             "Host b\n  HostName b.example\n  ProxyJump a\n";
    row("none", "Host web\n  ProxyJump none\nHost *\n  ProxyJump a\n", {u"web"_s});
    row("own name, user and port", "Host web\n  ProxyJump a\n" + hosts,
        {u"ann@a.example:2"_s, u"web"_s});
    row("what stands in ProxyJump comes first", "Host web\n  ProxyJump bob@a:3\n" + hosts,
        {u"bob@a.example:3"_s, u"web"_s});
    row("own jump host", "Host web\n  ProxyJump b\n" + hosts,
        {u"ann@a.example:2"_s, u"b.example"_s, u"web"_s});
    row("a list takes its place", "Host web\n  ProxyJump c,b\n" + hosts,
        {u"c"_s, u"b.example"_s, u"web"_s});
    row("the first of a list has its own", "Host web\n  ProxyJump b,c\n" + hosts,
        {u"ann@a.example:2"_s, u"b.example"_s, u"c"_s, u"web"_s});
    row("tokens", "Host web\n  User a\n  ProxyJump %r\n" + hosts,
        {u"ann@a.example:2"_s, u"a@web"_s});
    row("an address", "Host web\n  ProxyJump 10.0.0.1:7\n", {u"10.0.0.1:7"_s, u"web"_s});
    row("ProxyCommand was first", "Host web\n  ProxyCommand x\n  ProxyJump a\n" + hosts,
        {u"web"_s});
}

void OpenSshHostTest::everyJumpHostIsAnAliasItself()
{
    QFETCH(const QByteArray, config);
    QFETCH(const QStringList, expected);
    write(config);
    for (const QString &program : {m_ssh, QString()}) { // the same without OpenSSH's client
        const Resolved host = resolve(program);
        QVERIFY2(host, qPrintable(host ? QString() : host.error().detail));
        QCOMPARE(way(*host), expected);
    }
}

void OpenSshHostTest::circlesAreTold()
{
    write("Host web\n  ProxyJump a\nHost a\n  ProxyJump b\nHost b\n  ProxyJump a\n");
    for (const QString &program : {m_ssh, QString()}) {
        const Resolved host = resolve(program);
        QVERIFY(!host);
        QCOMPARE(host.error().kind, ErrorKind::RouteUnusable);
        QCOMPARE(host.error().quote, u"web, a, b, a"_s);
    }
}

// Each child would start another one, under another name.
void OpenSshHostTest::endlessChainsEnd()
{
    write("Host *\n  ProxyJump x%n\n");
    for (const QString &program : {m_ssh, QString()}) {
        const Resolved host = resolve(program);
        QVERIFY(!host);
        QCOMPARE(host.error().kind, ErrorKind::RouteUnusable);
        QCOMPARE(host.error().quote, QString());
    }
}

void OpenSshHostTest::jumpHostThatSshRefusesIsNamed()
{
    write("Host web\n  ProxyJump a\nMatch host a\n  Port nonsense\n");
    const Resolved host = resolve(m_ssh);
    QVERIFY(!host);
    QCOMPARE(host.error().kind, ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(OpenSshHostTest)
#include "OpenSshHostTest.moc"
