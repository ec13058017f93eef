#include "hostkeys/KnownHosts.h"
#include "tests/core/hostkeys/SshKeygen.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using base::ErrorKind;
using hostkeys::HostKey;
using hostkeys::KnownHosts;
using hostkeys::KnownHostsLine;
using Role = KnownHosts::Role;
using Status = hostkeys::HostKeyVerdict::Status;

class KnownHostsAppendTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void appendedKeyIsKnown_data();
    void appendedKeyIsKnown();
    void appendHashesWhereTheFileDoes_data();
    void appendHashesWhereTheFileDoes();
    void appendGoesToTheFirstWritableFile();
    void appendIsDoneOnce();
    void appendRefuses_data();
    void appendRefuses();
    void appendSeesWhatHappenedMeanwhile();
    void manyProgramsAppendAtOnce();

private:
    QString path(const QString &name = QStringLiteral("user")) const;
    void write(const QByteArray &content, const QString &name = QStringLiteral("user")) const;
    QByteArray read(const QString &name = QStringLiteral("user")) const;
    base::Result<KnownHosts> load() const; // "user", writable, and "global", read-only

    std::optional<QTemporaryDir> m_scratch;
};

void KnownHostsAppendTest::init()
{
    m_scratch.emplace();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
}

QString KnownHostsAppendTest::path(const QString &name) const
{
    return m_scratch->filePath(name);
}

void KnownHostsAppendTest::write(const QByteArray &content, const QString &name) const
{
    QFile file(path(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QByteArray KnownHostsAppendTest::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

base::Result<KnownHosts> KnownHostsAppendTest::load() const
{
    return KnownHosts::load(
        {{path(), Role::Writable}, {path(QStringLiteral("global")), Role::ReadOnly}});
}

void KnownHostsAppendTest::appendedKeyIsKnown_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<quint16>("port");
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("name") << "Host.Example" << quint16(22) << QByteArray("host.example");
    QTest::newRow("port") << "host" << quint16(2222) << QByteArray("[host]:2222");
    QTest::newRow("IPv6") << "::1" << quint16(22) << QByteArray("::1");
    QTest::newRow("IPv6 with zone")
        << "fe80::1%eth0" << quint16(2222) << QByteArray("[fe80::1%eth0]:2222");
}

void KnownHostsAppendTest::appendedKeyIsKnown()
{
    QFETCH(QString, host);
    QFETCH(quint16, port);
    QFETCH(QByteArray, name);
    auto hosts = load();
    QVERIFY(hosts);
    const HostKey key = SshKeygen::ed25519('k');
    QCOMPARE(hosts->check(host, port, key).status, Status::Unknown);

    QVERIFY(hosts->append(host, port, key));

    QCOMPARE(hosts->check(host, port, key).status, Status::Ok);
    QCOMPARE(hosts->check(host, port, SshKeygen::ed25519('x')).status, Status::Changed);
    QCOMPARE(read(), name + SshKeygen::withKeys(" KEY\n"));
    QCOMPARE(SshKeygen::run(
                 {QStringLiteral("-F"), QString::fromLatin1(name), QStringLiteral("-f"), path()})
                 .exitCode,
             0);
}

void KnownHostsAppendTest::appendHashesWhereTheFileDoes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<KnownHosts::NameForm>("form");
    QTest::addColumn<bool>("hashes");
    const QByteArray hashed = KnownHostsLine::hashed("other");
    const auto like = KnownHosts::NameForm::LikeFile;

    QTest::newRow("empty file") << QByteArray() << like << false;
    QTest::newRow("empty file, if asked") << QByteArray() << KnownHosts::NameForm::Hashed << true;
    QTest::newRow("plain") << QByteArray("other KEY\n") << like << false;
    QTest::newRow("hashed") << hashed + " KEY\n" << like << true;
    QTest::newRow("mixed") << hashed + " KEY\nthird KEY\n" << like << false;
    QTest::newRow("hashed beside what cannot be") << "# comment\n*.test KEY\n@revoked x OTHER\n"
            + hashed + " KEY\n" << like << true;
}

void KnownHostsAppendTest::appendHashesWhereTheFileDoes()
{
    QFETCH(QByteArray, before);
    QFETCH(KnownHosts::NameForm, form);
    QFETCH(bool, hashes);
    write(SshKeygen::withKeys(before));
    auto hosts = load();
    QVERIFY(hosts);

    QVERIFY(hosts->append(u"host", 22, SshKeygen::ed25519('k'), form));

    const auto entries = hosts->entries(u"host", 22);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().line.isHashed(), hashes);
    QVERIFY(read().startsWith(SshKeygen::withKeys(before)));
}

