// KeyList: the private keys in a directory, as a person would list them.

#pragma once

#include "keys/Certificate.h"
#include "keys/KeyFile.h"

#include <QList>
#include <QString>

#include <optional>

namespace keys {

struct OwnKey
{
    QString path;
    std::optional<KeyFile> file; // absent if it can not be used: `problem` says why
    QString problem; // a sentence; empty if there is none
    QByteArray publicBlob; // from the file or from the .pub beside it; empty if neither tells
    QByteArray comment; // likewise; bytes
    quint32 mode = 0;
    std::optional<Certificate> certificate; // FILE-cert.pub
    QString certificatePath; // empty without one

    // "ssh-ed25519 AAAA... comment"; empty without a public half.
    QByteArray publicLine() const;
};

// In the order of their names. Reads every file of the directory, one level deep; files that look
// like no key are left out. A directory that is not there has none. May wait for the disk.
QList<OwnKey> ownKeys(const QString &directory);

// One of them. Nothing if the file looks like no key.
std::optional<OwnKey> ownKey(const QString &path);

} // namespace keys
