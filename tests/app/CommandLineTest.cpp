#include "app/CommandLine.h"

#include "commands/FleetHosts.h"

#include <QTest>

using namespace Qt::StringLiterals;

class CommandLineTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingOpensTheWindow();
    void targetOpensTheWindow();
    void onlyPlainWindowsAreHandedOver();
    void execTakesEverythingBehindTheDashes();
    void execOnManyIsABatch();
    void hostsFileHasOneInALine();
    void terminalIsAskedForAsWithSsh();
    void getSplitsTargetsAndPaths();
    void transferOptionsAreTaken();
    void syncKnowsHowToCompare();
    void syncKnowsItsDirection();
    void optionsOfQtAreForTheWindow();
    void putTakesNamesThatAreNotUtf8();
    void remoteFiles_data();
    void remoteFiles();
    void optionsBeforeAndAfterTheTarget();
    void repeatedOptionsKeepTheirOrder();
    void transportOptions();
    void keysSayWhatToDo();
    void helpNamesEveryVerbAndOption();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
};

namespace {

// Splits at blanks: no argument of these tests holds one.
base::Result<app::CommandLine, app::UsageError> parse(const QByteArray &line)
{
    return app::CommandLine::parse(line.isEmpty() ? QByteArrayList() : line.split(' '));
}

template<typename Request>
Request requestOf(const QByteArray &line)
{
    const auto parsed = parse(line);
    if (!parsed || !std::holds_alternative<Request>(parsed->request)) {
        QTest::qFail(qPrintable(parsed ? u"another request"_s : parsed.error().sentence), __FILE__,
                     __LINE__);
        return {};
    }
    return std::get<Request>(parsed->request);
}

} // namespace

void CommandLineTest::nothingOpensTheWindow()
{
    QCOMPARE(requestOf<app::WindowRequest>("").target, QString());
}

void CommandLineTest::targetOpensTheWindow()
{
    QCOMPARE(requestOf<app::WindowRequest>("ada@web01:2222").target, u"ada@web01:2222"_s);
    QCOMPARE(requestOf<app::WindowRequest>("-p 22 ssh://web01").target, u"ssh://web01"_s);
}

void CommandLineTest::onlyPlainWindowsAreHandedOver()
{
    for (const char *line : {"", "web01", "ssh://web01", "--config-dir /tmp web01"}) {
        QVERIFY2(parse(line)->canBeHandedOver(), line);
    }
    // Each would have to hold for this connection alone, or is not for another program.
    for (const char *line : {"--new-window web01", "-p 2222 web01", "-i key web01", "-C web01",
                             "--no-agent web01", "--log-level debug web01", "-J gate web01",
                             "--demo", "ls web01:", "exec web01 -- id", "--list-profiles"}) {
        QVERIFY2(!parse(line)->canBeHandedOver(), line);
    }
    QVERIFY(requestOf<app::WindowRequest>("--new-window").wantsOwnProgram);
    QVERIFY(!parse("--new-window ls web01:"));
}

void CommandLineTest::execTakesEverythingBehindTheDashes()
{
    const auto request = requestOf<app::ExecRequest>("exec web01 -p 22 -- ls -l -- --help");
    QCOMPARE(request.target, u"web01"_s);
    QCOMPARE(request.command, "ls -l -- --help");
}

