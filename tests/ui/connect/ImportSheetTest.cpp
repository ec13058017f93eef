#include "ui/connect/ImportSheet.h"

#include "tests/support/FocusWalk.h"
#include "ui/connect/ExportSheet.h"
#include "ui/connect/ImportModel.h"
#include "ui/theme/Theme.h"

#include <QAbstractItemModel>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using ui::ImportModel;
using ui::ImportSheet;

class ImportSheetTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void chosenOnesAreStored();
    void reasonsAreTold();
    void tabGoesAsPeopleReadAndIsSeen();
    void spaceTicksWhatIsSelected();
    void programsAreNotTickedByThemselves();
    void otherFormatIsTold();
    void nothingIsStoredOnCancel();
    void exportWritesWhatIsChosen();
    void exportTellsWhatFailed();

private:
    QString write(const QString &name, const QByteArray &content) const;
    void open(const QByteArray &table);
    QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    QTreeView *table() const { return find<QTreeView>("importTable"); }
    int rows() const { return table()->model()->rowCount(); }
    bool isTicked(int row) const
    {
        return table()->model()->index(row, 0).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    }
    template<typename T>
    T *find(const char *name) const
    {
        return m_parent->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<QWidget> m_parent;
    QPointer<ImportSheet> m_sheet;
};

void ImportSheetTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("HOME", QFile::encodeName(m_directory->path())); // where programs have their sessions
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_directory->filePath(u".config"_s)));
    m_store = std::make_unique<profiles::ProfileStore>(m_directory->filePath(u"s.json"_s));
    m_parent = std::make_unique<QWidget>();
    m_sheet = new ImportSheet(*m_store, m_parent.get());
    m_parent->show();
}

void ImportSheetTest::cleanup()
{
    m_parent.reset();
}

QString ImportSheetTest::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_directory->filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
        ? file.fileName()
        : QString();
}

void ImportSheetTest::open(const QByteArray &table)
{
    m_sheet->openFile(write(u"table.csv"_s, table));
    QTRY_VERIFY(rows() > 0);
}

