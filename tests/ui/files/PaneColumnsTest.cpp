#include "ui/files/PaneColumns.h"

#include "tests/ui/files/PaneFixture.h"

#include <QHeaderView>
#include <QMenu>

using files::FilePath;
using ui::FileListModel;
using ui::FilePane;
using ui::Place;

// Columns as the menu of the header gives them.
class PaneColumnsTest : public QObject, private PaneFixture
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void narrowListsGiveUpColumns();
    void chosenColumnsStay();
    void everyColumnSorts();
    void unitsAreChosen();
    void choiceIsRestored();

private:
    void choose(const char *action);
    bool isShown(int column) const { return !m_pane->list().isColumnHidden(column); }
    QString cell(const QString &name, int column) const
    {
        const QAbstractItemModel &model = *m_pane->list().model();
        return model.index(static_cast<int>(shown().indexOf(name)), column).data().toString();
    }
};

void PaneColumnsTest::init()
{
    setUp();
}

void PaneColumnsTest::cleanup()
{
    ui::setSizeUnits(ui::SizeUnits::Traditional);
    m_pane.reset();
}

void PaneColumnsTest::choose(const char *action)
{
    QMenu menu;
    m_pane->list().columns().fillMenu(menu);
    auto *chosen = menu.findChild<QAction *>(QString::fromLatin1(action));
    QVERIFY(chosen != nullptr);
    chosen->trigger();
}

void PaneColumnsTest::narrowListsGiveUpColumns()
{
    show();
    m_pane->resize(1200, 400);
    QTRY_VERIFY(isShown(FileListModel::Owner));
    QVERIFY(!isShown(FileListModel::Group));
    m_pane->resize(300, 400);
    QTRY_VERIFY(!isShown(FileListModel::Owner));
    QVERIFY(isShown(FileListModel::Name));
}

void PaneColumnsTest::chosenColumnsStay()
{
    show();
    m_pane->resize(300, 400);
    choose("column6"); // octal
    QVERIFY(isShown(FileListModel::Octal));
    QCOMPARE(cell(QStringLiteral("a.txt"), FileListModel::Octal).size(), 4);
    m_pane->resize(250, 400);
    QVERIFY(isShown(FileListModel::Octal));
    choose("columnsReset");
    QVERIFY(!isShown(FileListModel::Octal));
}

void PaneColumnsTest::everyColumnSorts()
{
    show();
    QVERIFY(QFile::link(QStringLiteral("a.txt"), scratch(QStringLiteral("z link"))));
    touch(QStringLiteral("c.abc"));
    m_pane->refresh();
    waitForRows(5);
    QHeaderView *header = m_pane->list().header();

    header->setSortIndicator(FileListModel::Kind, Qt::AscendingOrder);
    QTRY_COMPARE(
        shown(),
        QStringList({QStringLiteral("folder"), QStringLiteral("c.abc"), QStringLiteral("a.txt"),
                     QStringLiteral("b.txt"), QStringLiteral("z link")}));
    header->setSortIndicator(FileListModel::LinkTarget, Qt::DescendingOrder);
    QTRY_COMPARE(shown()[1], QStringLiteral("z link"));
    QCOMPARE(cell(QStringLiteral("z link"), FileListModel::LinkTarget), QStringLiteral("a.txt"));
    QCOMPARE(cell(QStringLiteral("c.abc"), FileListModel::Kind), QStringLiteral("ABC file"));
}

void PaneColumnsTest::unitsAreChosen()
{
    show();
    QFile file(scratch(QStringLiteral("a.txt")));
    QVERIFY(file.resize(1'500'000));
    m_pane->refresh();
    QTRY_COMPARE(cell(QStringLiteral("a.txt"), FileListModel::Size), QStringLiteral("1.4 MB"));
    choose("units2");
    QCOMPARE(cell(QStringLiteral("a.txt"), FileListModel::Size), QStringLiteral("1.5 MB"));
    choose("units1");
    QCOMPARE(cell(QStringLiteral("a.txt"), FileListModel::Size), QStringLiteral("1.4 MiB"));
    choose("units3");
    QCOMPARE(cell(QStringLiteral("a.txt"), FileListModel::Size), QStringLiteral("1,500,000"));
}

void PaneColumnsTest::choiceIsRestored()
{
    show();
    choose("column5"); // group
    QHeaderView *header = m_pane->list().header();
    header->moveSection(header->visualIndex(FileListModel::Group), 1);
    const QByteArray state = m_pane->saveState();

    m_place = std::make_shared<ui::PanePlace>(Place::ThisComputer);
    m_pane = std::make_unique<FilePane>(QStringLiteral("local"), m_place);
    QVERIFY(m_pane->restoreState(state));
    show();
    QVERIFY(isShown(FileListModel::Group));
    header = m_pane->list().header();
    QCOMPARE(header->visualIndex(FileListModel::Group), 1);
    QVERIFY(header->sectionsMovable());
    choose("columnsReset");
    QCOMPARE(header->visualIndex(FileListModel::Group), int{FileListModel::Group});
    QVERIFY(!m_pane->restoreState(state.first(state.size() / 2)));
}

QTEST_MAIN(PaneColumnsTest)

#include "PaneColumnsTest.moc"
