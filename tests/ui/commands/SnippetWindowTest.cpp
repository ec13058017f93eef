#include "ui/commands/SnippetWindow.h"

#include "storage/Database.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using Place = ui::SnippetWindow::Place;

class SnippetWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void usefulOnesAreListedAndFiltered();
    void valuesAreFilledIn();
    void dangerousOneAsksFirst();
    void withoutATabThatIsTold();
    void snippetIsAddedChangedAndDeleted();
    void takenNameIsTold();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    void click(const char *name) const
    {
        auto *widget = find<QWidget>(name);
        QVERIFY2(widget != nullptr && widget->isVisible() && widget->isEnabled(), name);
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    void choose(const QString &name) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<ui::SnippetWindow> m_window;
    QList<std::pair<Place, QString>> m_ran;
    bool m_hasTab = true;
};

void SnippetWindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_database = std::make_unique<storage::Database>(m_directory->filePath(u"ponto.sqlite"_s));
    m_ran.clear();
    m_hasTab = true;
    m_window = std::make_unique<ui::SnippetWindow>(*m_database,
                                                   [this](Place place, const QString &command) {
                                                       m_ran.append({place, command});
                                                       return m_hasTab;
                                                   });
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY(find<QListWidget>("snippetList")->count() >= 5);
}

void SnippetWindowTest::cleanup()
{
    m_window.reset();
    m_database.reset();
}

void SnippetWindowTest::choose(const QString &name) const
{
    auto *list = find<QListWidget>("snippetList");
    const auto found = list->findItems(name, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    list->setCurrentItem(found.first());
}

void SnippetWindowTest::usefulOnesAreListedAndFiltered()
{
    QTest::keyClicks(find<QLineEdit>("snippetFilter"), u"fedora"_s);
    QCOMPARE(find<QListWidget>("snippetList")->count(), 1);
    QTest::keyClicks(find<QLineEdit>("snippetFilter"), u" and nothing"_s);
    QCOMPARE(find<QListWidget>("snippetList")->count(), 0);
}

void SnippetWindowTest::valuesAreFilledIn()
{
    choose(u"Log of a unit"_s);
    const auto values = m_window->findChildren<QLineEdit *>(u"snippetValue"_s);
    QCOMPARE(values.size(), 2);
    QCOMPARE(values.at(1)->text(), u"50"_s);
    QVERIFY(!find<QPushButton>("snippetRun")->isEnabled()); // the unit is missing
    QTest::keyClicks(values.at(0), u"a b"_s);

    click("snippetRun");

    QCOMPARE(m_ran.size(), 1);
    QCOMPARE(m_ran.first().first, Place::Panel);
    QCOMPARE(m_ran.first().second, u"journalctl -u 'a b' -n 50 --no-pager"_s);
    click("snippetRunTerminal");
    QCOMPARE(m_ran.last().first, Place::Terminal);
}

void SnippetWindowTest::dangerousOneAsksFirst()
{
    choose(u"Update packages (Debian, Ubuntu)"_s);
    click("snippetRun");
    QVERIFY(m_ran.isEmpty());
    click("confirmCancel");
    QTRY_VERIFY(find<QWidget>("confirmSheet") == nullptr);
    QVERIFY(m_ran.isEmpty());
    click("snippetRun");
    click("confirmAccept");
    QCOMPARE(m_ran.size(), 1);

    QTRY_VERIFY(find<QWidget>("confirmSheet") == nullptr);
    click("snippetRunMany"); // it has questions of its own
    QCOMPARE(m_ran.last().first, Place::ManyServers);
}

void SnippetWindowTest::withoutATabThatIsTold()
{
    m_hasTab = false;
    choose(u"Disk usage"_s);
    click("snippetRun");
    QVERIFY(find<QWidget>("errorBanner")->isVisible());
}

void SnippetWindowTest::snippetIsAddedChangedAndDeleted()
{
    auto *list = find<QListWidget>("snippetList");
    const int count = list->count();
    click("snippetNew");
    QVERIFY(!find<QToolButton>("snippetSave")->isEnabled());
    QTest::keyClicks(find<QLineEdit>("snippetName"), u"Kernel"_s);
    QTest::keyClicks(find<QPlainTextEdit>("snippetCommand"), u"uname -r"_s);
    QTest::keyClicks(find<QLineEdit>("snippetTags"), u"kernel, Kernel, x"_s);
    click("snippetSave");
    QTRY_COMPARE(list->count(), count + 1);
    QCOMPARE(list->currentItem()->text(), u"Kernel"_s);
    QCOMPARE(find<QLineEdit>("snippetTags")->text(), u"kernel, x"_s);

    find<QLineEdit>("snippetName")->setText(u"A kernel"_s);
    click("snippetSave");
    QTRY_COMPARE(list->item(0)->text(), u"A kernel"_s);
    QCOMPARE(list->count(), count + 1);

    click("snippetRemove");
    click("confirmAccept");
    QTRY_COMPARE(list->count(), count);
}

void SnippetWindowTest::takenNameIsTold()
{
    click("snippetNew");
    find<QLineEdit>("snippetName")->setText(u"Disk usage"_s);
    find<QPlainTextEdit>("snippetCommand")->setPlainText(u"df"_s);
    click("snippetSave");
    QTRY_VERIFY(find<QWidget>("errorBanner")->isVisible());
}

QTEST_MAIN(SnippetWindowTest)
#include "SnippetWindowTest.moc"
