// The keyring of the desktop, spoken to through the real libsecret: a stand-in that can be
// unhelpful, and GNOME Keyring itself.

#include "vault/KeychainStore.h"

#include "tests/support/Reason.h"
#include "tests/support/TestKeyring.h"
#include "tests/support/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::SecretString;
using vault::KeychainStore;
using vault::SecretId;
using Mood = tests::SecretService::Mood;

namespace {

constexpr std::chrono::seconds patience(30);
const SecretId web = SecretId::password(u"me"_s, u"web01"_s, 22);
const SecretId key = SecretId::passphrase(u"/keys/my id"_s);

template<typename T>
base::Result<T> resultOf(const QFuture<base::Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience)) {
        return base::Failure(base::Error{ErrorKind::Internal});
    }
    return future.result();
}

// Success is told as Cancelled, which the store never says.
template<typename T>
ErrorKind kindOf(const base::Result<T> &result)
{
    return result ? ErrorKind::Cancelled : result.error().kind;
}

SecretString secret(const QString &text)
{
    return SecretString::fromText(text);
}

} // namespace

class KeychainStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void storedIsFetched();
    void entryIsRecognizable();
    void storedReplaces();
    void forgottenIsGone();
    void whatWasNeverStoredIsNotAskedFor();
    void deletedElsewhereIsNotFound();
    void listNamesWhatIsStored();
    void listIsNotLaterThanTheKeyring();
    void lockedKeyringIsUnlockedByItsUser();
    void unhelpfulKeyringIsTold_data();
    void unhelpfulKeyringIsTold();
    void withoutKeyringNothingIsKept_data();
    void withoutKeyringNothingIsKept();
    void missingProgramIsTold();
    void storeMayEndWhileTheKeyringHangs();
    void gnomeKeyringKeepsSecrets();

private:
    std::unique_ptr<KeychainStore> createStore(std::chrono::milliseconds deadline = patience);
    QString textOf(KeychainStore &store, const SecretId &id);
    QString indexFile() const { return m_directory->filePath(u"secrets.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::TestKeyring> m_keyring;
};

void KeychainStoreTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_keyring = std::make_unique<tests::TestKeyring>();
    const auto started = m_keyring->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void KeychainStoreTest::cleanup()
{
    m_keyring.reset();
}

std::unique_ptr<KeychainStore> KeychainStoreTest::createStore(std::chrono::milliseconds deadline)
{
    return std::make_unique<KeychainStore>(QStringList{QStringLiteral(ACCESS_PROGRAM)}, indexFile(),
                                           deadline);
}

QString KeychainStoreTest::textOf(KeychainStore &store, const SecretId &id)
{
    const auto result = resultOf(store.fetch(id));
    return result ? QString::fromUtf8(result->utf8()) : QString();
}

void KeychainStoreTest::storedIsFetched()
{
    const auto store = createStore();
    QVERIFY(resultOf(store->check()));
    const auto stored = resultOf(store->store(web, secret(u"s\u00e9same \U0001f511"_s)));
    QVERIFY2(stored, tests::reason(stored).constData());
    QCOMPARE(textOf(*store, web), u"s\u00e9same \U0001f511"_s);
    QCOMPARE(textOf(*createStore(), web), u"s\u00e9same \U0001f511"_s);
    QCOMPARE(m_keyring->service()->prompts(), 0);
}

void KeychainStoreTest::entryIsRecognizable()
{
    const auto store = createStore();
    QVERIFY(resultOf(store->store(key, secret(u"sesame"_s))));
    QCOMPARE(m_keyring->service()->items().size(), 1);
    const tests::SecretService::Item &item = m_keyring->service()->items().first();
    QVERIFY2(item.label == u"Ponto: passphrase of /keys/my id"_s, qPrintable(item.label));
    QCOMPARE(item.secret, "sesame");
    QFile index(indexFile());
    QVERIFY(index.open(QIODevice::ReadOnly));
    QVERIFY(!index.readAll().contains("sesame"));
    QVERIFY(!index.permissions().testAnyFlags(QFile::ReadGroup | QFile::ReadOther));
}

void KeychainStoreTest::storedReplaces()
{
    const auto store = createStore();
    QVERIFY(resultOf(store->store(web, secret(u"one"_s))));
    QVERIFY(resultOf(store->store(web, secret(u"two"_s))));
    QCOMPARE(textOf(*store, web), u"two"_s);
    QCOMPARE(m_keyring->service()->items().size(), 1);
}

void KeychainStoreTest::forgottenIsGone()
{
    const auto store = createStore();
    QVERIFY(resultOf(store->store(web, secret(u"one"_s))));
    QVERIFY(resultOf(store->forget(web)));
    QVERIFY(m_keyring->service()->items().isEmpty());
    QCOMPARE(kindOf(resultOf(store->fetch(web))), ErrorKind::NotFound);
    QVERIFY(resultOf(store->forget(web)));
}

// A keyring that is asked may want to be unlocked: not for something that is not in it.
void KeychainStoreTest::whatWasNeverStoredIsNotAskedFor()
{
    m_keyring->service()->setMood(Mood::Silent);
    const auto store = createStore();
    QCOMPARE(kindOf(resultOf(store->fetch(web))), ErrorKind::NotFound);
    QVERIFY(resultOf(store->forget(web)));
}

void KeychainStoreTest::deletedElsewhereIsNotFound()
{
    const auto store = createStore();
    QVERIFY(resultOf(store->store(web, secret(u"one"_s))));
    m_keyring->service()->items().clear();
    QCOMPARE(kindOf(resultOf(store->fetch(web))), ErrorKind::NotFound);
    QVERIFY(resultOf(store->list()).value().isEmpty());
}

void KeychainStoreTest::listNamesWhatIsStored()
{
    const auto store = createStore();
    const auto other = createStore();
    QVERIFY(resultOf(store->store(key, secret(u"one"_s))));
    QVERIFY(resultOf(other->store(web, secret(u"two"_s))));
    QVERIFY(resultOf(store->list()).value() == (QList<SecretId>{web, key}));
}

// Who asks when the keyring has it, and has not said so yet, is not told that there is nothing.
void KeychainStoreTest::listIsNotLaterThanTheKeyring()
{
    const auto store = createStore();
    const auto stored = store->store(web, secret(u"one"_s));
    QCOMPARE(resultOf(createStore()->list()).value(), QList<SecretId>{web});
    QVERIFY(resultOf(stored));
    QCOMPARE(textOf(*store, web), u"one"_s);

    m_keyring->service()->setMood(Mood::Refusing);
    QVERIFY(!resultOf(store->store(web, secret(u"two"_s))));
    QVERIFY(!resultOf(store->store(key, secret(u"two"_s))));
    QCOMPARE(resultOf(store->list()).value(), QList<SecretId>{web}); // the old one is still there
}

void KeychainStoreTest::lockedKeyringIsUnlockedByItsUser()
{
    const auto store = createStore();
    QVERIFY(resultOf(store->store(web, secret(u"one"_s))));
    m_keyring->service()->setMood(Mood::Unlocking);
    QCOMPARE(textOf(*store, web), u"one"_s);
    QCOMPARE(m_keyring->service()->prompts(), 1);
}

void KeychainStoreTest::unhelpfulKeyringIsTold_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<ErrorKind>("fetching");
    QTest::addColumn<ErrorKind>("checking");

    QTest::newRow("silent") << Mood::Silent << ErrorKind::TimedOut << ErrorKind::TimedOut;
    QTest::newRow("refusing") << Mood::Refusing << ErrorKind::ServerFailure
                              << ErrorKind::ServerFailure;
    // Looking for what is not there needs no unlocking.
    QTest::newRow("dismissing") << Mood::Dismissing << ErrorKind::PermissionDenied
                                << ErrorKind::Cancelled;
    QTest::newRow("waiting") << Mood::Waiting << ErrorKind::TimedOut << ErrorKind::Cancelled;
}

