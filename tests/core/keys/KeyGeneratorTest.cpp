// New keys and their files, read by the installed ssh-keygen.

#include "keys/KeyGenerator.h"

#include "keys/KeyUnlock.h"
#include "keys/KeyWriter.h"
#include "tests/support/Reason.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::SecretString;
using tests::reason;
using Type = keys::KeyRequest::Type;

class KeyGeneratorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesWhatSshKeygenReads_data();
    void makesWhatSshKeygenReads();
    void refusesOtherSizes_data();
    void refusesOtherSizes();
    void neverOverwrites_data();
    void neverOverwrites();
    void makesTheDirectory();
    void failureLeavesNothing();
    void passphraseIsChanged_data();
    void passphraseIsChanged();
    void rewritingFollowsLinks();
    void commentStaysOneLine();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    QStringList names() const { return QDir(m_directory->path()).entryList(QDir::Files); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

uint modeOf(const QString &path)
{
    struct stat status{};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

keys::PrivateKey madeKey()
{
    return *keys::generateKey({.comment = "c"});
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(content) != content.size()) {
        qFatal("cannot write %s", qPrintable(path));
    }
}

// What ssh-keygen finds in a file: "256 SHA256:... comment (ED25519)".
QByteArray listed(const QString &path)
{
    return tests::runTool({.program = u"ssh-keygen"_s, .arguments = {u"-l"_s, u"-f"_s, path}})
        .output.trimmed();
}

} // namespace

void KeyGeneratorTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void KeyGeneratorTest::makesWhatSshKeygenReads_data()
{
    QTest::addColumn<Type>("type");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<QByteArray>("beginning");
    QTest::addColumn<QByteArray>("end");

    QTest::newRow("Ed25519") << Type::Ed25519 << 0 << QString() << QByteArray("256 ")
                             << QByteArray("(ED25519)");
    QTest::newRow("Ed25519 encrypted") << Type::Ed25519 << 256 << u"open sesame"_s
                                       << QByteArray("256 ") << QByteArray("(ED25519)");
    QTest::newRow("ECDSA") << Type::Ecdsa << 0 << QString() << QByteArray("256 ")
                           << QByteArray("(ECDSA)");
    QTest::newRow("ECDSA 384") << Type::Ecdsa << 384 << QString() << QByteArray("384 ")
                               << QByteArray("(ECDSA)");
    QTest::newRow("ECDSA 521") << Type::Ecdsa << 521 << QString() << QByteArray("521 ")
                               << QByteArray("(ECDSA)");
    QTest::newRow("RSA") << Type::Rsa << 0 << QString() << QByteArray("3072 ")
                         << QByteArray("(RSA)");
}

void KeyGeneratorTest::makesWhatSshKeygenReads()
{
    QFETCH(Type, type);
    QFETCH(int, bits);
    QFETCH(QString, passphrase);
    QFETCH(QByteArray, beginning);
    QFETCH(QByteArray, end);
    const QString file = path(u"id"_s);

    const auto key = keys::generateKey({.type = type, .bits = bits, .comment = "ann@home: new"});
    QVERIFY2(key, reason(key).constData());
    const auto written = keys::writeNewKey(file, *key, SecretString::fromText(passphrase));

    QVERIFY2(written, reason(written).constData());
    QVERIFY2(listed(file).startsWith(beginning), listed(file).constData());
    QVERIFY(listed(file).endsWith("ann@home: new " + end));
    QCOMPARE(modeOf(file), 0600U);
    QCOMPARE(modeOf(file + u".pub"_s), 0644U);
    QCOMPARE(names(), QStringList({u"id"_s, u"id.pub"_s}));
    const auto again = tests::runTool(
        {.program = u"ssh-keygen"_s, .arguments = {u"-y"_s, u"-P"_s, passphrase, u"-f"_s, file}});
    QFile publicFile(file + u".pub"_s);
    QVERIFY(publicFile.open(QFile::ReadOnly));
    QCOMPARE(publicFile.readAll(), again.output);
}

void KeyGeneratorTest::refusesOtherSizes_data()
{
    QTest::addColumn<Type>("type");
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("isPossible");

    QTest::newRow("Ed25519 of 512 bits") << Type::Ed25519 << 512 << false;
    QTest::newRow("ECDSA of 255 bits") << Type::Ecdsa << 255 << false;
    QTest::newRow("ECDSA of 521 bits") << Type::Ecdsa << 521 << true;
    QTest::newRow("RSA of 2048 bits") << Type::Rsa << 2048 << false;
    QTest::newRow("RSA of 3071 bits") << Type::Rsa << 3071 << false;
    QTest::newRow("RSA of 3072 bits") << Type::Rsa << 3072 << true;
    QTest::newRow("RSA of a million bits") << Type::Rsa << 1'000'000 << false;
    QTest::newRow("RSA of -1 bits") << Type::Rsa << -1 << false;
}

