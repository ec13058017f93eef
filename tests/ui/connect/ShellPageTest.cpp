#include "ui/connect/ShellPage.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
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
    const Profile profile = stored(page);
    QCOMPARE(profile.startupCommand, u"screen -x"_s);
    QCOMPARE(profile.environment, QStringList(u"A=b c"_s));
    QVERIFY(profile.forwardAgent);
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

QTEST_MAIN(ShellPageTest)
#include "ShellPageTest.moc"
