#include "ui/connect/TerminalChoicePage.h"

#include "settings/Settings.h"

#include <QComboBox>
#include <QLineEdit>
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
    void nonsenseIsRefused();

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
    full.terminal = {.log = u"cast"_s,
                     .colors = u"dark"_s,
                     .fontFamily = u"No such font"_s,
                     .fontPoints = 14,
                     .cursor = u"bar"_s,
                     .bell = u"none"_s,
                     .scrollback = 0,
                     .type = u"vt100"_s};
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

    auto *cursor = box(page, u"profileTerminalCursor"_s);
    cursor->setCurrentIndex(cursor->findData(u"underline"_s));
    page.findChild<QSpinBox *>(u"profileTerminalScrollback"_s)->setValue(500);
    page.findChild<QLineEdit *>(u"profileTerminalType"_s)->setText(u" vt220 "_s);

    const Profile profile = stored(page);
    QCOMPARE(profile.terminal.cursor, u"underline"_s);
    QCOMPARE(profile.terminal.bell, QString());
    QCOMPARE(profile.terminal.scrollback, 500);
    QCOMPARE(profile.terminal.type, u"vt220"_s);
    QVERIFY(page.problem().isEmpty());
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
    inherited.profile.terminal.bell = u"none"_s;
    inherited.profile.terminal.scrollback = 70;
    inherited.profile.terminal.type = u"vt100"_s;
    page.showInherited(inherited);
    QVERIFY2(box(page, u"profileTerminalColors"_s)->itemText(0).startsWith(u"Dark"_s),
             qPrintable(box(page, u"profileTerminalColors"_s)->itemText(0)));
    QVERIFY2(box(page, u"profileTerminalLog"_s)
                 ->itemText(0)
                 .startsWith(u"As lines of text, each with its time"_s),
             qPrintable(box(page, u"profileTerminalLog"_s)->itemText(0)));
    QVERIFY(box(page, u"profileTerminalBell"_s)->itemText(0).startsWith(u"Nothing"_s));
    const auto *lines = page.findChild<QSpinBox *>(u"profileTerminalScrollback"_s);
    QVERIFY2(lines->text().startsWith(u"70 lines"_s), qPrintable(lines->text()));
    const auto *type = page.findChild<QLineEdit *>(u"profileTerminalType"_s);
    QVERIFY(type->placeholderText().startsWith(u"vt100"_s));
}

void TerminalChoicePageTest::nonsenseIsRefused()
{
    ui::TerminalChoicePage page(m_settings);
    page.load(Profile());
    page.findChild<QLineEdit *>(u"profileTerminalType"_s)->setText(u"x term\x1b"_s);

    QVERIFY2(page.problem().contains(u"is no type of terminal"_s), qPrintable(page.problem()));
}

QTEST_MAIN(TerminalChoicePageTest)
#include "TerminalChoicePageTest.moc"
