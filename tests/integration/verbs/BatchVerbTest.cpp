#include "profiles/ProfileStore.h"
#include "tests/integration/verbs/TerminalRun.h"
#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <signal.h>

using namespace Qt::StringLiterals;
using tests::TerminalRun;
using tests::ToolResult;

// `ponto exec` on many servers: saved sessions that all lead to the same one.
class BatchVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void outputOfEachHostStandsTogether();
    void jsonHasALineForEachHost();
    void jsonOfOneHost();
    void failuresAreListed();
    void groupHasTheGroupsBelow();
    void tagIsOfTheSessionOrItsGroup();
    void sessionOfTwoChoicesRunsOnce();
    void hostsComeFromAFile();
    void hostsComeFromStandardInput();
    void eachHostOnce();
    void passwordInAnAddressIsTold();
    void commandIsLeftAloneAfterItsTime();
    void nobodyIsBegunAfterEnoughFailures();
    void nobodyIsBegunAfterAShareOfFailures();
    void canaryGoesFirst();
    void onlySoManyAtOnce();
    void commandWithoutEndOfInputEnds();
    void largeOutputIsWhole();
    void foreignBytesDoNotBreakTheJson();
    void dryRunRunsNothing();
    void interruptStillPrints();
    void passphraseIsAskedOnce();
    void nonsenseIs2_data();
    void nonsenseIs2();

private:
    ToolResult exec(const QStringList &arguments, const QByteArray &input = {}) const;
    void saveSession(const QString &name, const QString &group, quint16 port);
    static QList<QJsonObject> linesOf(const QByteArray &output);
    QStringList numbered(int count) const;

    tests::VerbFixture m_fixture;
    std::unique_ptr<profiles::ProfileStore> m_store;
};

void BatchVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    QVERIFY(QDir().mkpath(m_fixture.path(u"config"_s)));
    m_store = std::make_unique<profiles::ProfileStore>(m_fixture.path(u"config/sessions.json"_s));
    const quint16 port = m_fixture.server().port();
    for (int i = 1; i <= 40; ++i) {
        saveSession(u"host%1"_s.arg(i),
                    i <= 2       ? u"Farm"_s
                        : i <= 4 ? u"Farm/Barn"_s
                                 : u"Farms"_s,
                    port);
    }
    saveSession(u"nobody"_s, u"Ruins"_s, 1); // refuses
}

void BatchVerbTest::saveSession(const QString &name, const QString &group, quint16 port)
{
    profiles::Profile profile = profiles::Profile::forAddress({});
    profile.name = name;
    profile.group = group;
    profile.host = m_fixture.server().address();
    profile.port = port;
    profile.user = m_fixture.server().userName();
    QVERIFY(m_store->save(profile));
}

ToolResult BatchVerbTest::exec(const QStringList &arguments, const QByteArray &input) const
{
    return m_fixture.run(m_fixture.commandLine(u"exec"_s, arguments), input);
}

QList<QJsonObject> BatchVerbTest::linesOf(const QByteArray &output)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : output.trimmed().split('\n')) {
        QJsonParseError error;
        const QJsonObject object = QJsonDocument::fromJson(line, &error).object();
        if (error.error != QJsonParseError::NoError) {
            QTest::qFail(line.left(500).constData(), __FILE__, __LINE__);
        }
        objects.append(object);
    }
    return objects;
}

QStringList BatchVerbTest::numbered(int count) const
{
    QStringList names;
    for (int i = 1; i <= count; ++i) {
        names += u"host%1"_s.arg(i);
    }
    return names;
}

void BatchVerbTest::outputOfEachHostStandsTogether()
{
    const ToolResult result
        = exec({u"host1"_s, u"host2"_s, u"--"_s, u"echo out; printf tail; echo err >&2"_s});

    QCOMPARE(result.exitStatus, 0);
    const QRegularExpression form(u"^== host[12]: exit status 0 \\([0-9.]+ s\\)\nout\ntail\n"
                                  "== host[12]: exit status 0 \\([0-9.]+ s\\)\nout\ntail\n$"_s);
    QVERIFY2(form.match(QString::fromUtf8(result.output)).hasMatch(), result.output.constData());
    QCOMPARE(result.errors, "err\nerr\n");
}

