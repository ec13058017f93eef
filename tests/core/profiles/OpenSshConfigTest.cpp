// Aliases of an OpenSSH configuration, compared with what the real `ssh -G` makes of the file.

#include "profiles/OpenSshConfig.h"

#include "profiles/OpenSshConfigLine.h"
#include "profiles/OpenSshQuery.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using profiles::OpenSshConfig;
using profiles::OpenSshConfigLine;
using profiles::OpenSshConfigScan;
using profiles::OpenSshHost;
using profiles::OpenSshOptions;
using profiles::OpenSshPlace;
using profiles::OpenSshQuery;

using namespace std::chrono_literals;

namespace {

OpenSshOptions optionsOf(const OpenSshHost &host)
{
    return host.options;
}

} // namespace

class OpenSshConfigTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void hostLinesAreReadAsOpenSshReadsThem_data();
    void hostLinesAreReadAsOpenSshReadsThem();
    void patternsMatchAsInOpenSsh_data();
    void patternsMatchAsInOpenSsh();
    void dangerousAliasesAreNotListed();
    void includesAreFollowed();
    void includesThatGoRoundInCirclesEnd();
    void includesEndAtTheDepthOfOpenSsh();
    void pipesAreNotOpened();
    void missingFileHasNoAliases();
    void listingRunsNothing();
    void resolvingEvaluatesMatchExec();
    void resolvingTellsWhatSshSays();
    void resolvingEndsInTime();
    void cancelledQueryEndsItsPrograms();
    void missingProgramIsTold();
    void withoutClientHostBlocksCount();
    void changesAreFollowed();

private:
    QString path(const char *name) const { return m_home->filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &content);
    QByteArray askSsh(const QString &alias, int *exitCode = nullptr) const;
    OpenSshConfigScan scan() const { return OpenSshConfigScan::read(m_place); }
    base::Result<OpenSshOptions> resolve(OpenSshConfig &config, const char *alias) const;

    std::unique_ptr<QTemporaryDir> m_home;
    OpenSshPlace m_place;
    const QString m_ssh = OpenSshConfig::installedClient();
};

void OpenSshConfigTest::init()
{
    QVERIFY2(!m_ssh.isEmpty(), "these tests need OpenSSH's client");
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_home->path()).mkdir(QStringLiteral(".ssh")));
    m_place = {path(".ssh/config"), m_home->path()};
}

void OpenSshConfigTest::write(const char *name, const QByteArray &content)
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

QByteArray OpenSshConfigTest::askSsh(const QString &alias, int *exitCode) const
{
    QProcess ssh;
    ssh.start(
        m_ssh,
        {QStringLiteral("-G"), QStringLiteral("-F"), m_place.file, QStringLiteral("--"), alias});
    const bool isDone = ssh.waitForFinished();
    if (exitCode != nullptr) {
        *exitCode = isDone ? ssh.exitCode() : -1;
    }
    return ssh.readAllStandardOutput();
}

base::Result<OpenSshOptions> OpenSshConfigTest::resolve(OpenSshConfig &config,
                                                        const char *alias) const
{
    const auto future = config.resolve(QString::fromLatin1(alias));
    const bool isDone = QTest::qWaitFor([&] { return future.isFinished(); }, 20s);
    return isDone ? future.result().transform(optionsOf)
                  : base::Failure(base::Error{.operation = QStringLiteral("never ended")});
}

void OpenSshConfigTest::hostLinesAreReadAsOpenSshReadsThem_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("plain") << QByteArray("Host web");
    QTest::newRow("several") << QByteArray("Host web db cache");
    QTest::newRow("tabs and blanks") << QByteArray("\t Host \t web\tdb  ");
    QTest::newRow("equal sign") << QByteArray("Host=web");
    QTest::newRow("equal sign in blanks") << QByteArray("Host = web");
    QTest::newRow("case of the keyword") << QByteArray("hOsT Web");
    QTest::newRow("double quotes") << QByteArray("Host \"web\" db");
    QTest::newRow("single quotes") << QByteArray("Host 'web' db");
    QTest::newRow("quotes in the middle") << QByteArray("Host w\"e\"b");
    QTest::newRow("comment") << QByteArray("Host web # db");
    QTest::newRow("hash in a word") << QByteArray("Host web db#1");
    QTest::newRow("comment alone") << QByteArray("# Host web");
    QTest::newRow("carriage return") << QByteArray("Host web\r");
    QTest::newRow("patterns") << QByteArray("Host web* !web1 w?b db");
    QTest::newRow("another language") << QByteArray("Host b\xc3\xbcro");
    QTest::newRow("user before it") << QByteArray("User nobody\nHost web");
}

