#include "keys/KeyWriter.h"

#include "base/UniqueFd.h"
#include "keys/OpenSshKey.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <stdio.h> // renameat2
#include <stdlib.h> // mkostemp
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace keys {
namespace {

constexpr mode_t privateMode = 0600;
constexpr mode_t publicMode = 0644;
constexpr mode_t directoryMode = 0700;

base::Failure<base::Error> failure(int code, const QString &path)
{
    return base::Failure(base::Error::fromErrno(code, QStringLiteral("write key"), path));
}

// A file beside its later place, removed unless it got there.
class Draft
{
public:
    static base::Result<Draft> write(const QString &path, QByteArrayView bytes, mode_t mode)
    {
        QByteArray name = QFile::encodeName(path) + ".XXXXXX";
        base::UniqueFd file(::mkostemp(name.data(), O_CLOEXEC)); // 0600
        if (!file.isValid()) {
            return failure(errno, path);
        }
        Draft draft(name);
        while (!bytes.isEmpty()) {
            const auto count = ::write(file.get(), bytes.data(), static_cast<size_t>(bytes.size()));
            if (count < 0 && errno != EINTR) {
                return failure(errno, path);
            }
            bytes = bytes.sliced(std::max<qsizetype>(count, 0));
        }
        if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0) {
            return failure(errno, path);
        }
        return draft;
    }

    Draft(Draft &&other) noexcept
        : m_name(std::exchange(other.m_name, {}))
    {
    }
    ~Draft()
    {
        if (!m_name.isEmpty()) {
            ::unlink(m_name.constData());
        }
    }
    Q_DISABLE_COPY(Draft)
    Draft &operator=(Draft &&) = delete;

    base::Result<void> place(const QString &path)
    {
        const QByteArray target = QFile::encodeName(path);
        if (::renameat2(AT_FDCWD, m_name.constData(), AT_FDCWD, target.constData(),
                        RENAME_NOREPLACE)
            == 0) {
            m_name.clear();
            return {};
        }
        // Not all file systems have that; a second name does not replace either.
        if (errno != EINVAL || ::link(m_name.constData(), target.constData()) != 0) {
            return failure(errno, path);
        }
        return {};
    }

    base::Result<void> replace(const QString &path)
    {
        if (::rename(m_name.constData(), QFile::encodeName(path).constData()) != 0) {
            return failure(errno, path);
        }
        m_name.clear();
        return {};
    }

private:
    explicit Draft(QByteArray name)
        : m_name(std::move(name))
    {
    }

    QByteArray m_name;
};

base::Result<void> refuseExisting(const QString &path)
{
    struct stat status{};
    const bool exists = ::lstat(QFile::encodeName(path).constData(), &status) == 0;
    return exists ? failure(EEXIST, path) : base::Result<void>();
}

base::Result<void> makeDirectoryOf(const QString &path)
{
    const QString directory = QFileInfo(path).path();
    if (::mkdir(QFile::encodeName(directory).constData(), directoryMode) != 0 && errno != EEXIST) {
        return failure(errno, directory);
    }
    return {};
}

base::Result<void> writeNew(const QString &path, QByteArrayView bytes, mode_t mode)
{
    return Draft::write(path, bytes, mode).and_then([&path](Draft draft) {
        return draft.place(path);
    });
}

} // namespace

base::Result<void> writeNewKey(const QString &path, const PrivateKey &key,
                               const base::SecretString &passphrase)
{
    const QString publicPath = path + QStringLiteral(".pub");
    return refuseExisting(path)
        .and_then([&] { return refuseExisting(publicPath); })
        .and_then([&] { return makeDirectoryOf(path); })
        .and_then([&] { return writeNew(path, openSshText(key, passphrase).bytes(), privateMode); })
        .and_then([&] {
            const auto written = writePublicKey(publicPath, key);
            if (!written) {
                ::unlink(QFile::encodeName(path).constData()); // ours, made just now
            }
            return written;
        });
}

base::Result<void> rewriteKey(const QString &path, const PrivateKey &key,
                              const base::SecretString &passphrase)
{
    const QString target = QFileInfo(path).canonicalFilePath();
    if (target.isEmpty()) {
        return failure(ENOENT, path);
    }
    return Draft::write(target, openSshText(key, passphrase).bytes(), privateMode)
        .and_then([&target](Draft draft) { return draft.replace(target); });
}

base::Result<void> writePublicKey(const QString &path, const PrivateKey &key)
{
    return writeNew(path, key.publicLine() + '\n', publicMode);
}

} // namespace keys
