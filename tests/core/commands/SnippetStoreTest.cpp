#include "commands/SnippetStore.h"

#include "storage/Database.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using commands::Snippet;
using commands::SnippetStore;
using namespace Qt::StringLiterals;

class SnippetStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void usefulOnesAreThere();
    void savedOnesComeBack();
    void namesAreOfOneOnly();
    void changedAndRemovedOnesStaySo();
};

namespace {

template<typename T>
T resultOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

QList<Snippet> all(SnippetStore &store)
{
    return resultOf(store.all()).value_or(QList<Snippet>{{.name = u"(failed)"_s}});
}

} // namespace

void SnippetStoreTest::usefulOnesAreThere()
{
    QTemporaryDir directory;
    storage::Database database(directory.filePath(u"ponto.sqlite"_s));
    SnippetStore store(database);

    const QList<Snippet> snippets = all(store);

    QVERIFY(snippets.size() >= 5);
    for (const Snippet &snippet : snippets) {
        QVERIFY(!snippet.name.isEmpty() && !snippet.command.isEmpty()
                && !snippet.description.isEmpty() && !snippet.tags.isEmpty());
        // What changes a server asks first.
        QCOMPARE(snippet.asksFirst, snippet.tags.contains(u"update"_s));
    }
    QVERIFY(std::ranges::is_sorted(
        snippets, {}, [](const Snippet &snippet) { return snippet.name.toCaseFolded(); }));
}

void SnippetStoreTest::savedOnesComeBack()
{
    QTemporaryDir directory;
    const QString file = directory.filePath(u"ponto.sqlite"_s);
    Snippet snippet{.name = u"ä Kernel"_s,
                    .command = u"uname -r\n'{{x:1}}'"_s,
                    .description = u"Which one runs."_s,
                    .tags = {u"kernel"_s, u"two words"_s},
                    .asksFirst = true};
    {
        storage::Database database(file);
        SnippetStore store(database);
        const auto saved = resultOf(store.save(snippet));
        QVERIFY(saved);
        snippet.id = *saved;
    }
    storage::Database database(file);
    SnippetStore store(database);
    QVERIFY(all(store).contains(snippet));
}

void SnippetStoreTest::namesAreOfOneOnly()
{
    QTemporaryDir directory;
    storage::Database database(directory.filePath(u"ponto.sqlite"_s));
    SnippetStore store(database);
    const Snippet snippet{.name = u"Kernel"_s, .command = u"uname"_s};
    const auto first = resultOf(store.save(snippet));
    QVERIFY(first);

    const auto second = resultOf(store.save(snippet));

    QVERIFY(!second);
    QCOMPARE(second.error().kind, base::ErrorKind::AlreadyExists);
    QVERIFY(resultOf(store.save({.id = *first, .name = u"Kernel"_s, .command = u"uname -a"_s})));
}

void SnippetStoreTest::changedAndRemovedOnesStaySo()
{
    QTemporaryDir directory;
    const QString file = directory.filePath(u"ponto.sqlite"_s);
    qsizetype count = 0;
    {
        storage::Database database(file);
        SnippetStore store(database);
        count = all(store).size();
        QVERIFY(resultOf(store.remove(all(store).first().id)));
        QVERIFY(resultOf(store.remove(4711))); // is gone already
    }
    storage::Database database(file);
    SnippetStore store(database);
    QCOMPARE(all(store).size(), count - 1); // the useful ones do not come again
}

QTEST_GUILESS_MAIN(SnippetStoreTest)
#include "SnippetStoreTest.moc"
