#include "keys/KeyList.h"

#include "tests/support/PuttyKeys.h"
#include "tests/support/Reason.h"
#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using keys::Certificate;
using keys::OwnKey;
using tests::KeyType;
using tests::reason;
using State = keys::Certificate::State;

// Directories as people have them, made by the installed tools.
class KeyListTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void listsKeysOfEveryFormat();
    void leavesOutWhatIsNoKey();
    void tellsWhatIsWrong();
    void certificateTellsItsValidity_data();
    void certificateTellsItsValidity();
    void certificateOfEveryTypeIsRead_data();
    void certificateOfEveryTypeIsRead();
    void certificateCutOffIsNone();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    tests::KeyPair make(const QString &name, const tests::KeySpec &spec = {});

    std::unique_ptr<QTemporaryDir> m_directory;
};

void KeyListTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

tests::KeyPair KeyListTest::make(const QString &name, const tests::KeySpec &spec)
{
    const auto made = tests::generateKey(path(name), spec);
    if (!made) {
        qFatal("%s", reason(made).constData());
    }
    return *made;
}

void KeyListTest::listsKeysOfEveryFormat()
{
    const auto plain = make(u"a"_s, {.comment = u"one two"_s});
    const auto locked = make(u"b"_s, {.passphrase = u"secret"_s, .comment = u"locked"_s});
    const auto pem = make(u"c"_s,
                          {.type = KeyType::Ecdsa,
                           .passphrase = u"secret"_s,
                           .comment = u"pem"_s,
                           .moreArguments = {u"-m"_s, u"PKCS8"_s}});
    const auto alone = make(u"d"_s, {.comment = u"alone"_s});
    QVERIFY(QFile::remove(path(u"d.pub"_s)));
    QVERIFY(tests::convertToPutty(plain, path(u"e.ppk"_s), {.comment = u"putty"_s}));

    const QList<OwnKey> list = keys::ownKeys(m_directory->path());

    QStringList found;
    for (const OwnKey &key : list) {
        found.append(QStringLiteral("%1 %2 %3")
                         .arg(key.path.section(u'/', -1),
                              QString::number(static_cast<int>(key.file->format)),
                              QString::fromUtf8(key.publicLine())));
        QCOMPARE(key.mode, 0600U);
        QVERIFY(key.problem.isEmpty());
    }
    const auto expected = [](const char *start, const QByteArray &line) {
        return QString::fromUtf8(QByteArray(start) + line);
    };
    QByteArray puttyLine = plain.publicLine;
    puttyLine.replace("one two", "putty");
    QCOMPARE(found,
             QStringList({expected("a 0 ", plain.publicLine), expected("b 0 ", locked.publicLine),
                          expected("c 2 ", pem.publicLine), expected("d 0 ", alone.publicLine),
                          expected("e.ppk 3 ", puttyLine)}));
}

void KeyListTest::leavesOutWhatIsNoKey()
{
    make(u"id"_s);
    for (const char *name :
         {"known_hosts", "known_hosts.old", "config", "authorized_keys", "notes"}) {
        QVERIFY(QFile::copy(path(u"id.pub"_s), path(QString::fromLatin1(name))));
    }
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
    QCOMPARE(::mkdir(QFile::encodeName(path(u"folder"_s)).constData(), 0700), 0);

    const QList<OwnKey> list = keys::ownKeys(m_directory->path());

    QCOMPARE(list.size(), 1);
    QCOMPARE(list.first().path, path(u"id"_s));
    QVERIFY(keys::ownKeys(path(u"missing"_s)).isEmpty());
}

void KeyListTest::tellsWhatIsWrong()
{
    make(u"aead"_s,
         {.passphrase = u"secret"_s, .moreArguments = {u"-Z"_s, u"aes256-gcm@openssh.com"_s}});
    const auto loose = make(u"loose"_s);
    QVERIFY(QFile::setPermissions(loose.privateFile,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));

    const QList<OwnKey> list = keys::ownKeys(m_directory->path());

    QCOMPARE(list.size(), 2);
    QVERIFY(!list[0].file);
    QVERIFY(list[0].problem.contains(u"ssh-keygen -p"_s));
    QVERIFY(!list[0].publicBlob.isEmpty()); // the .pub tells
    QVERIFY(list[1].file && list[1].file->isLoose);
    QCOMPARE(list[1].mode, 0604U);
    QCOMPARE(list[1].publicBlob, loose.publicBlob());
}

