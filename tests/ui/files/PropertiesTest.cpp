#include "tests/ui/files/PaneFixture.h"
#include "ui/units/SizeText.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

// Properties and checksums of what is selected in a pane.
class PropertiesTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void foldersAreCounted();
    void stoppedCountSaysSo();
    void checksumIsThatOfTheTool();
    void dialogsGoWithTheirPlace();
};

void PropertiesTest::init()
{
    setUp();
}

void PropertiesTest::cleanup()
{
    m_pane.reset();
}

void PropertiesTest::foldersAreCounted()
{
    show();
    touch(u"folder/one"_s, 1000);
    touch(u"folder/two"_s, 500);
    select(u"folder"_s);
    key(Qt::Key_Return, Qt::AltModifier);
    auto *size = child<QLabel>("propertiesSize");
    QVERIFY(size != nullptr);
    QTRY_COMPARE(size->text(), u"1.5 kB (1,500 bytes)"_s);
    QCOMPARE(child<QLabel>("propertiesContents")->text(), u"2 files, 1 folder"_s);
    QCOMPARE(child<QLabel>("propertiesKind")->text(), u"Folder"_s);
}

void PropertiesTest::stoppedCountSaysSo()
{
    show();
    touch(u"folder/one"_s, 1);
    select(u"folder"_s);
    key(Qt::Key_Return, Qt::AltModifier);
    // Before the event loop brings an answer.
    QTest::mouseClick(child<QPushButton>("propertiesStop"), Qt::LeftButton);
    QVERIFY(child<QLabel>("propertiesSize")->text().startsWith(u"at least"_s));
    QVERIFY(!child<QPushButton>("propertiesStop")->isEnabled());

    QCOMPARE(ui::sizeText(1), u"1 byte"_s);
    QCOMPARE(ui::sizeText(1023), u"1,023 bytes"_s);
    QCOMPARE(ui::sizeText(1536), u"1.5 kB"_s);
}

void PropertiesTest::checksumIsThatOfTheTool()
{
    show();
    select(u"a.txt"_s);
    child<QAction>("localChecksum")->trigger();
    auto *list = child<QTreeWidget>("checksumList");
    QVERIFY(list != nullptr);
    QProcess tool;
    tool.start(u"sha256sum"_s, {scratch(u"a.txt"_s)});
    QVERIFY(tool.waitForFinished());
    const QString expected = QString::fromLatin1(tool.readAllStandardOutput().first(64));
    QTRY_COMPARE(list->topLevelItem(0)->text(1), expected);

    auto *field = child<QLineEdit>("checksumExpected");
    auto *verdict = child<QLabel>("checksumVerdict");
    field->setText(expected.toUpper() + u"  a.txt"_s);
    QCOMPARE(verdict->text(), u"The checksum is the same."_s);
    field->setText(expected.first(63) + u'x');
    QCOMPARE(verdict->text(), u"No file has this checksum."_s);
}

void PropertiesTest::dialogsGoWithTheirPlace()
{
    show();
    select(u"a.txt"_s);
    key(Qt::Key_Return, Qt::AltModifier);
    key(Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(m_pane->findChildren<QDialog *>().size(), 2);
    m_place->close();
    QTRY_COMPARE(m_pane->findChildren<QDialog *>().size(), 0);
}

QTEST_MAIN(PropertiesTest)

#include "PropertiesTest.moc"