// Each alias that we list gets the options of its block from ssh, and those that we know of and
// do not list get none.
void OpenSshConfigTest::hostLinesAreReadAsOpenSshReadsThem()
{
    QFETCH(QByteArray, line);
    write(".ssh/config", "Host other\n" + line + "\n  Port 4242\n");
    QStringList aliases = scan().aliases;
    QCOMPARE(aliases.takeFirst(), QStringLiteral("other"));
    for (const QString &alias : aliases) {
        QVERIFY2(askSsh(alias).contains("\nport 4242\n"), qPrintable(alias));
    }
    for (const char *candidate : {"web", "Web", "db", "cache", "db#1", "b\xc3\xbcro"}) {
        const QString alias = QString::fromUtf8(candidate);
        const bool isPattern = line.contains('*');
        if (!isPattern && profiles::isAcceptableAlias(alias)) {
            QCOMPARE(aliases.contains(alias), askSsh(alias).contains("\nport 4242\n"));
        }
    }
}

void OpenSshConfigTest::patternsMatchAsInOpenSsh_data()
{
    QTest::addColumn<QByteArray>("patterns");
    QTest::addColumn<QByteArray>("name");
    for (const char *patterns : {"*", "web*", "*b", "w?b", "w*b*1", "!web", "* !web", "!w* *",
                                 "web,db", "WEB", "a*a*a*b", "**", "?", "?*", "web !db"}) {
        for (const char *name : {"web", "web1", "db", "wb", "aaaaab", "WEB", "w"}) {
            QTest::addRow("%s on %s", patterns, name) << QByteArray(patterns) << QByteArray(name);
        }
    }
}

void OpenSshConfigTest::patternsMatchAsInOpenSsh()
{
    QFETCH(QByteArray, patterns);
    QFETCH(QByteArray, name);
    write(".ssh/config", "Host " + patterns + "\n  Port 4242\n");
    const auto line = OpenSshConfigLine::parse("Host " + patterns);
    QVERIFY(line);
    QCOMPARE(profiles::matchesHostPatterns(line->arguments, name),
             askSsh(QString::fromLatin1(name)).contains("\nport 4242\n"));
}

void OpenSshConfigTest::dangerousAliasesAreNotListed()
{
    write(".ssh/config",
          "Host -oProxyCommand=id a;b $(id) `id` u@h ssh://h \"a b\" good \xff "
          "a\xe2\x80\xae"
          "b a|b a&b [a] a,b\n"
          "Host "
              + QByteArray(256, 'x') + "\n");
    QCOMPARE(scan().aliases, QStringList({QStringLiteral("good"), QStringLiteral("[a]")}));
    QVERIFY(!profiles::isAcceptableAlias(u""));
}

void OpenSshConfigTest::includesAreFollowed()
{
    QVERIFY(QDir(path(".ssh")).mkdir(QStringLiteral("conf.d")));
    write(".ssh/config",
          "Include conf.d/*.conf ~/more \"" + path("with space").toUtf8() + "\"\nHost last\n");
    write(".ssh/conf.d/b.conf", "Host b\n");
    write(".ssh/conf.d/a.conf", "Host a\nInclude inner\n");
    write(".ssh/inner", "Host inner\n");
    write(".ssh/conf.d/ignored", "Host ignored\n");
    write("more", "Host more");
    write("with space", "Host space\n");
    QCOMPARE(scan().aliases.join(u' '), QStringLiteral("a inner b more space last"));
    QVERIFY(scan().unreadable.isEmpty());
}

void OpenSshConfigTest::includesThatGoRoundInCirclesEnd()
{
    write(".ssh/config", "Host a\nInclude other config\n");
    write(".ssh/other", "Host b\nInclude config other ./other\n");
    QCOMPARE(scan().aliases.join(u' '), QStringLiteral("a b"));
}

