// A table of known_hosts files and hosts, judged by us, by ssh itself against a real server, and by
// ssh-keygen -F, -R and -H.

#include "hostkeys/KnownHosts.h"
#include "hostkeys/KnownHostsEdit.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QByteArrayList>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using hostkeys::HostKey;
using hostkeys::KnownHosts;
using hostkeys::KnownHostsLine;
using tests::KeyPair;
using tests::KeyType;
using tests::ToolResult;
using Role = KnownHosts::Role;
using Status = hostkeys::HostKeyVerdict::Status;

namespace {

// What ssh said under StrictHostKeyChecking=yes.
enum class Ssh { Accepted, Refused, Changed, Revoked };

Ssh usualFor(Status status)
{
    switch (status) {
    case Status::Ok:
        return Ssh::Accepted;
    case Status::Changed:
        return Ssh::Changed;
    case Status::Revoked:
        return Ssh::Revoked;
    case Status::Unknown:
    case Status::OtherType:
        break;
    }
    return Ssh::Refused;
}

QByteArray withoutSalts(QByteArray content)
{
    static const QRegularExpression hash(u"\\|1\\|[^ ]+"_s);
    return QString::fromLatin1(content).replace(hash, u"HASHED"_s).toLatin1();
}

// ssh-keygen writes a line feed behind the last line, where we leave the bytes as they are.
QByteArray withFinalFeed(const QByteArray &content)
{
    return content.isEmpty() || content.endsWith('\n') ? content : content + '\n';
}

} // namespace

class KnownHostsComparisonTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judgesAsSshDoes_data();
    void judgesAsSshDoes();
    void findsAsSshKeygenDoes_data();
    void findsAsSshKeygenDoes();
    void removesAsSshKeygenDoes_data();
    void removesAsSshKeygenDoes();
    void hashesAsSshKeygenDoes_data();
    void hashesAsSshKeygenDoes();
    void replacedKeyIsAcceptedBySsh_data();
    void replacedKeyIsAcceptedBySsh();

private:
    void addTable();
    void addPlainRows();
    void addMarkedRows();
    void addOddRows();
    void addPortRows();
    void row(const char *name, const QByteArray &content, Status status,
             const QString &alias = u"host.example"_s, std::optional<Ssh> ssh = std::nullopt) const;

    QByteArray expanded(QByteArray content) const;
    QString path(const QString &name = u"user"_s) const { return m_directory.filePath(name); }
    void write(const QByteArray &content, const QString &name = u"user"_s) const;
    QByteArray read(const QString &name = u"user"_s) const;
    KnownHosts load() const;
    QString host(const QString &alias) const;
    quint16 port(const QString &alias) const;
    QString nameOf(const QString &alias) const;
    Ssh askSsh(const QString &alias) const;
    ToolResult keygen(const QStringList &arguments, const QString &file = u"user"_s) const;

    QTemporaryDir m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    std::optional<HostKey> m_key;
    KeyPair m_other;
    KeyPair m_ecdsa;
};

void KnownHostsComparisonTest::initTestCase()
{
    m_server = std::make_unique<tests::SshServer>();
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_key = HostKey::fromBlob(m_server->hostKey(KeyType::Ed25519).publicBlob()).value();
    const auto other = tests::generateKey(path(u"other"_s));
    const auto ecdsa = tests::generateKey(path(u"ecdsa"_s), {.type = KeyType::Ecdsa});
    QVERIFY(other && ecdsa);
    m_other = *other;
    m_ecdsa = *ecdsa;
    write({}, u"global"_s);
}

// KEY is the server's, OTHER another of its type, ECDSA one of another type, PORT the server's
// port.
QByteArray KnownHostsComparisonTest::expanded(QByteArray content) const
{
    const auto typeAndBase64
        = [](const QByteArray &line) { return QByteArrayList(line.split(' ').first(2)).join(' '); };
    content.replace("KEY", typeAndBase64(m_server->hostKey(KeyType::Ed25519).publicLine));
    content.replace("OTHER", typeAndBase64(m_other.publicLine));
    content.replace("ECDSA", typeAndBase64(m_ecdsa.publicLine));
    content.replace("PORT", QByteArray::number(m_server->port()));
    return content;
}

