#include "archive/ArchiveTables.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace archive::tables {
namespace {

using storage::Transaction;
using Form = terminal::OutputLog::Form;

// Around what was found: no log has control characters.
constexpr QChar foundBegins(u'\x02');
constexpr QChar foundEnds(u'\x03');

const QString &logColumns()
{
    static const QString columns = u"log.id, log.path, log.session, log.host, log.form, log.begun, "
                                   "log.written, log.bytes, log.left_out"_s;
    return columns;
}

QString nameOf(Form form)
{
    switch (form) {
    case Form::Timed:
        return u"timed"_s;
    case Form::Cast:
        return u"cast"_s;
    case Form::Raw:
        return u"raw"_s;
    case Form::Plain:
        break;
    }
    return u"plain"_s;
}

Form formNamed(const QString &name)
{
    for (const Form form : {Form::Timed, Form::Cast, Form::Raw}) {
        if (name == nameOf(form)) {
            return form;
        }
    }
    return Form::Plain;
}

PastLog logOf(const QVariantList &row, qsizetype from = 0)
{
    return {.id = row.at(from).toLongLong(),
            .path = row.at(from + 1).toString(),
            .session = row.at(from + 2).toString(),
            .host = row.at(from + 3).toString(),
            .form = formNamed(row.at(from + 4).toString()),
            .begun = QDateTime::fromMSecsSinceEpoch(row.at(from + 5).toLongLong()),
            .lastWritten = QDateTime::fromMSecsSinceEpoch(row.at(from + 6).toLongLong()),
            .bytes = row.at(from + 7).toLongLong(),
            .linesLeftOut = row.at(from + 8).toLongLong()};
}

LogMatch matchOf(const QVariantList &row)
{
    LogMatch match{.log = logOf(row, 5),
                   .line = row.at(0).toLongLong(),
                   .sinceBeginning = std::chrono::milliseconds(row.at(1).toLongLong()),
                   .before = row.at(3).toString(),
                   .after = row.at(4).toString()};
    for (const QChar c : row.at(2).toString()) {
        if (c == foundBegins) {
            match.found.append({match.text.size(), 0});
        } else if (c == foundEnds && !match.found.isEmpty()) {
            match.found.last().length = match.text.size() - match.found.last().begin;
        } else if (c != foundEnds) {
            match.text += c;
        }
    }
    return match;
}

// The words of the index are those of archive_line: what is not told to both is found for ever, or
// never (sqlite.org/fts5.html, section 4.4.3).
base::Result<void> addLine(Transaction &transaction, PastLog::Id log, qint64 number,
                           std::chrono::milliseconds when, const QString &text)
{
    return transaction
        .insert(u"INSERT INTO archive_line (log, number, at, text) VALUES (?, ?, ?, ?)"_s,
                {log, number, static_cast<qint64>(when.count()), text})
        .and_then([&](qint64 id) {
            return transaction.run(u"INSERT INTO archive_index (rowid, text) VALUES (?, ?)"_s,
                                   {id, text});
        })
        .transform([](qint64) {});
}

} // namespace

const storage::Schema &schema()
{
    static const storage::Schema archive{
        u"archive"_s,
        {{u"CREATE TABLE archive_log (id INTEGER PRIMARY KEY, path TEXT NOT NULL, "
          "session TEXT NOT NULL, host TEXT NOT NULL, form TEXT NOT NULL, begun INTEGER NOT NULL, "
          "written INTEGER NOT NULL, bytes INTEGER NOT NULL, left_out INTEGER NOT NULL)"_s,
          u"CREATE INDEX archive_log_path ON archive_log (path)"_s,
          u"CREATE TABLE archive_line (id INTEGER PRIMARY KEY, "
          "log INTEGER NOT NULL REFERENCES archive_log, number INTEGER NOT NULL, "
          "at INTEGER NOT NULL, text TEXT NOT NULL)"_s,
          u"CREATE INDEX archive_line_place ON archive_line (log, number)"_s,
          u"CREATE VIRTUAL TABLE archive_index USING fts5(text, content='archive_line', "
          "content_rowid='id', tokenize='unicode61 remove_diacritics 2')"_s}}};
    return archive;
}

