#include "vault/EncryptedFileStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace vault {
namespace {

using Key = std::shared_ptr<const SealingKey>;
using Entries = QList<SealedEntry>;

constexpr std::chrono::seconds lockPatience{5}; // others hold it for milliseconds
constexpr qint64 largestFile = qint64{16} * 1024 * 1024;

base::Error fileError(const QString &operation, const QString &file)
{
    return base::Error::fromErrno(errno, operation, file);
}

// What to say without a key: a file that is not there has nothing to hide.
base::Failure<base::Error> locked(const QString &file)
{
    if (!QFile::exists(file)) {
        return base::Failure(base::Error::fromErrno(ENOENT, QStringLiteral("open"), file));
    }
    return base::Failure(base::Error{.kind = base::ErrorKind::PermissionDenied,
                                     .operation = QStringLiteral("open secrets"),
                                     .subject = file,
                                     .detail = QStringLiteral("the master password is needed")});
}

// The same failure, with the file as its subject.
base::Failure<base::Error> about(const QString &file, base::Error error)
{
    error.subject = file;
    return base::Failure(std::move(error));
}

base::Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    errno = 0;
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Failure(fileError(QStringLiteral("open"), path));
    }
    QByteArray bytes = file.read(largestFile + 1);
    if (file.error() != QFileDevice::NoError) {
        return base::Failure(fileError(QStringLiteral("read"), path));
    }
    if (bytes.size() > largestFile) {
        return base::Failure(base::Error{.kind = base::ErrorKind::ProtocolViolation,
                                         .operation = QStringLiteral("read secrets"),
                                         .subject = path,
                                         .detail = QStringLiteral("larger than 16 MiB")});
    }
    return bytes;
}

base::Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    errno = 0;
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit();
    if (!isWritten) {
        return base::Failure(fileError(QStringLiteral("write"), path));
    }
    return {};
}

// Holds the lock while `change` does its work.
template<typename Change>
base::Result<void> underLock(const QString &path, Change change)
{
    errno = 0;
    if (!QFileInfo(path).dir().mkpath(QStringLiteral("."))) {
        return base::Failure(fileError(QStringLiteral("create directory for"), path));
    }
    QLockFile lock(path + QStringLiteral(".lock"));
    if (!lock.tryLock(lockPatience)) {
        return base::Failure(base::Error{.kind = base::ErrorKind::TimedOut,
                                         .operation = QStringLiteral("lock"),
                                         .subject = path,
                                         .detail = QStringLiteral("another program holds it")});
    }
    return change();
}

base::Result<Entries> readEntries(const QString &path, const Key &key)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        return base::Failure(bytes.error());
    }
    auto entries = key->open(*bytes);
    return entries ? std::move(entries) : about(path, entries.error());
}

base::Result<void> writeEntries(const QString &path, const SealingKey &key, const Entries &entries)
{
    const auto bytes = key.seal(entries);
    return bytes ? writeFile(path, *bytes) : about(path, bytes.error());
}

base::Result<Key> deriveKey(const base::SecretString &password, const KeyDerivation &derivation)
{
    return SealingKey::derive(password, derivation).transform([](SealingKey &&key) -> Key {
        return std::make_shared<const SealingKey>(std::move(key));
    });
}

base::Result<Key> openWith(const QString &path, const base::SecretString &password)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        return base::Failure(bytes.error());
    }
    const auto derivation = derivationOf(*bytes);
    if (!derivation) {
        return about(path, derivation.error());
    }
    const auto key = deriveKey(password, *derivation);
    if (!key) {
        return key;
    }
    if (const auto entries = (*key)->open(*bytes); !entries) {
        return about(path, entries.error());
    }
    return key;
}

base::Result<Key> createFile(const QString &path, const base::SecretString &password)
{
    const auto key = deriveKey(password, KeyDerivation::create());
    if (!key) {
        return key;
    }
    const auto written = underLock(path, [&]() -> base::Result<void> {
        if (QFile::exists(path)) {
            return base::Failure(base::Error::fromErrno(EEXIST, QStringLiteral("create"), path));
        }
        return writeEntries(path, **key, {});
    });
    return written ? key : base::Failure(written.error());
}

// The keys are derived before the lock is taken: that takes time.
base::Result<Key> changeKey(const QString &path, const base::SecretString &old,
                            const base::SecretString &changed)
{
    const auto oldKey = openWith(path, old);
    if (!oldKey) {
        return oldKey;
    }
    auto key = deriveKey(changed, KeyDerivation::create());
    if (!key) {
        return key;
    }
    const auto written = underLock(path, [&] {
        return readEntries(path, *oldKey).and_then([&](const Entries &entries) {
            return writeEntries(path, **key, entries);
        });
    });
    return written ? key : base::Failure(written.error());
}

