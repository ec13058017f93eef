// Every kind of key file that people have, made by the installed ssh-keygen, openssl and puttygen.

#include "keys/KeyUnlock.h"

#include "keys/KeyFile.h"
#include "keys/OpenSshKey.h"
#include "tests/support/PuttyKeys.h"
#include "tests/support/Reason.h"
#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::SecretString;
using keys::unlockKeyFile;
using tests::KeySpec;
using tests::KeyType;
using tests::PuttySpec;
using tests::reason;
using Reason = keys::KeyFileError::Reason;

class KeyUnlockTest : public QObject
{
    Q_OBJECT

private slots:
    void opensWhatSshKeygenWrites_data();
    void opensWhatSshKeygenWrites();
    void opensWhatPuttygenWrites_data();
    void opensWhatPuttygenWrites();
    void opensWhatOpensslWrites_data();
    void opensWhatOpensslWrites();
    void refusesTooManyIterations();
    void writesWhatSshKeygenReads_data();
    void writesWhatSshKeygenReads();
    void damagedBytesAreNoKey_data();
    void damagedBytesAreNoKey();
    void lineEndsDoNotMatter_data();
    void lineEndsDoNotMatter();
    void looseModeIsRefused();

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    const tests::KeyPair &plainPair(const KeySpec &spec);
    tests::KeyPair pair(const KeySpec &spec);
    void rewrite(const QString &file, const QByteArray &content);
    QByteArray contentOf(const QString &file);

    QTemporaryDir m_directory;
    QHash<QString, tests::KeyPair> m_plain;
};

namespace {

SecretString secret(const QString &text)
{
    return SecretString::fromText(text);
}

void addKeyTypes(const QString &prefix, const std::function<void(const QByteArray &, KeySpec)> &add)
{
    const auto name = [&](const char *type) { return (prefix + QLatin1StringView(type)).toUtf8(); };
    add(name("Ed25519"), {});
    add(name("RSA"), {.type = KeyType::Rsa});
    add(name("nistp256"), {.type = KeyType::Ecdsa});
    add(name("nistp384"), {.type = KeyType::Ecdsa, .bits = 384});
    add(name("nistp521"), {.type = KeyType::Ecdsa, .bits = 521});
}

} // namespace

// Keys take time to make, RSA keys most: a plain one of each type is enough.
const tests::KeyPair &KeyUnlockTest::plainPair(const KeySpec &spec)
{
    const QString name = u"plain-%1-%2"_s.arg(static_cast<int>(spec.type)).arg(spec.bits);
    if (!m_plain.contains(name)) {
        const auto made = tests::generateKey(path(name), spec);
        if (!made) {
            qFatal("%s", reason(made).constData());
        }
        m_plain.insert(name, *made);
    }
    return m_plain[name];
}

tests::KeyPair KeyUnlockTest::pair(const KeySpec &spec)
{
    const auto made = tests::generateKey(path(u"id"_s), spec);
    if (!made) {
        qFatal("%s", reason(made).constData());
    }
    return *made;
}

void KeyUnlockTest::rewrite(const QString &file, const QByteArray &content)
{
    QFile target(file);
    if (!target.open(QFile::WriteOnly | QFile::Truncate, QFile::ReadOwner | QFile::WriteOwner)
        || target.write(content) != content.size()) {
        qFatal("cannot write %s", qPrintable(file));
    }
}

QByteArray KeyUnlockTest::contentOf(const QString &file)
{
    QFile source(file);
    if (!source.open(QFile::ReadOnly)) {
        qFatal("cannot read %s", qPrintable(file));
    }
    return source.readAll();
}