void BatchVerbTest::jsonHasALineForEachHost()
{
    const ToolResult result = exec(QStringList{u"--json"_s, u"--jobs"_s, u"8"_s} + numbered(20)
                                   + QStringList{u"--"_s, u"echo \"a \\\"b\\\"\"; exit 0"_s});

    QCOMPARE(result.exitStatus, 0);
    const QList<QJsonObject> lines = linesOf(result.output);
    QCOMPARE(lines.size(), 20);
    QStringList targets;
    for (const QJsonObject &line : lines) {
        QCOMPARE(line.keys(),
                 QStringList({u"error"_s, u"exit_status"_s, u"seconds"_s, u"signal"_s, u"stderr"_s,
                              u"stdout"_s, u"target"_s}));
        QCOMPARE(line[u"exit_status"_s].toInt(-1), 0);
        QCOMPARE(line[u"stdout"_s].toString(), u"a \"b\"\n"_s);
        QVERIFY(line[u"error"_s].isNull() && line[u"signal"_s].isNull());
        QVERIFY(line[u"seconds"_s].toDouble() > 0);
        targets += line[u"target"_s].toString();
    }
    targets.sort();
    QStringList expected = numbered(20);
    expected.sort();
    QCOMPARE(targets, expected);
}

void BatchVerbTest::jsonOfOneHost()
{
    const ToolResult result = exec({u"--json"_s, u"host1"_s, u"--"_s, u"kill -KILL $$"_s});

    QCOMPARE(result.exitStatus, 1);
    const QJsonObject line = linesOf(result.output).first();
    QCOMPARE(line[u"signal"_s].toString(), u"KILL"_s);
    QVERIFY(line[u"exit_status"_s].isNull());
    QVERIFY(line[u"error"_s].isNull());
}

void BatchVerbTest::failuresAreListed()
{
    const ToolResult result
        = exec({u"host1"_s, u"nobody"_s, u"host2"_s, u"--"_s, u"test $PPID != 0"_s});

    QCOMPARE(result.exitStatus, 1);
    QVERIFY(result.output.contains("== host1: exit status 0"));
    QVERIFY2(result.output.contains("== nobody: Could not connect"), result.output.constData());
    QVERIFY2(result.errors.contains("1 of 3 hosts failed: nobody."), result.errors.constData());
}

