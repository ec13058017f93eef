// The user's own keys: what may be one, whom it is taken from, and that it holds at once.

#include "ui/settings/KeyboardPage.h"

#include "settings/Settings.h"
#include "ui/files/PaneActions.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/main/Actions.h"
#include "ui/terminal/ViewActions.h"
#include "ui/widgets/SheetHost.h"

#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include <memory>

using namespace Qt::StringLiterals;
using ui::KeyBindings;
using Scope = KeyBindings::Scope;

class KeyboardPageTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everyCommandIsListed();
    void listIsFilteredByNameAndKey();
    void fieldsAreAboutACommandThatIsShown();
    void keyHoldsAtOnceAndIsKept();
    void modifierAloneChangesNothing();
    void keyOfAnotherIsTakenWhenAsked();
    void keyOfTheWindowMayBeThatOfFiles();
    void someKeysAreNeeded_data();
    void someKeysAreNeeded();
    void keyIsRemovedAndComesBack();
    void allComeBack();
    void unknownCommandsAreKept();
    void escapeIsNoKey();

private:
    void select(const QString &title);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    QString keysShown() const { return find<QTreeWidget>("keyboardList")->currentItem()->text(1); }
    QStringList shownTitles() const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_host->findChild<T *>(QString::fromLatin1(name));
    }
    static KeyBindings &bindings() { return KeyBindings::shared(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ui::Actions> m_actions;
    std::unique_ptr<ui::SheetHost> m_host;
};

void KeyboardPageTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(m_directory->filePath(u"settings.ini"_s));
    bindings().useSettings(*m_settings);
    m_window = std::make_unique<QWidget>();
    m_actions = std::make_unique<ui::Actions>(*m_window);
    ui::PaneActions::declareKeys();
    ui::declareTerminalKeys();
    m_host = std::make_unique<ui::SheetHost>();
    auto *page = new ui::KeyboardPage(*m_host);
    m_host->setContent(page);
    page->load();
    m_host->show();
    QVERIFY(QTest::qWaitForWindowActive(m_host.get()));
}

void KeyboardPageTest::cleanup()
{
    m_host.reset();
    m_actions.reset();
    m_window.reset();
    m_settings.reset();
}

void KeyboardPageTest::select(const QString &title)
{
    auto *list = find<QTreeWidget>("keyboardList");
    const auto found = list->findItems(title, Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    list->setCurrentItem(found.first());
}

void KeyboardPageTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    auto *field = find<QKeySequenceEdit>("keyboardKey1");
    field->setFocus();
    QTest::keyClick(field, key, modifiers);
}

QStringList KeyboardPageTest::shownTitles() const
{
    QStringList titles;
    const auto *list = find<QTreeWidget>("keyboardList");
    for (const QTreeWidgetItem *item :
         list->findItems(QString(), Qt::MatchContains | Qt::MatchRecursive)) {
        if (item->parent() != nullptr && !item->isHidden()) {
            titles.append(item->text(0));
        }
    }
    return titles;
}

void KeyboardPageTest::everyCommandIsListed()
{
    const QStringList titles = shownTitles();
    for (QAction *action : m_actions->all()) {
        const QString title = action->text().remove(u'&').remove(QChar(u'…'));
        QVERIFY2(titles.contains(title), qPrintable(title));
    }
    for (const QString &title : {u"Tab 9"_s, u"Rename"_s, u"Move to the other pane"_s,
                                 u"Delete for good"_s, u"Larger text"_s}) {
        QVERIFY2(titles.contains(title), qPrintable(title));
    }
}

void KeyboardPageTest::listIsFilteredByNameAndKey()
{
    auto *filter = find<QLineEdit>("keyboardFilter");
    QTest::keyClicks(filter, u"delete"_s);
    QCOMPARE(shownTitles(), QStringList{u"Delete for good"_s});
    filter->setText(u"Alt+F7"_s);
    QCOMPARE(shownTitles(), QStringList{u"Search"_s});
    filter->clear();
    QVERIFY(shownTitles().size() > 100);
}

