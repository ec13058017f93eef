#include "tests/integration/verbs/VerbFixture.h"
#include "tests/support/Reason.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using tests::KeyPair;
using tests::ToolResult;

// `ponto known-hosts`, and what else the verbs say about host keys.
class KnownHostsVerbTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void checkSaysOneWordAndWhere_data();
    void checkSaysOneWordAndWhere();
    void checkReadsEveryFile();
    void unreadableFileIsNeverUnknown_data();
    void unreadableFileIsNeverUnknown();
    void nonsenseIs2_data();
    void nonsenseIs2();
    void findTellsTheLines();
    void listTellsWhatSshKeygenTells();
    void addIsFoundBySshKeygen();
    void addRefusesAChangedKey();
    void removeTakesWhatSshKeygenTakes();
    void rejectNamesTheFingerprint();
    void authorityIsNeverStored();
    void writersAtOnceLoseNothing();

private:
    QString path(const QString &name = u"hosts"_s) const { return m_fixture.path(name); }
    QString keyText(const KeyPair &pair) const;
    void write(const QByteArray &content, const QString &name = u"hosts"_s) const;
    QByteArray read(const QString &name = u"hosts"_s) const;
    QByteArray withKeys(QByteArray content) const;
    QStringList command(const QStringList &arguments, const QStringList &files = {}) const;
    ToolResult knownHosts(const QStringList &arguments, const QStringList &files = {}) const;
    ToolResult keygen(const QStringList &arguments) const;

    tests::VerbFixture m_fixture;
    KeyPair m_key;
    KeyPair m_other;
    KeyPair m_ecdsa;
};

void KnownHostsVerbTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    const auto key = tests::generateKey(path(u"key"_s));
    const auto other = tests::generateKey(path(u"other"_s));
    const auto ecdsa = tests::generateKey(path(u"ecdsa"_s), {.type = tests::KeyType::Ecdsa});
    QVERIFY(key && other && ecdsa);
    m_key = *key;
    m_other = *other;
    m_ecdsa = *ecdsa;
}

void KnownHostsVerbTest::init()
{
    QFile::remove(path());
}

QString KnownHostsVerbTest::keyText(const KeyPair &pair) const
{
    return QString::fromLatin1(pair.publicLine).section(u' ', 0, 1);
}

QByteArray KnownHostsVerbTest::withKeys(QByteArray content) const
{
    content.replace("KEY", keyText(m_key).toLatin1());
    content.replace("OTHER", keyText(m_other).toLatin1());
    return content.replace("ECDSA", keyText(m_ecdsa).toLatin1());
}

void KnownHostsVerbTest::write(const QByteArray &content, const QString &name) const
{
    QFile file(path(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QByteArray KnownHostsVerbTest::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

QStringList KnownHostsVerbTest::command(const QStringList &arguments,
                                        const QStringList &files) const
{
    QStringList words{u"known-hosts"_s};
    for (const QString &file : files.isEmpty() ? QStringList{path()} : files) {
        words << u"--known-hosts"_s << file;
    }
    return words + QStringList{u"--config-dir"_s, path(u"config"_s)} + arguments;
}

ToolResult KnownHostsVerbTest::knownHosts(const QStringList &arguments,
                                          const QStringList &files) const
{
    return m_fixture.run(command(arguments, files));
}

ToolResult KnownHostsVerbTest::keygen(const QStringList &arguments) const
{
    return tests::runTool(
        {.program = u"ssh-keygen"_s, .arguments = arguments + QStringList{u"-f"_s, path()}});
}

void KnownHostsVerbTest::checkSaysOneWordAndWhere_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("line"); // 0: none
    const auto row = [](const char *name, const QByteArray &content, const QString &word, int line,
                        const QString &host = u"web01"_s) {
        QTest::newRow(name) << content << host << word << line;
    };
    const QByteArray longList = QByteArray("other.example,").repeated(1200);

    row("ok", "# x\nweb01 KEY\n", u"ok"_s, 2);
    row("unknown", "web02 KEY\n", u"unknown"_s, 0);
    row("no file", "", u"unknown"_s, 0);
    row("other type", "web01 ECDSA\n", u"other-type"_s, 1);
    row("changed", "web01 OTHER\n", u"changed"_s, 1);
    row("revoked", "web01 KEY\n@revoked * KEY\n", u"revoked"_s, 2);
    row("tabs", "\tweb01\tOTHER\n", u"changed"_s, 1);
    row("carriage return", "web01 OTHER\r\n", u"changed"_s, 1);
    row("over 8 KiB", longList + "x KEY\n" + longList + "web01 OTHER\n", u"changed"_s, 2);
    row("unknown type", "web01 ssh-new AAAAB3NzaC1uZXcx\n", u"other-type"_s, 1);
    row("broken base64", "web01 ssh-ed25519 AAAA*\n", u"other-type"_s, 1);
    row("broken base64 before a changed one", "web01 ssh-ed25519 AAAA*\nweb01 OTHER\n",
        u"changed"_s, 2);
    row("port", "[web01]:2222 KEY\n", u"ok"_s, 1, u"web01:2222"_s);
    row("port in brackets", "[web01]:2222 OTHER\n", u"changed"_s, 1, u"[web01]:2222"_s);
    row("port that is not asked for", "[web01]:2222 KEY\n", u"unknown"_s, 0);
    row("IPv6", "2001:db8::1 KEY\n", u"ok"_s, 1, u"2001:db8::1"_s);
    row("IPv6 and port", "[2001:db8::1]:2222 KEY\n", u"ok"_s, 1, u"[2001:db8::1]:2222"_s);
    row("authority", "@cert-authority * KEY\n", u"unknown"_s, 0);
}

void KnownHostsVerbTest::checkSaysOneWordAndWhere()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, host);
    QFETCH(QString, word);
    QFETCH(int, line);
    if (!content.isEmpty()) {
        write(withKeys(content));
    }

    const ToolResult result = knownHosts({u"check"_s, host, keyText(m_key)});

    const QString place = line == 0 ? QString() : u" %1:%2"_s.arg(path()).arg(line);
    QCOMPARE(QString::fromUtf8(result.output), word + place + u'\n');
    QCOMPARE(result.exitStatus, word == u"ok" ? 0 : 1);
    QCOMPARE(result.errors.contains("certificate authority"), content.startsWith("@cert"));
}