void KeyGeneratorTest::refusesOtherSizes()
{
    QFETCH(Type, type);
    QFETCH(int, bits);
    QFETCH(bool, isPossible);

    QCOMPARE(keys::problemOf({.type = type, .bits = bits}).isEmpty(), isPossible);
}

void KeyGeneratorTest::neverOverwrites_data()
{
    QTest::addColumn<QString>("existing");
    QTest::addColumn<bool>("isLink");

    QTest::newRow("private file") << u"id"_s << false;
    QTest::newRow("public file") << u"id.pub"_s << false;
    QTest::newRow("dangling link") << u"id"_s << true;
}

void KeyGeneratorTest::neverOverwrites()
{
    QFETCH(QString, existing);
    QFETCH(bool, isLink);
    if (isLink) {
        QVERIFY(QFile::link(path(u"elsewhere"_s), path(existing)));
    } else {
        write(path(existing), "precious");
    }

    const auto written = keys::writeNewKey(path(u"id"_s), madeKey(), {});

    QVERIFY(!written);
    QCOMPARE(written.error().kind, base::ErrorKind::AlreadyExists);
    QCOMPARE(written.error().subject, path(existing));
    QVERIFY(!QFile::exists(path(u"elsewhere"_s)));
    if (!isLink) {
        QCOMPARE(names(), QStringList{existing});
        QFile file(path(existing));
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), "precious");
    }
}

void KeyGeneratorTest::makesTheDirectory()
{
    const QString file = path(u".ssh/id"_s);

    QVERIFY(keys::writeNewKey(file, madeKey(), {}));

    QCOMPARE(modeOf(path(u".ssh"_s)), 0700U);
    const auto nowhere = keys::writeNewKey(path(u"a/b/id"_s), madeKey(), {});
    QCOMPARE(nowhere.error().kind, base::ErrorKind::NotFound);
}

void KeyGeneratorTest::failureLeavesNothing()
{
    if (::geteuid() == 0) {
        QSKIP("root may write everywhere");
    }
    QVERIFY(QFile::setPermissions(m_directory->path(), QFile::ReadOwner | QFile::ExeOwner));

    const auto written = keys::writeNewKey(path(u"id"_s), madeKey(), {});

    QVERIFY(QFile::setPermissions(m_directory->path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(written.error().kind, base::ErrorKind::PermissionDenied);
    QVERIFY(names().isEmpty());
}

void KeyGeneratorTest::passphraseIsChanged_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    QTest::newRow("set") << QString() << u"new"_s;
    QTest::newRow("changed") << u"old"_s << u"new"_s;
    QTest::newRow("removed") << u"old"_s << QString();
}

void KeyGeneratorTest::passphraseIsChanged()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const QString file = path(u"id"_s);
    QVERIFY(keys::writeNewKey(file, madeKey(), SecretString::fromText(before)));
    const QByteArray publicHalf = listed(file);
    const auto key = keys::unlockKeyFile(file, SecretString::fromText(before));
    QVERIFY(key);

    QVERIFY(keys::rewriteKey(file, *key, SecretString::fromText(after)));

    const auto accepts = [&file](const QString &passphrase) {
        return tests::runTool({.program = u"ssh-keygen"_s,
                               .arguments = {u"-y"_s, u"-P"_s, passphrase, u"-f"_s, file}})
                   .exitStatus
            == 0;
    };
    QVERIFY(accepts(after));
    QCOMPARE(accepts(before), after.isEmpty()); // a key without one accepts any
    QCOMPARE(listed(file), publicHalf);
    QCOMPARE(modeOf(file), 0600U);
    QCOMPARE(names(), QStringList({u"id"_s, u"id.pub"_s}));
}

void KeyGeneratorTest::rewritingFollowsLinks()
{
    QVERIFY(keys::writeNewKey(path(u"real"_s), madeKey(), {}));
    QVERIFY(QFile::link(u"real"_s, path(u"id"_s)));
    const auto other = madeKey();

    QVERIFY(keys::rewriteKey(path(u"id"_s), other, {}));

    QCOMPARE(QFile::symLinkTarget(path(u"id"_s)), path(u"real"_s));
    QCOMPARE(keys::unlockKeyFile(path(u"real"_s), {})->publicBlob(), other.publicBlob());
}

// Behind a line break there would be a second key for authorized_keys.
void KeyGeneratorTest::commentStaysOneLine()
{
    const auto key = keys::generateKey({.comment = "a\nssh-ed25519 AAAA\r\nb"});

    QVERIFY(key);
    QVERIFY(!key->publicLine().contains('\n'));
    QVERIFY(!key->publicLine().contains('\r'));
}

QTEST_GUILESS_MAIN(KeyGeneratorTest)

#include "KeyGeneratorTest.moc"