void KeyboardPageTest::fieldsAreAboutACommandThatIsShown()
{
    auto *filter = find<QLineEdit>("keyboardFilter");
    auto *field = find<QKeySequenceEdit>("keyboardKey1");
    const auto name = [this] { return find<QLabel>("keyboardName")->text(); };
    select(u"Reconnect"_s);

    filter->setText(u"Delete for good"_s);
    QCOMPARE(name(), u"Keys of “Delete for good”:"_s);
    filter->setText(u"no such command"_s);
    QVERIFY(!field->isEnabled());
    QCOMPARE(name(), u"Choose a command to change its keys."_s);
    filter->setText(u"Alt+F7"_s);
    QCOMPARE(name(), u"Keys of “Search”:"_s);

    press(Qt::Key_F11); // it does not fit any more, and is still what the fields are about
    QTRY_COMPARE(keysShown(), u"F11"_s);
    QCOMPARE(shownTitles(), QStringList{u"Search"_s});
    QCOMPARE(name(), u"Keys of “Search”:"_s);
    bindings().chooseUsualForAll();
}

void KeyboardPageTest::keyHoldsAtOnceAndIsKept()
{
    select(u"Reconnect"_s);
    press(Qt::Key_F11);
    QTRY_COMPARE(keysShown(), u"F11"_s);
    QCOMPARE(m_actions->reconnect->shortcuts(), QList<QKeySequence>{Qt::Key_F11});
    QCOMPARE(m_settings->value(settings::keys::shortcuts), QStringList{u"window/reconnect=F11"_s});

    bindings().useSettings(*m_settings); // as at the next start
    QCOMPARE(m_actions->reconnect->shortcut(), QKeySequence(Qt::Key_F11));
    QWidget other;
    QCOMPARE(ui::Actions(other).reconnect->shortcut(), QKeySequence(Qt::Key_F11));
    QVERIFY(find<QLabel>("keyboardRemark")->text().contains(u"terminal"_s));
}

void KeyboardPageTest::modifierAloneChangesNothing()
{
    select(u"Reconnect"_s);
    const QString before = keysShown();
    auto *field = find<QKeySequenceEdit>("keyboardKey1");
    field->setFocus();
    QTest::keyPress(field, Qt::Key_Control, Qt::ControlModifier);
    QTest::keyRelease(field, Qt::Key_Control);
    QTRY_COMPARE(field->keySequence(), m_actions->reconnect->shortcut());
    QCOMPARE(keysShown(), before);
    QVERIFY(!bindings().isChosen(u"window/reconnect"_s));
}

// Two actions with the same key would both do nothing.
void KeyboardPageTest::keyOfAnotherIsTakenWhenAsked()
{
    select(u"Reconnect"_s);
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    auto *take = find<QPushButton>("keyboardTake");
    QTRY_VERIFY(take->isVisible());
    QVERIFY(find<QLabel>("keyboardProblem")->text().contains(u"“Save session”"_s));
    QCOMPARE(m_actions->reconnect->shortcut(), QKeySequence(u"Ctrl+Shift+R"_s));

    QTest::mouseClick(take, Qt::LeftButton);
    QCOMPARE(m_actions->reconnect->shortcut(), QKeySequence(u"Ctrl+Shift+S"_s));
    QVERIFY(m_actions->saveSession->shortcuts().isEmpty());
    QVERIFY(!take->isVisible());

    select(u"Find"_s); // of terminals, which the window's keys hold in
    press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(take->isVisible());
}

void KeyboardPageTest::keyOfTheWindowMayBeThatOfFiles()
{
    select(u"Rename"_s);
    press(Qt::Key_T, Qt::ControlModifier);
    QTRY_COMPARE(keysShown(), u"Ctrl+T"_s);
    QVERIFY(find<QLabel>("keyboardRemark")->text().contains(u"New terminal"_s));
    QVERIFY(m_actions->newTerminal->shortcuts().contains(QKeySequence(u"Ctrl+T"_s)));
}

