#include "tests/support/PuttyKeys.h"

#include "tests/support/ToolRun.h"

#include <QFile>
#include <QTemporaryFile>

namespace tests {

base::Result<void> convertToPutty(const KeyPair &pair, const QString &file, const PuttySpec &spec)
{
    QTemporaryFile passphrase;
    if (!passphrase.open() || passphrase.write(spec.passphrase.toUtf8()) < 0
        || !passphrase.flush()) {
        return base::Failure(base::Error{.operation = QStringLiteral("write passphrase"),
                                         .detail = passphrase.errorString()});
    }
    QString parameters = QStringLiteral("version=%1").arg(spec.version);
    if (spec.version == 3) {
        parameters += QStringLiteral(",kdf=%1,passes=2").arg(spec.derivation);
    }
    const QStringList arguments{pair.privateFile,
                                QStringLiteral("-C"),
                                spec.comment,
                                QStringLiteral("-O"),
                                QStringLiteral("private"),
                                QStringLiteral("-o"),
                                file,
                                QStringLiteral("--ppk-param"),
                                parameters,
                                QStringLiteral("--new-passphrase"),
                                passphrase.fileName()};
    const ToolResult result
        = runTool({.program = QStringLiteral("puttygen"), .arguments = arguments});
    if (result.exitStatus != 0 || !QFile::exists(file)) {
        return base::Failure(
            base::Error{.operation = QStringLiteral("run puttygen"),
                        .subject = arguments.join(u' '),
                        .detail = QString::fromUtf8(result.output + result.errors)});
    }
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

} // namespace tests