base::Result<PastLog::Id> addLog(Transaction &transaction, const PastLog &log)
{
    const auto earlier
        = transaction.rows(u"SELECT id FROM archive_log WHERE path = ?"_s, {log.path});
    if (!earlier) {
        return base::Failure(earlier.error());
    }
    for (const QVariantList &row : *earlier) {
        if (const auto done = forget(transaction, row.at(0).toLongLong()); !done) {
            return base::Failure(done.error());
        }
    }
    return transaction.insert(
        u"INSERT INTO archive_log (path, session, host, form, begun, written, bytes, left_out) "
        "VALUES (?, ?, ?, ?, ?, ?, 0, 0)"_s,
        {log.path, log.session, log.host, nameOf(log.form), log.begun.toMSecsSinceEpoch(),
         log.begun.toMSecsSinceEpoch()});
}

base::Result<void> addLines(Transaction &transaction, const PastLog &log,
                            const QList<LineBatch> &batches)
{
    for (const LineBatch &batch : batches) {
        qint64 number = batch.first;
        for (const QByteArray &line : batch.lines.chopped(1).split('\n')) {
            const QString text = QString::fromUtf8(line);
            if (!text.trimmed().isEmpty()) {
                if (const auto done = addLine(transaction, log.id, number, batch.when, text);
                    !done) {
                    return done;
                }
            }
            ++number;
        }
    }
    return transaction
        .run(u"UPDATE archive_log SET written = ?, bytes = ?, left_out = ? WHERE id = ?"_s,
             {QDateTime::currentMSecsSinceEpoch(), QFileInfo(log.path).size(), log.linesLeftOut,
              log.id})
        .transform([](qint64) { });
}

base::Result<QList<PastLog>> logs(Transaction &transaction)
{
    return transaction
        .rows(u"SELECT %1 FROM archive_log log ORDER BY log.begun DESC, log.id DESC"_s.arg(
            logColumns()))
        .transform([](const QList<QVariantList> &rows) {
            QList<PastLog> all;
            for (const QVariantList &row : rows) {
                all.append(logOf(row));
            }
            return all;
        });
}

base::Result<QList<LogMatch>> matches(Transaction &transaction, const LogQuery &query)
{
    const QString neighbor
        = u"ifnull((SELECT near.text FROM archive_line near WHERE near.log = line.log "
          "AND near.number %1 line.number ORDER BY near.number %2 LIMIT 1), '')"_s;
    const QString statement
        = u"SELECT line.number, line.at, highlight(archive_index, 0, ?, ?), %1, %2, %3 "
          "FROM archive_index JOIN archive_line line ON line.id = archive_index.rowid "
          "JOIN archive_log log ON log.id = line.log "
          "WHERE archive_index MATCH ? AND (? = '' OR log.host = ?) "
          "ORDER BY archive_index.rowid DESC LIMIT ?"_s.arg(
              neighbor.arg(u"<"_s, u"DESC"_s), neighbor.arg(u">"_s, u"ASC"_s), logColumns());
    return transaction
        .rows(statement,
              {QString(foundBegins), QString(foundEnds), query.expression(), query.host, query.host,
               query.mostMatches})
        .transform([](const QList<QVariantList> &rows) {
            QList<LogMatch> found;
            for (const QVariantList &row : rows) {
                found.append(matchOf(row));
            }
            return found;
        });
}

base::Result<void> forget(Transaction &transaction, PastLog::Id id)
{
    for (const QString &statement :
         {u"INSERT INTO archive_index (archive_index, rowid, text) "
          "SELECT 'delete', id, text FROM archive_line WHERE log = ?"_s,
          u"DELETE FROM archive_line WHERE log = ?"_s, u"DELETE FROM archive_log WHERE id = ?"_s}) {
        if (const auto done = transaction.run(statement, {id}); !done) {
            return base::Failure(done.error());
        }
    }
    return {};
}

} // namespace archive::tables