void KeyUnlockTest::opensWhatSshKeygenWrites_data()
{
    QTest::addColumn<KeySpec>("spec");

    const QList<QStringList> formats{{}, {u"-m"_s, u"PEM"_s}, {u"-m"_s, u"PKCS8"_s}};
    for (const QStringList &format : formats) {
        for (const QString &passphrase : {QString(), u"p\u00e4ss w\u00f6rd"_s}) {
            const QString prefix = format.value(1, u"OpenSSH"_s)
                + (passphrase.isEmpty() ? u" "_s : u" encrypted "_s);
            addKeyTypes(prefix, [&](const QByteArray &name, KeySpec spec) {
                spec.passphrase = passphrase;
                spec.moreArguments = format;
                if (format.isEmpty() && !passphrase.isEmpty()) {
                    spec.moreArguments = {u"-a"_s, u"2"_s}; // rounds: as few as there can be
                }
                QTest::newRow(name.constData()) << spec;
            });
        }
    }
    QTest::newRow("usual rounds") << KeySpec{.passphrase = u"secret"_s};
    for (const char *cipher :
         {"aes128-ctr", "aes192-ctr", "aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"}) {
        QTest::newRow(cipher) << KeySpec{.passphrase = u"secret"_s,
                                         .moreArguments
                                         = {u"-Z"_s, QString::fromLatin1(cipher), u"-a"_s, u"2"_s}};
    }
}

void KeyUnlockTest::opensWhatSshKeygenWrites()
{
    QFETCH(KeySpec, spec);
    const tests::KeyPair made = pair(spec);

    const auto key = unlockKeyFile(made.privateFile, secret(spec.passphrase));

    QVERIFY2(key, key ? "" : qPrintable(key.error().error.detail));
    QCOMPARE(key->publicBlob(), made.publicBlob());
    if (spec.moreArguments.value(0) != u"-m"_s) {
        QCOMPARE(key->publicLine(), made.publicLine); // the other formats have no comment
    }
    if (!spec.passphrase.isEmpty()) {
        QCOMPARE(unlockKeyFile(made.privateFile, secret(u"wrong"_s)).error().reason,
                 Reason::WrongPassphrase);
        QCOMPARE(unlockKeyFile(made.privateFile, {}).error().reason, Reason::WrongPassphrase);
    }
}

void KeyUnlockTest::opensWhatPuttygenWrites_data()
{
    QTest::addColumn<KeySpec>("key");
    QTest::addColumn<PuttySpec>("putty");

    for (const int version : {2, 3}) {
        for (const QString &passphrase : {QString(), u"p\u00e4ss w\u00f6rd"_s}) {
            const QString prefix = u"version %1 "_s.arg(version)
                + (passphrase.isEmpty() ? QString() : u"encrypted "_s);
            addKeyTypes(prefix, [&](const QByteArray &name, const KeySpec &spec) {
                QTest::newRow(name.constData())
                    << spec << PuttySpec{.version = version, .passphrase = passphrase};
            });
        }
    }
    for (const QString &derivation : {u"argon2i"_s, u"argon2d"_s}) {
        QTest::newRow(qPrintable(derivation))
            << KeySpec() << PuttySpec{.passphrase = u"secret"_s, .derivation = derivation};
    }
    QTest::newRow("comment that is no ASCII")
        << KeySpec() << PuttySpec{.comment = u"J\u00f6rg: at home"_s};
    QTest::newRow("no comment") << KeySpec() << PuttySpec{.comment = {}};
}

void KeyUnlockTest::opensWhatPuttygenWrites()
{
    QFETCH(KeySpec, key);
    QFETCH(PuttySpec, putty);
    const tests::KeyPair made = plainPair(key);
    const QString file = path(u"key.ppk"_s);
    const auto converted = tests::convertToPutty(made, file, putty);
    QVERIFY2(converted, reason(converted).constData());

    const auto header = keys::KeyFile::read(file);
    const auto opened = unlockKeyFile(file, secret(putty.passphrase));

    QVERIFY(header);
    QCOMPARE(header->format, keys::KeyFile::Format::Putty);
    QCOMPARE(header->isEncrypted, !putty.passphrase.isEmpty());
    QCOMPARE(header->publicBlob, made.publicBlob());
    QCOMPARE(header->comment, putty.comment.toUtf8());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().error.detail));
    QCOMPARE(opened->publicBlob(), made.publicBlob());
    QCOMPARE(opened->comment(), putty.comment.toUtf8());
    if (!putty.passphrase.isEmpty()) {
        QCOMPARE(unlockKeyFile(file, secret(u"wrong"_s)).error().reason, Reason::WrongPassphrase);
        QCOMPARE(unlockKeyFile(file, {}).error().reason, Reason::WrongPassphrase);
    }
}

