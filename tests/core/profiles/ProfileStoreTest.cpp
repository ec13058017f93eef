#include "profiles/ProfileStore.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using profiles::Profile;
using profiles::ProfileStore;

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

class ProfileStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void noFileMeansNoProfiles();
    void savedProfileIsThereNextTime();
    void savingAgainReplaces();
    void removedProfileIsGone();
    void findsByNameWithoutCase();
    void unknownFieldsSurviveEveryChange();
    void entriesThatAreNoProfilesStay();
    void twoStoresKeepEachOthersProfiles();
    void changeTouchesItsFieldsAlone();
    void changeLeavesDeletedSessionsDeleted();
    void groupsAreChangedFieldByField();
    void removedGroupComesBackBesideChangesOfOthers();
    void removalIsTakenBackWithUnknownFields();
    void putBackDoesNotReplaceWhatIsThereAgain();
    void savesManyAtOnce();

private:
    void write(const QByteArray &content);
    QByteArray content() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
};

void ProfileStoreTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(QStringLiteral("ponto/sessions.json"));
}

void ProfileStoreTest::write(const QByteArray &content)
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("ponto")));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray ProfileStoreTest::content() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ProfileStoreTest::noFileMeansNoProfiles()
{
    ProfileStore store(m_file);
    const auto report = store.load();
    QVERIFY(report);
    QVERIFY(report->setAsideAs.isEmpty());
    QVERIFY(store.profiles().isEmpty());
    QVERIFY(!QFile::exists(m_file));
}

void ProfileStoreTest::savedProfileIsThereNextTime()
{
    ProfileStore store(m_file);
    QSignalSpy changed(&store, &ProfileStore::changed);
    QVERIFY(store.save(profileNamed(QStringLiteral("a"))));
    QCOMPARE(changed.count(), 1);

    ProfileStore next(m_file);
    QVERIFY(next.load());
    QCOMPARE(next.profiles(), QList{profileNamed(QStringLiteral("a"))});
}

void ProfileStoreTest::savingAgainReplaces()
{
    ProfileStore store(m_file);
    Profile profile = profileNamed(QStringLiteral("a"));
    QVERIFY(store.save(profile));
    QVERIFY(store.save(profileNamed(QStringLiteral("b"))));
    profile.host = QStringLiteral("other.example");
    QVERIFY(store.save(profile));
    QCOMPARE(store.profiles(), QList({profile, profileNamed(QStringLiteral("b"))}));
}

void ProfileStoreTest::removedProfileIsGone()
{
    ProfileStore store(m_file);
    const Profile profile = profileNamed(QStringLiteral("a"));
    QVERIFY(store.save(profile));
    QVERIFY(store.remove(profile.id));
    QVERIFY(store.remove(profile.id));
    QVERIFY(!store.find(profile.id));

    QVERIFY(store.load());
    QVERIFY(store.profiles().isEmpty());
}

void ProfileStoreTest::findsByNameWithoutCase()
{
    ProfileStore store(m_file);
    QVERIFY(store.save(profileNamed(QString())));
    QVERIFY(store.save(profileNamed(QStringLiteral("Web"))));
    QCOMPARE(store.findByName(u"wEB"), std::optional(profileNamed(QStringLiteral("Web"))));
    QVERIFY(!store.findByName(u"we"));
    QVERIFY(!store.findByName(u""));
}

void ProfileStoreTest::unknownFieldsSurviveEveryChange()
{
    write(R"({"version":1,"groups":["x"],"profiles":[{"id":"1","host":"a","ofTomorrow":"red"}]})");
    ProfileStore store(m_file);
    QVERIFY(store.load());
    Profile profile = store.profiles().constFirst();
    profile.notes = QStringLiteral("changed");
    QVERIFY(store.save(profile));
    QVERIFY(store.save(profileNamed(QStringLiteral("b"))));

    const QJsonObject root = QJsonDocument::fromJson(content()).object();
    QCOMPARE(root.value(QStringLiteral("groups")).toArray(), QJsonArray{QStringLiteral("x")});
    const QJsonObject first = root.value(QStringLiteral("profiles")).toArray().at(0).toObject();
    QCOMPARE(first.value(QStringLiteral("ofTomorrow")).toString(), QStringLiteral("red"));
    QCOMPARE(first.value(QStringLiteral("notes")).toString(), QStringLiteral("changed"));
}

void ProfileStoreTest::entriesThatAreNoProfilesStay()
{
    write(R"({"version":1,"profiles":[7,{"id":"1","host":"-oX"},{"id":"2","host":"a"}]})");
    ProfileStore store(m_file);
    const auto report = store.load();
    QVERIFY(report);
    QCOMPARE(report->unreadable, 2);
    QCOMPARE(store.profiles().size(), 1);

    QVERIFY(store.remove(QStringLiteral("2")));
    const QJsonObject root = QJsonDocument::fromJson(content()).object();
    QCOMPARE(root.value(QStringLiteral("profiles")).toArray().size(), 2);
}

void ProfileStoreTest::twoStoresKeepEachOthersProfiles()
{
    ProfileStore first(m_file);
    ProfileStore second(m_file);
    QVERIFY(first.load());
    QVERIFY(second.load());
    QVERIFY(first.save(profileNamed(QStringLiteral("a"))));
    QVERIFY(second.save(profileNamed(QStringLiteral("b"))));
    QCOMPARE(second.profiles(),
             QList({profileNamed(QStringLiteral("a")), profileNamed(QStringLiteral("b"))}));
}

