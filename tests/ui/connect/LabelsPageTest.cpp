#include "ui/connect/LabelsPage.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::EffectiveProfile;
using profiles::EnvironmentClass;
using profiles::Profile;
using profiles::ValueOrigin;

namespace fields = profiles::fields;

class LabelsPageTest : public QObject
{
    Q_OBJECT

private slots:
    void untouchedProfileStays();
    void whatIsChosenIsStored();
    void inheritedValuesAreShownWithTheirOrigin();
    void noneGoesWithoutWhatIsInherited();

private:
    static Profile stored(const ui::LabelsPage &page)
    {
        Profile profile;
        page.store(profile);
        return profile;
    }
    static QComboBox *classBox(const ui::LabelsPage &page)
    {
        return page.findChild<QComboBox *>(u"profileEnvironmentClass"_s);
    }
    static QLineEdit *tagsEdit(const ui::LabelsPage &page)
    {
        return page.findChild<QLineEdit *>(u"profileTags"_s);
    }
};

void LabelsPageTest::untouchedProfileStays()
{
    Profile full;
    full.environmentClass = EnvironmentClass::Staging;
    full.tags = {u"web"_s, u"two words"_s};
    full.color = u"green"_s;
    full.icon = u"database"_s;
    Profile newer;
    newer.color = u"ultraviolet"_s; // of a Ponto that knows more
    newer.icon = u"hologram"_s;
    Profile bare;
    bare.keepDefault(fields::environmentClass, true);
    bare.keepDefault(fields::tags, true);
    bare.keepDefault(fields::color, true);
    for (const Profile &each : {Profile(), full, bare, newer}) {
        ui::LabelsPage page;
        page.load(each);
        QCOMPARE(stored(page), each);
    }
}

void LabelsPageTest::whatIsChosenIsStored()
{
    ui::LabelsPage page;
    page.load({});
    QTest::keyClicks(tagsEdit(page), u"web,, Berlin ,WEB"_s);
    classBox(page)->setCurrentText(u"Production"_s);
    auto *icon = page.findChild<QComboBox *>(u"profileIcon"_s);
    icon->setCurrentIndex(icon->findData(u"database"_s));
    QCOMPARE(stored(page).icon, u"database"_s);
    QCOMPARE(stored(page).tags, QStringList({u"web"_s, u"Berlin"_s}));
    QCOMPARE(stored(page).environmentClass, EnvironmentClass::Production);
}

void LabelsPageTest::inheritedValuesAreShownWithTheirOrigin()
{
    EffectiveProfile inherited;
    inherited.profile.environmentClass = EnvironmentClass::Production;
    inherited.profile.tags = {u"paid"_s};
    inherited.origins.insert(fields::environmentClass, {ValueOrigin::Kind::Group, u"Live"_s});
    inherited.profile.color = u"red"_s;
    inherited.origins.insert(fields::color, {ValueOrigin::Kind::Group, u"Live"_s});
    inherited.profile.icon = u"database"_s;
    inherited.origins.insert(fields::icon, {ValueOrigin::Kind::Group, u"Live"_s});
    inherited.origins.insert(fields::tags, {ValueOrigin::Kind::Group, u"Live"_s});
    ui::LabelsPage page;
    page.load({});
    page.showInherited(inherited);
    QCOMPARE(classBox(page)->currentText(), u"Production — from group Live"_s);
    QCOMPARE(page.findChild<QComboBox *>(u"profileColor"_s)->currentText(),
             u"Red — from group Live"_s);
    QCOMPARE(page.findChild<QComboBox *>(u"profileIcon"_s)->currentText(),
             u"Database — from group Live"_s);
    QVERIFY(tagsEdit(page)->placeholderText().startsWith(u"paid — from group Live"_s));
    QCOMPARE(stored(page), Profile());
}

void LabelsPageTest::noneGoesWithoutWhatIsInherited()
{
    ui::LabelsPage page;
    page.load({});
    tagsEdit(page)->setText(u"none"_s);
    classBox(page)->setCurrentText(u"None of these"_s);
    const Profile profile = stored(page);
    QVERIFY(profile.tags.isEmpty());
    QVERIFY(profile.isOwn(fields::tags));
    QCOMPARE(profile.environmentClass, EnvironmentClass::None);
    QVERIFY(profile.isOwn(fields::environmentClass));
}

QTEST_MAIN(LabelsPageTest)
#include "LabelsPageTest.moc"