void KeyUnlockTest::opensWhatOpensslWrites_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Reason>("refusal"); // NotAKey: it is opened

    const auto row
        = [](const char *name, const QStringList &arguments, Reason refusal = Reason::NotAKey) {
              QTest::newRow(name) << arguments << refusal;
          };
    const QStringList encrypted{u"-aes256"_s, u"-pass"_s, u"pass:secret"_s};
    const auto ec = [](const QString &curve) {
        return QStringList{u"genpkey"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s,
                           u"ec_paramgen_curve:"_s + curve};
    };
    row("Ed25519", {u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s});
    row("Ed25519 encrypted", QStringList{u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s} + encrypted);
    row("nistp384", ec(u"P-384"_s));
    row("nistp384 encrypted", ec(u"P-384"_s) + encrypted);
    row("other curve", ec(u"secp256k1"_s), Reason::UnsupportedKey);
    row("X25519", {u"genpkey"_s, u"-algorithm"_s, u"X25519"_s}, Reason::UnsupportedKey);
}

void KeyUnlockTest::opensWhatOpensslWrites()
{
    QFETCH(QStringList, arguments);
    QFETCH(Reason, refusal);
    const auto run = tests::runTool({.program = u"openssl"_s, .arguments = arguments});
    QCOMPARE(run.exitStatus, 0);
    rewrite(path(u"key.pem"_s), run.output);

    const auto key = unlockKeyFile(path(u"key.pem"_s), secret(u"secret"_s));

    if (refusal != Reason::NotAKey) {
        QVERIFY(!key);
        QCOMPARE(key.error().reason, refusal);
        return;
    }
    QVERIFY2(key, key ? "" : qPrintable(key.error().error.detail));
    rewrite(path(u"back"_s), keys::openSshText(*key).bytes().toByteArray());
    const auto back = tests::runTool(
        {.program = u"ssh-keygen"_s, .arguments = {u"-y"_s, u"-f"_s, path(u"back"_s)}});
    QCOMPARE(back.output.trimmed(), key->publicLine());
}

// The hash is asked for ten million times and once more: RFC 8018, PBKDF2.
void KeyUnlockTest::refusesTooManyIterations()
{
    const tests::KeyPair made = pair({});
    const auto converted = tests::runTool(
        {.program = u"openssl"_s,
         .arguments = {u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s, u"-out"_s, path(u"plain"_s)}});
    QCOMPARE(converted.exitStatus, 0);
    const auto run = tests::runTool(
        {.program = u"openssl"_s,
         .arguments = {u"pkcs8"_s, u"-topk8"_s, u"-in"_s, path(u"plain"_s), u"-iter"_s,
                       u"10000001"_s, u"-passout"_s, u"pass:secret"_s}});
    QCOMPARE(run.exitStatus, 0);
    rewrite(path(u"slow"_s), run.output);

    QCOMPARE(unlockKeyFile(path(u"slow"_s), secret(u"secret"_s)).error().reason,
             Reason::UnsupportedKey);
}

void KeyUnlockTest::writesWhatSshKeygenReads_data()
{
    QTest::addColumn<KeySpec>("spec");
    QTest::addColumn<QString>("passphrase");

    for (const QString &passphrase : {QString(), u"p\u00e4ss"_s}) {
        addKeyTypes(passphrase.isEmpty() ? u"plain "_s : u"encrypted "_s,
                    [&](const QByteArray &name, const KeySpec &spec) {
                        QTest::newRow(name.constData()) << spec << passphrase;
                    });
    }
}

