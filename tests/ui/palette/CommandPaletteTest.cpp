#include "ui/palette/CommandPalette.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using ui::CommandPalette;
using ui::PaletteItem;

class CommandPaletteTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_window.reset(); }

    void offersAllAtFirst();
    void bestMatchComesFirst();
    void keywordsComeAfterTitles();
    void enterRunsAndGivesTheFocusBack();
    void arrowsChoose();
    void escapeRunsNothing();
    void clickRuns();
    void focusElsewhereCloses();
    void nothingFoundIsSaid();
    void whatIsTypedCanBeAnItemItself();
    void fitsASmallWindow();

private:
    void open(const std::function<PaletteItem(const QString &)> &otherwise = {});
    PaletteItem item(const QString &title, const QString &keywords = {});
    QLineEdit *field() const { return m_palette->findChild<QLineEdit *>(u"paletteEdit"_s); }
    QListView *list() const { return m_palette->findChild<QListView *>(u"paletteList"_s); }
    QStringList titles() const;
    void type(const QString &text) const { QTest::keyClicks(field(), text); }

    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_other = nullptr;
    CommandPalette *m_palette = nullptr;
    QStringList m_ran;
};

void CommandPaletteTest::init()
{
    m_ran.clear();
    m_window = std::make_unique<QWidget>();
    m_other = new QLineEdit;
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_other);
    m_palette = new CommandPalette(*m_window);
    m_window->resize(900, 600);
    m_window->show();
    m_other->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

PaletteItem CommandPaletteTest::item(const QString &title, const QString &keywords)
{
    return {title, u"hint"_s, {}, [this, title] { m_ran += title; }, keywords};
}

void CommandPaletteTest::open(const std::function<PaletteItem(const QString &)> &otherwise)
{
    m_palette->open({item(u"web01"_s, u"10.0.0.1 Customers"_s), item(u"db02"_s, u"10.0.0.2"_s),
                     item(u"New terminal"_s), item(u"Customers"_s)},
                    otherwise);
    QTRY_VERIFY(field()->hasFocus());
}

QStringList CommandPaletteTest::titles() const
{
    QStringList result;
    for (int row = 0; row < list()->model()->rowCount(); ++row) {
        result += list()->model()->index(row, 0).data().toString();
    }
    return result;
}

void CommandPaletteTest::offersAllAtFirst()
{
    open();

    QVERIFY(m_palette->isVisible());
    QCOMPARE(titles(), QStringList({u"web01"_s, u"db02"_s, u"New terminal"_s, u"Customers"_s}));
    QCOMPARE(list()->currentIndex().row(), 0);
}

void CommandPaletteTest::bestMatchComesFirst()
{
    open();

    type(u"nt"_s);
    QCOMPARE(titles(), QStringList{u"New terminal"_s});
    field()->clear();
    QCOMPARE(titles().size(), 4);
}

void CommandPaletteTest::keywordsComeAfterTitles()
{
    open();

    type(u"custom"_s);

    QCOMPARE(titles(), QStringList({u"Customers"_s, u"web01"_s}));
}

void CommandPaletteTest::enterRunsAndGivesTheFocusBack()
{
    open();

    type(u"db"_s);
    QTest::keyClick(field(), Qt::Key_Return);

    QCOMPARE(m_ran, QStringList{u"db02"_s});
    QVERIFY(!m_palette->isVisible());
    QVERIFY(m_other->hasFocus());
}

void CommandPaletteTest::arrowsChoose()
{
    open();

    QTest::keyClick(field(), Qt::Key_Up); // stays
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_PageDown);
    QTest::keyClick(field(), Qt::Key_Up);
    QTest::keyClick(field(), Qt::Key_Enter);

    QCOMPARE(m_ran, QStringList{u"New terminal"_s});
}

void CommandPaletteTest::escapeRunsNothing()
{
    open();

    type(u"db"_s);
    QTest::keyClick(field(), Qt::Key_Escape);

    QVERIFY(!m_palette->isVisible());
    QVERIFY(m_other->hasFocus());
    QCOMPARE(m_ran, QStringList());
    open();
    QCOMPARE(field()->text(), QString()); // a new question
}

void CommandPaletteTest::clickRuns()
{
    open();

    const QRect row = list()->visualRect(list()->model()->index(1, 0));
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, row.center());

    QCOMPARE(m_ran, QStringList{u"db02"_s});
}

void CommandPaletteTest::focusElsewhereCloses()
{
    open();

    m_other->setFocus();

    QVERIFY(!m_palette->isVisible());
    QVERIFY(m_other->hasFocus());
}

void CommandPaletteTest::nothingFoundIsSaid()
{
    open();

    type(u"zzz"_s);
    QCOMPARE(titles(), QStringList());
    QVERIFY(!list()->isVisible());
    QTest::keyClick(field(), Qt::Key_Return); // runs nothing

    QCOMPARE(m_ran, QStringList());
    QVERIFY(m_palette->isVisible());
}

void CommandPaletteTest::whatIsTypedCanBeAnItemItself()
{
    open([this](const QString &typed) {
        return typed.contains(u'@') ? item(u"Connect to "_s + typed) : PaletteItem();
    });

    type(u"me"_s);
    QVERIFY(!titles().contains(u"Connect to me"_s));
    type(u"@host"_s);
    QCOMPARE(titles(), QStringList{u"Connect to me@host"_s});
    QTest::keyClick(field(), Qt::Key_Return);

    QCOMPARE(m_ran, QStringList{u"Connect to me@host"_s});
}

void CommandPaletteTest::fitsASmallWindow()
{
    open();

    m_window->resize(300, 200);

    QTRY_VERIFY(m_window->rect().contains(m_palette->geometry()));
}

QTEST_MAIN(CommandPaletteTest)

#include "CommandPaletteTest.moc"
