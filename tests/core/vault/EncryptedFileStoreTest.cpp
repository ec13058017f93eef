#include "vault/EncryptedFileStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::SecretString;
using vault::EncryptedFileStore;
using vault::SecretId;

namespace {

constexpr std::chrono::seconds patience(30);
const SecretId web = SecretId::password(u"me"_s, u"web01"_s, 22);
const SecretId key = SecretId::passphrase(u"/keys/id"_s);

SecretString secret(const QString &text)
{
    return SecretString::fromText(text);
}

template<typename T>
base::Result<T> resultOf(const QFuture<base::Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience)) {
        return base::Failure(base::Error{ErrorKind::TimedOut});
    }
    return future.result();
}

template<typename T>
ErrorKind kindOf(const QFuture<base::Result<T>> &future)
{
    const auto result = resultOf(future);
    return result ? ErrorKind::Internal : result.error().kind;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class EncryptedFileStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void createdFileIsPrivate();
    void creatingReplacesNothing();
    void storedIsFetchedByAnother();
    void storedReplacesAndForgottenIsGone();
    void lockedGivesNothing();
    void wrongPasswordIsTold();
    void changedPasswordLocksTheOthers();
    void tamperedFileIsLeftAlone();
    void unknownEntriesAreKept();
    void twoWritersLoseNothing();
    void discardedFileIsGone();
    void unwritableDirectoryIsTold();

private:
    QString textOf(EncryptedFileStore &store, const SecretId &id);
    void writeCheapFile(const QList<vault::SealedEntry> &entries);
    std::unique_ptr<EncryptedFileStore> openStore();

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
    const SecretString m_password = secret(u"ma\u00eetre"_s);
};

void EncryptedFileStoreTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(u"config/secrets.vault"_s);
}

QString EncryptedFileStoreTest::textOf(EncryptedFileStore &store, const SecretId &id)
{
    const auto result = resultOf(store.fetch(id));
    return result ? QString::fromUtf8(result->utf8()) : QString();
}

// With the cheapest key that is allowed, so that opening it takes no time.
void EncryptedFileStoreTest::writeCheapFile(const QList<vault::SealedEntry> &entries)
{
    vault::KeyDerivation derivation = vault::KeyDerivation::create();
    derivation.log2N = 15;
    QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(*vault::SealingKey::derive(m_password, derivation)->seal(entries));
}

std::unique_ptr<EncryptedFileStore> EncryptedFileStoreTest::openStore()
{
    auto store = std::make_unique<EncryptedFileStore>(m_file);
    return resultOf(store->unlock(m_password)) ? std::move(store) : nullptr;
}

void EncryptedFileStoreTest::createdFileIsPrivate()
{
    EncryptedFileStore store(m_file);
    QVERIFY(!store.exists());

    QVERIFY(resultOf(store.create(m_password)));

    QVERIFY(store.exists());
    QVERIFY(store.isUnlocked());
    QVERIFY(resultOf(store.check()));
    QVERIFY(resultOf(store.store(web, secret(u"sesame"_s))));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(m_file).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    QVERIFY(!contentOf(m_file).contains("sesame"));
    QVERIFY(!contentOf(m_file).contains("web01"));
    QCOMPARE(contentOf(m_file).at(13), char(17)); // the work factor that new files get
}

void EncryptedFileStoreTest::creatingReplacesNothing()
{
    writeCheapFile({{web.title(), secret(u"sesame"_s)}});
    EncryptedFileStore store(m_file);
    QCOMPARE(kindOf(store.create(secret(u"other"_s))), ErrorKind::AlreadyExists);
    QCOMPARE(textOf(*openStore(), web), u"sesame"_s);
}

void EncryptedFileStoreTest::storedIsFetchedByAnother()
{
    writeCheapFile({});
    QVERIFY(resultOf(openStore()->store(web, secret(u"s\u00e9same"_s))));
    const auto other = openStore();
    QVERIFY(resultOf(other->store(key, secret(u"two"_s))));
    QCOMPARE(textOf(*other, web), u"s\u00e9same"_s);
    QCOMPARE(textOf(*other, key), u"two"_s);
    QVERIFY(resultOf(other->list()).value() == (QList<SecretId>{web, key}));
}

void EncryptedFileStoreTest::storedReplacesAndForgottenIsGone()
{
    writeCheapFile({});
    const auto store = openStore();
    QVERIFY(resultOf(store->store(web, secret(u"one"_s))));
    QVERIFY(resultOf(store->store(web, secret(u"two"_s))));
    QCOMPARE(textOf(*store, web), u"two"_s);
    QVERIFY(resultOf(store->forget(web)));
    QCOMPARE(kindOf(store->fetch(web)), ErrorKind::NotFound);
    QVERIFY(resultOf(store->forget(web)));
    QVERIFY(resultOf(store->list()).value().isEmpty());
}

