#include "hostkeys/KnownHostsEdit.h"

#include "tests/core/hostkeys/SshKeygen.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using base::ErrorKind;
using hostkeys::KnownHosts;
using Role = KnownHosts::Role;

// What is refused, and that nothing is done by halves. What is done is compared with ssh-keygen in
// KnownHostsComparisonTest.
class KnownHostsEditTest : public QObject
{
    Q_OBJECT

private slots:
    void readOnlyLinesStay();
    void onlyPlainNamesAreHashed_data();
    void onlyPlainNamesAreHashed();
    void replacementIsRefused_data();
    void replacementIsRefused();
    void nothingToReplace_data();
    void nothingToReplace();
    void allChangesOrNone();

private:
    KnownHosts load(const QByteArray &content, Role role = Role::Writable);
    QString path(const QString &name = QStringLiteral("user")) const
    {
        return m_directory.filePath(name);
    }
    QByteArray read() const;

    QTemporaryDir m_directory;
};

KnownHosts KnownHostsEditTest::load(const QByteArray &content, Role role)
{
    QFile file(path());
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write(SshKeygen::withKeys(content));
    file.close();
    return KnownHosts::load({{path(), role}}).value_or(KnownHosts());
}

QByteArray KnownHostsEditTest::read() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void KnownHostsEditTest::readOnlyLinesStay()
{
    const auto entry = load("host KEY\n", Role::ReadOnly).allEntries().first();

    for (const auto &change : {hostkeys::removalOf(entry), hostkeys::hashingOf(entry)}) {
        QVERIFY(!change);
        QCOMPARE(change.error().kind, ErrorKind::ReadOnly);
        QCOMPARE(change.error().subject, path() + QStringLiteral(":1"));
    }
}

void KnownHostsEditTest::onlyPlainNamesAreHashed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isHashed");

    QTest::newRow("name") << QByteArray("host KEY\n") << true;
    QTest::newRow("hash") << hostkeys::KnownHostsLine::hashed("host") + " KEY\n" << false;
    QTest::newRow("pattern") << QByteArray("*.example KEY\n") << false;
    QTest::newRow("negation") << QByteArray("host,!other KEY\n") << false;
    QTest::newRow("revoked") << QByteArray("@revoked host KEY\n") << false;
    QTest::newRow("broken key") << QByteArray("host ssh-ed25519 AAAA\n") << true;
    QTest::newRow("name alone") << QByteArray("host\n") << false;
}

void KnownHostsEditTest::onlyPlainNamesAreHashed()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isHashed);
    const auto entry = load(line).allEntries().first();

    const auto change = hostkeys::hashingOf(entry);

    QCOMPARE(hostkeys::canBeHashed(entry.line), isHashed);
    QCOMPARE(change.has_value(), isHashed);
    QCOMPARE(change ? ErrorKind::Unsupported : change.error().kind, ErrorKind::Unsupported);
}

void KnownHostsEditTest::replacementIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Role>("role");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("line");

    QTest::newRow("read-only") << QByteArray("a KEY\nhost OTHER\n") << Role::ReadOnly
                               << ErrorKind::ReadOnly << 2;
    QTest::newRow("pattern") << QByteArray("host OTHER\nh* OTHER\n") << Role::Writable
                             << ErrorKind::Unsupported << 2;
    QTest::newRow("revoked") << QByteArray("host OTHER\n\n@revoked * KEY\n") << Role::Writable
                             << ErrorKind::HostKeyMismatch << 3;
}

void KnownHostsEditTest::replacementIsRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(Role, role);
    QFETCH(ErrorKind, kind);
    QFETCH(int, line);

    const auto changes
        = hostkeys::replacementsOf(load(content, role), u"host", 22, SshKeygen::ed25519('k'));

    QVERIFY(!changes);
    QCOMPARE(changes.error().kind, kind);
    QCOMPARE(changes.error().subject, QStringLiteral("%1:%2").arg(path()).arg(line));
}

void KnownHostsEditTest::nothingToReplace_data()
{
    QTest::addColumn<QByteArray>("content");

    QTest::newRow("unknown") << QByteArray("other OTHER\n");
    QTest::newRow("another type") << QByteArray("host ECDSA\n");
    QTest::newRow("the key is known") << QByteArray("host KEY\nhost OTHER\n");
}

void KnownHostsEditTest::nothingToReplace()
{
    QFETCH(QByteArray, content);

    const auto changes
        = hostkeys::replacementsOf(load(content), u"host", 22, SshKeygen::ed25519('k'));

    QVERIFY(changes);
    QVERIFY(changes->isEmpty());
}

void KnownHostsEditTest::allChangesOrNone()
{
    const auto entries = load("a KEY\nb KEY\nc KEY\n").allEntries();
    const QByteArray before = read();
    QList<hostkeys::FileChange> changes;
    for (const auto &entry : entries) {
        changes.append(hostkeys::removalOf(entry).value());
    }
    changes = hostkeys::lastFirst(changes);
    changes.last().lines.before = {"something else"};

    const auto applied = hostkeys::apply(changes);

    QVERIFY(!applied);
    QCOMPARE(applied.error().kind, ErrorKind::NotFound);
    QCOMPARE(read(), before);
}

QTEST_GUILESS_MAIN(KnownHostsEditTest)

#include "KnownHostsEditTest.moc"
