// SnippetStore: the snippets in the program's database, which has a few useful ones from the
// beginning.

#pragma once

#include "base/Result.h"
#include "commands/Snippet.h"

#include <QFuture>
#include <QObject>

namespace storage {
class Database;
}

namespace commands {

class SnippetStore final : public QObject
{
    Q_OBJECT

public:
    // Borrowed.
    explicit SnippetStore(storage::Database &database, QObject *parent = nullptr);

    // By their names.
    QFuture<base::Result<QList<Snippet>>> all();

    // Adds it, or replaces the one with its id. Fails with AlreadyExists if another one has the
    // name. Returns its id.
    QFuture<base::Result<qint64>> save(const Snippet &snippet);

    QFuture<base::Result<void>> remove(qint64 id); // success if it is gone already

private:
    storage::Database &m_database;
};

} // namespace commands