void KnownHostsVerbTest::checkReadsEveryFile()
{
    write(withKeys("web01 KEY\n"));
    write(withKeys("# x\n@revoked web01 KEY\n"), u"second"_s);

    const ToolResult result = knownHosts({u"check"_s, u"web01"_s, keyText(m_key)},
                                         {path(), path(u"second"_s), path(u"missing"_s)});

    QCOMPARE(QString::fromUtf8(result.output), u"revoked %1:2\n"_s.arg(path(u"second"_s)));
    QCOMPARE(result.exitStatus, 1);
}

void KnownHostsVerbTest::unreadableFileIsNeverUnknown_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("nothing else") << QByteArray() << QByteArray();
    QTest::newRow("the key elsewhere") << QByteArray("web01 KEY\n") << QByteArray();
    QTest::newRow("another key elsewhere") << QByteArray("web01 OTHER\n") << QByteArray("changed");
    QTest::newRow("revoked elsewhere")
        << QByteArray("@revoked web01 KEY\n") << QByteArray("revoked");
}

void KnownHostsVerbTest::unreadableFileIsNeverUnknown()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, word);
    write(withKeys(content));
    QVERIFY(QDir().mkpath(path(u"directory"_s)));

    const ToolResult result
        = knownHosts({u"check"_s, u"web01"_s, keyText(m_key)}, {path(u"directory"_s), path()});

    QCOMPARE(result.output.split(' ').first().trimmed(), word);
    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains(path(u"directory"_s).toUtf8()), result.errors.constData());
}

void KnownHostsVerbTest::nonsenseIs2_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("no such verb") << QStringList{u"look"_s};
    QTest::newRow("no host") << QStringList{u"find"_s};
    QTest::newRow("no key") << QStringList{u"check"_s, u"web01"_s};
    QTest::newRow("key without type")
        << QStringList{u"check"_s, u"web01"_s, keyText(m_key).section(u' ', 1)};
    QTest::newRow("key of another type")
        << QStringList{u"check"_s, u"web01"_s, u"ssh-rsa "_s + keyText(m_key).section(u' ', 1)};
    QTest::newRow("key cut off") << QStringList{u"check"_s, u"web01"_s, keyText(m_key).chopped(4)};
    QTest::newRow("port 0") << QStringList{u"find"_s, u"web01:0"_s};
    QTest::newRow("port too large") << QStringList{u"find"_s, u"[web01]:65536"_s};
    QTest::newRow("port of letters") << QStringList{u"find"_s, u"web01:ssh"_s};
    QTest::newRow("user") << QStringList{u"find"_s, u"me@web01"_s};
    QTest::newRow("empty host") << QStringList{u"find"_s, QString()};
    QTest::newRow("two hosts") << QStringList{u"find"_s, u"web01"_s, u"web02"_s};
}