void KnownHostsComparisonTest::write(const QByteArray &content, const QString &name) const
{
    QFile file(path(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QByteArray KnownHostsComparisonTest::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

KnownHosts KnownHostsComparisonTest::load() const
{
    return KnownHosts::load({{path(), Role::Writable}, {path(u"global"_s), Role::ReadOnly}})
        .value_or(KnownHosts());
}

// Without an alias the server is asked for under its own address and port.
QString KnownHostsComparisonTest::host(const QString &alias) const
{
    return alias.isEmpty() ? m_server->address() : alias;
}

quint16 KnownHostsComparisonTest::port(const QString &alias) const
{
    return alias.isEmpty() ? m_server->port() : 22;
}

QString KnownHostsComparisonTest::nameOf(const QString &alias) const
{
    return QString::fromLatin1(KnownHostsLine::nameOf(host(alias), port(alias)));
}

Ssh KnownHostsComparisonTest::askSsh(const QString &alias) const
{
    QStringList arguments{u"-F"_s, u"none"_s, u"-p"_s, QString::number(m_server->port())};
    QStringList options{u"StrictHostKeyChecking=yes"_s, u"BatchMode=yes"_s,
                        u"PreferredAuthentications=none"_s, u"UserKnownHostsFile="_s + path(),
                        u"GlobalKnownHostsFile="_s + path(u"global"_s)};
    if (!alias.isEmpty()) {
        options.append(u"HostKeyAlias="_s + alias);
    }
    for (const QString &option : std::as_const(options)) {
        arguments << u"-o"_s << option;
    }
    arguments << m_server->userName() + u'@' + m_server->address() << u"true"_s;
    const QByteArray said = tests::runTool({.program = u"ssh"_s, .arguments = arguments}).errors;
    if (said.contains("REVOKED HOST KEY DETECTED")) {
        return Ssh::Revoked;
    }
    if (said.contains("REMOTE HOST IDENTIFICATION HAS CHANGED")) {
        return Ssh::Changed;
    }
    return said.contains("Permission denied") ? Ssh::Accepted : Ssh::Refused;
}

ToolResult KnownHostsComparisonTest::keygen(const QStringList &arguments, const QString &file) const
{
    return tests::runTool(
        {.program = u"ssh-keygen"_s, .arguments = arguments + QStringList{u"-f"_s, path(file)}});
}

void KnownHostsComparisonTest::row(const char *name, const QByteArray &content, Status status,
                                   const QString &alias, std::optional<Ssh> ssh) const
{
    QTest::newRow(name) << expanded(content) << alias << status << ssh.value_or(usualFor(status));
}

void KnownHostsComparisonTest::addTable()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("alias");
    QTest::addColumn<Status>("status");
    QTest::addColumn<Ssh>("ssh");
    addPlainRows();
    addMarkedRows();
    addOddRows();
    addPortRows();
}

void KnownHostsComparisonTest::addPlainRows()
{
    row("empty file", "", Status::Unknown);
    row("comments", "# host.example KEY\n\n  # more\n", Status::Unknown);
    row("another host", "other.example KEY\n", Status::Unknown);
    row("the key", "host.example KEY\n", Status::Ok);
    row("the key, asked for in capitals", "host.example KEY\n", Status::Ok, u"HOST.Example"_s);
    row("the key, listed in capitals", "HOST.Example KEY\n", Status::Ok);
    row("another key", "host.example OTHER\n", Status::Changed);
    // ssh tells no difference here, and refuses under each of its settings.
    row("another type", "host.example ECDSA\n", Status::OtherType, u"host.example"_s, Ssh::Changed);
    row("another key and another type", "host.example ECDSA\nhost.example OTHER\n",
        Status::Changed);
    row("both keys", "host.example OTHER\nhost.example KEY\n", Status::Ok);
    row("the key, then another", "host.example KEY\nhost.example OTHER\n", Status::Ok);
    row("the key and another type", "host.example ECDSA\nhost.example KEY\n", Status::Ok);
    row("list of names", "a.example,host.example,192.0.2.1 KEY\n", Status::Ok);
    row("list of names, another key", "host.example,192.0.2.1 OTHER\n", Status::Changed);
    row("empty names in the list", "host.example,, KEY\n", Status::Ok);
    row("part of a name", "host.example.org KEY\nost.example KEY\n", Status::Unknown);
    row("any host", "* KEY\n", Status::Ok);
    row("any host, another key", "* OTHER\n", Status::Changed);
    row("star", "*.example KEY\n", Status::Ok);
    row("star for others", "*.test KEY\n", Status::Unknown);
    row("question mark", "hos?.example KEY\n", Status::Ok);
    row("question mark too many", "host?.example KEY\n", Status::Unknown);
    row("stars and marks", "h*t.?x*e KEY\n", Status::Ok);
    row("pattern in capitals", "*.EXAMPLE KEY\n", Status::Ok);
    row("negated", "*.example,!host.example KEY\n", Status::Unknown);
    row("negated first", "!host.example,* KEY\n", Status::Unknown);
    row("another one negated", "*.example,!other.example KEY\n", Status::Ok);
    row("negation alone", "!other.example KEY\n", Status::Unknown);
    row("negated here, listed there", "*,!host.example OTHER\nhost.example KEY\n", Status::Ok);
    row("negated star", "!*.example,host.example KEY\n", Status::Unknown);
    row("IPv6", "2001:db8::1 KEY\n", Status::Ok, u"2001:db8::1"_s);
    row("IPv6, another key", "2001:DB8::1 OTHER\n", Status::Changed, u"2001:db8::1"_s);
    row("network", "192.0.2.0/24 KEY\n", Status::Unknown, u"192.0.2.1"_s);
    row("address by star", "192.0.2.* KEY\n", Status::Ok, u"192.0.2.1"_s);
    row("hash by ssh-keygen", "|1|" + KnownHostsLine::hashed("host.example").sliced(3) + " KEY\n",
        Status::Ok);
    row("hash, another key", KnownHostsLine::hashed("host.example") + " OTHER\n", Status::Changed);
    row("hash of another host", KnownHostsLine::hashed("other.example") + " OTHER\n",
        Status::Unknown);
    row("hash and name", KnownHostsLine::hashed("host.example") + " ECDSA\nhost.example KEY\n",
        Status::Ok);
    row("hash that is damaged", "|1|AAAA|BBBB KEY\n|1| KEY\n|2|a|b KEY\n", Status::Unknown);
}

void KnownHostsComparisonTest::addMarkedRows()
{
    row("revoked", "@revoked host.example KEY\n", Status::Revoked);
    row("revoked for all", "@revoked * KEY\n", Status::Revoked);
    row("revoked and listed", "host.example KEY\n@revoked * KEY\n", Status::Revoked);
    row("revoked before it is listed", "@revoked * KEY\nhost.example KEY\n", Status::Revoked);
    row("revoked by hash", "@revoked " + KnownHostsLine::hashed("host.example") + " KEY\n",
        Status::Revoked);
    row("another key revoked", "@revoked * OTHER\nhost.example KEY\n", Status::Ok);
    row("another key revoked, none listed", "@revoked * OTHER\n", Status::Unknown);
    row("revoked elsewhere", "@revoked other.example KEY\nhost.example KEY\n", Status::Ok);
    row("revoked but for this host", "@revoked *,!host.example KEY\nhost.example KEY\n",
        Status::Ok);
    row("revoked after tabs", "host.example KEY\n@revoked *\tKEY\n", Status::Revoked);
    row("authority", "@cert-authority *.example KEY\n", Status::Unknown);
    row("authority and the key", "@cert-authority * OTHER\nhost.example KEY\n", Status::Ok);
    row("authority and another key", "@cert-authority * KEY\nhost.example OTHER\n",
        Status::Changed);
    row("stricter: revocation that can not be read",
        "@revoked host.example ssh-ed25519 AAAA\nhost.example KEY\n", Status::OtherType,
        u"host.example"_s, Ssh::Accepted);
    row("stricter: unknown marker", "@trusted host.example OTHER\nhost.example KEY\n",
        Status::OtherType, u"host.example"_s, Ssh::Accepted);
}

void KnownHostsComparisonTest::addOddRows()
{
    const QByteArray longList = QByteArray("other.example,").repeated(1200);
    row("tabs", "\thost.example\tKEY\n", Status::Ok);
    row("tabs, another key", "\thost.example\tOTHER\t# me\n", Status::Changed);
    row("carriage return", "host.example KEY\r\n", Status::Ok);
    row("carriage return, another key", "host.example OTHER\r\n", Status::Changed);
    row("comment", "host.example KEY root@host # x\n", Status::Ok);
    row("no line feed", "host.example KEY", Status::Ok);
    row("no line feed, another key", "# x\nhost.example OTHER", Status::Changed);
    row("over 8 KiB", longList + "host.example KEY\n", Status::Ok);
    row("over 8 KiB, another key", longList + "host.example OTHER\n", Status::Changed);
    row("behind 16 KiB of comment", '#' + QByteArray(16384, 'x') + "\nhost.example OTHER\n",
        Status::Changed);
    row("unknown type first", "host.example ssh-new AAAAB3NzaC1uZXcx\nhost.example OTHER\n",
        Status::Changed);
    row("unknown type", "host.example ssh-new AAAAB3NzaC1uZXcx\n", Status::OtherType);
    row("broken base64 first", "host.example ssh-ed25519 AAAA*\nhost.example OTHER\n",
        Status::Changed);
    row("broken base64", "host.example ssh-ed25519 AAAA*\n", Status::OtherType);
    row("cut off, then the key", "host.example ssh-ed25519 AAAAC3Nz\nhost.example KEY\n",
        Status::Ok);
    row("DSA first", "host.example ssh-dss AAAAB3NzaC1kc3M=\nhost.example OTHER\n",
        Status::Changed);
    row("protocol 1 first", "host.example 1024 35 1234567890\nhost.example OTHER\n",
        Status::Changed);
    row("name alone", "host.example\nhost.example KEY\n", Status::Ok);
    row("type that lies",
        "host.example ecdsa-sha2-nistp256 "
            + m_server->hostKey(KeyType::Ed25519).publicLine.split(' ').value(1) + '\n',
        Status::OtherType);
}

void KnownHostsComparisonTest::addPortRows()
{
    const QString here;
    row("port", "[127.0.0.1]:PORT KEY\n", Status::Ok, here);
    row("port, another key", "[127.0.0.1]:PORT OTHER\n", Status::Changed, here);
    row("port, another type", "[127.0.0.1]:PORT ECDSA\n", Status::OtherType, here, Ssh::Changed);
    row("port by star", "[127.0.0.*]:* KEY\n", Status::Ok, here);
    row("another port", "[127.0.0.1]:1 OTHER\n", Status::Unknown, here);
    row("no port", "127.0.0.1 KEY\n", Status::Ok, here);
    row("no port, another key", "127.0.0.1 OTHER\n", Status::Unknown, here);
    row("no port, but changed with port", "127.0.0.1 KEY\n[127.0.0.1]:PORT OTHER\n",
        Status::Changed, here);
    row("no port, revoked", "@revoked 127.0.0.1 KEY\n", Status::Revoked, here);
    row("any host and port", "* OTHER\n", Status::Changed, here);
    row("hash with port",
        KnownHostsLine::hashed(KnownHostsLine::nameOf(u"127.0.0.1", m_server->port())) + " KEY\n",
        Status::Ok, here);
}

void KnownHostsComparisonTest::judgesAsSshDoes_data()
{
    addTable();
}

void KnownHostsComparisonTest::judgesAsSshDoes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, alias);
    QFETCH(Status, status);
    QFETCH(Ssh, ssh);
    write(content);

    QCOMPARE(load().check(host(alias), port(alias), *m_key).status, status);
    QCOMPARE(askSsh(alias), ssh);
}

