// KeyFileContent: the bytes of a file that may be a private key, read without ever waiting.

#pragma once

#include "base/Result.h"
#include "base/SecretString.h"
#include "keys/KeyFileError.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace keys {

struct KeyFileContent
{
    base::SecretString bytes;
    quint32 mode = 0; // permission bits
    bool isLoose = false; // ours, and others may touch it

    // Kinds of error: Unreadable (a directory, a pipe, or what errno says), Empty, TooLarge.
    static base::Result<KeyFileContent, KeyFileError> load(const QString &path);
};

// `error` with what was tried, and on what.
KeyFileError withPath(KeyFileError error, const QString &path);

// The text between `-----BEGIN label-----` and the next dashes.
std::optional<QByteArrayView> armored(QByteArrayView bytes, const QByteArray &label);

} // namespace keys
