// The groups of the sidebar: how they are shown and edited, and how sessions come to their places.

#include "tests/ui/connect/SidebarFixture.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using ui::SessionSidebar;

class SidebarGroupsTest : public SidebarFixture
{
    Q_OBJECT

private slots:
    void sessionsStandInTheirGroups();
    void filterFindsWithinGroupsAndByTheirName();
    void collapsedGroupsStayCollapsed();
    void collapsedGroupsAreRememberedForTheNextTime();
    void groupIsRenamedWithAllInIt();
    void deletedGroupKeepsItsSessionsAndCanBeRestored();
    void sessionIsMovedByTheMenu();
    void groupsCanBeEditedAndAreNotConnectedTo();
    void droppedSessionsChangeTheirGroup();
    void droppedBetweenRowsIsPlacedThere();
    void droppedGroupTakesAllAlong();
    void groupIsExportedWithItsSessions();
    void keysPlaceASession();
};

void SidebarGroupsTest::sessionsStandInTheirGroups()
{
    putIntoGroup("web10", "Customers/Acme");
    putIntoGroup("web2", "Customers");
    QVERIFY(m_store->saveGroup(QStringLiteral("Empty"), {}));
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10 -web2 Empty Db"));
}

void SidebarGroupsTest::filterFindsWithinGroupsAndByTheirName()
{
    putIntoGroup("web10", "Customers/Acme");
    putIntoGroup("web2", "Lab");
    auto *filter = find<QLineEdit>("sessionFilter");
    filter->setText(QStringLiteral("web1"));
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10"));
    QTest::keyClick(filter, Qt::Key_Return);
    QCOMPARE(m_requested, QStringList(QStringLiteral("web10")));
    filter->setText(QStringLiteral("lab"));
    QCOMPARE(outline().join(u' '), QStringLiteral("Lab -web2"));
}

void SidebarGroupsTest::collapsedGroupsStayCollapsed()
{
    putIntoGroup("web10", "Customers/Acme");
    putIntoGroup("web2", "Lab");
    select({QStringLiteral("Lab")});
    press(Qt::Key_Return);
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10 Lab Db"));
    putIntoGroup("Db", "Customers");
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10 -Db Lab"));
    find<QLineEdit>("sessionFilter")->setText(QStringLiteral("web2"));
    QCOMPARE(outline().join(u' '), QStringLiteral("Lab -web2"));
    find<QLineEdit>("sessionFilter")->clear();
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10 -Db Lab"));
}

void SidebarGroupsTest::collapsedGroupsAreRememberedForTheNextTime()
{
    putIntoGroup("web10", "Customers/Acme");
    putIntoGroup("web2", "Lab");
    select({QStringLiteral("Lab")});
    press(Qt::Key_Return);
    QCOMPARE(m_sidebar->collapsedGroups(), QStringList(QStringLiteral("Lab")));

    m_sidebar = std::make_unique<SessionSidebar>(*m_store);
    m_sidebar->setCollapsedGroups({QStringLiteral("Lab"), QStringLiteral("gone")});
    m_sidebar->show();
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10 Lab Db"));
    QCOMPARE(m_sidebar->collapsedGroups(), QStringList(QStringLiteral("Lab")));
}

void SidebarGroupsTest::groupIsRenamedWithAllInIt()
{
    putIntoGroup("web10", "Customers/Acme");
    select({QStringLiteral("Customers")});
    press(Qt::Key_F2);
    auto *editor = tree()->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    editor->setText(QStringLiteral("Clients"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Clients/Acme"));
    QCOMPARE(tree()->currentIndex().data().toString(), QStringLiteral("Clients"));
}

void SidebarGroupsTest::deletedGroupKeepsItsSessionsAndCanBeRestored()
{
    putIntoGroup("web10", "Customers/Acme");
    select({QStringLiteral("Customers"), QStringLiteral("Acme")});
    press(Qt::Key_Delete);
    QCOMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Customers"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Customers/Acme"));
}

