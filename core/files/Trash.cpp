#include "files/Trash.h"

namespace files {
namespace {

const QByteArray besideName = QByteArrayLiteral(".ponto-trash");
const QByteArray infoSuffix = QByteArrayLiteral(".trashinfo");

} // namespace

TrashedFile TrashPlace::placeFor(const FilePath &original, int attempt) const
{
    const QByteArray number = attempt > 0 ? '.' + QByteArray::number(attempt + 1) : QByteArray();
    const qsizetype most = longestName - number.size() - infoSuffix.size();
    const QByteArray name = cutName(original.name(), most) + number;
    return {original, files().child(name), info().child(name + infoSuffix)};
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