Entries::iterator find(Entries &entries, const SecretId &id)
{
    return std::ranges::find(entries, id.title(), &SealedEntry::title);
}

} // namespace

EncryptedFileStore::EncryptedFileStore(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    m_thread.setMaxThreadCount(1);
}

EncryptedFileStore::~EncryptedFileStore() = default;

bool EncryptedFileStore::exists() const
{
    return QFile::exists(m_file);
}

// What a piece of work returns comes back to the thread of this object.
template<typename Work>
auto EncryptedFileStore::run(Work work)
{
    return QtConcurrent::run(&m_thread, [work = std::move(work), file = m_file, key = m_key] {
        return work(file, key);
    });
}

QFuture<base::Result<void>> EncryptedFileStore::adopt(QFuture<base::Result<Key>> key)
{
    return key.then(this, [this](const base::Result<Key> &opened) -> base::Result<void> {
        if (!opened) {
            return base::Failure(opened.error());
        }
        m_key = *opened;
        return {};
    });
}

QFuture<base::Result<void>> EncryptedFileStore::create(const base::SecretString &masterPassword)
{
    return adopt(run([masterPassword](const QString &file, const Key &) {
        return createFile(file, masterPassword);
    }));
}

QFuture<base::Result<void>> EncryptedFileStore::unlock(const base::SecretString &masterPassword)
{
    return adopt(run([masterPassword](const QString &file, const Key &) {
        return openWith(file, masterPassword);
    }));
}

QFuture<base::Result<void>> EncryptedFileStore::changePassword(const base::SecretString &old,
                                                               const base::SecretString &changed)
{
    return adopt(run([old, changed](const QString &file, const Key &) {
        return changeKey(file, old, changed);
    }));
}

void EncryptedFileStore::lock()
{
    m_key.reset();
}

QFuture<base::Result<void>> EncryptedFileStore::discard()
{
    m_key.reset();
    return run([](const QString &path, const Key &) {
        return underLock(path, [&]() -> base::Result<void> {
            errno = 0;
            if (QFile::exists(path) && !QFile::remove(path)) {
                return base::Failure(fileError(QStringLiteral("delete"), path));
            }
            return {};
        });
    });
}

QFuture<base::Result<base::SecretString>> EncryptedFileStore::fetch(const SecretId &id)
{
    return run([id](const QString &file, const Key &key) -> base::Result<base::SecretString> {
        if (!key) {
            return locked(file);
        }
        return readEntries(file, key).and_then(
            [&](Entries entries) -> base::Result<base::SecretString> {
                const auto found = find(entries, id);
                if (found == entries.end()) {
                    return base::Failure(base::Error{.kind = base::ErrorKind::NotFound,
                                                     .operation = QStringLiteral("look up"),
                                                     .subject = id.title()});
                }
                return found->secret;
            });
    });
}

QFuture<base::Result<void>> EncryptedFileStore::store(const SecretId &id,
                                                      const base::SecretString &secret)
{
    Q_ASSERT(!secret.isEmpty());
    return run([id, secret](const QString &file, const Key &key) -> base::Result<void> {
        if (!key) {
            return locked(file);
        }
        return underLock(file, [&] {
            return readEntries(file, key).and_then([&](Entries entries) {
                if (const auto found = find(entries, id); found != entries.end()) {
                    found->secret = secret;
                } else {
                    entries.append({id.title(), secret});
                }
                return writeEntries(file, *key, entries);
            });
        });
    });
}

QFuture<base::Result<void>> EncryptedFileStore::forget(const SecretId &id)
{
    return run([id](const QString &file, const Key &key) -> base::Result<void> {
        if (!key) {
            return locked(file);
        }
        return underLock(file, [&] {
            return readEntries(file, key).and_then([&](Entries entries) -> base::Result<void> {
                const auto found = find(entries, id);
                if (found == entries.end()) {
                    return {};
                }
                entries.erase(found);
                return writeEntries(file, *key, entries);
            });
        });
    });
}

QFuture<base::Result<void>> EncryptedFileStore::check()
{
    return run([](const QString &file, const Key &key) -> base::Result<void> {
        if (!key) {
            return locked(file);
        }
        return readEntries(file, key).transform([](const Entries &) { });
    });
}

QFuture<base::Result<QList<SecretId>>> EncryptedFileStore::list()
{
    return run([](const QString &file, const Key &key) -> base::Result<QList<SecretId>> {
        if (!key) {
            return locked(file);
        }
        return readEntries(file, key).transform([](const Entries &entries) {
            QList<SecretId> ids;
            for (const SealedEntry &entry : entries) {
                if (const auto id = SecretId::fromTitle(entry.title)) {
                    ids.append(*id);
                }
            }
            std::ranges::sort(ids, {}, &SecretId::title);
            return ids;
        });
    });
}

} // namespace vault
