// One file of a real sshd from the first byte to the last save, looked up on its disk.

#include "edit/EditSession.h"

#include "edit/CopyWatch.h"
#include "sftp/Client.h"
#include "tests/integration/ConnectionFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

#include <memory>

using namespace Qt::StringLiterals;
using edit::EditSession;
using State = edit::EditSession::State;
using base::ErrorKind;
using files::FilePath;

namespace {

constexpr int patienceMs = 20'000;

} // namespace

class EditSessionTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void savedTextIsOnTheServer();
    void touchedFileIsNoConflict();
    void changedFileIsAConflict();
    void overwritingKeepsTheOtherTextAsAVersion();
    void mergedTextIsSaved();
    void fileThatIsGoneIsAConflictAndCanBeMadeAnew();
    void secondSaveFollowsTheFirst();
    void withoutAConnectionItWaits();
    void lostServerKeepsTheEdit();
    void waitingEditIsComparedAgain();
    void killedProgramLeavesItsEdits();
    void draftIsLeftOver();
    void secondProgramIsRefused();
    void folderIsRefused();
    void largeFileIsRefused();
    void readOnlyFileIsTold();
    void versionsCanBeReadBack();
    void savesOfOtherProgramsAreSeen();

private:
    void connectAgain();
    QString path(const QString &name) const { return m_home + u'/' + name; }
    void put(const QString &name, const QByteArray &content) const;
    QByteArray get(const QString &name) const;
    edit::EditOrigin originOf(const QString &name) const;
    std::unique_ptr<EditSession> opened(const QString &name);

    tests::ConnectionFixture m_directory;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<edit::EditStore> m_store;
    QString m_home;
};

void EditSessionTest::initTestCase()
{
    QVERIFY(m_directory.setUp());
    m_server = std::make_unique<tests::SshServer>(
        tests::SshServerOptions().withAuthorizedKey(m_directory.userKey().publicLine));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void EditSessionTest::connectAgain()
{
    m_client.reset();
    m_connection = std::make_unique<ssh::Connection>(m_directory.settingsWithKey(*m_server));
    m_client = std::make_unique<sftp::Client>(*m_connection);
    m_connection->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_connection->state(), ssh::Connection::State::Ready, patienceMs);
}

void EditSessionTest::init()
{
    m_home = m_server->home() + u"/work"_s;
    QDir(m_home).removeRecursively();
    QVERIFY(QDir().mkpath(m_home));
    m_state = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<edit::EditStore>(m_state->filePath(u"edits"_s));
    connectAgain();
}

void EditSessionTest::cleanup()
{
    m_client.reset();
    m_connection.reset();
}

void EditSessionTest::put(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray EditSessionTest::get(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

edit::EditOrigin EditSessionTest::originOf(const QString &name) const
{
    return {u"tester@web01:22"_s, u"web01"_s, FilePath(path(name).toUtf8())};
}

std::unique_ptr<EditSession> EditSessionTest::opened(const QString &name)
{
    auto session = std::make_unique<EditSession>(*m_store, originOf(name));
    const QSignalSpy loaded(session.get(), &EditSession::loaded);
    session->setFileSystem(m_client.get());
    session->fetch();
    if (!QTest::qWaitFor([&] { return !loaded.isEmpty(); }, patienceMs)) {
        return nullptr;
    }
    return session;
}

#define WAIT_FOR_STATE(session, wanted)                                                            \
    QTRY_COMPARE_WITH_TIMEOUT((session)->state(), wanted, patienceMs)

void EditSessionTest::savedTextIsOnTheServer()
{
    put(u"report.txt"_s, "before");
    QFile::setPermissions(path(u"report.txt"_s),
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    QCOMPARE(session->base(), QByteArray("before"));
    QVERIFY(session->isWritable());
    const QSignalSpy saved(session.get(), &EditSession::saved);
    session->save("after");
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patienceMs);
    QCOMPARE(get(u"report.txt"_s), QByteArray("after"));
    QVERIFY(QFileInfo(path(u"report.txt"_s)).isExecutable());
    QVERIFY(!session->isUnsent());
    QVERIFY(m_store->leftovers().isEmpty());
}

void EditSessionTest::touchedFileIsNoConflict()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    QFile file(path(u"report.txt"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-3),
                             QFileDevice::FileModificationTime));
    file.close();
    session->save("after");
    QTRY_COMPARE_WITH_TIMEOUT(get(u"report.txt"_s), QByteArray("after"), patienceMs);
    WAIT_FOR_STATE(session, State::Idle);
}

// The same size, and perhaps within the same second: only the content tells.
void EditSessionTest::changedFileIsAConflict()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    put(u"report.txt"_s, "theirs");
    session->save("mine");
    WAIT_FOR_STATE(session, State::Conflict);
    QCOMPARE(get(u"report.txt"_s), QByteArray("theirs"));
    QCOMPARE(session->conflict().base, QByteArray("before"));
    QCOMPARE(session->conflict().mine, QByteArray("mine"));
    QCOMPARE(session->conflict().theirs, QByteArray("theirs"));
}

