// SshKeygen: runs the real ssh-keygen, the reference of the tests in this directory.

#pragma once

#include "hostkeys/HostKey.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

class SshKeygen
{
public:
    struct Answer
    {
        int exitCode = -1; // -1: it did not run
        QByteArray output;
    };

    static Answer run(const QStringList &arguments);

    // The blob in the public key file that `ssh-keygen -t type -b bits` writes into `directory`;
    // empty if it fails.
    static QByteArray generate(const QString &directory, const QString &type, int bits);

    // An Ed25519 key made of one repeated byte. Any 32 bytes will do where nothing is signed.
    static hostkeys::HostKey ed25519(char fill);

    // A key of another type that a file can hold beside it: ECDSA, with a made-up point.
    static hostkeys::HostKey ecdsa(char fill);

    // `text` with the words KEY, OTHER and ECDSA replaced by key type and base64. KEY is
    // ed25519('k'), the server's; OTHER is ed25519('o'), ECDSA ecdsa('e'). BASE64 is that of KEY
    // without its type.
    static QByteArray withKeys(QByteArray text);
};
