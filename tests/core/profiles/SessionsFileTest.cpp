#include "profiles/SessionsFile.h"

#include "profiles/ProfileStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include <future>

using profiles::Profile;
using profiles::ProfileStore;
using Report = ProfileStore::LoadReport;

namespace {

Profile profileNamed(const QString &name)
{
    Profile profile;
    profile.id = QStringLiteral("id of ") + name;
    profile.name = name;
    profile.host = QStringLiteral("host.example");
    return profile;
}

} // namespace

// By the store, which alone uses it.
class SessionsFileTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void fileThatBreaksWhilePontoRunsLosesNothing();
    void fileThatVanishesIsWrittenAgain();
    void followedFileThatBreaksIsLeftAloneAndTold();
    void followedFileThatVanishesIsTold();
    void linkStaysALink_data();
    void linkStaysALink();
    void placeThatCannotBeWrittenIsTold();
    void changeOfAnotherStoreIsSeen_data();
    void changeOfAnotherStoreIsSeen();
    void twoProgramsLoseNothing();
    void brokenFileIsSetAside_data();
    void brokenFileIsSetAside();
    void newerFormatIsLeftAlone();
    void lockOfAnotherProgramIsRespected();
    void onlyTheOwnerCanRead();

private:
    void write(const QByteArray &content);
    QByteArray content() const;
    void collectTrouble(const ProfileStore &store);

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
    QList<Report> m_told;
};

void SessionsFileTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(QStringLiteral("ponto/sessions.json"));
    m_told.clear();
}

void SessionsFileTest::write(const QByteArray &content)
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("ponto")));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray SessionsFileTest::content() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void SessionsFileTest::collectTrouble(const ProfileStore &store)
{
    connect(
        &store, &ProfileStore::fileStateChanged, this,
        [this](const base::Result<Report> &report) { m_told.append(report.value_or(Report())); });
}

void SessionsFileTest::fileThatBreaksWhilePontoRunsLosesNothing()
{
    ProfileStore store(m_file);
    QVERIFY(store.load());
    const Profile a = profileNamed(QStringLiteral("a"));
    const Profile b = profileNamed(QStringLiteral("b"));
    QVERIFY(store.save(a));
    collectTrouble(store);
    write("broken");
    QVERIFY(store.save(b));
    QCOMPARE(store.profiles(), QList({a, b}));

    QCOMPARE(m_told.size(), 1);
    QCOMPARE(m_told.first().trouble, Report::Trouble::Damaged);
    QCOMPARE(m_told.first().kept, 1);
    QFile kept(m_told.first().setAsideAs);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), "broken");
    ProfileStore next(m_file);
    QVERIFY(next.load());
    QCOMPARE(next.profiles(), QList({a, b}));
}

void SessionsFileTest::fileThatVanishesIsWrittenAgain()
{
    ProfileStore store(m_file);
    const Profile a = profileNamed(QStringLiteral("a"));
    const Profile b = profileNamed(QStringLiteral("b"));
    QVERIFY(store.save(a));
    QVERIFY(QDir(m_directory->filePath(QStringLiteral("ponto"))).removeRecursively());
    QVERIFY(store.save(b));

    ProfileStore next(m_file);
    QVERIFY(next.load());
    QCOMPARE(next.profiles(), QList({a, b}));
}

void SessionsFileTest::followedFileThatBreaksIsLeftAloneAndTold()
{
    ProfileStore store(m_file);
    const Profile a = profileNamed(QStringLiteral("a"));
    QVERIFY(store.save(a));
    store.follow();
    collectTrouble(store);
    write("half of what somebody edits by ha");
    QTRY_COMPARE(m_told.size(), 1);
    QCOMPARE(m_told.first(),
             (Report{.trouble = Report::Trouble::Damaged, .file = m_file, .kept = 1}));
    QCOMPARE(content(), "half of what somebody edits by ha");
    QCOMPARE(store.profiles(), QList{a});

    write(R"({"version":1,"profiles":[{"id":"1","host":"a"}]})");
    QTRY_VERIFY(store.find(QStringLiteral("1")));
    QCOMPARE(m_told.size(), 2);
    QCOMPARE(m_told.last(), Report());
}

