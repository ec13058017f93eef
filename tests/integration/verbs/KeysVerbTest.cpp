// `ponto keys`, run as a user runs it, with a home of its own, compared with the OpenSSH tools.

#include "tests/integration/verbs/TerminalRun.h"
#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/TestAgent.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::TerminalRun;
using tests::ToolResult;

class KeysVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void listTellsFilesAndAgent();
    void listWithoutKeysTeaches();
    void generateMakesAKey_data();
    void generateMakesAKey();
    void generateAsksTwiceOnTheTerminal_data();
    void generateAsksTwiceOnTheTerminal();
    void generateNeverOverwrites();
    void generateWithoutAnybodyToAskMakesNothing();
    void installPutsTheKeyThereOnce();
    void installOfNothingTeaches();
    void installTakesTheKeyOfTheAgent();
    void installWantsOneKeyOfTheAgent();
    void installThatDoesNotLogInFails();

private:
    QString home(const QString &name) const { return m_home->filePath(name); }
    QMap<QString, QString> environment(const QMap<QString, QString> &more = {}) const;
    QMap<QString, QString> askpass(const QByteArray &answer) const;
    QByteArray listed(const QString &file) const;
    QByteArray installed() const;

    tests::VerbFixture m_fixture;
    std::unique_ptr<QTemporaryDir> m_home;
};

void KeysVerbTest::initTestCase()
{
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why)); // then authorized_keys would be that of the person who runs this
    }
    tests::SshServerOptions options;
    options.withConfigLines({u"AuthorizedKeysFile .ssh/authorized_keys .ssh/first"_s});
    const auto ready = m_fixture.setUp(options);
    QVERIFY2(ready, tests::reason(ready).constData());
    // The way in for the verb: the fixture's own key.
    QVERIFY(QDir().mkpath(m_fixture.server().home() + u"/.ssh"_s));
    QFile first(m_fixture.server().home() + u"/.ssh/first"_s);
    QFile own(m_fixture.commandLine({}, {})[2] + u".pub"_s);
    QVERIFY(first.open(QFile::WriteOnly) && own.open(QFile::ReadOnly));
    first.write(own.readAll());
}

void KeysVerbTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

QMap<QString, QString> KeysVerbTest::environment(const QMap<QString, QString> &more) const
{
    QMap<QString, QString> all{{u"HOME"_s, m_home->path()}, {u"XDG_RUNTIME_DIR"_s, m_home->path()}};
    all.insert(more);
    return all;
}

QMap<QString, QString> KeysVerbTest::askpass(const QByteArray &answer) const
{
    return environment(
        {{u"SSH_ASKPASS"_s, m_fixture.script(u"askpass"_s, "echo '" + answer + "'\n")},
         {u"SSH_ASKPASS_REQUIRE"_s, u"force"_s}});
}

// "256 SHA256:... comment (ED25519)"
QByteArray KeysVerbTest::listed(const QString &file) const
{
    return tests::runTool({.program = u"ssh-keygen"_s, .arguments = {u"-l"_s, u"-f"_s, file}})
        .output.trimmed();
}