void CommandLineTest::execOnManyIsABatch()
{
    const auto request = requestOf<app::BatchRequest>(
        "exec web01 --jobs 3 web02 --timeout 9 --stop-after 2 --json -- ls -l");
    QCOMPARE(request.targets, QStringList({u"web01"_s, u"web02"_s}));
    QCOMPARE(request.command, "ls -l");
    QCOMPARE(request.mostAtOnce, 3);
    QCOMPARE(request.timeLimit, std::chrono::seconds(9));
    QCOMPARE(request.stopAfter, 2);
    QVERIFY(request.isJson && !request.isDryRun);
    QCOMPARE(request.canary, 0);
    const auto careful = requestOf<app::BatchRequest>("exec a b --stop-after 10% --canary 1 -- ls");
    QCOMPARE(careful.stopAfter, 0);
    QCOMPARE(careful.stopAfterPercent, 10);
    QCOMPARE(careful.canary, 1);

    QCOMPARE(requestOf<app::BatchRequest>("exec --group A/B -- ls").group, u"A/B"_s);
    QCOMPARE(requestOf<app::BatchRequest>("exec --tag web -- ls").tag, u"web"_s);
    QCOMPARE(requestOf<app::BatchRequest>("exec --hosts f --dry-run -- ls").hostsFile, "f");
    QCOMPARE(requestOf<app::BatchRequest>("exec a b -- ls").mostAtOnce, 32);
    QCOMPARE(requestOf<app::BatchRequest>("exec --json a -- ls").targets, QStringList{u"a"_s});
    for (const char *line :
         {"exec a b", "exec -- ls", "exec --group A --", "exec a b --jobs 257 -- ls",
          "exec a b --stop-after 0 -- ls", "exec a b --stop-after 101% -- ls",
          "exec a b --stop-after % -- ls", "exec a b --canary 0 -- ls", "exec a --canary 1 -- ls",
          "exec a b --timeout soon -- ls", "exec a b -r -- ls", "exec a --stop-after 1 -- ls",
          "exec a --dry-run -- ls", "ls --group A web01:a", "ls --tag A web01:a",
          "get --hosts f web01:a b", "exec a b -t -- top"}) {
        QVERIFY2(!parse(line), line);
    }
}

void CommandLineTest::hostsFileHasOneInALine()
{
    QCOMPARE(commands::FleetHosts::namesIn("web01\n\n# old: web02\n  ada@web03:22  # new\r\nweb04"),
             QStringList({u"web01"_s, u"ada@web03:22"_s, u"web04"_s}));
    QCOMPARE(commands::FleetHosts::namesIn(""), QStringList());
}

void CommandLineTest::terminalIsAskedForAsWithSsh()
{
    using ssh::CommandTerminal;
    const auto terminalOf
        = [](const char *line) { return requestOf<app::ExecRequest>(line).terminal; };
    QCOMPARE(terminalOf("exec web01 -- -t"), std::nullopt);
    QCOMPARE(terminalOf("exec -t web01 -- top"), CommandTerminal::LikeOurs);
    QCOMPARE(terminalOf("exec -tt web01 -- top"), CommandTerminal::Always);
    QCOMPARE(terminalOf("exec -t -t web01 -- top"), CommandTerminal::Always);
    QCOMPARE(terminalOf("exec -T web01 -- top"), CommandTerminal::Never);
    for (const char *line : {"exec -t -T web01 -- top", "ls -t web01:a", "-T web01"}) {
        QVERIFY2(!parse(line), line);
    }
}

void CommandLineTest::getSplitsTargetsAndPaths()
{
    const auto request = requestOf<app::GetRequest>("get web01:a web01:/b/c local:dir");
    QCOMPARE(request.sources, QList<app::RemoteFile>({{u"web01"_s, "a"}, {u"web01"_s, "/b/c"}}));
    QCOMPARE(request.destination, "local:dir");
}

void CommandLineTest::transferOptionsAreTaken()
{
    const auto get = requestOf<app::GetRequest>("get -r --jobs 2 --limit-rate 3m --json web01:a b");
    QCOMPARE(get.options, (app::TransferOptions{quint64{3} * 1024 * 1024, 2, true}));
    const auto safe = requestOf<app::GetRequest>("get --resume --verify --fsync web01:a b");
    QVERIFY(safe.options.resume && safe.options.verify && safe.options.flush);
    QVERIFY(!get.options.resume && !get.options.verify && !get.options.flush);
    const auto put = requestOf<app::PutRequest>("put --preserve --limit-rate 500 a web01:b");
    QVERIFY(put.options.preserve && !get.options.preserve);
    QCOMPARE(put.options.bytesPerSecond, quint64{500});
    QVERIFY(!put.options.connections);
    QCOMPARE(put.options.retries, 3);
    QCOMPARE(put.options.links, transfer::LinkChoice::Copy);
    const auto follow = requestOf<app::PutRequest>("put --links follow --retries 0 a web01:b");
    QCOMPARE(follow.options.links, transfer::LinkChoice::Follow);
    QCOMPARE(follow.options.retries, 0);
    for (const char *line :
         {"ls --json web01:a", "ls --resume web01:a", "exec web01 --jobs 2 -- ls", "web01 -r",
          "get --jobs 9 web01:a b", "get --limit-rate 0 web01:a b", "get --limit-rate 5T web01:a b",
          "get --limit-rate K web01:a b", "get --links no web01:a b", "ls --links skip web01:a",
          "ls --preserve web01:a", "get --retries -1 web01:a b", "exec web01 --retries 2 -- ls",
          "put --limit-rate 99999999999999999999G a web01:b"}) {
        QVERIFY2(!parse(line), line);
    }
}