void SessionsFileTest::followedFileThatVanishesIsTold()
{
    ProfileStore store(m_file);
    QVERIFY(store.save(profileNamed(QStringLiteral("a"))));
    store.follow();
    collectTrouble(store);
    QVERIFY(QFile::remove(m_file));
    QTRY_COMPARE(m_told.size(), 1);
    QCOMPARE(m_told.first(),
             (Report{.trouble = Report::Trouble::Missing, .file = m_file, .kept = 1}));
    QVERIFY(store.save(profileNamed(QStringLiteral("b"))));
    QCOMPARE(m_told.size(), 2);
    QCOMPARE(m_told.last(), Report());
}

void SessionsFileTest::linkStaysALink_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("to sessions") << QByteArray(R"({"version":1,"profiles":[]})");
    QTest::newRow("to a damaged file") << QByteArray("broken");
    QTest::newRow("to nothing yet") << QByteArray();
}

// Dotfiles that are kept in a repository are links into it.
void SessionsFileTest::linkStaysALink()
{
    QFETCH(QByteArray, content);
    const QString target = m_directory->filePath(QStringLiteral("dotfiles/sessions.json"));
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("dotfiles")));
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("ponto")));
    QVERIFY(QFile::link(QStringLiteral("../dotfiles/sessions.json"), m_file));
    if (!content.isEmpty()) {
        write(content);
    }
    ProfileStore store(m_file);
    QVERIFY(store.load());
    QVERIFY(store.save(profileNamed(QStringLiteral("a"))));
    QVERIFY(QFileInfo(m_file).isSymLink());
    QVERIFY(!QFileInfo(target).isSymLink());
    ProfileStore next(target);
    QVERIFY(next.load());
    QCOMPARE(next.profiles(), store.profiles());
}

void SessionsFileTest::placeThatCannotBeWrittenIsTold()
{
    QFile file(m_directory->filePath(QStringLiteral("ponto"))); // where the directory belongs
    QVERIFY(file.open(QIODevice::WriteOnly));
    ProfileStore store(m_file);
    QVERIFY(store.load());
    QVERIFY(!store.save(profileNamed(QStringLiteral("a"))));
    QVERIFY(store.profiles().isEmpty());

    file.remove();
    QVERIFY(store.save(profileNamed(QStringLiteral("a"))));
    if (::geteuid() == 0) {
        return; // the superuser may write everywhere
    }
    const QString directory = QFileInfo(m_file).path();
    QVERIFY(QFile::setPermissions(directory, QFile::ReadOwner | QFile::ExeOwner));
    const auto saved = store.save(profileNamed(QStringLiteral("b")));
    QVERIFY(
        QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, base::ErrorKind::PermissionDenied);
    QCOMPARE(saved.error().subject, directory);

    write("broken");
    QVERIFY(QFile::setPermissions(directory, QFile::ReadOwner | QFile::ExeOwner));
    ProfileStore other(m_file);
    const auto loaded = other.load();
    QVERIFY(
        QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, base::ErrorKind::PermissionDenied);
    QCOMPARE(content(), "broken");
}

void SessionsFileTest::changeOfAnotherStoreIsSeen_data()
{
    QTest::addColumn<bool>("isLink");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("a file that is there") << false << true;
    QTest::newRow("no directory yet") << false << false;
    QTest::newRow("a link") << true << true;
    QTest::newRow("a link to nothing yet") << true << false;
}

