// Database: the one SQLite file in which the program keeps what it remembers between runs beside
// settings and sessions: queues, histories. Made by the composition root and passed down; each
// feature's store brings its own schema, and alone touches its tables.
//
// All work is done on a thread of its own, in the order in which it was given.

#pragma once

#include "base/Result.h"
#include "storage/DatabaseFile.h"
#include "storage/Schema.h"
#include "storage/Transaction.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace storage {

class Database final : public QObject
{
    Q_OBJECT

public:
    // The file is opened with the first work. One that is broken gets another name and is replaced
    // by an empty one. Two programs may have the same file open.
    explicit Database(const QString &path, QObject *parent = nullptr);
    ~Database() override; // waits until what was given is done: only at the end of the program

    const QString &path() const { return m_path; }

    // Where the user's is: XDG base directory specification, state that need not be backed up.
    static QString standardPath();

    // `work` is called with a Transaction & on the database's thread and returns a
    // base::Result<T>. It must own what it uses. What it changed is kept if it succeeds, and only
    // then. Canceling the future does not take the work back. The work may be done before this
    // returns: then() with a context calls at once in that case.
    //
    //     database.write(schema, [name](storage::Transaction &transaction) {
    //         return transaction.insert(u"INSERT INTO snippet_text (name) VALUES (?)"_s, {name});
    //     }).then(this, [](const base::Result<qint64> &id) { ... });
    template<typename Work>
    auto read(const Schema &schema, Work work)
    {
        return enqueue(Access::Read, schema, std::move(work));
    }

    template<typename Work>
    auto write(const Schema &schema, Work work)
    {
        return enqueue(Access::Write, schema, std::move(work));
    }

signals:
    void brokenFileSetAside(const QString &newPath); // it is empty now

private:
    using Task = std::move_only_function<void(DatabaseFile &file)>;

    template<typename Work>
    auto enqueue(Access access, const Schema &schema, Work work)
    {
        using Outcome = std::invoke_result_t<Work &, Transaction &>;
        QPromise<Outcome> promise;
        promise.start();
        QFuture<Outcome> future = promise.future();
        post([access, schema, work = std::move(work),
              promise = std::move(promise)](DatabaseFile &file) mutable {
            std::optional<Outcome> outcome;
            const auto done = file.transact(
                access, schema, [&](Transaction &transaction) -> base::Result<void> {
                    outcome.emplace(work(transaction));
                    return *outcome ? base::Result<void>() : base::Failure(outcome->error());
                });
            promise.addResult(done ? std::move(*outcome) : Outcome(base::Failure(done.error())));
            promise.finish();
        });
        return future;
    }

    void post(Task task);

    QString m_path;
    std::unique_ptr<QThread> m_thread;
    QObject *m_worker; // lives on the thread
    std::unique_ptr<DatabaseFile> m_file; // used and deleted by the thread alone
};

} // namespace storage