void KeychainStoreTest::unhelpfulKeyringIsTold()
{
    QFETCH(Mood, mood);
    QFETCH(ErrorKind, fetching);
    QFETCH(ErrorKind, checking);
    QVERIFY(resultOf(createStore()->store(web, secret(u"one"_s))));
    m_keyring->service()->setMood(mood);
    const bool isLate = fetching == ErrorKind::TimedOut;
    const auto store = createStore(isLate ? std::chrono::seconds(2) : patience);

    const auto fetched = resultOf(store->fetch(web));

    QCOMPARE(kindOf(fetched), fetching);
    QVERIFY(!fetched.error().detail.isEmpty());
    QCOMPARE(kindOf(resultOf(store->check())), checking);
    m_keyring->service()->setMood(Mood::Open); // nothing is lost by it
    QCOMPARE(textOf(*createStore(), web), u"one"_s);
}

void KeychainStoreTest::withoutKeyringNothingIsKept_data()
{
    QTest::addColumn<bool>("hasBus");
    QTest::newRow("no service on the bus") << true;
    QTest::newRow("no bus") << false;
}

void KeychainStoreTest::withoutKeyringNothingIsKept()
{
    QFETCH(bool, hasBus);
    m_keyring->removeService();
    if (!hasBus) {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    }
    const auto store = createStore();
    const auto checked = resultOf(store->check());
    QVERIFY(!checked);
    QVERIFY(!checked.error().detail.isEmpty());
    QVERIFY(!resultOf(store->store(web, secret(u"sesame"_s))));
    QVERIFY(resultOf(store->list()).value().isEmpty());

    const QByteArray found
        = tests::runTool(
              {.program = u"grep"_s,
               .arguments = {u"-rl"_s, u"sesame"_s, m_directory->path(), m_keyring->directory()}})
              .output;
    QCOMPARE(found, "");
}

void KeychainStoreTest::missingProgramIsTold()
{
    KeychainStore store({u"/nonexistent/ponto"_s}, indexFile(), patience);
    QCOMPARE(kindOf(resultOf(store.check())), ErrorKind::Internal);
}

void KeychainStoreTest::storeMayEndWhileTheKeyringHangs()
{
    m_keyring->service()->setMood(Mood::Silent);
    auto store = createStore();
    const auto future = store->check();
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"Destroyed while process .* is still running"_s));
    store.reset();
    QVERIFY(future.isFinished() || future.isCanceled());
}

void KeychainStoreTest::gnomeKeyringKeepsSecrets()
{
    if (QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty()) {
        QSKIP("gnome-keyring is not installed");
    }
    m_keyring->removeService();
    QProcess daemon;
    daemon.start(u"gnome-keyring-daemon"_s,
                 {u"--unlock"_s, u"--foreground"_s, u"--components=secrets"_s});
    daemon.write("login");
    daemon.closeWriteChannel();
    const auto store = createStore();
    QTRY_VERIFY_WITH_TIMEOUT(resultOf(store->check()).has_value(), patience);

    const auto stored = resultOf(store->store(web, secret(u"s\u00e9same"_s)));
    QVERIFY2(stored, tests::reason(stored).constData());
    QCOMPARE(textOf(*createStore(), web), u"s\u00e9same"_s);
    QVERIFY(resultOf(store->forget(web)));
    QCOMPARE(kindOf(resultOf(store->fetch(web))), ErrorKind::NotFound);
    daemon.kill();
    daemon.waitForFinished();
}

QTEST_GUILESS_MAIN(KeychainStoreTest)

#include "KeychainStoreTest.moc"
