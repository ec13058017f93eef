#include "ui/files/NewItemSheet.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using ui::NewItemSheet;

class NewItemSheetTest : public QObject
{
    Q_OBJECT

private slots:
    void enterAnswersOnce_data();
    void enterAnswersOnce();
};

void NewItemSheetTest::enterAnswersOnce_data()
{
    QTest::addColumn<NewItemSheet::Kind>("kind");
    QTest::addColumn<QString>("field");

    QTest::newRow("folder") << NewItemSheet::Kind::Folder << QStringLiteral("newFolderName");
    QTest::newRow("file") << NewItemSheet::Kind::File << QStringLiteral("newFileName");
}

// A second answer would be told as a failure: there is something of this name by then.
void NewItemSheetTest::enterAnswersOnce()
{
    QFETCH(NewItemSheet::Kind, kind);
    QFETCH(QString, field);
    QWidget pane;
    auto *sheet = new NewItemSheet(kind, &pane);
    auto *layout = new QVBoxLayout(&pane);
    layout->addWidget(sheet);
    QSignalSpy accepted(sheet, &NewItemSheet::accepted);
    pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    auto *name = sheet->findChild<QLineEdit *>(field);
    QVERIFY(name != nullptr);
    name->setFocus();

    QTest::keyClicks(name, QStringLiteral("new"));
    QTest::keyClick(name, Qt::Key_Return);

    QCOMPARE(accepted.size(), 1);
    QCOMPARE(accepted.first().first().toString(), QStringLiteral("new"));
}

QTEST_MAIN(NewItemSheetTest)

#include "NewItemSheetTest.moc"
