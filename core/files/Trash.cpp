#include "files/Trash.h"

namespace files {
namespace {

const QByteArray besideName = QByteArrayLiteral(".ponto-trash");

} // namespace

TrashedFile TrashPlace::placeFor(const FilePath &original, int attempt) const
{
    QByteArray name = original.name();
    if (attempt > 0) {
        name += '.' + QByteArray::number(attempt + 1);
    }
    return {original, files().child(name), info().child(name + ".trashinfo")};
}

TrashPlace TrashPlace::ofHome(const FilePath &home)
{
    return {home.child(QByteArrayLiteral(".local"))
                .child(QByteArrayLiteral("share"))
                .child(QByteArrayLiteral("Trash"))};
}

TrashPlace TrashPlace::beside(const FilePath &path)
{
    return {path.parent().child(besideName)};
}

QByteArray trashInfo(const FilePath &original, const QDateTime &deleted)
{
    return "[Trash Info]\nPath=" + original.bytes().toPercentEncoding(QByteArrayLiteral("/"))
        + "\nDeletionDate=" + deleted.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toLatin1()
        + '\n';
}

bool isInTrash(const FilePath &path)
{
    const QByteArray bytes = path.bytes() + '/';
    return bytes.contains("/Trash/files/") || bytes.contains("/Trash/info/")
        || bytes.contains('/' + besideName + '/');
}

} // namespace files
