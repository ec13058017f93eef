#include "commands/SnippetStore.h"

#include "storage/Database.h"

using namespace Qt::StringLiterals;

namespace commands {
namespace {

using storage::Transaction;

const storage::Schema &schema()
{
    static const storage::Schema snippets{
        u"snippet"_s,
        {{u"CREATE TABLE snippet_item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
          "command TEXT NOT NULL, description TEXT NOT NULL, tags TEXT NOT NULL, "
          "asks_first INTEGER NOT NULL)"_s,
          u"INSERT INTO snippet_item (name, command, description, tags, asks_first) VALUES "
          "('Update packages (Debian, Ubuntu)', "
          "'sudo -n apt-get update && sudo -n DEBIAN_FRONTEND=noninteractive apt-get -y upgrade', "
          "'Installs newer versions of what is there. sudo must want no password.', "
          "'update,Debian', 1), "
          "('Update packages (Fedora)', 'sudo -n dnf -y upgrade --refresh', "
          "'Installs newer versions of what is there. sudo must want no password.', "
          "'update,Fedora', 1), "
          "('Disk usage', 'df -hP', 'How full each file system is.', 'disk', 0), "
          "('Largest directories', "
          "'du -xk -d 1 {{directory:/var}} 2>/dev/null | sort -rn | head -n {{count:10}}', "
          "'What takes the space in a directory, in KiB.', 'disk', 0), "
          "('Failed units', 'systemctl --failed --no-pager', "
          "'Services of systemd that have failed.', 'systemd', 0), "
          "('Log of a unit', 'journalctl -u {{unit}} -n {{lines:50}} --no-pager', "
          "'The last lines of a service of systemd.', 'systemd', 0), "
          "('Who is logged in', 'who -u', 'Users, since when, and from where.', 'users', 0)"_s}}};
    return snippets;
}

Snippet snippetOf(const QVariantList &row)
{
    return {.id = row.at(0).toLongLong(),
            .name = row.at(1).toString(),
            .command = row.at(2).toString(),
            .description = row.at(3).toString(),
            .tags = row.at(4).toString().split(u',', Qt::SkipEmptyParts),
            .asksFirst = row.at(5).toBool()};
}

base::Result<qint64> write(Transaction &transaction, const Snippet &snippet)
{
    const QVariantList fields{snippet.name, snippet.command, snippet.description,
                              snippet.tags.join(u','), snippet.asksFirst};
    const auto same = transaction.value(u"SELECT id FROM snippet_item WHERE name = ? AND id <> ?"_s,
                                        {snippet.name, snippet.id});
    if (!same) {
        return base::Failure(same.error());
    }
    if (same->isValid()) {
        base::Error error;
        error.kind = base::ErrorKind::AlreadyExists;
        error.operation = u"save"_s;
        error.subject = snippet.name;
        return base::Failure(error);
    }
    if (snippet.id == 0) {
        return transaction.insert(u"INSERT INTO snippet_item (name, command, description, tags, "
                                  "asks_first) VALUES (?, ?, ?, ?, ?)"_s,
                                  fields);
    }
    return transaction
        .run(u"UPDATE snippet_item SET name = ?, command = ?, description = ?, tags = ?, "
             "asks_first = ? WHERE id = ?"_s,
             fields + QVariantList{snippet.id})
        .transform([&snippet](qint64) { return snippet.id; });
}

} // namespace

SnippetStore::SnippetStore(storage::Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
{
}

QFuture<base::Result<QList<Snippet>>> SnippetStore::all()
{
    return m_database.read(schema(), [](Transaction &transaction) -> base::Result<QList<Snippet>> {
        return transaction
            .rows(u"SELECT id, name, command, description, tags, asks_first FROM snippet_item "
                  "ORDER BY name COLLATE NOCASE"_s)
            .transform([](const QList<QVariantList> &rows) {
                QList<Snippet> snippets;
                for (const QVariantList &row : rows) {
                    snippets.append(snippetOf(row));
                }
                return snippets;
            });
    });
}

QFuture<base::Result<qint64>> SnippetStore::save(const Snippet &snippet)
{
    return m_database.write(
        schema(), [snippet](Transaction &transaction) { return write(transaction, snippet); });
}

QFuture<base::Result<void>> SnippetStore::remove(qint64 id)
{
    return m_database.write(schema(), [id](Transaction &transaction) -> base::Result<void> {
        return transaction.run(u"DELETE FROM snippet_item WHERE id = ?"_s, {id})
            .transform([](qint64) { });
    });
}

} // namespace commands
