#include "profiles/SessionOrder.h"

#include "profiles/ProfileStore.h"

#include <QTemporaryDir>
#include <QTest>

using profiles::Profile;

class SessionOrderTest : public QObject
{
    Q_OBJECT

private slots:
    void placedOnesStandBeforeThoseByName();
    void onlyThoseOfTheGroupItself();
};

namespace {

Profile named(const char *name, int position, const char *group = "")
{
    Profile profile;
    profile.id = profile.name = profile.host = QString::fromLatin1(name);
    profile.position = position;
    profile.group = QString::fromLatin1(group);
    return profile;
}

QString names(const QList<Profile> &sessions)
{
    QStringList names;
    for (const Profile &profile : sessions) {
        names.append(profile.name);
    }
    return names.join(u' ');
}

} // namespace

void SessionOrderTest::placedOnesStandBeforeThoseByName()
{
    QList<Profile> sessions{named("web10", 0), named("Db", 0), named("web2", 0), named("z", 1),
                            named("y", 2)};
    profiles::sortAsShown(sessions);
    QCOMPARE(names(sessions), QStringLiteral("z y Db web2 web10"));
}

void SessionOrderTest::onlyThoseOfTheGroupItself()
{
    QTemporaryDir directory;
    profiles::ProfileStore store(directory.filePath(QStringLiteral("sessions.json")));
    QVERIFY(store.saveAll(
        {named("b", 0, "Lab"), named("c", 0, "Lab/Deep"), named("a", 0, "Lab"), named("d", 0)}));
    QCOMPARE(names(profiles::sessionsOf(QStringLiteral("Lab"), store)), QStringLiteral("a b"));
    QCOMPARE(names(profiles::sessionsOf({}, store)), QStringLiteral("d"));
}

QTEST_GUILESS_MAIN(SessionOrderTest)
#include "SessionOrderTest.moc"
