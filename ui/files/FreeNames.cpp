#include "ui/files/FreeNames.h"

#include "transfer/FileNames.h"
#include "ui/files/FilePane.h"

namespace ui {

QByteArray freeName(const QByteArray &name, const QSet<QByteArray> &taken)
{
    for (int number = 2;; ++number) {
        const QByteArray candidate = transfer::numberedName(name, number);
        if (!taken.contains(candidate)) {
            return candidate;
        }
    }
}

QList<std::pair<files::FilePath, files::FilePath>> underFreeNames(
    const QList<files::FilePath> &paths, const files::FilePath &directory, const FilePane &pane)
{
    QSet<QByteArray> taken = directory == pane.directory() ? pane.names() : QSet<QByteArray>();
    QList<std::pair<files::FilePath, files::FilePath>> result;
    for (const files::FilePath &path : paths) {
        const QByteArray name
            = taken.contains(path.name()) ? freeName(path.name(), taken) : path.name();
        taken.insert(name);
        result.emplace_back(path, directory.child(name));
    }
    return result;
}

} // namespace ui