void KnownHostsVerbTest::nonsenseIs2()
{
    QFETCH(QStringList, words);

    const ToolResult result = knownHosts(words);

    QCOMPARE(result.exitStatus, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY(result.errors.startsWith("ponto: "));
}

void KnownHostsVerbTest::findTellsTheLines()
{
    write(withKeys("web01 KEY\nweb02 OTHER\n[web01]:2222 OTHER\n"));
    QCOMPARE(keygen({u"-H"_s}).exitStatus, 0);
    write(read() + withKeys("@revoked * ECDSA\n\x1b[2Jweb01*,web01 KEY\n"));
    const QByteArrayList lines = read().split('\n');

    const ToolResult result = knownHosts({u"find"_s, u"web01"_s});

    const QByteArray file = path().toUtf8();
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output,
             file + ":1 " + lines[0] + '\n' + file + ":4 " + lines[3] + '\n' + file + ":5 \\x1B[2J"
                 + lines[4].sliced(4) + '\n');
    const ToolResult none = knownHosts({u"find"_s, u"web01:2223"_s});
    QCOMPARE(none.output, file + ":4 " + lines[3] + '\n');
    write({});
    QCOMPARE(knownHosts({u"find"_s, u"web01"_s}).exitStatus, 1);
}

void KnownHostsVerbTest::listTellsWhatSshKeygenTells()
{
    write(withKeys("# x\nweb01,web02 KEY\n[web01]:2222 ECDSA\n"));
    QByteArrayList expected = keygen({u"-l"_s}).output.trimmed().split('\n');
    for (qsizetype i = 0; i < expected.size(); ++i) {
        expected[i].prepend(path().toUtf8() + ':' + QByteArray::number(i + 2) + ' ');
    }
    write(read() + withKeys("web03 ssh-ed25519 broken\n@revoked * OTHER\n"));

    const ToolResult result = knownHosts({u"list"_s});

    QCOMPARE(result.exitStatus, 0);
    const QByteArrayList lines = result.output.split('\n');
    QCOMPARE(lines.first(2), expected);
    QCOMPARE(lines.value(2), path().toUtf8() + ":4 web03 (a key that can not be read)");
    QVERIFY(lines.value(3).contains(" @revoked * (ED25519)"));
}

void KnownHostsVerbTest::addIsFoundBySshKeygen()
{
    const ToolResult added
        = knownHosts({u"add"_s, u"Web01:2222"_s, QString::fromLatin1(m_key.publicLine)});
    QCOMPARE(added.exitStatus, 0);
    QCOMPARE(added.output, path().toUtf8() + ":1\n");
    QCOMPARE(read(), withKeys("[web01]:2222 KEY\n"));
    QCOMPARE(keygen({u"-F"_s, u"[web01]:2222"_s}).exitStatus, 0);

    QCOMPARE(knownHosts({u"--hash-known-hosts"_s, u"add"_s, u"web02"_s, keyText(m_key)}).exitStatus,
             0);
    QVERIFY(!read().contains("web02"));
    QCOMPARE(keygen({u"-F"_s, u"web02"_s}).exitStatus, 0);
}

void KnownHostsVerbTest::addRefusesAChangedKey()
{
    write(withKeys("web01 OTHER\n"));

    const ToolResult result = knownHosts({u"add"_s, u"web01"_s, keyText(m_key)});

    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(read(), withKeys("web01 OTHER\n"));
    QVERIFY(!result.errors.isEmpty());
}

void KnownHostsVerbTest::removeTakesWhatSshKeygenTakes()
{
    const QByteArray content
        = withKeys("web01 KEY\n# x\nweb02 KEY\nweb0?,x OTHER\n@revoked web01 ECDSA\n");
    write(content);
    QCOMPARE(keygen({u"-R"_s, u"web01"_s}).exitStatus, 0);
    const QByteArray expected = read();
    write(content);

    const ToolResult result = knownHosts({u"remove"_s, u"web01"_s});

    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, path().toUtf8() + ":1\n" + path().toUtf8() + ":4\n");
    QCOMPARE(read(), expected);
    QCOMPARE(knownHosts({u"remove"_s, u"web01"_s}).exitStatus, 1);
}