void EditSessionTest::overwritingKeepsTheOtherTextAsAVersion()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    put(u"report.txt"_s, "theirs");
    session->save("mine");
    WAIT_FOR_STATE(session, State::Conflict);
    session->overwrite();
    WAIT_FOR_STATE(session, State::Idle);
    QCOMPARE(get(u"report.txt"_s), QByteArray("mine"));
    const QByteArray id = session->origin().id();
    QByteArrayList contents;
    for (const auto &version : m_store->versions(id)) {
        contents.append(m_store->version(id, version.name).value_or("(none)"));
    }
    QVERIFY(contents.contains("theirs"));
    QVERIFY(contents.contains("mine"));
}

void EditSessionTest::mergedTextIsSaved()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    put(u"report.txt"_s, "theirs");
    session->save("mine");
    WAIT_FOR_STATE(session, State::Conflict);
    session->saveMerged("mine and theirs");
    QTRY_COMPARE_WITH_TIMEOUT(get(u"report.txt"_s), QByteArray("mine and theirs"), patienceMs);
    WAIT_FOR_STATE(session, State::Idle);

    // It was changed once more while the merge was on the screen.
    put(u"report.txt"_s, "theirs again");
    session->save("mine again");
    WAIT_FOR_STATE(session, State::Conflict);
    put(u"report.txt"_s, "and once more");
    session->saveMerged("merged too late");
    QTRY_COMPARE_WITH_TIMEOUT(session->conflict().theirs, QByteArray("and once more"), patienceMs);
    WAIT_FOR_STATE(session, State::Conflict);
    QCOMPARE(get(u"report.txt"_s), QByteArray("and once more"));
}

void EditSessionTest::fileThatIsGoneIsAConflictAndCanBeMadeAnew()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    QVERIFY(QFile::remove(path(u"report.txt"_s)));
    session->save("mine");
    WAIT_FOR_STATE(session, State::Conflict);
    QVERIFY(!session->conflict().theirs);
    session->overwrite();
    WAIT_FOR_STATE(session, State::Idle);
    QCOMPARE(get(u"report.txt"_s), QByteArray("mine"));
}

void EditSessionTest::secondSaveFollowsTheFirst()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    session->save("first");
    session->save("second");
    session->save("third");
    QTRY_COMPARE_WITH_TIMEOUT(get(u"report.txt"_s), QByteArray("third"), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!session->isUnsent(), patienceMs);
}

void EditSessionTest::withoutAConnectionItWaits()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    session->setFileSystem(nullptr);
    session->save("after");
    WAIT_FOR_STATE(session, State::Waiting);
    QVERIFY(session->isUnsent());
    QCOMPARE(get(u"report.txt"_s), QByteArray("before"));
    connectAgain();
    session->setFileSystem(m_client.get());
    WAIT_FOR_STATE(session, State::Idle);
    QCOMPARE(get(u"report.txt"_s), QByteArray("after"));
}

// The processes of the server are killed while a save is on its way.
void EditSessionTest::lostServerKeepsTheEdit()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    const QByteArray content(8'000'000, 'x');
    m_server->freezeSessions();
    session->save(content);
    WAIT_FOR_STATE(session, State::Saving);
    m_server->killSessions();
    WAIT_FOR_STATE(session, State::Waiting);
    QCOMPARE(get(u"report.txt"_s), QByteArray("before"));
    session->setFileSystem(nullptr);
    connectAgain();
    session->setFileSystem(m_client.get());
    WAIT_FOR_STATE(session, State::Idle);
    QVERIFY(get(u"report.txt"_s) == content);
}

void EditSessionTest::waitingEditIsComparedAgain()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    session->setFileSystem(nullptr);
    session->save("mine");
    WAIT_FOR_STATE(session, State::Waiting);
    put(u"report.txt"_s, "theirs");
    connectAgain();
    session->setFileSystem(m_client.get());
    WAIT_FOR_STATE(session, State::Conflict);
    QCOMPARE(get(u"report.txt"_s), QByteArray("theirs"));
}

void EditSessionTest::killedProgramLeavesItsEdits()
{
    put(u"report.txt"_s, "before");
    auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    session->setFileSystem(nullptr);
    session->save("after");
    WAIT_FOR_STATE(session, State::Waiting);
    session.reset();

    const auto left = m_store->leftovers();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().origin, originOf(u"report.txt"_s));
    EditSession next(*m_store, left.first().origin);
    const QSignalSpy loaded(&next, &EditSession::loaded);
    next.resume();
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, patienceMs);
    QCOMPARE(loaded.first().at(0).toByteArray(), QByteArray("after"));
    QCOMPARE(loaded.first().at(1).toBool(), false);
    QCOMPARE(next.state(), State::Waiting);
    next.setFileSystem(m_client.get());
    WAIT_FOR_STATE(&next, State::Idle);
    QCOMPARE(get(u"report.txt"_s), QByteArray("after"));
    QVERIFY(m_store->leftovers().isEmpty());
}

