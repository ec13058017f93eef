#include "ui/connect/TerminalChoicePage.h"

#include "settings/Settings.h"

#include <QComboBox>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::EffectiveProfile;
using profiles::Profile;
using profiles::TerminalChoice;

class TerminalChoicePageTest : public QObject
{
    Q_OBJECT

private slots:
    void untouchedProfileStays();
    void whatIsChosenIsStored();
    void whatHoldsOtherwiseIsShown();

private:
    static QComboBox *box(const ui::TerminalChoicePage &page, const QString &name)
    {
        return page.findChild<QComboBox *>(name);
    }
    static Profile stored(const ui::TerminalChoicePage &page)
    {
        Profile profile;
        page.store(profile);
        return profile;
    }

    QTemporaryDir m_directory;
    settings::Settings m_settings{m_directory.filePath(u"settings.ini"_s)};
};

void TerminalChoicePageTest::untouchedProfileStays()
{
    Profile full;
    full.terminal = {
        .log = u"cast"_s, .colors = u"dark"_s, .fontFamily = u"No such font"_s, .fontPoints = 14};
    Profile newer;
    newer.terminal.colors = u"a scheme that is gone"_s;
    newer.terminal.log = u"of a newer Ponto"_s;
    for (const Profile &each : {Profile(), full, newer}) {
        ui::TerminalChoicePage page(m_settings);
        page.load(each);
        QCOMPARE(stored(page), each);
        page.show(); // looks for fonts
        QCOMPARE(stored(page), each);
    }
}

void TerminalChoicePageTest::whatIsChosenIsStored()
{
    ui::TerminalChoicePage page(m_settings);
    page.load(Profile());
    auto *colors = box(page, u"profileTerminalColors"_s);
    colors->setCurrentIndex(colors->findData(u"light"_s));
    auto *log = box(page, u"profileTerminalLog"_s);
    log->setCurrentIndex(log->findData(u"off"_s)); // whatever the group says
    auto *font = box(page, u"profileTerminalFont"_s);
    font->setCurrentIndex(font->findData(QString(TerminalChoice::systemFont)));

    const Profile profile = stored(page);
    QCOMPARE(profile.terminal.colors, u"light"_s);
    QCOMPARE(profile.terminal.log, u"off"_s);
    QCOMPARE(profile.terminal.fontFamily, QString(TerminalChoice::systemFont));
    QCOMPARE(profile.terminal.fontPoints, 0);
}

void TerminalChoicePageTest::whatHoldsOtherwiseIsShown()
{
    ui::TerminalChoicePage page(m_settings);
    page.load(Profile());
    EffectiveProfile inherited;
    inherited.profile.terminal.colors = u"dark"_s;
    inherited.profile.terminal.log = u"timed"_s;
    page.showInherited(inherited);
    QVERIFY2(box(page, u"profileTerminalColors"_s)->itemText(0).startsWith(u"Dark"_s),
             qPrintable(box(page, u"profileTerminalColors"_s)->itemText(0)));
    QVERIFY2(box(page, u"profileTerminalLog"_s)
                 ->itemText(0)
                 .startsWith(u"As lines of text, each with its time"_s),
             qPrintable(box(page, u"profileTerminalLog"_s)->itemText(0)));
}

QTEST_MAIN(TerminalChoicePageTest)
#include "TerminalChoicePageTest.moc"