void KnownHostsComparisonTest::findsAsSshKeygenDoes_data()
{
    addTable();
}

void KnownHostsComparisonTest::findsAsSshKeygenDoes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, alias);
    write(content);
    QByteArrayList expected; // "# Host a found: line 3", "# Host a found: line 5 REVOKED"
    for (const QByteArray &line : keygen({u"-F"_s, nameOf(alias)}).output.split('\n')) {
        if (line.startsWith("# Host")) {
            expected += line.split(' ').value(5).trimmed();
        }
    }

    // ssh-keygen passes over lines with a marker or a type that it does not know.
    const QByteArrayList knownTypes{"ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"};
    QByteArrayList readable;
    for (const auto &entry : load().entries(host(alias), port(alias))) {
        if (entry.line.marker() != KnownHostsLine::Marker::Unknown
            && knownTypes.contains(entry.line.keyType())) {
            readable += QByteArray::number(entry.location.line);
        }
    }
    QCOMPARE(readable, expected);
}

void KnownHostsComparisonTest::removesAsSshKeygenDoes_data()
{
    addTable();
}

void KnownHostsComparisonTest::removesAsSshKeygenDoes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, alias);
    write(content);
    write(content, u"keygen"_s);
    const ToolResult removed = keygen({u"-R"_s, nameOf(alias)}, u"keygen"_s);
    if (removed.exitStatus != 0 || removed.errors.contains("invalid line")) {
        QSKIP("ssh-keygen changes no file with a line that it cannot read");
    }
    QList<hostkeys::FileChange> changes;
    for (const auto &entry : load().entries(host(alias), port(alias))) {
        if (entry.line.marker() == KnownHostsLine::Marker::None) {
            changes.append(hostkeys::removalOf(entry).value());
        }
    }
    changes = hostkeys::lastFirst(changes);

    QVERIFY(hostkeys::apply(changes));
    QCOMPARE(withFinalFeed(read()), withFinalFeed(read(u"keygen"_s)));

    QVERIFY(hostkeys::apply(hostkeys::reversed(changes)));
    QCOMPARE(withFinalFeed(read()), withFinalFeed(content));
}

