#include "sftp/Client.h"
#include "sftp/SudoLogin.h"
#include "tests/support/FakeSudo.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "transfer/TransferQueue.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using base::ErrorCause;
using base::ErrorKind;
using base::Result;
using files::FilePath;
using tests::FakeSudo;
using Manner = FakeSudo::Manner;

// Files as another user, from a real sshd whose sudo is a FakeSudo. tests/core/sftp/SudoDialogTest
// has the words of the real one.
class SudoFilesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void noPasswordIsAskedForInVain();
    void passwordIsAskedForAndGiven();
    void passwordIsSentOnceForEachPrompt();
    void lineBreakEndsAPassword();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void threeWrongPasswordsAreTheEnd();
    void requestsWaitForThePassword();
    void clientThatGoesEndsSudo();
    void lostConnectionIsNoRefusal();
    void nothingRunsAsTheLoginUser();
    void filesAreTransferred();
    void silenceIsGivenUp();

private:
    void start(Manner manner);
    void enter(const QByteArray &password);
    QString local(const QString &name) const { return m_server->home() + u'/' + name; }
    FilePath remote(const QString &name) const { return FilePath(local(name).toUtf8()); }
    Error refusal();

    template<typename T>
    static Result<T> result(QFuture<Result<T>> future);

    QTemporaryDir m_directory;
    tests::KeyPair m_key;
    std::unique_ptr<FakeSudo> m_sudo;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<ssh::Connection> m_connection;
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<QSignalSpy> m_opened;
    std::unique_ptr<QSignalSpy> m_asked;
    std::unique_ptr<QSignalSpy> m_closed;
};

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "can not be read";
}

// Where a SudoLogin writes to that is not in a channel.
class SilentPort final : public ssh::ChannelPort
{
public:
    void write(const QByteArray &data) override { written += data; }
    qsizetype queuedBytes() const override { return 0; }
    void grant(qsizetype) override { }
    void sendEof() override { }
    void resize(int, int) override { }
    void sendSignal(const QByteArray &) override { }
    void close() override { }

    QByteArray written;
};

} // namespace

template<typename T>
Result<T> SudoFilesTest::result(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000)
        || future.resultCount() == 0) {
        return base::Failure(Error{ErrorKind::TimedOut});
    }
    return future.result();
}

void SudoFilesTest::initTestCase()
{
    qRegisterMetaType<sftp::SudoQuestion>();
    const auto key = tests::generateKey(m_directory.filePath(u"user"_s));
    QVERIFY2(key, tests::reason(key).constData());
    m_key = *key;
}

void SudoFilesTest::cleanup()
{
    m_client.reset();
    m_connection.reset();
    m_server.reset();
}