QByteArray KeysVerbTest::installed() const
{
    QFile file(m_fixture.server().home() + u"/.ssh/authorized_keys"_s);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void KeysVerbTest::listTellsFilesAndAgent()
{
    QVERIFY(QDir(m_home->path()).mkdir(u".ssh"_s));
    const auto own = tests::generateKey(home(u".ssh/id_ed25519"_s), {.comment = u"own key"_s});
    const auto loaded = tests::generateKey(home(u"loaded"_s),
                                           {.type = tests::KeyType::Rsa, .comment = u"loaded"_s});
    tests::TestAgent agent;
    QVERIFY(own && loaded && agent.start() && agent.add(*loaded));
    QVERIFY(QFile::setPermissions(own->privateFile,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    const auto with = environment({{u"SSH_AUTH_SOCK"_s, agent.socketPath()}});

    const ToolResult lines = m_fixture.run({u"keys"_s, u"list"_s}, {}, with);
    const ToolResult json = m_fixture.run({u"keys"_s, u"list"_s, u"--json"_s}, {}, with);

    QCOMPARE(lines.exitStatus, 0);
    const QByteArray fingerprint = listed(own->privateFile).split(' ')[1];
    QVERIFY(lines.output.contains(own->privateFile.toUtf8() + ": ED25519 256 " + fingerprint
                                  + " own key\n"));
    QVERIFY(lines.output.contains("mode 0640"));
    QVERIFY(lines.output.contains("agent: RSA 2048 "));
    const QJsonObject object = QJsonDocument::fromJson(json.output).object();
    const QJsonObject file = object[u"files"_s].toArray().first().toObject();
    QCOMPARE(file[u"path"_s], own->privateFile);
    QCOMPARE(file[u"type"_s], u"ssh-ed25519"_s);
    QCOMPARE(file[u"bits"_s], 256);
    QCOMPARE(file[u"fingerprint"_s], QString::fromLatin1(fingerprint));
    QCOMPARE(file[u"mode"_s], u"0640"_s);
    QCOMPARE(file[u"loose-mode"_s], true);
    QCOMPARE(file[u"encrypted"_s], false);
    const QJsonArray keys = object[u"agent"_s].toObject()[u"keys"_s].toArray();
    QCOMPARE(keys.size(), 1);
    QCOMPARE(keys.first().toObject()[u"comment"_s], u"loaded"_s);
}

void KeysVerbTest::listWithoutKeysTeaches()
{
    const ToolResult result = m_fixture.run({u"keys"_s, u"list"_s}, {}, environment());

    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, "");
    QVERIFY(result.errors.contains("ponto keys generate"));
}

void KeysVerbTest::generateMakesAKey_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("beginning");
    QTest::addColumn<QByteArray>("end");

    QTest::newRow("as usual") << QStringList() << QByteArray("256 ") << QByteArray("(ED25519)");
    QTest::newRow("ECDSA") << QStringList{u"--type"_s, u"ecdsa"_s, u"--bits"_s, u"384"_s}
                           << QByteArray("384 ") << QByteArray("(ECDSA)");
    QTest::newRow("comment") << QStringList{u"--comment"_s, u"for work: ann"_s}
                             << QByteArray("256 ") << QByteArray(" for work: ann (ED25519)");
}

void KeysVerbTest::generateMakesAKey()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, beginning);
    QFETCH(QByteArray, end);
    const QString file = home(u"new"_s);

    const ToolResult result = m_fixture.run(QStringList{u"keys"_s, u"generate"_s, file} + options,
                                            {}, askpass("open sesame"));

    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY2(listed(file).startsWith(beginning), listed(file).constData());
    QVERIFY2(listed(file).endsWith(end), listed(file).constData());
    QVERIFY(result.output.contains(listed(file).split(' ')[1]));
    const auto opened
        = tests::runTool({.program = u"ssh-keygen"_s,
                          .arguments = {u"-y"_s, u"-P"_s, u"open sesame"_s, u"-f"_s, file}});
    QCOMPARE(opened.exitStatus, 0);
}

void KeysVerbTest::generateAsksTwiceOnTheTerminal_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second"); // empty: not asked
    QTest::addColumn<bool>("isMade");

    QTest::newRow("the same") << QByteArray("secret") << QByteArray("secret") << true;
    QTest::newRow("another") << QByteArray("secret") << QByteArray("sekret") << false;
    QTest::newRow("none") << QByteArray() << QByteArray() << true;
}

void KeysVerbTest::generateAsksTwiceOnTheTerminal()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(bool, isMade);
    const QString file = home(u"new"_s);

    TerminalRun run(tests::VerbFixture::program(), {u"keys"_s, u"generate"_s, file});
    QTRY_VERIFY(run.output().contains("Passphrase for the new key"));
    QVERIFY(!run.isEchoing());
    run.type(first + '\n');
    if (!second.isEmpty()) {
        QTRY_VERIFY(run.output().contains("again"));
        run.type(second + '\n');
    }
    QTRY_VERIFY_WITH_TIMEOUT(run.isOver(), 20'000); // the key derivation takes its time

    QCOMPARE(run.exitStatus(), isMade ? 0 : 1);
    QVERIFY(run.isEchoing());
    QVERIFY(first.isEmpty() || !run.output().contains(first));
    QCOMPARE(QFile::exists(file), isMade);
    QCOMPARE(QFile::exists(file + u".pub"_s), isMade);
}

void KeysVerbTest::generateNeverOverwrites()
{
    QFile file(home(u"new"_s));
    QVERIFY(file.open(QFile::WriteOnly) && file.write("precious") == 8 && file.flush());

    const ToolResult result
        = m_fixture.run({u"keys"_s, u"generate"_s, file.fileName()}, {}, askpass("secret"));

    QCOMPARE(result.exitStatus, 1);
    QVERIFY(result.errors.contains("exists already"));
    QCOMPARE(file.size(), 8);
}

void KeysVerbTest::generateWithoutAnybodyToAskMakesNothing()
{
    const ToolResult result = m_fixture.run({u"keys"_s, u"generate"_s, home(u"new"_s)}, {},
                                            environment({{u"SSH_ASKPASS_REQUIRE"_s, u"never"_s}}));

    QCOMPARE(result.exitStatus, 1);
    QVERIFY(result.errors.contains("can not be asked"));
    QVERIFY(!QFile::exists(home(u"new"_s)));
}