void OpenSshConfigTest::includesEndAtTheDepthOfOpenSsh()
{
    write(".ssh/config", "Include " + path("0").toUtf8() + "\n");
    for (int level = 0; level < 20; ++level) {
        const QByteArray number = QByteArray::number(level);
        write(number.constData(),
              "Host level" + number + "\nInclude "
                  + path(QByteArray::number(level + 1).constData()).toUtf8() + "\n");
    }
    // OpenSSH gives up on such a file: what stands at the last level that it reads is listed still.
    int exitCode = 0;
    static_cast<void>(askSsh(QStringLiteral("level0"), &exitCode));
    QVERIFY(exitCode != 0);
    QCOMPARE(scan().aliases.size(), 16);

    // One level less than what it refuses: it reads all, and so do we.
    write("15", "Host deepest\n  Port 4242\n");
    QVERIFY(scan().aliases.contains(QStringLiteral("deepest")));
}

void OpenSshConfigTest::pipesAreNotOpened()
{
    QCOMPARE(mkfifo(path("pipe").toLocal8Bit().constData(), 0600), 0);
    write(".ssh/config", "Include " + path("pipe").toUtf8() + "\nHost a\n");
    QCOMPARE(scan().aliases, QStringList(QStringLiteral("a")));
    QCOMPARE(scan().unreadable, QStringList(path("pipe")));
}

void OpenSshConfigTest::missingFileHasNoAliases()
{
    QVERIFY(scan().aliases.isEmpty());
    QVERIFY(scan().unreadable.isEmpty());
    OpenSshConfig config(m_place, m_ssh);
    const auto options = resolve(config, "anything");
    QVERIFY(options);
    QVERIFY(!options->value(u"port"));
}

void OpenSshConfigTest::listingRunsNothing()
{
    write(".ssh/config",
          "Match exec \"touch " + path("ran").toUtf8() + "\"\n  Port 4242\nHost a\n");
    OpenSshConfig config(m_place, m_ssh);
    QSignalSpy changed(&config, &OpenSshConfig::changed);
    config.reload();
    QVERIFY(changed.wait());
    QCOMPARE(config.aliases(), QStringList(QStringLiteral("a")));
    QVERIFY(!QFile::exists(path("ran")));
}

void OpenSshConfigTest::resolvingEvaluatesMatchExec()
{
    write(".ssh/config",
          "Match exec \"touch " + path("ran").toUtf8()
              + "\"\n  Port 4242\nHost a\n  HostName %h.example\n  IdentityFile /k\n");
    OpenSshConfig config(m_place, m_ssh);
    const auto options = resolve(config, "a");
    QVERIFY(options);
    QVERIFY(QFile::exists(path("ran")));
    QCOMPARE(options->value(u"port"), std::optional(QStringLiteral("4242")));
    QCOMPARE(options->value(u"hostname"), std::optional(QStringLiteral("a.example")));
    QCOMPARE(options->values(u"identityfile"), QStringList(QStringLiteral("/k")));
    QVERIFY(!options->value(u"ciphers")); // a default
}

void OpenSshConfigTest::resolvingTellsWhatSshSays()
{
    write(".ssh/config", "Host a\n  NoSuchThing yes\n");
    OpenSshConfig config(m_place, m_ssh);
    const auto options = resolve(config, "a");
    QVERIFY(!options);
    QCOMPARE(options.error().kind, base::ErrorKind::Unsupported);
    QVERIFY(options.error().quote.contains(QStringLiteral("nosuchthing")));
    QVERIFY(!resolve(config, "-oX"));
    QCOMPARE(resolve(config, "-oX").error().kind, base::ErrorKind::InvalidName);
}