void SudoFilesTest::start(Manner manner)
{
    cleanup();
    m_sudo = std::make_unique<FakeSudo>(manner);
    m_server = std::make_unique<tests::SshServer>(tests::SshServerOptions()
                                                      .withAuthorizedKey(m_key.publicLine)
                                                      .withConfigLines({m_sudo->pathLine()}));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    const QString knownHosts = m_directory.filePath(u"known_hosts"_s);
    write(knownHosts, m_server->knownHostsLine(tests::KeyType::Ed25519));

    ssh::ConnectionSettings settings;
    settings.host = m_server->address();
    settings.port = m_server->port();
    settings.user = m_server->userName();
    settings.identityFiles = {m_key.privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {knownHosts};
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Reject;
    m_connection = std::make_unique<ssh::Connection>(settings);
    m_client
        = std::make_unique<sftp::Client>(*m_connection, sftp::SudoCommand::forUser("webmaster"));
    m_opened = std::make_unique<QSignalSpy>(m_client.get(), &sftp::Client::opened);
    m_asked = std::make_unique<QSignalSpy>(m_client.get(), &sftp::Client::passwordWanted);
    m_closed = std::make_unique<QSignalSpy>(m_client.get(), &sftp::Client::closed);
    m_connection->open();
}

void SudoFilesTest::enter(const QByteArray &password)
{
    QByteArray bytes(password.constData(), password.size());
    m_client->answerPassword(base::SecretString::fromUtf8(std::move(bytes)));
}

// Waits for the end.
Error SudoFilesTest::refusal()
{
    if (!QTest::qWaitFor([this] { return !m_closed->isEmpty(); }, 20'000)) {
        return Error{ErrorKind::TimedOut};
    }
    const auto reason = m_closed->first().first().value<Result<void>>();
    return reason ? Error{} : reason.error();
}

void SudoFilesTest::noPasswordIsAskedForInVain()
{
    start(Manner::LetsIn);

    const auto home = result(m_client->canonical({}));

    QVERIFY2(home, tests::reason(home).constData());
    QCOMPARE(QString::fromUtf8(home->bytes()), m_sudo->home()); // not the login's
    QCOMPARE(m_asked->size(), 0);
    QCOMPARE(m_opened->size(), 1);
    QVERIFY(!m_client->isLoginUser());
}

void SudoFilesTest::passwordIsAskedForAndGiven()
{
    start(Manner::AsksPassword);
    QTRY_COMPARE(m_asked->size(), 1);
    enter("falsch");
    QTRY_COMPARE(m_asked->size(), 2);
    QCOMPARE(m_asked->last().first().value<sftp::SudoQuestion>(),
             (sftp::SudoQuestion{2, u"Sorry, try again."_s}));
    QCOMPARE(m_opened->size(), 0);

    enter(FakeSudo::password.toByteArray());

    const auto home = result(m_client->canonical({}));
    QVERIFY2(home, tests::reason(home).constData());
    QCOMPARE(m_sudo->read(), QByteArrayList({"falsch", "geheim"}));
}

void SudoFilesTest::passwordIsSentOnceForEachPrompt()
{
    start(Manner::AsksPassword);
    enter("too early");
    QTRY_COMPARE(m_asked->size(), 1);

    enter("falsch");
    // The second prompt is here before the question is: whoever answers now means the first one.
    const QDeadlineTimer deadline(20s);
    while (m_sudo->read().isEmpty() && !deadline.hasExpired()) {
        QThread::msleep(1);
    }
    for (int i = 0; i < 50; ++i) {
        enter("a second time");
        QThread::msleep(1);
    }

    QTRY_COMPARE(m_asked->size(), 2);
    enter(FakeSudo::password.toByteArray());
    QVERIFY(result(m_client->canonical({})));
    QCOMPARE(m_sudo->read(), QByteArrayList({"falsch", "geheim"}));
}

// What stands behind it would be read by sftp-server.
void SudoFilesTest::lineBreakEndsAPassword()
{
    start(Manner::AsksPassword);
    QTRY_COMPARE(m_asked->size(), 1);

    enter(FakeSudo::password.toByteArray() + "\nmore\n");

    QVERIFY(result(m_client->canonical({})));
    QCOMPARE(m_sudo->read(), QByteArrayList({"geheim"}));
}

void SudoFilesTest::refusalsAreTold_data()
{
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    QTest::newRow("not in sudoers")
        << Manner::Forbids << ErrorKind::PermissionDenied << ErrorCause::SudoForbids;
    QTest::newRow("terminal") << Manner::WantsTerminal << ErrorKind::Unsupported
                              << ErrorCause::SudoWantsTerminal;
    QTest::newRow("unknown user") << Manner::KnowsNoUser << ErrorKind::NotFound
                                  << ErrorCause::SudoUnknownUser;
}

void SudoFilesTest::refusalsAreTold()
{
    QFETCH(Manner, manner);
    start(manner);
    connect(m_client.get(), &sftp::Client::passwordWanted, this,
            [this] { enter(FakeSudo::password.toByteArray()); });

    const Error error = refusal();

    QTEST(error.kind, "kind");
    QTEST(error.cause, "cause");
    QVERIFY(!error.quote.isEmpty());
    QCOMPARE(error.subject, u"webmaster"_s);
    QCOMPARE(m_opened->size(), 0);
    QCOMPARE(result(m_client->canonical({})).error().kind, ErrorKind::ConnectionLost);
}

void SudoFilesTest::threeWrongPasswordsAreTheEnd()
{
    start(Manner::AsksPassword);
    connect(m_client.get(), &sftp::Client::passwordWanted, this, [this] { enter("falsch"); });

    QCOMPARE(refusal().cause, ErrorCause::SudoWrongPassword);

    QCOMPARE(refusal().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(m_asked->size(), 3);
    QCOMPARE(m_sudo->read(), QByteArrayList({"falsch", "falsch", "falsch"}));
}

void SudoFilesTest::requestsWaitForThePassword()
{
    start(Manner::AsksPassword);
    write(local(u"file"_s), "content");
    const auto early = m_client->status(remote(u"file"_s));
    QTRY_COMPARE(m_asked->size(), 1);
    QVERIFY(!early.isFinished());

    enter(FakeSudo::password.toByteArray());

    const auto found = result(early);
    QVERIFY2(found, tests::reason(found).constData());
    QCOMPARE(found->attributes.size, 7U);
}

void SudoFilesTest::clientThatGoesEndsSudo()
{
    start(Manner::AsksPassword);
    const auto waiting = m_client->canonical({});
    QTRY_COMPARE(m_asked->size(), 1);

    m_client.reset();

    QCOMPARE(result(waiting).error().kind, ErrorKind::Cancelled);
    QTRY_VERIFY(m_sudo->hasMetTheEnd());
    QVERIFY(m_sudo->read().isEmpty());
}

void SudoFilesTest::lostConnectionIsNoRefusal()
{
    start(Manner::AsksPassword);
    QTRY_COMPARE(m_asked->size(), 1);

    m_server->killSessions();

    QCOMPARE(refusal().kind, ErrorKind::ConnectionLost);
}

// Programs that the login's shell would find betray that it was asked.
void SudoFilesTest::nothingRunsAsTheLoginUser()
{
    start(Manner::LetsIn);
    QVERIFY(result(m_client->canonical({})));
    const QString betrayal = local(u"betrayal"_s);
    for (const QString &name : {u"sha256sum"_s, u"cp"_s, u"ls"_s}) {
        const QString program = QFileInfo(m_sudo->home()).dir().filePath(name);
        write(program, "#!/bin/sh\necho $0 $* >> " + betrayal.toUtf8() + "\nexit 1\n");
        QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner);
    }
    write(local(u"file"_s), "content");

    const auto digest = result(m_client->digest(remote(u"file"_s)));
    const auto copied = result(m_client->copyTree(remote(u"file"_s), remote(u"copy"_s)));
    const auto saved = result(m_client->replaceContent(remote(u"file"_s), "new", std::nullopt));

    QVERIFY2(digest, tests::reason(digest).constData());
    QCOMPARE(digest->way, files::Digest::Way::Here);
    QVERIFY2(copied, tests::reason(copied).constData());
    QVERIFY2(saved, tests::reason(saved).constData());
    QCOMPARE(read(local(u"copy"_s)), "content");
    QCOMPARE(read(local(u"file"_s)), "new");
    QVERIFY2(!QFile::exists(betrayal), read(betrayal).constData());
}

void SudoFilesTest::filesAreTransferred()
{
    start(Manner::AsksPassword);
    const QByteArray content = QByteArray("0123456789abcdef").repeated(100'000);
    const QString source = m_directory.filePath(u"source"_s);
    write(source, content);
    transfer::TransferQueue queue(*m_client);
    auto *upload = queue.add({.direction = transfer::Direction::Upload,
                              .sources = {FilePath(source.toUtf8())},
                              .targetDirectory = FilePath(m_server->home().toUtf8())});
    QSignalSpy uploaded(upload, &transfer::TransferJob::finished);
    QTRY_COMPARE(m_asked->size(), 1);

    enter(FakeSudo::password.toByteArray());

    QTRY_COMPARE_WITH_TIMEOUT(uploaded.size(), 1, 20'000);
    QCOMPARE(read(local(u"source"_s)), content);
}

void SudoFilesTest::silenceIsGivenUp()
{
    SilentPort port;
    QList<Error> givenUp;
    int asked = 0;
    const auto command = sftp::SudoCommand::forUser("root");
    sftp::SudoLogin login(command, port,
                          {.asked = [&asked](const auto &) { ++asked; },
                           .givenUp = [&givenUp](const Error &error) { givenUp.append(error); }},
                          20ms);
    QByteArrayView prompt = command.promptMark;
    login.received(prompt, ssh::OutputStream::Error);
    QTest::qWait(60); // it waits for a person, in whatever time
    QCOMPARE(asked, 1);
    QVERIFY(givenUp.isEmpty());

    login.answer(base::SecretString::fromText(u"geheim"_s));
    QCOMPARE(port.written, "geheim\n");
    QTRY_COMPARE(givenUp.size(), 1);
    QCOMPARE(givenUp.first().kind, ErrorKind::TimedOut);
}

QTEST_GUILESS_MAIN(SudoFilesTest)

#include "SudoFilesTest.moc"
