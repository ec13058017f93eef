#include "tests/support/TestKeys.h"

#include "tests/support/ToolRun.h"

#include <QFile>

namespace tests {
namespace {

base::Result<void> runKeygen(const QStringList &arguments)
{
    const ToolResult result
        = runTool({.program = QStringLiteral("ssh-keygen"), .arguments = arguments});
    if (result.exitStatus != 0) {
        return base::Failure(
            base::Error{.operation = QStringLiteral("run ssh-keygen"),
                        .subject = arguments.join(u' '),
                        .detail = QString::fromUtf8(result.output + result.errors)});
    }
    return {};
}

QString keygenName(KeyType type)
{
    switch (type) {
    case KeyType::Ed25519:
        return QStringLiteral("ed25519");
    case KeyType::Ecdsa:
        return QStringLiteral("ecdsa");
    case KeyType::Rsa:
        return QStringLiteral("rsa");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QByteArray sshName(KeyType type)
{
    switch (type) {
    case KeyType::Ed25519:
        return "ssh-ed25519";
    case KeyType::Ecdsa:
        return "ecdsa-sha2-nistp256";
    case KeyType::Rsa:
        return "ssh-rsa";
    }
    Q_UNREACHABLE_RETURN({});
}

QByteArray KeyPair::publicBlob() const
{
    return QByteArray::fromBase64(publicLine.split(' ').value(1));
}

base::Result<KeyPair> generateKey(const QString &privateFile, const KeySpec &spec)
{
    const QString publicFile = privateFile + QStringLiteral(".pub");
    QFile::remove(privateFile);
    QFile::remove(publicFile);

    QStringList arguments{QStringLiteral("-q"), QStringLiteral("-t"), keygenName(spec.type),
                          QStringLiteral("-N"), spec.passphrase,      QStringLiteral("-C"),
                          spec.comment,         QStringLiteral("-f"), privateFile};
    const int bits = spec.bits == 0 && spec.type == KeyType::Rsa ? 2048 : spec.bits;
    if (bits != 0) {
        arguments << QStringLiteral("-b") << QString::number(bits);
    }
    if (const auto made = runKeygen(arguments + spec.moreArguments); !made) {
        return base::Failure(made.error());
    }
    QFile file(publicFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Failure(base::Error{.operation = QStringLiteral("read public key"),
                                         .subject = publicFile,
                                         .detail = file.errorString()});
    }
    return KeyPair{.privateFile = privateFile, .publicLine = file.readAll().trimmed()};
}

base::Result<QString> certify(const KeyPair &pair, const KeyPair &authority,
                              const CertificateSpec &spec)
{
    QStringList arguments{QStringLiteral("-q"), QStringLiteral("-s"),   authority.privateFile,
                          QStringLiteral("-I"), QStringLiteral("test"), QStringLiteral("-V"),
                          spec.validity};
    if (spec.kind == CertificateSpec::Kind::Host) {
        arguments << QStringLiteral("-h");
    }
    if (!spec.principals.isEmpty()) {
        arguments << QStringLiteral("-n") << spec.principals.join(u',');
    }
    arguments += spec.moreArguments;
    arguments << pair.privateFile + QStringLiteral(".pub");
    return runKeygen(arguments).transform(
        [&pair] { return pair.privateFile + QStringLiteral("-cert.pub"); });
}

} // namespace tests