void SidebarGroupsTest::sessionIsMovedByTheMenu()
{
    putIntoGroup("web10", "Customers/Acme");
    select({QStringLiteral("Db")});
    auto *menu = find<QMenu>("moveToGroupMenu");
    const auto choose = [menu](const QString &text) {
        emit menu->aboutToShow();
        for (QAction *action : menu->actions()) {
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
                return true;
            }
        }
        return false;
    };
    QVERIFY(!choose(QStringLiteral("No group"))); // it is there
    QVERIFY(choose(QStringLiteral("Customers/Acme")));
    QCOMPARE(m_store->find(QStringLiteral("Db"))->group, QStringLiteral("Customers/Acme"));
    QCOMPARE(tree()->currentIndex().data().toString(), QStringLiteral("Db"));

    // A group takes along what is in it, and is not offered itself.
    select({QStringLiteral("Customers"), QStringLiteral("Acme")});
    QVERIFY(!choose(QStringLiteral("Customers/Acme")));
    QVERIFY(choose(QStringLiteral("No group")));
    QCOMPARE(m_store->find(QStringLiteral("Db"))->group, QStringLiteral("Acme"));
}

void SidebarGroupsTest::groupsCanBeEditedAndAreNotConnectedTo()
{
    putIntoGroup("web10", "Customers/Acme");
    QSignalSpy edited(m_sidebar.get(), &SessionSidebar::editGroupRequested);
    select({QStringLiteral("Customers"), QStringLiteral("Acme")});
    press(Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited.first().first().toString(), QStringLiteral("Customers/Acme"));
    press(Qt::Key_Return);
    QVERIFY(m_requested.isEmpty());
}

void SidebarGroupsTest::droppedSessionsChangeTheirGroup()
{
    putIntoGroup("web10", "Lab");
    const QModelIndex lab = tree()->model()->index(0, 0);
    QVERIFY(lab.flags() & Qt::ItemIsDropEnabled);
    const QModelIndex db = tree()->model()->index(1, 0);
    QVERIFY(!(db.flags() & Qt::ItemIsDropEnabled));
    QVERIFY(drop({db, tree()->model()->index(2, 0)}, -1, lab));
    QTRY_COMPARE(outline().join(u' '), QStringLiteral("Lab -Db -web2 -web10"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(outline().join(u' '), QStringLiteral("Lab -web10 Db web2"));
}

void SidebarGroupsTest::droppedBetweenRowsIsPlacedThere()
{
    QVERIFY(drop({tree()->model()->index(2, 0)}, 0, {}));
    QTRY_COMPARE(outline().join(u' '), QStringLiteral("web10 Db web2"));
    QVERIFY(drop({tree()->model()->index(0, 0)}, 3, {}));
    QTRY_COMPARE(outline().join(u' '), QStringLiteral("Db web2 web10"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(outline().join(u' '), QStringLiteral("web10 Db web2"));
}

void SidebarGroupsTest::droppedGroupTakesAllAlong()
{
    putIntoGroup("web10", "Acme");
    putIntoGroup("web2", "Lab");
    const QModelIndex acme = tree()->model()->index(0, 0);
    QVERIFY(drop({acme}, -1, tree()->model()->index(1, 0)));
    QTRY_COMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Lab/Acme"));
}

void SidebarGroupsTest::groupIsExportedWithItsSessions()
{
    QSignalSpy exported(m_sidebar.get(), &ui::SessionSidebar::exportRequested);
    putIntoGroup("web2", "Lab");
    select({QStringLiteral("Lab")});
    for (QAction *action : find<QTreeView>("sessionTree")->actions()) {
        if (action->text() == QStringLiteral("Export…")) {
            action->trigger();
        }
    }
    QCOMPARE(exported.size(), 1);
    QCOMPARE(exported[0][0].toStringList(), QStringList{QStringLiteral("web2")});
}

void SidebarGroupsTest::keysPlaceASession()
{
    select({QStringLiteral("web10")});
    press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(outline().join(u' '), QStringLiteral("Db web10 web2"));
    QCOMPARE(tree()->currentIndex().data().toString(), QStringLiteral("web10"));
    press(Qt::Key_Up, Qt::AltModifier);
    press(Qt::Key_Up, Qt::AltModifier); // it is the first
    QCOMPARE(outline().join(u' '), QStringLiteral("web10 Db web2"));
    press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(outline().join(u' '), QStringLiteral("Db web10 web2"));
    for (QAction *action : tree()->actions()) {
        if (action->text() == QStringLiteral("Sort by name")) {
            action->trigger();
        }
    }
    QCOMPARE(outline().join(u' '), QStringLiteral("Db web2 web10"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(outline().join(u' '), QStringLiteral("Db web10 web2"));
}

QTEST_MAIN(SidebarGroupsTest)

#include "SidebarGroupsTest.moc"