void KnownHostsAppendTest::appendGoesToTheFirstWritableFile()
{
    const QString first = path(QStringLiteral("first"));
    const QString second = path(QStringLiteral("second"));
    auto hosts = KnownHosts::load({{path(QStringLiteral("global")), Role::ReadOnly},
                                   {first, Role::Writable},
                                   {second, Role::Writable}});
    QVERIFY(hosts);

    QVERIFY(hosts->append(u"host", 22, SshKeygen::ed25519('k')));

    QVERIFY(QFile::exists(first));
    QVERIFY(!QFile::exists(second));
    QVERIFY(!QFile::exists(path(QStringLiteral("global"))));
}

void KnownHostsAppendTest::appendIsDoneOnce()
{
    auto hosts = load();
    QVERIFY(hosts);
    const auto asked = KnownHosts::NameForm::Hashed;

    QVERIFY(hosts->append(u"host", 22, SshKeygen::ed25519('k'), asked));
    QVERIFY(hosts->append(u"host", 22, SshKeygen::ed25519('k'), asked));

    QCOMPARE(read().count('\n'), 1);
}

void KnownHostsAppendTest::appendRefuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("host");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("changed key") << QByteArray("host OTHER\n") << "host"
                                 << ErrorKind::HostKeyMismatch;
    QTest::newRow("revoked key") << QByteArray("@revoked * KEY\n") << "host"
                                 << ErrorKind::HostKeyMismatch;
    QTest::newRow("no name") << QByteArray() << "" << ErrorKind::InvalidName;
    QTest::newRow("blank") << QByteArray() << "a b" << ErrorKind::InvalidName;
    QTest::newRow("line feed") << QByteArray() << "a\nb" << ErrorKind::InvalidName;
    QTest::newRow("comma") << QByteArray() << "a,b" << ErrorKind::InvalidName;
    QTest::newRow("wildcard") << QByteArray() << "*" << ErrorKind::InvalidName;
    QTest::newRow("negation") << QByteArray() << "!a" << ErrorKind::InvalidName;
    QTest::newRow("hash") << QByteArray() << "|1|a|b" << ErrorKind::InvalidName;
    QTest::newRow("comment") << QByteArray() << "#a" << ErrorKind::InvalidName;
    QTest::newRow("marker") << QByteArray() << "@revoked" << ErrorKind::InvalidName;
    QTest::newRow("not ASCII") << QByteArray() << QString::fromUtf8("b\u00fccher.example")
                               << ErrorKind::InvalidName;
}

void KnownHostsAppendTest::appendRefuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, host);
    QFETCH(ErrorKind, kind);
    write(SshKeygen::withKeys(content));
    auto hosts = load();
    QVERIFY(hosts);

    const auto appended = hosts->append(host, 22, SshKeygen::ed25519('k'));

    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, kind);
    QCOMPARE(read(), SshKeygen::withKeys(content));
}

// The user takes a minute to answer. In that minute another program stores another key.
void KnownHostsAppendTest::appendSeesWhatHappenedMeanwhile()
{
    auto hosts = load();
    QVERIFY(hosts);
    QCOMPARE(hosts->check(u"host", 22, SshKeygen::ed25519('k')).status, Status::Unknown);
    write(SshKeygen::withKeys("host OTHER\n"));

    const auto appended = hosts->append(u"host", 22, SshKeygen::ed25519('k'));

    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, ErrorKind::HostKeyMismatch);
    QCOMPARE(read(), SshKeygen::withKeys("host OTHER\n"));
}

void KnownHostsAppendTest::manyProgramsAppendAtOnce()
{
    constexpr int programs = 30;
    std::atomic<int> failures = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < programs; ++i) {
        threads.emplace_back([this, i, &failures] {
            auto hosts = load();
            const QString host = QStringLiteral("host%1").arg(i);
            const HostKey key = SshKeygen::ed25519(static_cast<char>(i));
            failures += hosts && hosts->append(host, 22, key) ? 0 : 1;
        });
    }
    threads.clear();
    QCOMPARE(failures.load(), 0);

    const auto hosts = load();
    QVERIFY(hosts);
    for (int i = 0; i < programs; ++i) {
        const HostKey key = SshKeygen::ed25519(static_cast<char>(i));
        QCOMPARE(hosts->check(QStringLiteral("host%1").arg(i), 22, key).status, Status::Ok);
    }
    QCOMPARE(read().count('\n'), programs);
}

QTEST_GUILESS_MAIN(KnownHostsAppendTest)

#include "KnownHostsAppendTest.moc"
