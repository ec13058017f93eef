#include "app/TextFile.h"

namespace app {

base::Result<void> writeTextFile(const QString &path, const QByteArray &text,
                                 QFile::Permissions permissions)
{
    QFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(permissions)
        && file.write(text) == text.size() && file.flush();
    if (isWritten) {
        return {};
    }
    return base::Failure(base::Error{
        .operation = QStringLiteral("write"), .subject = path, .detail = file.errorString()});
}

} // namespace app
