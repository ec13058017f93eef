#include "app/ConfigFiles.h"

#include "storage/Database.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace app {

ConfigFiles ConfigFiles::in(const QString &directory)
{
    const QString place = directory.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/ponto"_s
        : directory;
    const QString state = directory.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) + u"/ponto"_s
        : directory;
    return {place + u"/settings.ini"_s,
            place + u"/sessions.json"_s,
            place + u"/secrets.ini"_s,
            place + u"/secrets.vault"_s,
            directory.isEmpty() ? storage::Database::standardPath() : place + u"/ponto.sqlite"_s,
            state + u"/edits"_s,
            state + u"/tabs.json"_s};
}

} // namespace app
