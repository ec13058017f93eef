#include "tests/core/hostkeys/SshKeygen.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QtEndian>

namespace {

// A string as RFC 4251 section 5 puts it on the wire.
QByteArray field(const QByteArray &content)
{
    QByteArray length(4, '\0');
    qToBigEndian(static_cast<quint32>(content.size()), length.data());
    return length + content;
}

} // namespace

SshKeygen::Answer SshKeygen::run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ssh-keygen"), arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit) {
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput()};
}

QByteArray SshKeygen::generate(const QString &directory, const QString &type, int bits)
{
    const QString path = QDir(directory).filePath(type + QString::number(bits));
    run({QStringLiteral("-q"), QStringLiteral("-t"), type, QStringLiteral("-b"),
         QString::number(bits), QStringLiteral("-N"), QString(), QStringLiteral("-f"), path});
    QFile file(path + QStringLiteral(".pub"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QByteArray::fromBase64(file.readAll().split(' ').value(1));
}

hostkeys::HostKey SshKeygen::ed25519(char fill)
{
    return *hostkeys::HostKey::fromBlob(field("ssh-ed25519") + field(QByteArray(32, fill)));
}

hostkeys::HostKey SshKeygen::ecdsa(char fill)
{
    return *hostkeys::HostKey::fromBlob(field("ecdsa-sha2-nistp256") + field("nistp256")
                                        + field('\4' + QByteArray(64, fill)));
}

QByteArray SshKeygen::withKeys(QByteArray text)
{
    const auto typeAndBase64
        = [](const hostkeys::HostKey &key) { return key.type() + ' ' + key.blob().toBase64(); };
    text.replace("KEY", typeAndBase64(ed25519('k')));
    text.replace("OTHER", typeAndBase64(ed25519('o')));
    text.replace("ECDSA", typeAndBase64(ecdsa('e')));
    text.replace("BASE64", ed25519('k').blob().toBase64());
    return text;
}
