#include "keys/KeyList.h"

#include "keys/KeyFileContent.h"
#include "keys/KeyUnlock.h"
#include "keys/PublicKeyBlob.h"

#include <QDir>

#include <sys/stat.h>

#include <algorithm>
#include <array>

namespace keys {
namespace {

using Reason = KeyFileError::Reason;

constexpr qsizetype mostFiles = 2000; // somebody's directory of anything

// What a file must be wrong with to be shown all the same: it was meant to be a key.
bool isAKeyInTrouble(Reason reason)
{
    return reason == Reason::UnsupportedCipher || reason == Reason::UnsupportedKey
        || reason == Reason::Damaged;
}

// "type base64 comment", of which the comment may have blanks.
QByteArray commentIn(const QString &publicFile)
{
    const auto content = KeyFileContent::load(publicFile);
    if (!content) {
        return {};
    }
    const QByteArrayView bytes = content->bytes.bytes();
    const qsizetype end = bytes.indexOf('\n');
    const QByteArray line
        = (end < 0 ? bytes : bytes.first(end)).toByteArray().trimmed().replace('\t', ' ');
    const qsizetype afterType = line.indexOf(' ');
    const qsizetype afterKey = afterType < 0 ? -1 : line.indexOf(' ', afterType + 1);
    return afterKey < 0 ? QByteArray() : line.sliced(afterKey + 1).trimmed();
}

void addPublicHalf(OwnKey &key)
{
    const QString publicFile = key.path + QStringLiteral(".pub");
    const QByteArray beside = publicKeyInFile(publicFile);
    if (key.publicBlob.isEmpty()) {
        key.publicBlob = beside;
    }
    const bool isMissing = key.publicBlob.isEmpty() || (key.comment.isEmpty() && beside.isEmpty());
    const bool canBeOpened = key.file && !key.file->isEncrypted && !key.file->isLoose;
    if (isMissing && canBeOpened) {
        if (const auto opened = unlockKeyFile(key.path, {})) {
            key.publicBlob = opened->publicBlob();
            key.comment = opened->comment();
        }
    }
    if (key.comment.isEmpty() && beside == key.publicBlob) {
        key.comment = commentIn(publicFile);
    }
}

void addCertificate(OwnKey &key)
{
    if (const auto path = certificateBeside(key.path)) {
        key.certificate = Certificate::parse(publicKeyInFile(*path));
        key.certificatePath = key.certificate ? *path : QString();
    }
}

bool mayBeAKey(const QString &name)
{
    constexpr std::array others{"known_hosts", "config", "authorized_keys", "environment"};
    return !name.endsWith(QStringLiteral(".pub"))
        && std::ranges::none_of(others, [&name](const char *other) {
               return name.startsWith(QLatin1StringView(other));
           });
}

} // namespace

QByteArray OwnKey::publicLine() const
{
    if (publicBlob.isEmpty()) {
        return {};
    }
    const QByteArray line = publicKeyType(publicBlob) + ' ' + publicBlob.toBase64();
    return comment.isEmpty() ? line : line + ' ' + comment;
}

std::optional<OwnKey> ownKey(const QString &path)
{
    OwnKey key{.path = path};
    const auto file = KeyFile::read(path, LooseMode::Accept);
    if (!file && !isAKeyInTrouble(file.error().reason)) {
        return std::nullopt;
    }
    struct stat status{};
    ::stat(QFile::encodeName(path).constData(), &status);
    key.mode = status.st_mode & 07777;
    if (file) {
        key.file = *file;
        key.publicBlob = file->publicBlob;
        key.comment = file->comment;
    } else {
        key.problem = file.error().error.detail;
    }
    addPublicHalf(key);
    addCertificate(key);
    return key;
}

QList<OwnKey> ownKeys(const QString &directory)
{
    QList<OwnKey> keys;
    const QStringList names = QDir(directory).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    for (const QString &name : names.first(std::min(names.size(), mostFiles))) {
        if (!mayBeAKey(name)) {
            continue;
        }
        if (const auto key = ownKey(directory + u'/' + name)) {
            keys.append(*key);
        }
    }
    return keys;
}

} // namespace keys
