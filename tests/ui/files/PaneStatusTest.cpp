#include "ui/files/PaneStatus.h"

#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using files::FileEntry;

class PaneStatusTest : public QObject
{
    Q_OBJECT

private slots:
    void sizeIsThatOfTheFiles();
};

void PaneStatusTest::sizeIsThatOfTheFiles()
{
    FileEntry file;
    file.attributes.permissions = S_IFREG | 0644;
    file.attributes.size = 300;
    FileEntry folder;
    folder.attributes.permissions = S_IFDIR | 0755;
    folder.attributes.size = 4096;

    QCOMPARE(ui::selectionSummary(1, {}), u"1 item"_s);
    QCOMPARE(ui::selectionSummary(3, {file, file, folder}), u"3 items, 3 selected, 600 bytes"_s);
    QCOMPARE(ui::selectionSummary(3, {folder}), u"3 items, 1 selected"_s);
}

QTEST_GUILESS_MAIN(PaneStatusTest)
#include "PaneStatusTest.moc"