void EncryptedFileStoreTest::lockedGivesNothing()
{
    writeCheapFile({{web.title(), secret(u"sesame"_s)}});
    const auto store = openStore();
    store->lock();
    QVERIFY(!store->isUnlocked());
    QCOMPARE(kindOf(store->fetch(web)), ErrorKind::PermissionDenied);
    QCOMPARE(kindOf(store->store(web, secret(u"x"_s))), ErrorKind::PermissionDenied);
    QCOMPARE(kindOf(store->forget(web)), ErrorKind::PermissionDenied);
    QCOMPARE(kindOf(store->list()), ErrorKind::PermissionDenied);
    QCOMPARE(kindOf(store->check()), ErrorKind::PermissionDenied);
    QVERIFY(resultOf(store->unlock(m_password)));
    QCOMPARE(textOf(*store, web), u"sesame"_s);
}

void EncryptedFileStoreTest::wrongPasswordIsTold()
{
    writeCheapFile({});
    EncryptedFileStore store(m_file);
    QCOMPARE(kindOf(store.unlock(secret(u"wrong"_s))), ErrorKind::PermissionDenied);
    QVERIFY(!store.isUnlocked());
}

void EncryptedFileStoreTest::changedPasswordLocksTheOthers()
{
    writeCheapFile({{web.title(), secret(u"sesame"_s)}});
    const auto store = openStore();
    const auto other = openStore();
    QCOMPARE(kindOf(store->changePassword(secret(u"wrong"_s), secret(u"new"_s))),
             ErrorKind::PermissionDenied);
    QCOMPARE(textOf(*store, web), u"sesame"_s);

    QVERIFY(resultOf(store->changePassword(m_password, secret(u"new"_s))));

    QCOMPARE(textOf(*store, web), u"sesame"_s);
    QCOMPARE(kindOf(other->store(key, secret(u"lost?"_s))), ErrorKind::PermissionDenied);
    QCOMPARE(kindOf(other->unlock(m_password)), ErrorKind::PermissionDenied);
    QVERIFY(resultOf(other->unlock(secret(u"new"_s))));
    QCOMPARE(textOf(*other, web), u"sesame"_s);
}

void EncryptedFileStoreTest::tamperedFileIsLeftAlone()
{
    writeCheapFile({{web.title(), secret(u"sesame"_s)}});
    const auto store = openStore();
    QByteArray bytes = contentOf(m_file);
    bytes[100] = static_cast<char>(bytes.at(100) ^ 1);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();

    QCOMPARE(kindOf(store->fetch(web)), ErrorKind::ProtocolViolation);
    QCOMPARE(kindOf(store->store(web, secret(u"other"_s))), ErrorKind::ProtocolViolation);
    QCOMPARE(contentOf(m_file), bytes);
}

void EncryptedFileStoreTest::unknownEntriesAreKept()
{
    writeCheapFile({{u"from the future"_s, secret(u"kept"_s)}});
    const auto store = openStore();
    QVERIFY(resultOf(store->list()).value().isEmpty());
    QVERIFY(resultOf(store->store(web, secret(u"sesame"_s))));
    const QByteArray bytes = contentOf(m_file);
    const auto entries
        = vault::SealingKey::derive(m_password, *vault::derivationOf(bytes))->open(bytes);
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->first().title, u"from the future"_s);
    QCOMPARE(QString::fromUtf8(entries->first().secret.utf8()), u"kept"_s);
}

void EncryptedFileStoreTest::twoWritersLoseNothing()
{
    constexpr int each = 25;
    writeCheapFile({});
    const std::array stores{openStore(), openStore()};
    QList<QFuture<base::Result<void>>> work;
    for (int i = 0; i < each; ++i) {
        for (std::size_t who = 0; who < stores.size(); ++who) {
            const auto id = SecretId::password(u"user%1"_s.arg(who), u"host"_s,
                                               static_cast<quint16>(1000 + i));
            work.append(stores.at(who)->store(id, secret(id.title())));
        }
    }
    for (const auto &future : std::as_const(work)) {
        QVERIFY(resultOf(future));
    }
    const auto ids = resultOf(stores.front()->list());
    QCOMPARE(ids->size(), 2 * each);
    for (const SecretId &id : *ids) {
        QCOMPARE(textOf(*stores.back(), id), id.title());
    }
}

void EncryptedFileStoreTest::discardedFileIsGone()
{
    writeCheapFile({});
    const auto store = openStore();
    QVERIFY(resultOf(store->discard()));
    QVERIFY(!store->exists());
    QVERIFY(!store->isUnlocked());
}

void EncryptedFileStoreTest::unwritableDirectoryIsTold()
{
    QFile file(m_directory->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    EncryptedFileStore store(file.fileName() + u"/below/secrets"_s);
    const auto created = resultOf(store.create(m_password));
    QVERIFY(!created);
    QCOMPARE(created.error().subject, file.fileName() + u"/below/secrets"_s);
    QVERIFY(!store.isUnlocked());
}

QTEST_GUILESS_MAIN(EncryptedFileStoreTest)

#include "EncryptedFileStoreTest.moc"