void KeyboardPageTest::someKeysAreNeeded_data()
{
    QTest::addColumn<Scope>("scope");
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isFit");
    QTest::newRow("letter") << Scope::Window << u"A"_s << false;
    QTest::newRow("capital") << Scope::Files << u"Shift+A"_s << false;
    QTest::newRow("cursor") << Scope::Files << u"Down"_s << false;
    QTest::newRow("delete everywhere") << Scope::Window << u"Del"_s << false;
    QTest::newRow("delete a file") << Scope::Files << u"Del"_s << true;
    QTest::newRow("function key") << Scope::Window << u"F11"_s << true;
    QTest::newRow("Alt") << Scope::Window << u"Alt+A"_s << true;
    QTest::newRow("typed into terminals") << Scope::Terminal << u"Ctrl+A"_s << false;
    QTest::newRow("function key of a terminal") << Scope::Terminal << u"F11"_s << false;
    QTest::newRow("terminal") << Scope::Terminal << u"Ctrl+Shift+A"_s << true;
    QTest::newRow("paste") << Scope::Terminal << u"Shift+Ins"_s << true;
}

void KeyboardPageTest::someKeysAreNeeded()
{
    QFETCH(Scope, scope);
    QFETCH(QString, key);
    QFETCH(bool, isFit);
    const QString why = KeyBindings::whyUnfit(QKeySequence(key), scope);
    QVERIFY2(why.isEmpty() == isFit, qPrintable(why));
    QVERIFY(isFit || why.contains(key));
}

void KeyboardPageTest::keyIsRemovedAndComesBack()
{
    select(u"Quick connect"_s);
    QCOMPARE(keysShown(), u"Ctrl+Shift+L, Ctrl+L"_s);
    QTest::mouseClick(find<QToolButton>("keyboardRemove1"), Qt::LeftButton);
    QCOMPARE(keysShown(), u"Ctrl+L"_s);
    QTest::mouseClick(find<QToolButton>("keyboardRemove1"), Qt::LeftButton);
    QCOMPARE(keysShown(), QString());
    QVERIFY(m_actions->quickConnect->shortcuts().isEmpty());
    bindings().useSettings(*m_settings);
    QVERIFY(m_actions->quickConnect->shortcuts().isEmpty());

    QTest::mouseClick(find<QPushButton>("keyboardUsual"), Qt::LeftButton);
    QCOMPARE(keysShown(), u"Ctrl+Shift+L, Ctrl+L"_s);
    QVERIFY(m_settings->value(settings::keys::shortcuts).isEmpty());
}

void KeyboardPageTest::allComeBack()
{
    auto *all = find<QPushButton>("keyboardAllUsual");
    QVERIFY(!all->isEnabled());
    bindings().choose(u"files/Rename"_s, {QKeySequence(u"Ctrl+E"_s)});
    bindings().choose(u"window/run"_s, {});
    QTest::mouseClick(all, Qt::LeftButton);
    QVERIFY(bindings().isChosen(u"window/run"_s)); // it asks first
    QTest::mouseClick(find<QPushButton>("confirmAccept"), Qt::LeftButton);
    QTRY_VERIFY(!bindings().isChosen(u"window/run"_s));
    QVERIFY(!bindings().isChosen(u"files/Rename"_s));
}

// Those of a newer version.
void KeyboardPageTest::unknownCommandsAreKept()
{
    const QStringList lines{u"no keys"_s, u"window/ofTheFuture=Ctrl+Alt+1; F12"_s, u"=F1"_s};
    m_settings->setValue(settings::keys::shortcuts, lines);
    bindings().useSettings(*m_settings);
    bindings().choose(u"window/run"_s, {QKeySequence(Qt::Key_F12)});
    bindings().chooseUsualForAll();
    QCOMPARE(m_settings->value(settings::keys::shortcuts), QStringList{lines.at(1)});
}

void KeyboardPageTest::escapeIsNoKey()
{
    select(u"Reconnect"_s);
    press(Qt::Key_Escape);
    QVERIFY(find<QTreeWidget>("keyboardList")->hasFocus());
    QVERIFY(!bindings().isChosen(u"window/reconnect"_s));
}

QTEST_MAIN(KeyboardPageTest)

#include "KeyboardPageTest.moc"
