#include "storage/Transaction.h"

#include <QSqlError>
#include <QSqlRecord>

using namespace Qt::StringLiterals;

namespace storage {
namespace {

using base::ErrorKind;

// Primary result codes, sqlite.org/rescode.html.
constexpr int permissionDenied = 3;
constexpr int busy = 5;
constexpr int locked = 6;
constexpr int readOnly = 8;
constexpr int corrupt = 11;
constexpr int full = 13;
constexpr int constraint = 19;
constexpr int notADatabase = 26;

ErrorKind kindOf(int code)
{
    switch (code) {
    case permissionDenied:
        return ErrorKind::PermissionDenied;
    case busy:
    case locked:
        return ErrorKind::TimedOut;
    case readOnly:
        return ErrorKind::ReadOnly;
    case full:
        return ErrorKind::NoSpace;
    case constraint:
        return ErrorKind::AlreadyExists;
    default:
        return ErrorKind::Internal;
    }
}

// Qt's driver makes NULL of what is null in its own sense.
QVariant bindable(const QVariant &value)
{
    if (value.metaType() == QMetaType::fromType<QString>() && value.toString().isNull()) {
        return QVariant(u""_s);
    }
    if (value.metaType() == QMetaType::fromType<QByteArray>() && value.toByteArray().isNull()) {
        return QVariant(QByteArray(""));
    }
    return value;
}

QVariantList valuesOf(const QSqlQuery &query, int columns)
{
    QVariantList values;
    values.reserve(columns);
    for (int column = 0; column < columns; ++column) {
        values.append(query.value(column));
    }
    return values;
}

} // namespace

base::Error errorOf(const QSqlError &error, const QString &operation)
{
    constexpr int primary = 0xff; // extended codes have more above it
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber) & primary;
    return {.kind = isNumber ? kindOf(code) : ErrorKind::Internal,
            .source = base::ErrorSource::Storage,
            .code = isNumber ? code : 0,
            .operation = operation,
            .subject = {},
            .detail = error.text().trimmed()};
}

bool isDamage(const base::Error &error)
{
    return error.source == base::ErrorSource::Storage
        && (error.code == corrupt || error.code == notADatabase);
}

Transaction::Transaction(const QSqlDatabase &connection, PreparedStatements &statements)
    : m_connection(connection)
    , m_statements(statements)
{
}

base::Result<QSqlQuery *> Transaction::execute(const QString &statement, const QVariantList &values)
{
    auto found = m_statements.find(statement);
    if (found == m_statements.end()) {
        QSqlQuery query(m_connection);
        query.setForwardOnly(true);
        if (!query.prepare(statement)) {
            return base::Failure(errorOf(query.lastError(), statement));
        }
        found = m_statements.insert(statement, std::move(query));
    }
    for (int index = 0; index < values.size(); ++index) {
        found->bindValue(index, bindable(values[index]));
    }
    if (!found->exec()) {
        const base::Error error = errorOf(found->lastError(), statement);
        found->finish();
        return base::Failure(error);
    }
    return &*found;
}

base::Result<qint64> Transaction::run(const QString &statement, const QVariantList &values)
{
    return execute(statement, values).transform([](QSqlQuery *query) -> qint64 {
        const int changed = query->numRowsAffected();
        query->finish();
        return changed;
    });
}

base::Result<void> Transaction::runForEach(const QString &statement,
                                           const QList<QVariantList> &rows)
{
    for (const QVariantList &row : rows) {
        if (const auto done = run(statement, row); !done) {
            return base::Failure(done.error());
        }
    }
    return {};
}

base::Result<qint64> Transaction::insert(const QString &statement, const QVariantList &values)
{
    return execute(statement, values).transform([](QSqlQuery *query) {
        const qint64 id = query->lastInsertId().toLongLong();
        query->finish();
        return id;
    });
}

base::Result<QList<QVariantList>> Transaction::rows(const QString &statement,
                                                    const QVariantList &values)
{
    QList<QVariantList> all;
    return forEachRow(statement, values, [&all](const QVariantList &row) { all.append(row); })
        .transform([&all] { return all; });
}

base::Result<QVariant> Transaction::value(const QString &statement, const QVariantList &values)
{
    return execute(statement, values).transform([](QSqlQuery *query) {
        const QVariant first = query->next() ? query->value(0) : QVariant();
        query->finish();
        return first;
    });
}

base::Result<void> Transaction::forEachRow(const QString &statement, const QVariantList &values,
                                           const std::function<void(const QVariantList &)> &take)
{
    const auto query = execute(statement, values);
    if (!query) {
        return base::Failure(query.error());
    }
    const int columns = (*query)->record().count();
    while ((*query)->next()) {
        take(valuesOf(**query, columns));
    }
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid()) {
        return base::Failure(errorOf(error, statement));
    }
    return {};
}

} // namespace storage