void CommandLineTest::syncKnowsHowToCompare()
{
    using Criterion = synchronize::ComparisonOptions::Criterion;
    const auto plain = requestOf<app::SyncRequest>("sync a web01:b");
    QCOMPARE(plain.comparison.criterion, Criterion::SizeAndTime);
    QCOMPARE(plain.rules, synchronize::SyncRules());
    const auto full = requestOf<app::SyncRequest>("sync --two-way --newer --checksum --exclude *.o "
                                                  "--exclude tmp/ --include doc a web01:b");
    QCOMPARE(full.comparison.criterion, Criterion::Checksum);
    QCOMPARE(full.comparison.filter.exclude, (QStringList{u"*.o"_s, u"tmp/"_s}));
    QCOMPARE(full.comparison.filter.include, QStringList{u"doc"_s});
    QCOMPARE(full.rules,
             (synchronize::SyncRules{synchronize::SyncRules::Direction::BothWays, false, true}));
    const auto size = requestOf<app::SyncRequest>("sync --size-only --watch a web01:b");
    QCOMPARE(size.comparison.criterion, Criterion::Size);
    QVERIFY(size.watches);
    QCOMPARE(
        requestOf<app::SyncRequest>("sync --time-tolerance 2 a web01:b").comparison.timeTolerance,
        std::chrono::seconds(2));
}

void CommandLineTest::syncKnowsItsDirection()
{
    const auto up = requestOf<app::SyncRequest>("sync --delete ./a:b web01:c");
    QCOMPARE(up.source, (app::SyncDirectory{{}, "./a:b"}));
    QCOMPARE(up.target, (app::SyncDirectory{u"web01"_s, "c"}));
    QVERIFY(up.rules.deletes && !up.isDryRun);
    const auto down = requestOf<app::SyncRequest>("sync --dry-run --links skip --json web01:/c d");
    QCOMPARE(down.source, (app::SyncDirectory{u"web01"_s, "/c"}));
    QCOMPARE(down.target, (app::SyncDirectory{{}, "d"}));
    QVERIFY(down.isDryRun && !down.rules.deletes && down.options.printsSummary);
    QVERIFY(down.comparison.skipLinks);
    const auto between = requestOf<app::SyncRequest>("sync --delete web01:a sftp://ada@web02/b");
    QCOMPARE(between.source, (app::SyncDirectory{u"web01"_s, "a"}));
    QCOMPARE(between.target, (app::SyncDirectory{u"sftp://ada@web02/b"_s, "/b"}));
    for (const char *line :
         {"sync a b", "sync web01:a ssh://web02/b", "sync --watch web01:a web02:b",
          "sync --delete web01:a web02:", "sync a", "sync a web01:b c", "get --delete web01:a b",
          "put --dry-run a web01:b", "ls --delete web01:a", "sync --links follow a web01:b",
          "get --checksum web01:a b", "put --watch a web01:b", "sync --watch web01:a b",
          "sync --watch --dry-run a web01:b", "sync --two-way --delete a web01:b",
          "sync --delete a web01:", "sync --checksum --size-only a web01:b",
          "sync --time-tolerance x a web01:b"}) {
        QVERIFY2(!parse(line), line);
    }
}