void ImportSheetTest::chosenOnesAreStored()
{
    open("name,host,user,group\nweb,web01,ann,East\ndb,db02,,\n");
    QSignalSpy imported(m_sheet, &ImportSheet::imported);
    QVERIFY(isTicked(0) && isTicked(1));
    table()->model()->setData(table()->model()->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
    find<QComboBox>("importGroup")->setEditText(u"Customers"_s);
    QCOMPARE(find<QPushButton>("importAccept")->isEnabled(), true);
    QTest::mouseClick(find<QPushButton>("importAccept"), Qt::LeftButton);

    QCOMPARE(imported.size(), 1);
    QCOMPARE(m_store->profiles().size(), 1);
    QCOMPARE(m_store->profiles().first().address().toString(), u"ann@web01"_s);
    QCOMPARE(m_store->profiles().first().group, u"Customers/East"_s);
    QVERIFY(
        m_store->forget(imported.first().first().value<profiles::ProfileStore::GroupContent>()));
    QVERIFY(m_store->profiles().isEmpty());
}

void ImportSheetTest::reasonsAreTold()
{
    profiles::Profile known;
    known.id = u"k"_s;
    known.name = u"my db"_s;
    known.host = u"db02"_s;
    QVERIFY(m_store->save(known));

    open("name,host,protocol,password,rack\nrouter,r1,telnet,,\ndb,db02,,,\nweb,web01,ssh,x,7\n");

    QVERIFY(cell(0, ImportModel::Remark).contains(u"telnet"));
    QVERIFY(!(table()->model()->index(0, 0).flags() & Qt::ItemIsEnabled));
    const auto color
        = table()->model()->index(0, ImportModel::Remark).data(Qt::ForegroundRole).value<QColor>();
    QVERIFY(ui::Theme::contrast(color, table()->palette().color(QPalette::Base)) >= 4.5);
    QVERIFY(cell(1, ImportModel::Remark).contains(u"my db"));
    QVERIFY(!isTicked(1));
    QVERIFY(cell(2, ImportModel::Remark).contains(u"password"));
    QVERIFY(cell(2, ImportModel::Remark).contains(u"rack=7"));
    QVERIFY(isTicked(2));
    find<QPushButton>("importAll")->click();
    QVERIFY(!isTicked(0) && isTicked(1) && isTicked(2));
    find<QPushButton>("importNone")->click();
    QVERIFY(!find<QPushButton>("importAccept")->isEnabled());
}

void ImportSheetTest::tabGoesAsPeopleReadAndIsSeen()
{
    m_sheet->resize(900, 600);
    m_parent->resize(900, 600);
    QVERIFY(QTest::qWaitForWindowActive(m_parent.get()));
    QCOMPARE(tests::focusFaults(*m_parent).join(u'\n'), QString());
    open("name,host\nweb,web01\n");
    QCOMPARE(tests::focusFaults(*m_parent).join(u'\n'), QString());
}

void ImportSheetTest::spaceTicksWhatIsSelected()
{
    open("host\na\nb\nc\n");
    find<QPushButton>("importNone")->click();
    table()->selectAll();
    QTest::keyClick(table(), Qt::Key_Space);
    QVERIFY(isTicked(0) && isTicked(1) && isTicked(2));
    table()->selectionModel()->select(table()->model()->index(1, 0),
                                      QItemSelectionModel::ClearAndSelect
                                          | QItemSelectionModel::Rows);
    QTest::keyClick(table(), Qt::Key_Space);
    QVERIFY(isTicked(0) && !isTicked(1) && isTicked(2));
}

void ImportSheetTest::programsAreNotTickedByThemselves()
{
    m_sheet->openFile(write(u"config"_s, "Host a\n  ProxyCommand nc %h %p\nHost b\n  User x\n"));
    QTRY_COMPARE(rows(), 2);
    QVERIFY(!isTicked(0));
    QVERIFY(cell(0, ImportModel::Remark).contains(u"nc %h %p"));
    QVERIFY(isTicked(1));
}

void ImportSheetTest::otherFormatIsTold()
{
    m_sheet->openFile(write(u"x.csv"_s, "nothing,here\n"));
    QTRY_VERIFY(find<QLabel>("importProblem")->isVisibleTo(m_sheet));
    QVERIFY(!find<QPushButton>("importAccept")->isEnabled());
    open("host\na\n");
    QVERIFY(!find<QLabel>("importProblem")->isVisibleTo(m_sheet));
}

void ImportSheetTest::nothingIsStoredOnCancel()
{
    open("host\na\n");
    QTest::keyClick(m_sheet, Qt::Key_Escape);
    QTRY_VERIFY(m_sheet.isNull());
    QVERIFY(m_store->profiles().isEmpty());
}

void ImportSheetTest::exportWritesWhatIsChosen()
{
    profiles::Profile first;
    first.id = u"1"_s;
    first.host = u"web01"_s;
    profiles::Profile second;
    second.id = u"2"_s;
    second.host = u"db02"_s;
    second.group = u"East"_s;
    QVERIFY(m_store->saveAll({first, second}));
    auto *sheet = new ui::ExportSheet({u"2"_s}, *m_store, m_parent.get());
    QSignalSpy exported(sheet, &ui::ExportSheet::exported);
    auto *format = find<QComboBox>("exportFormat");
    format->setCurrentIndex(format->count() - 1);
    const QString path = m_directory->filePath(u"out.csv"_s);
    sheet->writeTo(path);
    QTRY_COMPARE(exported.size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("db02"));
    QVERIFY(!content.contains("web01"));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void ImportSheetTest::exportTellsWhatFailed()
{
    profiles::Profile first;
    first.id = u"1"_s;
    first.host = u"web01"_s;
    QVERIFY(m_store->saveAll({first}));
    auto *sheet = new ui::ExportSheet({}, *m_store, m_parent.get());
    sheet->writeTo(m_directory->filePath(u"no/such/out.json"_s));
    QTRY_VERIFY(find<QLabel>("exportProblem")->isVisibleTo(sheet));
    QVERIFY(find<QLabel>("exportProblem")->text().contains(u"no/such"));
}

QTEST_MAIN(ImportSheetTest)

#include "ImportSheetTest.moc"
