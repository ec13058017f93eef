// The shortcuts of the window: one that two actions have does nothing at all in Qt.

#include "ui/main/Actions.h"

#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneActions.h"

#include <QHash>
#include <QKeySequence>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWidget>

#include <memory>

using namespace Qt::StringLiterals;

class ActionsTest : public QObject
{
    Q_OBJECT

private slots:
    void eachShortcutHasOneAction();
    void keyOfAListComesFirst();
    void menuFitsOnASmallScreen();

private:
    void collect(const QWidget &owner);

    QHash<QString, QString> m_owners; // the text of the action, by its keys
};

void ActionsTest::collect(const QWidget &owner)
{
    const QList<QAction *> all = owner.actions();
    QVERIFY(all.size() > 20);
    for (const QAction *action : all) {
        for (const QKeySequence &shortcut : action->shortcuts()) {
            const QString keys = shortcut.toString();
            QVERIFY2(!m_owners.contains(keys) || shortcut == QKeySequence(Qt::Key_F6),
                     qPrintable(u"%1: %2, %3"_s.arg(keys, m_owners.value(keys), action->text())));
            m_owners.insert(keys, action->text());
        }
    }
}

// Those of a pane hold together with the window's, but for F6: it moves files where one has the
// focus, and elsewhere goes there.
void ActionsTest::eachShortcutHasOneAction()
{
    QWidget window;
    const ui::Actions actions(window);
    const ui::FilePane pane(QStringLiteral("remote"),
                            std::make_shared<ui::PanePlace>(ui::Place::Server));

    collect(window);
    collect(pane.list());
}

void ActionsTest::keyOfAListComesFirst()
{
    QWidget window;
    ui::Actions actions(window);
    actions.setHasTab(true);
    auto *pane = new ui::FilePane(QStringLiteral("remote"),
                                  std::make_shared<ui::PanePlace>(ui::Place::Server), &window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const QSignalSpy moved(pane->actions().move, &QAction::triggered);
    const QSignalSpy left(actions.nextPane, &QAction::triggered);
    pane->list().setFocus();

    pane->actions().move->setEnabled(true);
    QTest::keyClick(&pane->list(), Qt::Key_F6);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(left.size(), 0);
    pane->actions().move->setEnabled(false);
    QTest::keyClick(&pane->list(), Qt::Key_F6);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(left.size(), 1);
}

// It had 50 entries in two columns, from the top of the screen to its end.
void ActionsTest::menuFitsOnASmallScreen()
{
    QWidget window;
    const ui::Actions actions(window);
    const std::unique_ptr<QToolButton> button(ui::createMenuButton(actions.groups(), window));
    QList<QAction *> reached;
    for (const QAction *entry : button->menu()->actions()) {
        reached += entry->menu() != nullptr ? entry->menu()->actions() : QList<QAction *>();
    }
    for (QAction *action : actions.all()) {
        QVERIFY2(reached.contains(action) || button->menu()->actions().contains(action),
                 qPrintable(action->text()));
    }
    QVERIFY(button->menu()->sizeHint().height() < 640);
}

QTEST_MAIN(ActionsTest)

#include "ActionsTest.moc"