void KeyListTest::certificateTellsItsValidity_data()
{
    QTest::addColumn<QString>("validity");
    QTest::addColumn<State>("state");
    QTest::addColumn<bool>("isForEver");

    QTest::newRow("for ever") << u"always:forever"_s << State::Valid << true;
    QTest::newRow("now") << u"-1h:+1h"_s << State::Valid << false;
    QTest::newRow("past") << u"-2h:-1h"_s << State::Expired << false;
    QTest::newRow("future") << u"+1h:+2h"_s << State::NotYet << false;
}

void KeyListTest::certificateTellsItsValidity()
{
    QFETCH(QString, validity);
    QFETCH(State, state);
    QFETCH(bool, isForEver);
    const auto authority = make(u"ca"_s);
    const auto pair = make(u"id"_s);
    QVERIFY(tests::certify(pair, authority,
                           {.principals = {u"ann"_s, u"bob"_s},
                            .validity = validity,
                            .moreArguments = {u"-z"_s, u"42"_s}}));

    const auto key = keys::ownKey(pair.privateFile);

    QVERIFY(key && key->certificate);
    QCOMPARE(key->certificatePath, pair.privateFile + u"-cert.pub"_s);
    QCOMPARE(key->certificate->stateAt(QDateTime::currentDateTimeUtc()), state);
    QCOMPARE(key->certificate->isForEver(), isForEver);
    QCOMPARE(key->certificate->principals, QByteArrayList({"ann", "bob"}));
    QCOMPARE(key->certificate->serial, 42U);
    QCOMPARE(key->certificate->kind, Certificate::Kind::User);
    QCOMPARE(key->certificate->keyBlob, pair.publicBlob());
    QCOMPARE(key->certificate->authorityBlob, authority.publicBlob());
}

void KeyListTest::certificateOfEveryTypeIsRead_data()
{
    QTest::addColumn<KeyType>("type");

    QTest::newRow("Ed25519") << KeyType::Ed25519;
    QTest::newRow("ECDSA") << KeyType::Ecdsa;
    QTest::newRow("RSA") << KeyType::Rsa;
}

void KeyListTest::certificateOfEveryTypeIsRead()
{
    QFETCH(KeyType, type);
    const auto authority = make(u"ca"_s);
    const auto pair = make(u"host"_s, {.type = type});
    QVERIFY(tests::certify(pair, authority, {.kind = tests::CertificateSpec::Kind::Host}));

    const auto key = keys::ownKey(pair.privateFile);

    QVERIFY(key && key->certificate);
    QCOMPARE(key->certificate->kind, Certificate::Kind::Host);
    QCOMPARE(key->certificate->keyBlob, pair.publicBlob());
    QVERIFY(key->certificate->principals.isEmpty());
}

void KeyListTest::certificateCutOffIsNone()
{
    const auto authority = make(u"ca"_s);
    const auto pair = make(u"id"_s);
    const auto file = tests::certify(pair, authority);
    QVERIFY(file);
    QFile opened(*file);
    QVERIFY(opened.open(QFile::ReadOnly));
    const QByteArray blob = QByteArray::fromBase64(opened.readAll().split(' ').value(1));
    QVERIFY(Certificate::parse(blob));
    const qsizetype signatureBytes = 4 + 4 + 11 + 4 + 64; // RFC 8709; it is not looked at

    for (qsizetype size = 0; size < blob.size() - signatureBytes; ++size) {
        QVERIFY2(!Certificate::parse(blob.first(size)), QByteArray::number(size).constData());
    }
    QVERIFY(!Certificate::parse(pair.publicBlob()));
}

QTEST_GUILESS_MAIN(KeyListTest)

#include "KeyListTest.moc"
