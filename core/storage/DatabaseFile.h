// DatabaseFile: the connection to the program's SQLite file, as the database's thread has it: opens
// it, sets a broken one aside, brings schemas up to date, and runs transactions. Used by Database.

#pragma once

#include "base/Result.h"
#include "storage/Schema.h"
#include "storage/Transaction.h"

#include <QSet>
#include <QSqlDatabase>
#include <QString>

#include <functional>
#include <optional>

namespace storage {

enum class Access {
    Read, // never waits for one that writes
    Write, // alone, in all programs that have the file open
};

class DatabaseFile
{
public:
    // `setAside` is told the new name of a broken file, before the first transaction.
    DatabaseFile(QString path, std::function<void(const QString &)> setAside);
    ~DatabaseFile();
    Q_DISABLE_COPY_MOVE(DatabaseFile)

    using Work = std::function<base::Result<void>(Transaction &)>;

    // What `work` changed is kept if it succeeds, and only then. Fails with TimedOut if another
    // program keeps the file locked, and with Unsupported if a newer Ponto made the schema.
    base::Result<void> transact(Access access, const Schema &schema, const Work &work);

private:
    base::Result<void> open(); // if it is not open yet
    base::Result<void> openLocked();
    base::Result<void> connectTo();
    base::Result<void> configure();
    base::Result<void> moveAside();
    base::Result<void> prepare(const Schema &schema); // if that was not done yet
    base::Result<void> bracket(Access access, const Work &work);
    base::Result<void> statement(const QString &text);
    void close();

    QString m_path;
    QString m_name; // of the connection: process-wide, hence unique
    std::function<void(const QString &)> m_setAside;
    std::optional<QSqlDatabase> m_connection;
    PreparedStatements m_statements;
    QSet<QString> m_prepared; // owners
};

} // namespace storage