void KnownHostsVerbTest::rejectNamesTheFingerprint()
{
    QStringList arguments
        = m_fixture.commandLine(u"exec"_s, {m_fixture.target(), u"--"_s, u"true"_s});
    arguments[arguments.indexOf(u"--known-hosts"_s) + 1] = path();
    arguments.insert(1, u"--host-key-policy"_s);
    arguments.insert(2, u"reject"_s);
    const QString publicFile
        = m_fixture.server().hostKey(tests::KeyType::Ed25519).privateFile + u".pub"_s;
    const QByteArray fingerprint
        = tests::runTool({.program = u"ssh-keygen"_s, .arguments = {u"-lf"_s, publicFile}})
              .output.split(' ')
              .value(1);

    const ToolResult result = m_fixture.run(arguments);

    QCOMPARE(result.exitStatus, 255);
    QVERIFY(fingerprint.startsWith("SHA256:"));
    QVERIFY2(result.errors.contains("The host key ED25519 " + fingerprint + " is not known"),
             result.errors.constData());
}

void KnownHostsVerbTest::authorityIsNeverStored()
{
    const QByteArray content = withKeys("@cert-authority * OTHER\n");
    write(content);
    QStringList arguments
        = m_fixture.commandLine(u"exec"_s, {m_fixture.target(), u"--"_s, u"true"_s});
    arguments[arguments.indexOf(u"--known-hosts"_s) + 1] = path();
    arguments.insert(1, u"--host-key-policy"_s);
    arguments.insert(2, u"auto-add"_s);

    const ToolResult result = m_fixture.run(arguments);

    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.errors.contains("trusted only by a certificate authority"),
             result.errors.constData());
    QCOMPARE(read(), content);
}

// Two of us add keys, one after the other each, while ssh accepts new ones, as often.
void KnownHostsVerbTest::writersAtOnceLoseNothing()
{
    constexpr int writers = 2;
    constexpr int each = 12;
    write(withKeys("first KEY")); // without line feed
    const auto loop = [](const QString &command) {
        return u"i=0; while [ $i -lt %1 ]; do %2 || exit 1; i=$((i+1)); done"_s.arg(each).arg(
            command);
    };
    const auto quoted = [](const QStringList &words) {
        return u'\'' + words.join(u"' '"_s).replace(u"$i"_s, u"'$i'"_s) + u'\'';
    };
    QStringList scripts;
    for (int writer = 0; writer < writers; ++writer) {
        const QString host = u"ponto%1-$i"_s.arg(writer);
        scripts.append(loop(
            quoted(QStringList{m_fixture.program()} + command({u"add"_s, host, keyText(m_key)}))
            + u" > /dev/null"_s));
    }
    const QStringList ssh{u"ssh"_s,
                          u"-F"_s,
                          u"none"_s,
                          u"-p"_s,
                          QString::number(m_fixture.server().port()),
                          u"-oStrictHostKeyChecking=accept-new"_s,
                          u"-oBatchMode=yes"_s,
                          u"-oPreferredAuthentications=none"_s,
                          u"-oHostKeyAlias=ssh-$i"_s,
                          u"-oGlobalKnownHostsFile=/dev/null"_s,
                          u"-oUserKnownHostsFile="_s + path(),
                          m_fixture.server().address()};
    scripts.append(loop(u"{ "_s + quoted(ssh) + u" 2>&1 | grep -q 'Permission denied'; }"_s));

    std::vector<std::unique_ptr<QProcess>> shells;
    for (const QString &script : std::as_const(scripts)) {
        shells.push_back(std::make_unique<QProcess>());
        shells.back()->start(u"sh"_s, {u"-c"_s, script});
    }
    for (const auto &shell : shells) {
        QVERIFY(shell->waitForFinished(60'000));
        QCOMPARE(shell->exitCode(), 0);
    }

    QByteArrayList expected{"first"};
    for (int i = 0; i < each; ++i) {
        for (int writer = 0; writer < writers; ++writer) {
            expected += u"ponto%1-%2"_s.arg(writer).arg(i).toLatin1();
        }
        expected += "ssh-" + QByteArray::number(i);
    }
    QByteArrayList names;
    for (const QByteArray &line : read().trimmed().split('\n')) {
        names += line.split(' ').first();
        QCOMPARE(line.split(' ').size(), 3);
    }
    std::ranges::sort(names);
    std::ranges::sort(expected);
    QCOMPARE(names, expected);
}

QTEST_GUILESS_MAIN(KnownHostsVerbTest)

#include "KnownHostsVerbTest.moc"