void CommandLineTest::optionsOfQtAreForTheWindow()
{
    for (const char *line : {"-platform xcb web01", "--platform xcb web01", "web01 -style=fusion",
                             "web01 -style fusion -geometry 800x600+0+0", "-reverse web01"}) {
        QCOMPARE(requestOf<app::WindowRequest>(line).target, u"web01"_s);
    }
    QCOMPARE(requestOf<app::ExecRequest>("exec web01 -- ls -style a").command, "ls -style a");
    const auto verb = parse("get -platform xcb web01:a b");
    QVERIFY(!verb && verb.error().sentence.startsWith(u"-platform "_s));
    const auto alone = parse("web01 -platform");
    QVERIFY(!alone && alone.error().sentence.startsWith(u"-platform "_s));
}

void CommandLineTest::putTakesNamesThatAreNotUtf8()
{
    const auto request = requestOf<app::PutRequest>("put a\xff -- -b\xfe ada@web01:\xfd");
    QCOMPARE(request.sources, QByteArrayList({"a\xff", "-b\xfe"}));
    QCOMPARE(request.destination, (app::RemoteFile{u"ada@web01"_s, "\xfd"}));
}

void CommandLineTest::remoteFiles_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("path");

    QTest::newRow("relative") << QByteArray("web01:a/b") << u"web01"_s << QByteArray("a/b");
    QTest::newRow("absolute") << QByteArray("web01:/a") << u"web01"_s << QByteArray("/a");
    QTest::newRow("home") << QByteArray("web01:") << u"web01"_s << QByteArray();
    QTest::newRow("user") << QByteArray("ada@web01:a") << u"ada@web01"_s << QByteArray("a");
    QTest::newRow("port") << QByteArray("web01:2222:a") << u"web01:2222"_s << QByteArray("a");
    QTest::newRow("number as path") << QByteArray("web01:2222") << u"web01"_s << QByteArray("2222");
    QTest::newRow("colon in path") << QByteArray("web01:a:b") << u"web01"_s << QByteArray("a:b");
    QTest::newRow("at sign in path") << QByteArray("web01:a@b") << u"web01"_s << QByteArray("a@b");
    QTest::newRow("IPv6") << QByteArray("[::1]:a") << u"[::1]"_s << QByteArray("a");
    QTest::newRow("IPv6 with user and port")
        << QByteArray("ada@[::1]:2222:/a") << u"ada@[::1]:2222"_s << QByteArray("/a");
    QTest::newRow("URL") << QByteArray("sftp://ada@web01:2222/a%20b")
                         << u"sftp://ada@web01:2222/a%20b"_s << QByteArray("/a b");
    QTest::newRow("URL below home")
        << QByteArray("sftp://web01/~/a") << u"sftp://web01/~/a"_s << QByteArray("a");
    QTest::newRow("newline in path")
        << QByteArray("web01:a\nb") << u"web01"_s << QByteArray("a\nb");
}

void CommandLineTest::remoteFiles()
{
    QFETCH(QByteArray, argument);
    QFETCH(QString, target);
    QFETCH(QByteArray, path);
    QCOMPARE(requestOf<app::ListRequest>("ls " + argument).file, (app::RemoteFile{target, path}));
}

void CommandLineTest::optionsBeforeAndAfterTheTarget()
{
    const auto parsed = parse("-p 2222 ls --host-key-policy auto-add web01: -l ada --no-agent "
                              "--no-default-keys --connect-timeout 7 --config-dir /etc/x "
                              "--log-level debug --login-order password,publickey");
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->connection.port, quint16(2222));
    QCOMPARE(parsed->connection.user, u"ada"_s);
    QCOMPARE(parsed->connection.hostKeyPolicy, hostkeys::HostKeyPolicy::AutoAdd);
    QCOMPARE(parsed->connection.connectTimeout, std::chrono::seconds(7));
    QVERIFY(!parsed->connection.useAgent);
    QVERIFY(!parsed->connection.useDefaultKeys);
    using profiles::LoginSource;
    QCOMPARE(parsed->connection.loginOrder,
             profiles::LoginOrder({LoginSource::Password, LoginSource::KeyFiles, LoginSource::Agent,
                                   LoginSource::DefaultKeys}));
    QCOMPARE(parsed->configDirectory, u"/etc/x"_s);
    QCOMPARE(parsed->logLevel, ssh::LogLevel::Debug);
}

void CommandLineTest::repeatedOptionsKeepTheirOrder()
{
    const auto parsed = parse("-i one --known-hosts k1 web01 -itwo --known-hosts=k2");
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->connection.identityFiles, QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(parsed->connection.knownHostsFiles, QStringList({u"k1"_s, u"k2"_s}));
}