void ProfileStoreTest::changeTouchesItsFieldsAlone()
{
    const Profile before = profileNamed(QStringLiteral("a"));
    ProfileStore mine(m_file);
    ProfileStore others(m_file);
    QVERIFY(mine.save(before));
    QVERIFY(others.load());
    Profile theirs = before;
    theirs.host = QStringLiteral("moved.example");
    theirs.transport.compress = true;
    theirs.notes = QStringLiteral("new rack");
    QVERIFY(others.save(theirs));

    Profile renamed = before;
    renamed.name = QStringLiteral("b");
    renamed.transport.tcpKeepAlive = !renamed.transport.tcpKeepAlive;
    QVERIFY(mine.save(renamed, before));
    Profile both = theirs;
    both.name = renamed.name;
    both.transport.tcpKeepAlive = renamed.transport.tcpKeepAlive;
    QCOMPARE(mine.profiles(), QList{both});
    QVERIFY(mine.change({{.before = renamed, .after = before}})); // taken back
    QCOMPARE(mine.profiles(), QList{theirs});
}

void ProfileStoreTest::changeLeavesDeletedSessionsDeleted()
{
    const Profile before = profileNamed(QStringLiteral("a"));
    ProfileStore mine(m_file);
    ProfileStore others(m_file);
    QVERIFY(mine.save(before));
    QVERIFY(others.remove(before.id));
    Profile moved = before;
    moved.position = 3;
    QVERIFY(mine.change({{.before = before, .after = moved}}));
    QVERIFY(mine.profiles().isEmpty());
    QVERIFY(mine.save(moved, before)); // but what was typed into an editor stays
    QCOMPARE(mine.profiles(), QList{moved});
}

void ProfileStoreTest::groupsAreChangedFieldByField()
{
    const QString group = QStringLiteral("Customers");
    ProfileStore mine(m_file);
    ProfileStore others(m_file);
    Profile before;
    before.user = QStringLiteral("ops");
    QVERIFY(mine.saveGroup(group, before));
    Profile theirs = before;
    theirs.port = 2222;
    QVERIFY(others.saveGroup(group, theirs, before));
    Profile ours = before;
    ours.user = QStringLiteral("deploy");
    QVERIFY(mine.saveGroup(group, ours, before));
    QCOMPARE(mine.groupDefaults(group).user, QStringLiteral("deploy"));
    QCOMPARE(mine.groupDefaults(group).port, quint16(2222));
}

void ProfileStoreTest::removedGroupComesBackBesideChangesOfOthers()
{
    ProfileStore mine(m_file);
    ProfileStore others(m_file);
    QList<Profile> sessions;
    for (const char *name : {"stays", "renamed", "deleted", "moved"}) {
        sessions.append(profileNamed(QString::fromLatin1(name)));
        sessions.last().group = QStringLiteral("Customers");
    }
    QVERIFY(mine.saveAll(sessions));
    const auto removal = mine.removeGroup(QStringLiteral("Customers"));
    QVERIFY(removal);
    QVERIFY(others.load());
    Profile renamed = *others.find(sessions.at(1).id);
    renamed.name = QStringLiteral("new name");
    Profile moved = *others.find(sessions.at(3).id);
    moved.group = QStringLiteral("Lab");
    QVERIFY(others.saveAll({renamed, moved}));
    QVERIFY(others.remove(sessions.at(2).id));

    QVERIFY(mine.takeBack(*removal));
    QCOMPARE(mine.profiles().size(), 3);
    QCOMPARE(mine.find(sessions.at(0).id)->group, QStringLiteral("Customers"));
    QCOMPARE(mine.find(sessions.at(1).id)->name, QStringLiteral("new name"));
    QCOMPARE(mine.find(sessions.at(1).id)->group, QStringLiteral("Customers"));
    QCOMPARE(mine.find(sessions.at(3).id)->group, QStringLiteral("Lab"));
}

void ProfileStoreTest::removalIsTakenBackWithUnknownFields()
{
    write(
        R"({"version":1,"profiles":[{"id":"1","host":"a","ofTomorrow":[1]},{"id":"2","host":"b"}]})");
    ProfileStore store(m_file);
    const auto removed = store.removeAll({QStringLiteral("1"), QStringLiteral("gone")});
    QVERIFY(removed);
    QCOMPARE(removed->size(), 1);
    QVERIFY(!store.find(QStringLiteral("1")));
    QVERIFY(store.putBack(*removed));
    QVERIFY(store.find(QStringLiteral("1")));
    QVERIFY(content().contains("ofTomorrow"));
}

void ProfileStoreTest::putBackDoesNotReplaceWhatIsThereAgain()
{
    ProfileStore store(m_file);
    Profile profile = profileNamed(QStringLiteral("a"));
    QVERIFY(store.save(profile));
    const auto removed = store.removeAll({profile.id});
    QVERIFY(removed);
    profile.host = QStringLiteral("newer.example");
    QVERIFY(store.save(profile));
    QVERIFY(store.putBack(*removed));
    QCOMPARE(store.profiles(), QList{profile});
}

void ProfileStoreTest::savesManyAtOnce()
{
    ProfileStore store(m_file);
    QSignalSpy changed(&store, &ProfileStore::changed);
    const Profile a = profileNamed(QStringLiteral("a"));
    const Profile b = profileNamed(QStringLiteral("b"));
    QVERIFY(store.saveAll({a, b, a}));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(store.profiles(), QList({a, b}));
}

QTEST_GUILESS_MAIN(ProfileStoreTest)
#include "ProfileStoreTest.moc"