void KnownHostsComparisonTest::hashesAsSshKeygenDoes_data()
{
    addTable();
}

void KnownHostsComparisonTest::hashesAsSshKeygenDoes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, alias);
    QFETCH(Status, status);
    write(content);
    write(content, u"keygen"_s);
    const ToolResult hashed = keygen({u"-H"_s}, u"keygen"_s);
    if (hashed.exitStatus != 0) {
        QSKIP("ssh-keygen changes no file with a line that it cannot read");
    }
    QList<hostkeys::FileChange> changes;
    for (const auto &entry : load().allEntries()) {
        if (hostkeys::canBeHashed(entry.line)) {
            changes.append(hostkeys::hashingOf(entry).value());
        }
    }
    changes = hostkeys::lastFirst(changes);

    QVERIFY(hostkeys::apply(changes));
    QCOMPARE(withFinalFeed(withoutSalts(read())), withFinalFeed(withoutSalts(read(u"keygen"_s))));
    QCOMPARE(load().check(host(alias), port(alias), *m_key).status, status);

    QVERIFY(hostkeys::apply(hostkeys::reversed(changes)));
    QCOMPARE(read(), content);
}

void KnownHostsComparisonTest::replacedKeyIsAcceptedBySsh_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto files = [this](const char *name, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(name) << expanded(before) << expanded(after);
    };
    const QByteArray hash = KnownHostsLine::hashed("host.example");

    files("one line", "# x\nhost.example OTHER me\n\n", "# x\nhost.example KEY me\n\n");
    files("carriage return", "host.example OTHER\r\nb KEY\r\n", "host.example KEY\r\nb KEY\r\n");
    files("no line feed", "a KEY\nhost.example OTHER", "a KEY\nhost.example KEY");
    files("hash", hash + " OTHER\n", hash + " KEY\n");
    files("list of names", "a,Host.example,b OTHER\n", "a,b OTHER\nhost.example KEY\n");
    files("several lines", "host.example OTHER\nhost.example ECDSA\na,host.example OTHER x\n",
          "host.example KEY\nhost.example ECDSA\na OTHER x\n");
}

void KnownHostsComparisonTest::replacedKeyIsAcceptedBySsh()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    write(before);
    QCOMPARE(askSsh(u"host.example"_s), Ssh::Changed);

    const auto changes = hostkeys::replacementsOf(load(), u"host.example", 22, *m_key);

    QVERIFY2(changes, tests::reason(changes).constData());
    QVERIFY(hostkeys::apply(*changes));
    QCOMPARE(read(), after);
    QCOMPARE(askSsh(u"host.example"_s), Ssh::Accepted);
    QVERIFY(hostkeys::apply(hostkeys::reversed(*changes)));
    QCOMPARE(read(), before);
}

QTEST_GUILESS_MAIN(KnownHostsComparisonTest)

#include "KnownHostsComparisonTest.moc"