void SessionsFileTest::changeOfAnotherStoreIsSeen()
{
    QFETCH(bool, isLink);
    QFETCH(bool, isThere);
    QString target = m_file;
    if (isLink) {
        target = m_directory->filePath(QStringLiteral("dotfiles/sessions.json"));
        QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("ponto")));
        QVERIFY(QFile::link(target, m_file));
    }
    ProfileStore others(target); // as `git pull` writes past the link
    if (isThere) {
        QVERIFY(others.save(profileNamed(QStringLiteral("a"))));
    }
    ProfileStore store(m_file);
    QVERIFY(store.load());
    store.follow();
    for (const char *name : {"b", "c"}) { // a second time, after the file was replaced
        const Profile added = profileNamed(QString::fromLatin1(name));
        QVERIFY(others.save(added));
        QTRY_COMPARE(store.find(added.id), std::optional(added));
    }
}

// Each adds sessions, places them, deletes some and takes half of that back.
void SessionsFileTest::twoProgramsLoseNothing()
{
    constexpr int count = 16;
    // The lock may be held by the other one too often: then the user is told to try again.
    const auto insist = [](const auto &act) {
        auto done = act();
        while (!done && done.error().kind == base::ErrorKind::TimedOut) {
            done = act();
        }
        return done;
    };
    const auto work = [&](const QString &letter) {
        ProfileStore store(m_file);
        bool isFine = true;
        for (int number = 0; number < count; ++number) {
            const Profile profile = profileNamed(letter + QString::number(number));
            Profile moved = profile;
            moved.position = number + 1;
            isFine = isFine && insist([&] { return store.save(profile); })
                && insist([&] { return store.change({{.before = profile, .after = moved}}); });
            if (number % 4 == 0) {
                const auto removed = insist([&] { return store.removeAll({profile.id}); });
                isFine = isFine && removed
                    && (number % 8 == 0 || insist([&] { return store.putBack(*removed); }));
            }
        }
        return isFine;
    };
    auto first = std::async(std::launch::async, work, QStringLiteral("a"));
    auto second = std::async(std::launch::async, work, QStringLiteral("b"));
    QVERIFY(first.get());
    QVERIFY(second.get());
    ProfileStore store(m_file);
    QVERIFY(store.load());
    QCOMPARE(store.profiles().size(), 2 * (count - count / 8));
    for (const Profile &profile : store.profiles()) {
        QCOMPARE(profile.position, profile.name.sliced(1).toInt() + 1);
    }
}

void SessionsFileTest::brokenFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("broken");
    QTest::newRow("empty file") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"version":1,"profiles":[{"id)");
    QTest::newRow("another format") << QByteArray("[1, 2]");
    QTest::newRow("no version") << QByteArray(R"({"profiles":[]})");
    QTest::newRow("no profiles") << QByteArray(R"({"version":1})");
}

void SessionsFileTest::brokenFileIsSetAside()
{
    QFETCH(QByteArray, broken);
    write(broken);
    ProfileStore store(m_file);
    const auto report = store.load();
    QVERIFY(report);
    QVERIFY(!QFile::exists(m_file));
    QFile kept(report->setAsideAs);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), broken);
}

void SessionsFileTest::newerFormatIsLeftAlone()
{
    const QByteArray newer(R"({"version":2,"profiles":[]})");
    write(newer);
    ProfileStore store(m_file);
    const auto loaded = store.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, base::ErrorKind::Unsupported);
    QVERIFY(!store.save(profileNamed(QStringLiteral("a"))));
    QCOMPARE(content(), newer);
}

void SessionsFileTest::lockOfAnotherProgramIsRespected()
{
    write(R"({"version":1,"profiles":[]})");
    const QByteArray before = content();
    QLockFile lock(m_file + QStringLiteral(".lock"));
    QVERIFY(lock.lock());
    ProfileStore store(m_file);
    const auto saved = store.save(profileNamed(QStringLiteral("a")));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, base::ErrorKind::TimedOut);
    QCOMPARE(content(), before);
}

void SessionsFileTest::onlyTheOwnerCanRead()
{
    ProfileStore store(m_file);
    QVERIFY(store.save(profileNamed(QStringLiteral("a"))));
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(m_file) & others));
}

QTEST_GUILESS_MAIN(SessionsFileTest)
#include "SessionsFileTest.moc"