void OpenSshConfigTest::resolvingEndsInTime()
{
    write(".ssh/config",
          "Match exec \"echo $$ > " + path("pid").toUtf8() + "; sleep 1000\"\n  Port 4242\n");
    OpenSshQuery query(m_ssh, m_place.file, {.alias = QStringLiteral("a")},
                       OpenSshQuery::Role::Target);
    query.setPatience(500ms);
    QSignalSpy finished(&query, &OpenSshQuery::finished);
    query.start();
    QVERIFY(finished.wait());
    const auto options = finished.first().first().value<base::Result<OpenSshOptions>>();
    QVERIFY(!options);
    QCOMPARE(options.error().kind, base::ErrorKind::TimedOut);
    for (const QProcess *process : query.findChildren<QProcess *>()) {
        QCOMPARE(process->state(), QProcess::NotRunning);
    }
}

void OpenSshConfigTest::cancelledQueryEndsItsPrograms()
{
    write(".ssh/config",
          "Match exec \"echo $$ > " + path("new").toUtf8() + "; mv " + path("new").toUtf8() + ' '
              + path("pid").toUtf8() + "; sleep 1000\"\n  Port 4242\n");
    OpenSshConfig config(m_place, m_ssh);
    auto future = config.resolve(QStringLiteral("a"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("pid")), 20s);
    QFile file(path("pid"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process
        = QStringLiteral("/proc/") + QString::fromLatin1(file.readAll()).trimmed();
    QVERIFY(QFile::exists(process));
    future.cancel();
    const auto isGone = [&] {
        QFile status(process + QStringLiteral("/stat"));
        return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isGone(), 20s);
}

void OpenSshConfigTest::missingProgramIsTold()
{
    OpenSshConfig config(m_place, path("no-such-ssh"));
    const auto options = resolve(config, "a");
    QVERIFY(!options);
    QCOMPARE(options.error().kind, base::ErrorKind::NotFound);
}

void OpenSshConfigTest::withoutClientHostBlocksCount()
{
    const QByteArray inner = "Include " + path(".ssh/inner").toUtf8() + '\n';
    write(".ssh/config",
          "User first\n" + inner
              + "Match user x\n  Port 1\nMatch all\n"
                "  LocalForward 1 a:1\n  LocalForward 2 a:2\nHost a !b\n"
                "  HostName a.example\n  User second\nHost b\n  Port 2\n"
              + inner + "Host *\n  Port 3\n");
    write(".ssh/inner", "Host a*\n  Compression yes\nHost *\n  ConnectTimeout 5\n");
    OpenSshConfig config(m_place, {});
    QVERIFY(!config.hasClient());
    const auto options = resolve(config, "a");
    QVERIFY(options);

    // What ssh says of the same file.
    const QByteArray expected = askSsh(QStringLiteral("a"));
    for (const char *keyword : {"user", "hostname", "port", "compression", "connecttimeout"}) {
        const QString value = options->value(QString::fromLatin1(keyword)).value_or(QString());
        QVERIFY2(!value.isEmpty()
                     && expected.contains(QByteArray("\n") + keyword + ' ' + value.toUtf8() + '\n'),
                 keyword);
    }
    QCOMPARE(options->values(u"localforward").size(), 2);
}

void OpenSshConfigTest::changesAreFollowed()
{
    OpenSshConfig config(m_place, m_ssh);
    QSignalSpy changed(&config, &OpenSshConfig::changed);
    config.load();
    QCOMPARE(changed.count(), 0);
    write(".ssh/config", "Host a\nInclude more/*\n"); // appears
    QTRY_COMPARE(config.aliases(), QStringList(QStringLiteral("a")));
    write(".ssh/config", "Host b\nInclude more/*\n"); // is written
    QTRY_COMPARE(config.aliases(), QStringList(QStringLiteral("b")));
    write(".ssh/next", "Host c\nInclude more/*\n");
    QVERIFY(QFile::remove(path(".ssh/config"))); // is replaced, as editors do
    QVERIFY(QFile::rename(path(".ssh/next"), path(".ssh/config")));
    QTRY_COMPARE(config.aliases(), QStringList(QStringLiteral("c")));
    write(".ssh/config", "Host d\nInclude more/*\n");
    QTRY_COMPARE(config.aliases(), QStringList(QStringLiteral("d")));
    QVERIFY(QFile::remove(path(".ssh/config")));
    QTRY_VERIFY(config.aliases().isEmpty());
}

QTEST_GUILESS_MAIN(OpenSshConfigTest)
#include "OpenSshConfigTest.moc"
