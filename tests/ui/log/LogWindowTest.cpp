#include "ui/log/LogWindow.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using logging::LogLevel;
using namespace Qt::StringLiterals;

class LogWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void linesAppearByThemselves();
    void levelIsChosen();
    void linesAreFiltered();
    void textIsFound();
    void failureLeadsToItsLines();
    void shownLinesAreSaved();
    void unwritableFileIsTold();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    QStringList texts() const;

    std::unique_ptr<logging::LogBook> m_book;
    std::shared_ptr<logging::SessionLog> m_log;
    std::unique_ptr<ui::LogWindow> m_window;
};

void LogWindowTest::init()
{
    m_window.reset();
    m_book = std::make_unique<logging::LogBook>();
    m_log = m_book->open(u"web01"_s);
    m_log->append(LogLevel::Info, u"web01"_s, u"Connecting"_s);
    m_log->append(LogLevel::Error, u"libssh"_s, u"Socket error"_s);
    m_window = std::make_unique<ui::LogWindow>(*m_book);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->show(m_log);
}

QStringList LogWindowTest::texts() const
{
    const QAbstractItemModel &rows = *find<QTreeView>("logTable")->model();
    QStringList texts;
    for (int row = 0; row < rows.rowCount(); ++row) {
        texts.append(rows.index(row, 3).data().toString());
    }
    return texts;
}

void LogWindowTest::linesAppearByThemselves()
{
    QCOMPARE(texts(), QStringList({u"Connecting"_s, u"Socket error"_s}));
    m_log->append(LogLevel::Info, {}, u"Ready"_s);
    QTRY_COMPARE(texts().size(), 3);

    // Other logs can be chosen: the program's stands first.
    auto *choice = find<QComboBox>("logChoice");
    QCOMPARE(choice->count(), 2);
    m_book->program()->append(LogLevel::Info, {}, u"hello"_s);
    choice->setCurrentIndex(0);
    emit choice->activated(0);
    QTRY_COMPARE(texts(), QStringList{u"hello"_s});
}

void LogWindowTest::levelIsChosen()
{
    auto *level = find<QComboBox>("logLevel");
    QCOMPARE(level->currentData().toInt(), static_cast<int>(LogLevel::Info));
    level->setCurrentIndex(level->findData(static_cast<int>(LogLevel::Error)));
    emit level->activated(0);
    QCOMPARE(texts(), QStringList{u"Socket error"_s});
    QCOMPARE(m_log->level(), LogLevel::Error);

    level->setCurrentIndex(level->findData(static_cast<int>(LogLevel::Trace)));
    emit level->activated(0);
    m_log->append(LogLevel::Trace, {}, u"packet"_s);
    QTRY_COMPARE(texts().size(), 3);
}

void LogWindowTest::linesAreFiltered()
{
    QTest::keyClicks(find<QLineEdit>("logFilter"), u"LIBSSH"_s);
    QCOMPARE(texts(), QStringList{u"Socket error"_s});
    QVERIFY(find<QLabel>("logState")->text().contains(u"1 of 2"_s));
}

void LogWindowTest::textIsFound()
{
    auto *search = find<QLineEdit>("logSearch");
    auto *table = find<QTreeView>("logTable");
    table->setCurrentIndex({});
    QTest::keyClicks(search, u"conn"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(table->currentIndex().row(), 0);
    search->setText(u"error"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(table->currentIndex().row(), 1);
    QTest::keyClick(search, Qt::Key_Return); // around the end
    QCOMPARE(table->currentIndex().row(), 1);
    search->setText(u"nowhere"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(find<QLabel>("logState")->text().contains(u"nowhere"_s));
}

void LogWindowTest::failureLeadsToItsLines()
{
    const QDateTime when = m_log->linesAfter(0).last().when;
    m_window->show(m_log, when);
    QCOMPARE(find<QTreeView>("logTable")->currentIndex().row(), 1);
    m_window->show(m_log, when.addSecs(-3600)); // before all
    QCOMPARE(find<QTreeView>("logTable")->currentIndex().row(), 0);
}

void LogWindowTest::shownLinesAreSaved()
{
    QTemporaryDir directory;
    QTest::keyClicks(find<QLineEdit>("logFilter"), u"socket"_s);
    m_window->saveTo(directory.filePath(u"log"_s));

    QFile file(directory.filePath(u"log"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QCOMPARE(text.count('\n'), 1);
    QVERIFY2(text.endsWith("error    libssh: Socket error\n"), text.constData());
}

void LogWindowTest::unwritableFileIsTold()
{
    m_window->saveTo(u"/nonexistent/log"_s);
    QVERIFY(find<QWidget>("errorBanner")->isVisible());
}

QTEST_MAIN(LogWindowTest)
#include "LogWindowTest.moc"