void CommandLineTest::transportOptions()
{
    const auto parsed
        = parse("ls -C --keep-alive 0 --cipher aes128-ctr,aes256-gcm@openssh.com web01:");
    QVERIFY(parsed);
    QVERIFY(parsed->connection.compress);
    QCOMPARE(parsed->connection.keepAlive, std::chrono::seconds(0));
    QCOMPARE(parsed->connection.ciphers,
             QStringList({u"aes128-ctr"_s, u"aes256-gcm@openssh.com"_s}));
    QVERIFY(parse("ls --compress web01:")->connection.compress);
    QVERIFY(parse("ls web01:")->connection.sftpServer.isEmpty());
    QCOMPARE(parse("ls --sftp-server sudo web01:")->connection.sftpServer, u"sudo"_s);
    QVERIFY(!parse("ls web01:")->connection.keepAlive);
    QVERIFY(!parse("ls --keep-alive -5 web01:"));
    const auto unknown = parse("ls --cipher rot13 web01:");
    QVERIFY(!unknown && unknown.error().sentence.startsWith(u"\"rot13\" is no cipher here."_s));
}

void CommandLineTest::keysSayWhatToDo()
{
    using Action = app::KeysRequest::Action;
    using Type = keys::KeyRequest::Type;
    QVERIFY(requestOf<app::KeysRequest>("keys list --json").isJson);
    const auto key = requestOf<app::KeysRequest>("keys generate --type ecdsa --bits 521 a/b");
    QCOMPARE(key.action, Action::Generate);
    QCOMPARE(key.operand, u"a/b"_s);
    QCOMPARE(key.key.type, Type::Ecdsa);
    QCOMPARE(key.key.bits, 521);
    QCOMPARE(requestOf<app::KeysRequest>("keys generate x").key.type, Type::Ed25519);
    QCOMPARE(requestOf<app::KeysRequest>("keys generate --comment x y").key.comment, "x");
    const auto install = parse("keys install -i k ann@web01");
    QVERIFY(install);
    QCOMPARE(std::get<app::KeysRequest>(install->request).operand, u"ann@web01"_s);
    QCOMPARE(install->connection.identityFiles, QStringList{u"k"_s});
}

void CommandLineTest::helpNamesEveryVerbAndOption()
{
    requestOf<app::HelpRequest>("--help");
    requestOf<app::HelpRequest>("exec -h");
    requestOf<app::VersionRequest>("--version");
    requestOf<app::DemoRequest>("--demo");
    requestOf<app::ListProfilesRequest>("--list-profiles");
    const QString help = app::CommandLine::helpText();
    for (const QString &word : {u"exec"_s,
                                u"get"_s,
                                u"put"_s,
                                u"ls"_s,
                                u"keys list"_s,
                                u"keys generate"_s,
                                u"keys install"_s,
                                u"--json"_s,
                                u"--type"_s,
                                u"--bits"_s,
                                u"--comment"_s,
                                u"known-hosts"_s,
                                u"--login-order"_s,
                                u"--no-keyring"_s,
                                u"-p"_s,
                                u"-i"_s,
                                u"-l"_s,
                                u"--known-hosts"_s,
                                u"--host-key-policy"_s,
                                u"--connect-timeout"_s,
                                u"--no-agent"_s,
                                u"--no-default-keys"_s,
                                u"--login-order"_s,
                                u"-J"_s,
                                u"--proxy"_s,
                                u"--proxy-command"_s,
                                u"--log-level"_s,
                                u"--config-dir"_s,
                                u"--list-profiles"_s,
                                u"--demo"_s,
                                u"--version"_s,
                                u"--help"_s}) {
        QVERIFY2(help.contains(word), qPrintable(word));
    }
}

void CommandLineTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("hint"); // the sentence must hold it

    QTest::newRow("unknown option") << QByteArray("--password x web01") << u"password"_s;
    QTest::newRow("option without value") << QByteArray("-p") << u"p"_s;
    QTest::newRow("unknown way to log in")
        << QByteArray("--login-order telepathy web01") << u"\"telepathy\""_s;
    QTest::newRow("no way to log in") << QByteArray("--login-order= web01") << u"login order"_s;
    QTest::newRow("two targets") << QByteArray("web01 web02") << u"verb"_s;
    QTest::newRow("exec alone") << QByteArray("exec") << u"exec TARGET -- COMMAND"_s;
    QTest::newRow("exec without dashes") << QByteArray("exec web01 ls") << u"--"_s;
    QTest::newRow("exec without command") << QByteArray("exec web01 --") << u"command"_s;
    QTest::newRow("get without place") << QByteArray("get web01:a") << u"LOCAL"_s;
    QTest::newRow("get of a local file") << QByteArray("get a b") << u"TARGET:PATH"_s;
    QTest::newRow("get from two servers") << QByteArray("get a:1 b:2 c") << u"one server"_s;
    QTest::newRow("get of an ssh URL") << QByteArray("get ssh://a/b c") << u"sftp://"_s;
    QTest::newRow("put to a local place") << QByteArray("put a b") << u"TARGET:PATH"_s;
    QTest::newRow("ls of nothing") << QByteArray("ls") << u"ls TARGET:PATH"_s;
    QTest::newRow("ls without colon") << QByteArray("ls web01") << u"TARGET:PATH"_s;
    QTest::newRow("keys alone") << QByteArray("keys") << u"install TARGET"_s;
    QTest::newRow("keys that are no verb") << QByteArray("keys burn") << u"generate FILE"_s;
    QTest::newRow("keys list of something") << QByteArray("keys list x") << u"list"_s;
    QTest::newRow("generate without a file") << QByteArray("keys generate") << u"FILE"_s;
    QTest::newRow("generate another type")
        << QByteArray("keys generate --type dsa x") << u"ed25519"_s;
    QTest::newRow("generate a short key")
        << QByteArray("keys generate --type rsa --bits 2048 x") << u"3072"_s;
    QTest::newRow("generate with odd bits")
        << QByteArray("keys generate --type ecdsa --bits many x") << u"bits"_s;
    QTest::newRow("install without a server") << QByteArray("keys install") << u"TARGET"_s;
    QTest::newRow("list of profiles with a target")
        << QByteArray("--list-profiles web01") << u"--list-profiles"_s;
    QTest::newRow("demo with a target") << QByteArray("--demo web01") << u"--demo"_s;
    QTest::newRow("port zero") << QByteArray("-p 0 web01") << u"65535"_s;
    QTest::newRow("port too high") << QByteArray("-p 65536 web01") << u"65535"_s;
    QTest::newRow("port in words") << QByteArray("-p ssh web01") << u"65535"_s;
    QTest::newRow("no time") << QByteArray("--connect-timeout 0 web01") << u"seconds"_s;
    QTest::newRow("policy unknown") << QByteArray("--host-key-policy no web01") << u"auto-add"_s;
    QTest::newRow("empty jump host") << QByteArray("-J a,,b web01") << u"commas"_s;
    QTest::newRow("proxy without scheme") << QByteArray("--proxy p:1080 web01") << u"socks5://"_s;
    QTest::newRow("proxy without port") << QByteArray("--proxy http://p web01") << u"65535"_s;
    QTest::newRow("proxy with password")
        << QByteArray("--proxy socks5://a:b@p:1 web01") << u"password"_s;
    QTest::newRow("empty proxy command") << QByteArray("--proxy-command= web01") << u"command"_s;
    QTest::newRow("two proxies") << QByteArray("--proxy http://p:1 --proxy-command=nc web01")
                                 << u"exclude"_s;
    QTest::newRow("log level unknown") << QByteArray("--log-level loud web01") << u"trace"_s;
    QTest::newRow("user like an option") << QByteArray("-l -oProxyCommand=x web01") << u"user"_s;
    QTest::newRow("user with a control character") << QByteArray("-l a\x1b[m web01") << u"\\x1B"_s;
}

void CommandLineTest::nonsenseIsRefused()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, hint);
    const auto parsed = parse(line);
    QVERIFY(!parsed.has_value());
    QVERIFY2(parsed.error().sentence.contains(hint), qPrintable(parsed.error().sentence));
}

QTEST_APPLESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