void BatchVerbTest::groupHasTheGroupsBelow()
{
    const ToolResult result = exec({u"--group"_s, u"Farm"_s, u"--json"_s, u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(linesOf(result.output).size(), 4); // "Farms" is another one
}

void BatchVerbTest::tagIsOfTheSessionOrItsGroup()
{
    profiles::Profile defaults = m_store->groupDefaults(u"Farm/Barn"_s);
    defaults.tags = {u"Hay"_s};
    QVERIFY(m_store->saveGroup(u"Farm/Barn"_s, defaults));
    profiles::Profile tagged = *m_store->findByName(u"host9");
    tagged.tags = {u"hay"_s, u"straw"_s};
    QVERIFY(m_store->save(tagged));

    const ToolResult result = exec({u"--tag"_s, u"hay"_s, u"--json"_s, u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 0);
    QSet<QString> names;
    for (const QJsonObject &line : linesOf(result.output)) {
        names.insert(line[u"target"_s].toString());
    }
    QCOMPARE(names, QSet<QString>({u"host3"_s, u"host4"_s, u"host9"_s}));
}

void BatchVerbTest::sessionOfTwoChoicesRunsOnce()
{
    const ToolResult result
        = exec({u"host1"_s, u"HOST1"_s, u"--group"_s, u"Farm"_s, u"--json"_s, u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(linesOf(result.output).size(), 4);
}

void BatchVerbTest::hostsComeFromAFile()
{
    QFile file(m_fixture.path(u"hosts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# all of them\n\n  host3 # the third\r\nhost4");
    file.close();

    const ToolResult result
        = exec({u"--hosts"_s, file.fileName(), u"--json"_s, u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(linesOf(result.output).size(), 2);
}

void BatchVerbTest::hostsComeFromStandardInput()
{
    const ToolResult result
        = exec({u"--hosts"_s, u"-"_s, u"--json"_s, u"--"_s, u"true"_s}, "host5\nhost6\n");

    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(linesOf(result.output).size(), 2);
}

void BatchVerbTest::eachHostOnce()
{
    const ToolResult result
        = exec({u"host1"_s, u"host1"_s, u"host2"_s, u"--json"_s, u"--"_s, u"true"_s});

    QCOMPARE(linesOf(result.output).size(), 2);
}

void BatchVerbTest::passwordInAnAddressIsTold()
{
    QString address = u"ssh://"_s + m_fixture.target();
    address.replace(u'@', u":secret@"_s);

    const ToolResult result = exec({address, u"host2"_s, u"--json"_s, u"--"_s, u"true"_s});

    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.errors.contains("The password in the address was not used"),
             result.errors.constData());
    QVERIFY2(!result.output.contains("secret"), result.output.constData());
}

void BatchVerbTest::commandIsLeftAloneAfterItsTime()
{
    const ToolResult result = exec({u"host1"_s, u"--json"_s, u"--timeout"_s, u"1"_s, u"--"_s,
                                    u"echo begun; exec sleep 600"_s});

    QCOMPARE(result.exitStatus, 1);
    const QJsonObject line = linesOf(result.output).first();
    QCOMPARE(line[u"error"_s].toString(), u"The command did not end within 1 s."_s);
    QCOMPARE(line[u"stdout"_s].toString(), u"begun\n"_s);
}

void BatchVerbTest::nobodyIsBegunAfterEnoughFailures()
{
    const ToolResult result
        = exec(QStringList{u"--json"_s, u"--jobs"_s, u"1"_s, u"--stop-after"_s, u"2"_s}
               + numbered(5) + QStringList{u"--"_s, u"exit 7"_s});

    QCOMPARE(result.exitStatus, 1);
    const QList<QJsonObject> lines = linesOf(result.output);
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[1][u"exit_status"_s].toInt(), 7);
    for (int i = 2; i < 5; ++i) {
        QVERIFY(lines[i][u"exit_status"_s].isNull());
        QCOMPARE(lines[i][u"error"_s].toString(), u"Not begun: 2 hosts had failed."_s);
    }
}

void BatchVerbTest::nobodyIsBegunAfterAShareOfFailures()
{
    const ToolResult result
        = exec(QStringList{u"--json"_s, u"--jobs"_s, u"1"_s, u"--stop-after"_s, u"50%"_s}
               + numbered(5) + QStringList{u"--"_s, u"exit 7"_s});

    const QList<QJsonObject> lines = linesOf(result.output);
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[2][u"exit_status"_s].toInt(), 7); // three of five are more than half
    QCOMPARE(lines[3][u"error"_s].toString(), u"Not begun: 3 hosts had failed."_s);
}

void BatchVerbTest::canaryGoesFirst()
{
    const QStringList options{u"--json"_s, u"--canary"_s, u"2"_s};
    const ToolResult bad = exec(options + numbered(5) + QStringList{u"--"_s, u"exit 7"_s});
    const ToolResult good = exec(options + numbered(5) + QStringList{u"--"_s, u"true"_s});

    const QList<QJsonObject> lines = linesOf(bad.output);
    QCOMPARE(bad.exitStatus, 1);
    QCOMPARE(lines.size(), 5);
    int begun = 0;
    for (const QJsonObject &line : lines) {
        begun += line[u"exit_status"_s].isNull() ? 0 : 1;
    }
    QCOMPARE(begun, 2);
    QCOMPARE(lines[4][u"error"_s].toString(),
             u"Not begun: one of the hosts that went first had failed."_s);
    QCOMPARE(good.exitStatus, 0);
    QCOMPARE(linesOf(good.output).size(), 5);
}

// Each command counts those that run beside it.
void BatchVerbTest::onlySoManyAtOnce()
{
    const QString directory = m_fixture.path(u"running"_s);
    QVERIFY(QDir().mkpath(directory));
    const QString command = u"touch %1/$$; ls %1 | wc -l; sleep 0.2; rm %1/$$"_s.arg(directory);

    const ToolResult result = exec(QStringList{u"--json"_s, u"--jobs"_s, u"3"_s} + numbered(12)
                                   + QStringList{u"--"_s, command});

    QCOMPARE(result.exitStatus, 0);
    int most = 0;
    for (const QJsonObject &line : linesOf(result.output)) {
        most = std::max(most, line[u"stdout"_s].toString().trimmed().toInt());
    }
    QVERIFY2(most >= 2 && most <= 3, qPrintable(QString::number(most)));
}

void BatchVerbTest::commandWithoutEndOfInputEnds()
{
    const ToolResult result = exec({u"host1"_s, u"host2"_s, u"--"_s, u"cat"_s}, "not for them\n");

    QCOMPARE(result.exitStatus, 0);
    QVERIFY(!result.output.contains("not for them"));
}

void BatchVerbTest::largeOutputIsWhole()
{
    const ToolResult result
        = exec({u"host1"_s, u"host2"_s, u"--json"_s, u"--"_s,
                u"yes é | tr -d '\\n' | head -c 3000001; head -c 400000 /dev/zero | "
                "tr '\\000' y >&2"_s});

    QCOMPARE(result.exitStatus, 0);
    for (const QJsonObject &line : linesOf(result.output)) {
        // Of two bytes each, and half of one: no border between two pieces shows.
        QVERIFY(line[u"stdout"_s].toString() == QString(1'500'000, u'é') + u'\uFFFD');
        QVERIFY(line[u"stderr"_s].toString() == QString(400'000, u'y'));
    }
}

void BatchVerbTest::foreignBytesDoNotBreakTheJson()
{
    const ToolResult result = exec(
        {u"host1"_s, u"--json"_s, u"--"_s, u"printf 'caf\\303\\251 \\377 \\033[2J \\000 \"}'"_s});

    const QJsonObject line = linesOf(result.output).first();
    QCOMPARE(line[u"stdout"_s].toString(), u"café \uFFFD \u001b[2J \0 \"}"_s);

    const ToolResult cut = exec(
        {u"host1"_s, u"--json"_s, u"--"_s, u"printf 'caf\\303'; printf 'x\\342\\202' >&2"_s});
    const QJsonObject cutLine = linesOf(cut.output).first();
    QCOMPARE(cutLine[u"stdout"_s].toString(), u"caf\uFFFD"_s);
    QCOMPARE(cutLine[u"stderr"_s].toString(), u"x\uFFFD\uFFFD"_s); // for each byte of half a sign
}

void BatchVerbTest::dryRunRunsNothing()
{
    const QString file = m_fixture.path(u"made"_s);

    const ToolResult result
        = exec({u"--group"_s, u"Farm/Barn"_s, u"--dry-run"_s, u"--"_s, u"touch"_s, file});

    QCOMPARE(result.exitStatus, 0);
    QVERIFY(!QFile::exists(file));
    const QByteArrayList lines = result.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].startsWith("host3\t"), lines[0].constData());
    QVERIFY(lines[0].endsWith("\ttouch " + file.toUtf8()));
}

void BatchVerbTest::interruptStillPrints()
{
    const auto process = m_fixture.start(m_fixture.commandLine(
        u"exec"_s,
        {u"--jobs"_s, u"2"_s, u"--json"_s, u"host1"_s, u"host2"_s, u"host3"_s, u"--"_s,
         u"echo $$ >> %1; exec sleep 600"_s.arg(m_fixture.path(u"pids"_s))}));
    const auto running = [this] {
        QFile pids(m_fixture.path(u"pids"_s));
        return pids.open(QIODevice::ReadOnly) ? pids.readAll().count('\n') : 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(running(), 2, 20'000);

    QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGINT), 0);

    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitCode(), 128 + SIGINT);
    const QList<QJsonObject> lines = linesOf(process->readAllStandardOutput());
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0][u"error"_s].toString(), u"Interrupted."_s);
    QCOMPARE(lines[2][u"error"_s].toString(), u"Not begun: interrupted before."_s);
}

void BatchVerbTest::passphraseIsAskedOnce()
{
    const QString key = m_fixture.path(u"locked"_s);
    QVERIFY(QFile::copy(m_fixture.userKeyFile(), key));
    QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner);
    const ToolResult locked = tests::runTool(
        {.program = u"ssh-keygen"_s,
         .arguments = {u"-q"_s, u"-p"_s, u"-P"_s, u""_s, u"-N"_s, u"opensesame"_s, u"-f"_s, key}});
    QCOMPARE(locked.exitStatus, 0);
    TerminalRun run(tests::VerbFixture::program(),
                    QStringList{u"exec"_s, u"-i"_s, key, u"--known-hosts"_s,
                                m_fixture.path(u"known_hosts"_s), u"--no-agent"_s,
                                u"--no-default-keys"_s, u"--no-keyring"_s, u"--config-dir"_s,
                                m_fixture.path(u"config"_s)}
                        + numbered(5) + QStringList{u"--"_s, u"echo done"_s});
    QTRY_VERIFY_WITH_TIMEOUT(run.output().toLower().contains("passphrase"), 60'000);

    run.type("opensesame\n");

    QTRY_VERIFY_WITH_TIMEOUT(run.isOver(), 60'000);
    QCOMPARE(run.exitStatus(), 0);
    QCOMPARE(run.output().count("done"), 5);
    QCOMPARE(run.output().toLower().count("passphrase"), 1);
}

void BatchVerbTest::nonsenseIs2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("hint");

    const QStringList command{u"--"_s, u"true"_s};
    QTest::newRow("no server by that name")
        << QStringList{u"host1"_s, u"a bad one"_s} + command << QByteArray("a bad one");
    QTest::newRow("empty tag") << QStringList{u"--tag"_s, u"nowhere"_s} + command
                               << QByteArray("with the tag");
    QTest::newRow("empty group") << QStringList{u"--group"_s, u"Nowhere"_s} + command
                                 << QByteArray("There is no saved session");
    QTest::newRow("no file") << QStringList{u"--hosts"_s, u"/nonexistent"_s} + command
                             << QByteArray("/nonexistent");
    QTest::newRow("empty file") << QStringList{u"--hosts"_s, u"/dev/null"_s} + command
                                << QByteArray("lists no server");
    QTest::newRow("odd jobs") << QStringList{u"host1"_s, u"host2"_s, u"--jobs"_s, u"0"_s} + command
                              << QByteArray("--jobs must be a number");
    QTest::newRow("terminal") << QStringList{u"host1"_s, u"host2"_s, u"-t"_s} + command
                              << QByteArray("one server only");
    QTest::newRow("timeout of one") << QStringList{u"host1"_s, u"--timeout"_s, u"5"_s} + command
                                    << QByteArray("--timeout is for exec on several servers");
    QTest::newRow("no command") << QStringList{u"host1"_s, u"host2"_s} << QByteArray("--");
}

void BatchVerbTest::nonsenseIs2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, hint);

    const ToolResult result = exec(arguments);

    QCOMPARE(result.exitStatus, 2);
    QVERIFY2(result.errors.contains(hint), result.errors.constData());
    QCOMPARE(result.output, QByteArray());
}

QTEST_GUILESS_MAIN(BatchVerbTest)

#include "BatchVerbTest.moc"