void KeysVerbTest::installPutsTheKeyThereOnce()
{
    const auto key = tests::generateKey(home(u"new"_s), {.passphrase = u"open"_s});
    QVERIFY2(key, tests::reason(key).constData());
    // The key of `commandLine` lets the verb in; the first -i is what is installed.
    QStringList arguments = m_fixture.commandLine(u"keys"_s, {});
    arguments.insert(1, u"install"_s);
    arguments.insert(2, m_fixture.target());
    arguments.insert(3, u"-i"_s);
    arguments.insert(4, key->privateFile + u".pub"_s);

    const ToolResult result = m_fixture.run(arguments, {}, askpass("open"));
    const ToolResult again = m_fixture.run(arguments, {}, askpass("open"));

    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(result.output.contains("is installed, and it logs in"));
    QVERIFY2(again.exitStatus == 0, again.errors.constData());
    QVERIFY(again.output.contains("has the key"));
    QCOMPARE(installed().count(key->publicLine), 1);
}

void KeysVerbTest::installOfNothingTeaches()
{
    const ToolResult result
        = m_fixture.run({u"keys"_s, u"install"_s, m_fixture.target()}, {}, environment());

    QCOMPARE(result.exitStatus, 1);
    QVERIFY(result.errors.contains("ponto keys generate"));
}

void KeysVerbTest::installTakesTheKeyOfTheAgent()
{
    const auto key = tests::generateKey(home(u"new"_s), {.comment = u"from the token"_s});
    const auto other = tests::generateKey(home(u"other"_s), {.comment = u"other"_s});
    tests::TestAgent agent;
    QVERIFY(key && other && agent.start() && agent.add(*other) && agent.add(*key));
    const QByteArray fingerprint = listed(key->privateFile).split(' ')[1];
    QVERIFY(QFile::remove(key->privateFile) && QFile::remove(home(u"new.pub"_s)));
    const auto with = environment({{u"SSH_AUTH_SOCK"_s, agent.socketPath()}});
    QStringList arguments = m_fixture.commandLine(u"keys"_s, {});
    arguments.insert(1, u"install"_s);
    arguments.insert(2, m_fixture.target());
    arguments.insert(3, u"-i"_s);
    arguments.insert(4, u"from the token"_s);

    const ToolResult byComment = m_fixture.run(arguments, {}, with);
    arguments[4] = QString::fromLatin1(fingerprint);
    const ToolResult byFingerprint = m_fixture.run(arguments, {}, with);

    QVERIFY2(byComment.exitStatus == 0, byComment.errors.constData());
    QVERIFY(byComment.output.contains("from the token is installed, and it logs in"));
    QVERIFY2(byFingerprint.exitStatus == 0, byFingerprint.errors.constData());
    QVERIFY(byFingerprint.output.contains("has the key"));
    QCOMPARE(installed().count(key->publicLine), 1);
    QCOMPARE(installed().count(other->publicLine), 0);
}

void KeysVerbTest::installWantsOneKeyOfTheAgent()
{
    const auto one = tests::generateKey(home(u"one"_s), {.comment = u"same"_s});
    const auto two = tests::generateKey(home(u"two"_s), {.comment = u"same"_s});
    tests::TestAgent agent;
    QVERIFY(one && two && agent.start() && agent.add(*one) && agent.add(*two));
    const auto with = environment({{u"SSH_AUTH_SOCK"_s, agent.socketPath()}});
    const QStringList arguments{u"keys"_s, u"install"_s, m_fixture.target()};

    const ToolResult any = m_fixture.run(arguments, {}, with);
    const ToolResult absent = m_fixture.run(arguments + QStringList{u"-i"_s, u"none"_s}, {}, with);

    QCOMPARE(any.exitStatus, 1);
    QVERIFY2(any.errors.contains("2 keys that may be meant"), any.errors.constData());
    QCOMPARE(absent.exitStatus, 1);
    QVERIFY2(absent.errors.contains("no agent has a key"), absent.errors.constData());
}

// The private half does not belong to the public one beside it.
void KeysVerbTest::installThatDoesNotLogInFails()
{
    const auto key = tests::generateKey(home(u"new"_s),
                                        {.type = tests::KeyType::Ecdsa,
                                         .passphrase = u"open sesame"_s,
                                         .moreArguments = {u"-m"_s, u"PEM"_s}});
    const auto other = tests::generateKey(home(u"other"_s));
    QVERIFY(key && other && QFile::remove(home(u"new.pub"_s))
            && QFile::copy(home(u"other.pub"_s), home(u"new.pub"_s)));
    QStringList arguments = m_fixture.commandLine(u"keys"_s, {});
    arguments.insert(1, u"install"_s);
    arguments.insert(2, m_fixture.target());
    arguments.insert(3, u"-i"_s);
    arguments.insert(4, key->privateFile);

    const ToolResult result = m_fixture.run(arguments, {}, askpass("open sesame"));

    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains("could not be proven"), result.errors.constData());
    QVERIFY(installed().contains(other->publicLine));
}

QTEST_GUILESS_MAIN(KeysVerbTest)

#include "KeysVerbTest.moc"
