#include "ui/connect/ShellPage.h"

#include "profiles/ProfileStore.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::EffectiveProfile;
using profiles::Profile;
using profiles::ValueOrigin;

namespace fields = profiles::fields;

class ShellPageTest : public QObject
{
    Q_OBJECT

private slots:
    void untouchedProfileStays();
    void everyFieldIsStored();
    void whatIsNoVariableIsAProblem();
    void inheritedValuesAreShownWithTheirOrigin();
    void noneGoesWithoutWhatIsInherited();

private:
    static Profile stored(const ui::ShellPage &page)
    {
        Profile profile;
        page.store(profile);
        return profile;
    }
};

void ShellPageTest::untouchedProfileStays()
{
    Profile profile;
    profile.environment = {u"A=b"_s, u"C="_s};
    profile.startupCommand = u"tmux attach"_s;
    profile.forwardAgent = true;
    profile.forwardX11 = true;
    for (const Profile &each : {Profile(), profile}) {
        ui::ShellPage page;
        page.load(each);
        QCOMPARE(stored(page), each);
        QCOMPARE(page.problem(), QString());
    }
}

void ShellPageTest::everyFieldIsStored()
{
    ui::ShellPage page;
    page.load({});
    QTest::keyClicks(page.findChild<QLineEdit *>(u"profileStartupCommand"_s), u"screen -x"_s);
    QTest::keyClicks(page.findChild<QPlainTextEdit *>(u"profileEnvironment"_s), u"A=b c"_s);
    page.findChild<QCheckBox *>(u"profileForwardAgent"_s)->click();
    page.findChild<QCheckBox *>(u"profileForwardX11"_s)->click();
    const Profile profile = stored(page);
    QCOMPARE(profile.startupCommand, u"screen -x"_s);
    QCOMPARE(profile.environment, QStringList(u"A=b c"_s));
    QVERIFY(profile.forwardAgent);
    QVERIFY(profile.forwardX11);
}

void ShellPageTest::whatIsNoVariableIsAProblem()
{
    ui::ShellPage page;
    page.load({});
    page.findChild<QPlainTextEdit *>(u"profileEnvironment"_s)->setPlainText(u"A=b\nsome words"_s);
    QVERIFY(page.problem().contains(u"some words"_s));
}

void ShellPageTest::inheritedValuesAreShownWithTheirOrigin()
{
    ui::ShellPage page;
    page.load({});
    EffectiveProfile inherited;
    inherited.profile.startupCommand = u"tmux"_s;
    inherited.profile.environment = {u"A=b"_s, u"C=d"_s};
    inherited.profile.forwardAgent = true;
    for (const QLatin1StringView field :
         {fields::startupCommand, fields::environment, fields::forwardAgent}) {
        inherited.origins.insert(field, {ValueOrigin::Kind::Group, u"Lab"_s});
    }
    page.showInherited(inherited);
    const QString command
        = page.findChild<QLineEdit *>(u"profileStartupCommand"_s)->placeholderText();
    QVERIFY2(command.contains(u"tmux"_s) && command.contains(u"Lab"_s), qPrintable(command));
    const QString variables
        = page.findChild<QPlainTextEdit *>(u"profileEnvironment"_s)->placeholderText();
    QVERIFY2(variables.contains(u"A=b, C=d"_s), qPrintable(variables));
    QVERIFY(page.findChild<QCheckBox *>(u"profileForwardAgent"_s)->isChecked());
    QCOMPARE(stored(page).forwardAgent, false); // inherited, not its own
}

// Saved, read again and shown again, with a group that says something else.
void ShellPageTest::noneGoesWithoutWhatIsInherited()
{
    const QTemporaryDir directory;
    profiles::ProfileStore store(directory.filePath(u"sessions.json"_s));
    Profile lab;
    lab.startupCommand = u"tmux"_s;
    lab.environment = {u"A=b"_s};
    QVERIFY(store.saveGroup(u"Lab"_s, lab));
    Profile profile = Profile::forAddress(profiles::TargetAddress::parse(u"web01"_s).value());
    profile.group = u"Lab"_s;
    const auto effective = [&] { return EffectiveProfile::of(profile, store).profile; };
    QCOMPARE(effective().startupCommand, u"tmux"_s);
    QCOMPARE(effective().environment, lab.environment);

    ui::ShellPage page;
    page.load(profile);
    auto *command = page.findChild<QLineEdit *>(u"profileStartupCommand"_s);
    auto *variables = page.findChild<QPlainTextEdit *>(u"profileEnvironment"_s);
    QTest::keyClicks(command, u"none"_s);
    QTest::keyClicks(variables, u"none"_s);
    QCOMPARE(page.problem(), QString());
    page.store(profile);
    QVERIFY(store.save(profile));
    profiles::ProfileStore reread(directory.filePath(u"sessions.json"_s));
    QVERIFY(reread.load());
    profile = reread.find(profile.id).value();
    QCOMPARE(effective().startupCommand, QString());
    QCOMPARE(effective().environment, QStringList());

    ui::ShellPage again;
    again.load(profile);
    QCOMPARE(again.findChild<QLineEdit *>(u"profileStartupCommand"_s)->text(), u"none"_s);
    again.findChild<QLineEdit *>(u"profileStartupCommand"_s)->clear();
    again.findChild<QPlainTextEdit *>(u"profileEnvironment"_s)->clear();
    again.store(profile);
    QCOMPARE(effective().startupCommand, u"tmux"_s);
    QCOMPARE(effective().environment, lab.environment);
}

QTEST_MAIN(ShellPageTest)
#include "ShellPageTest.moc"