void KeyUnlockTest::writesWhatSshKeygenReads()
{
    QFETCH(KeySpec, spec);
    QFETCH(QString, passphrase);
    const tests::KeyPair made = plainPair(spec);
    const auto key = unlockKeyFile(made.privateFile, {});
    QVERIFY(key);

    const SecretString text = keys::openSshText(*key, secret(passphrase));

    rewrite(path(u"written"_s), text.bytes().toByteArray());
    const auto read = tests::runTool(
        {.program = u"ssh-keygen"_s,
         .arguments = {u"-y"_s, u"-P"_s, passphrase, u"-f"_s, path(u"written"_s)}});
    QCOMPARE(read.output.trimmed(), made.publicLine);
    QCOMPARE(keys::KeyFile::read(path(u"written"_s))->isEncrypted, !passphrase.isEmpty());
}

void KeyUnlockTest::damagedBytesAreNoKey_data()
{
    QTest::addColumn<QString>("kind");

    QTest::newRow("OpenSSH") << u"openssh"_s;
    QTest::newRow("PEM") << u"pem"_s;
    QTest::newRow("PuTTY") << u"putty"_s;
}

// One character changed, or the file cut off, at many places: never a key, but for what the format
// does not protect.
void KeyUnlockTest::damagedBytesAreNoKey()
{
    QFETCH(QString, kind);
    const QStringList pem{u"-m"_s, u"PEM"_s};
    const tests::KeyPair made
        = pair({.type = KeyType::Ecdsa, .moreArguments = kind == u"pem"_s ? pem : QStringList()});
    QString file = made.privateFile;
    if (kind == u"putty"_s) {
        file = path(u"key.ppk"_s);
        QVERIFY(tests::convertToPutty(made, file, {}));
    }
    const QByteArray content = contentOf(file);
    for (qsizetype cut = 0; cut < content.size() - 40; cut += 7) {
        rewrite(file, content.first(cut));
        QVERIFY2(!unlockKeyFile(file, {}), qPrintable(u"cut at %1"_s.arg(cut)));
    }
    for (qsizetype at = 0; at < content.size(); at += 3) {
        QByteArray changed = content;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        rewrite(file, changed);
        const auto key = unlockKeyFile(file, {});
        QVERIFY2(!key || key->publicBlob() == made.publicBlob(),
                 qPrintable(u"changed at %1"_s.arg(at)));
    }
}

void KeyUnlockTest::lineEndsDoNotMatter_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("lineEnd");
    QTest::addColumn<bool>("endsWithLine");

    for (const char *kind : {"openssh", "pem", "putty"}) {
        const auto row = [kind](const char *name, const QByteArray &end, bool endsWithLine) {
            QTest::newRow(qPrintable(QString::fromLatin1(kind) + u' ' + QLatin1StringView(name)))
                << QString::fromLatin1(kind) << end << endsWithLine;
        };
        row("CRLF", "\r\n", true);
        row("CRLF, no final line end", "\r\n", false);
        row("LF, no final line end", "\n", false);
    }
}

void KeyUnlockTest::lineEndsDoNotMatter()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, lineEnd);
    QFETCH(bool, endsWithLine);
    const QStringList pem{u"-m"_s, u"PEM"_s};
    const tests::KeyPair made
        = pair({.type = KeyType::Rsa, .moreArguments = kind == u"pem"_s ? pem : QStringList()});
    QString file = made.privateFile;
    if (kind == u"putty"_s) {
        file = path(u"key.ppk"_s);
        QVERIFY(tests::convertToPutty(made, file, {}));
    }
    QByteArray content = contentOf(file).replace("\r\n", "\n").replace('\n', lineEnd);
    if (!endsWithLine) {
        content = content.trimmed();
    }
    rewrite(file, content);

    const auto key = unlockKeyFile(file, {});

    QVERIFY2(key, key ? "" : qPrintable(key.error().error.detail));
    QCOMPARE(key->publicBlob(), made.publicBlob());
}

void KeyUnlockTest::looseModeIsRefused()
{
    const tests::KeyPair made = pair({});
    QVERIFY(QFile::setPermissions(made.privateFile,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));

    QCOMPARE(unlockKeyFile(made.privateFile, {}).error().reason, Reason::LooseMode);
}

QTEST_GUILESS_MAIN(KeyUnlockTest)

#include "KeyUnlockTest.moc"
