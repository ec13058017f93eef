// Transaction: the statements of one piece of work on the database, which take effect together or
// not at all. Lives on the database's thread, while the work runs.

#pragma once

#include "base/Result.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <functional>

namespace storage {

// Prepared once for a connection, by their text.
using PreparedStatements = QHash<QString, QSqlQuery>;

class Transaction
{
public:
    // Used by DatabaseFile, which begins and ends it.
    Transaction(const QSqlDatabase &connection, PreparedStatements &statements);
    Q_DISABLE_COPY_MOVE(Transaction)
    ~Transaction() = default;

    // `values` take the places of the question marks, in their order. A null QString or QByteArray
    // is stored as an empty one; only an invalid QVariant is NULL.
    // Returns how many rows were changed.
    base::Result<qint64> run(const QString &statement, const QVariantList &values = {});

    // For each of `rows`.
    base::Result<void> runForEach(const QString &statement, const QList<QVariantList> &rows);

    // The id of the new row.
    base::Result<qint64> insert(const QString &statement, const QVariantList &values = {});

    base::Result<QList<QVariantList>> rows(const QString &statement,
                                           const QVariantList &values = {});

    // The first value of the first row; an invalid one if there is no row.
    base::Result<QVariant> value(const QString &statement, const QVariantList &values = {});

    // One row after the other, for results that may be large. `take` runs no statements.
    base::Result<void> forEachRow(const QString &statement, const QVariantList &values,
                                  const std::function<void(const QVariantList &)> &take);

private:
    base::Result<QSqlQuery *> execute(const QString &statement, const QVariantList &values);

    const QSqlDatabase &m_connection;
    PreparedStatements &m_statements;
};

// What SQLite says, as one of ours.
base::Error errorOf(const QSqlError &error, const QString &operation);

// True if the file is no database, or a damaged one.
bool isDamage(const base::Error &error);

} // namespace storage