void EditSessionTest::draftIsLeftOver()
{
    put(u"report.txt"_s, "before");
    auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    session->keepDraft("typed");
    session.reset();
    QCOMPARE(m_store->leftovers().size(), 1);
    auto next = std::make_unique<EditSession>(*m_store, originOf(u"report.txt"_s));
    const QSignalSpy loaded(next.get(), &EditSession::loaded);
    next->resume();
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, patienceMs);
    QCOMPARE(loaded.first().at(0).toByteArray(), QByteArray("typed"));
    QCOMPARE(loaded.first().at(1).toBool(), true);
    next->dropDraft();
    next.reset();
    QVERIFY(m_store->leftovers().isEmpty());
    QCOMPARE(get(u"report.txt"_s), QByteArray("before"));
}

void EditSessionTest::secondProgramIsRefused()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    EditSession other(*m_store, originOf(u"report.txt"_s));
    const QSignalSpy failed(&other, &EditSession::loadFailed);
    other.fetch();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<base::Error>().kind, ErrorKind::AlreadyExists);
}

void EditSessionTest::folderIsRefused()
{
    EditSession session(*m_store, {u"tester@web01:22"_s, u"web01"_s, FilePath(m_home.toUtf8())});
    const QSignalSpy failed(&session, &EditSession::loadFailed);
    session.setFileSystem(m_client.get());
    session.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
    QCOMPARE(failed.first().first().value<base::Error>().kind, ErrorKind::IsADirectory);
}

void EditSessionTest::largeFileIsRefused()
{
    put(u"large"_s, {});
    QVERIFY(QFile::resize(path(u"large"_s), qint64{EditSession::mostBytes} + 1));
    EditSession session(*m_store, originOf(u"large"_s));
    const QSignalSpy failed(&session, &EditSession::loadFailed);
    session.setFileSystem(m_client.get());
    session.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
    QCOMPARE(failed.first().first().value<base::Error>().kind, ErrorKind::NoSpace);
}

// A server that is started read-only, for root may write where the mode says no.
void EditSessionTest::readOnlyFileIsTold()
{
    tests::SshServer server(tests::SshServerOptions()
                                .withAuthorizedKey(m_directory.userKey().publicLine)
                                .withSftpCommand(u"internal-sftp -R"_s));
    QVERIFY(server.start());
    QFile file(server.home() + u"/report.txt"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("before");
    file.close();
    ssh::Connection connection(m_directory.settingsWithKey(server));
    sftp::Client client(connection);
    connection.open();
    EditSession session(*m_store,
                        {u"tester@web02:22"_s, u"web02"_s, FilePath(file.fileName().toUtf8())});
    const QSignalSpy loaded(&session, &EditSession::loaded);
    session.setFileSystem(&client);
    session.fetch();
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, patienceMs);
    QVERIFY(!session.isWritable());
    session.save("after");
    WAIT_FOR_STATE(&session, State::Failed);
    QVERIFY(session.isUnsent());
    session.giveUp();
    session.setFileSystem(nullptr);
}

void EditSessionTest::versionsCanBeReadBack()
{
    put(u"report.txt"_s, "before");
    const auto session = opened(u"report.txt"_s);
    QVERIFY(session);
    const QSignalSpy saved(session.get(), &EditSession::saved);
    session->save("one");
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patienceMs);
    session->save("two");
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 2, patienceMs);
    auto versions = session->versions();
    QTRY_VERIFY(versions.isFinished());
    QCOMPARE(versions.result().size(), 3);
    QCOMPARE(versions.result().at(1).kind, edit::EditVersion::Kind::Saved);
    QCOMPARE(versions.result().last().kind, edit::EditVersion::Kind::Fetched);
    auto oldest = session->version(versions.result().last().name);
    QTRY_VERIFY(oldest.isFinished());
    QCOMPARE(oldest.result(), QByteArray("before"));
}

// In place, and as most editors do it: by a new file of the same name.
void EditSessionTest::savesOfOtherProgramsAreSeen()
{
    put(u"copy"_s, "before");
    edit::CopyWatch watch(path(u"copy"_s), "before");
    const QSignalSpy changed(&watch, &edit::CopyWatch::changed);
    put(u"copy"_s, "in place");
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patienceMs);
    QCOMPARE(changed.last().first().toByteArray(), QByteArray("in place"));
    for (const QByteArray &content : {QByteArray("renamed"), QByteArray("renamed again")}) {
        const qsizetype count = changed.size();
        put(u"copy.new"_s, content);
        QCOMPARE(::rename(path(u"copy.new"_s).toUtf8().constData(),
                          path(u"copy"_s).toUtf8().constData()),
                 0);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), count + 1, patienceMs);
        QCOMPARE(changed.last().first().toByteArray(), content);
    }
}

QTEST_GUILESS_MAIN(EditSessionTest)

#include "EditSessionTest.moc"
