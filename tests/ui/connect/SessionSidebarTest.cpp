#include "ui/connect/SessionSidebar.h"

#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using ui::ConnectRequest;
using ui::SessionSidebar;

class SessionSidebarTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void sessionsAreSortedAsPeopleCount();
    void filterLooksAtNameAddressAndNotes();
    void enterConnects();
    void enterInTheFilterConnectsTheFirst();
    void doubleClickConnects();
    void renamingSavesTheName();
    void deletingCanBeUndone();
    void emptyStateTeaches();
    void newSessionButtonAsksForOne();
    void sessionsStandInTheirGroups();
    void filterFindsWithinGroupsAndByTheirName();
    void collapsedGroupsStayCollapsed();
    void collapsedGroupsAreRememberedForTheNextTime();
    void groupIsRenamedWithAllInIt();
    void deletedGroupKeepsItsSessionsAndCanBeRestored();
    void sessionIsMovedByTheMenu();
    void groupsCanBeEditedAndAreNotConnectedTo();
    void aliasesAreListedAndConnectedTo();
    void aliasesAreNotChanged();
    void duplicateStandsBesideAndIsUndone();
    void severalAreDeletedAndComeBack();
    void keysPlaceASession();
    void pinnedStandsAtTheTopAsWell();
    void recentOnesAreListed();
    void droppedSessionsChangeTheirGroup();
    void droppedBetweenRowsIsPlacedThere();
    void droppedGroupTakesAllAlong();
    void filterLooksAtTags();
    void commandLineIsCopiedWithWhatIsInherited();
    void whatCannotBeCopiedIsTold();
    void severalAreChangedTogether();
    void groupIsExportedWithItsSessions();
    void thousandsAreFiltered();

private:
    bool drop(const QModelIndexList &dragged, int row, const QModelIndex &parent) const;

private:
    void putIntoGroup(const char *id, const char *group);
    void select(const QStringList &path) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(tree(), key, modifiers);
    }
    QStringList outline(const QModelIndex &parent = {}, const QString &indent = {}) const;
    QTreeView *tree() const { return find<QTreeView>("sessionTree"); }
    QStringList shown() const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_sidebar->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<profiles::OpenSshConfig> m_openSsh;
    std::unique_ptr<SessionSidebar> m_sidebar;
    QStringList m_requested; // ids
};

void SessionSidebarTest::init()
{
    m_requested.clear();
    m_sidebar.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<profiles::ProfileStore>(
        m_directory->filePath(QStringLiteral("sessions.json")));
    for (const char *name : {"web10", "Db", "web2"}) {
        profiles::Profile profile;
        profile.id = profile.name = QString::fromLatin1(name);
        profile.host = profile.name.toLower() + QStringLiteral(".example");
        profile.notes = name == QStringLiteral("Db") ? QStringLiteral("in the cellar") : QString();
        QVERIFY(m_store->save(profile));
    }
    m_sidebar = std::make_unique<SessionSidebar>(*m_store);
    connect(m_sidebar.get(), &SessionSidebar::connectRequested, this,
            [this](const ConnectRequest &request) { m_requested.append(request.profile.id); });
    m_sidebar->resize(250, 500);
    m_sidebar->show();
    QVERIFY(QTest::qWaitForWindowActive(m_sidebar.get()));
}

QStringList SessionSidebarTest::shown() const
{
    QStringList names;
    for (int row = 0; row < tree()->model()->rowCount(); ++row) {
        names.append(tree()->model()->index(row, 0).data().toString());
    }
    return names;
}

void SessionSidebarTest::sessionsAreSortedAsPeopleCount()
{
    QCOMPARE(shown(),
             QStringList({QStringLiteral("Db"), QStringLiteral("web2"), QStringLiteral("web10")}));
}

void SessionSidebarTest::filterLooksAtNameAddressAndNotes()
{
    auto *filter = find<QLineEdit>("sessionFilter");
    QTest::keyClicks(filter, QStringLiteral("WEB1"));
    QCOMPARE(shown(), QStringList(QStringLiteral("web10")));
    filter->setText(QStringLiteral("cellar"));
    QCOMPARE(shown(), QStringList(QStringLiteral("Db")));
    filter->setText(QStringLiteral("web2.example"));
    QCOMPARE(shown(), QStringList(QStringLiteral("web2")));
    QTest::keyClick(filter, Qt::Key_Escape);
    QCOMPARE(shown().size(), 3);
}

void SessionSidebarTest::enterConnects()
{
    tree()->setFocus();
    tree()->setCurrentIndex(tree()->model()->index(1, 0));
    QTest::keyClick(tree(), Qt::Key_Return);
    QCOMPARE(m_requested, QStringList(QStringLiteral("web2")));
}

void SessionSidebarTest::enterInTheFilterConnectsTheFirst()
{
    auto *filter = find<QLineEdit>("sessionFilter");
    QTest::keyClicks(filter, QStringLiteral("web"));
    QTest::keyClick(filter, Qt::Key_Return);
    QCOMPARE(m_requested, QStringList(QStringLiteral("web2")));
}

void SessionSidebarTest::doubleClickConnects()
{
    // Rows are laid out once the event loop has run.
    const QModelIndex last = tree()->model()->index(2, 0);
    QTRY_COMPARE(tree()->indexAt(tree()->visualRect(last).center()), last);
    const QPoint spot = tree()->visualRect(last).center();
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, spot);
    QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {}, spot);
    QCOMPARE(m_requested, QStringList(QStringLiteral("web10")));
}

void SessionSidebarTest::renamingSavesTheName()
{
    tree()->setFocus();
    tree()->setCurrentIndex(tree()->model()->index(0, 0));
    QTest::keyClick(tree(), Qt::Key_F2);
    auto *editor = tree()->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    editor->setText(QStringLiteral("Database"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(m_store->find(QStringLiteral("Db"))->name, QStringLiteral("Database"));
    QVERIFY(m_requested.isEmpty());
}

void SessionSidebarTest::deletingCanBeUndone()
{
    const auto before = m_store->find(QStringLiteral("Db"));
    tree()->setFocus();
    tree()->setCurrentIndex(tree()->model()->index(0, 0));
    QTest::keyClick(tree(), Qt::Key_Delete);
    QVERIFY(!m_store->find(QStringLiteral("Db")));
    QCOMPARE(shown().size(), 2);
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(m_store->find(QStringLiteral("Db")), before);
    QCOMPARE(shown().size(), 3);
}

void SessionSidebarTest::emptyStateTeaches()
{
    auto *empty = find<QLabel>("sessionsEmpty");
    QVERIFY(!empty->isVisible());
    find<QLineEdit>("sessionFilter")->setText(QStringLiteral("nothing like it"));
    QVERIFY(empty->isVisible());
    const QString noMatch = empty->text();
    for (const char *id : {"web10", "Db", "web2"}) {
        QVERIFY(m_store->remove(QString::fromLatin1(id)));
    }
    QVERIFY(empty->isVisible());
    QVERIFY(empty->text() != noMatch);
    QVERIFY(empty->text().contains(QStringLiteral("user@host")));
}

void SessionSidebarTest::newSessionButtonAsksForOne()
{
    QSignalSpy requested(m_sidebar.get(), &SessionSidebar::newSessionRequested);
    QTest::mouseClick(find<QPushButton>("newSessionButton"), Qt::LeftButton);
    QCOMPARE(requested.count(), 1);
}

void SessionSidebarTest::putIntoGroup(const char *id, const char *group)
{
    auto profile = m_store->find(QString::fromLatin1(id));
    QVERIFY(profile);
    profile->group = QString::fromLatin1(group);
    QVERIFY(m_store->save(*profile));
}

// The row with these names on the way to it.
void SessionSidebarTest::select(const QStringList &path) const
{
    QModelIndex index;
    for (const QString &name : path) {
        const auto found = tree()->model()->match(tree()->model()->index(0, 0, index),
                                                  Qt::DisplayRole, name, 1, Qt::MatchExactly);
        QVERIFY2(!found.isEmpty(), qPrintable(name));
        index = found.first();
    }
    tree()->setFocus();
    tree()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

// What is to be seen: collapsed groups hide what is in them.
QStringList SessionSidebarTest::outline(const QModelIndex &parent, const QString &indent) const
{
    QStringList lines;
    for (int row = 0; row < tree()->model()->rowCount(parent); ++row) {
        const QModelIndex index = tree()->model()->index(row, 0, parent);
        lines.append(indent + index.data().toString());
        if (tree()->isExpanded(index)) {
            lines.append(outline(index, indent + u'-'));
        }
    }
    return lines;
}

void SessionSidebarTest::sessionsStandInTheirGroups()
{
    putIntoGroup("web10", "Customers/Acme");
    putIntoGroup("web2", "Customers");
    QVERIFY(m_store->saveGroup(QStringLiteral("Empty"), {}));
    QCOMPARE(outline().join(u' '), QStringLiteral("Customers -Acme --web10 -web2 Empty Db"));
}

void SessionSidebarTest::filterFindsWithinGroupsAndByTheirName()
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

void SessionSidebarTest::collapsedGroupsStayCollapsed()
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

void SessionSidebarTest::collapsedGroupsAreRememberedForTheNextTime()
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

void SessionSidebarTest::groupIsRenamedWithAllInIt()
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

void SessionSidebarTest::deletedGroupKeepsItsSessionsAndCanBeRestored()
{
    putIntoGroup("web10", "Customers/Acme");
    select({QStringLiteral("Customers"), QStringLiteral("Acme")});
    press(Qt::Key_Delete);
    QCOMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Customers"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Customers/Acme"));
}

void SessionSidebarTest::sessionIsMovedByTheMenu()
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

void SessionSidebarTest::groupsCanBeEditedAndAreNotConnectedTo()
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

void SessionSidebarTest::aliasesAreListedAndConnectedTo()
{
    const profiles::OpenSshPlace place{m_directory->filePath(QStringLiteral("config")),
                                       m_directory->path()};
    QFile file(place.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Host bastion\nHost *.example\n");
    file.close();
    m_openSsh = std::make_unique<profiles::OpenSshConfig>(place, QStringLiteral("ssh"));
    m_sidebar->setOpenSsh(m_openSsh.get());
    m_openSsh->load();
    QCOMPARE(outline().join(u' '), QStringLiteral("Db web2 web10 OpenSSH -bastion"));
    select({QStringLiteral("OpenSSH"), QStringLiteral("bastion")});
    press(Qt::Key_Return);
    QCOMPARE(m_requested, QStringList(QStringLiteral("openssh:bastion")));
    m_sidebar.reset(); // before what it borrows
}

void SessionSidebarTest::aliasesAreNotChanged()
{
    aliasesAreListedAndConnectedTo();
    m_sidebar = std::make_unique<SessionSidebar>(*m_store);
    m_sidebar->setOpenSsh(m_openSsh.get());
    m_sidebar->show();
    QSignalSpy edited(m_sidebar.get(), &SessionSidebar::editRequested);
    for (const QStringList &path :
         {QStringList{QStringLiteral("OpenSSH"), QStringLiteral("bastion")},
          QStringList{QStringLiteral("OpenSSH")}}) {
        select(path);
        press(Qt::Key_Delete);
        press(Qt::Key_F2);
        press(Qt::Key_Return, Qt::AltModifier);
    }
    QCOMPARE(edited.count(), 0);
    QVERIFY(tree()->findChild<QLineEdit *>() == nullptr);
    QVERIFY(outline().contains(QStringLiteral("-bastion")));
    QCOMPARE(m_store->profiles().size(), 3);
    m_sidebar.reset();
}

void SessionSidebarTest::duplicateStandsBesideAndIsUndone()
{
    auto original = m_store->find(QStringLiteral("Db"));
    original->startupCommand = QStringLiteral("tmux");
    QVERIFY(m_store->save(*original));
    select({QStringLiteral("Db")});
    press(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(outline().join(u'|'), QStringLiteral("Db|Db (copy)|web2|web10"));
    QCOMPARE(tree()->currentIndex().data().toString(), QStringLiteral("Db (copy)"));
    const auto copy = m_store->findByName(u"Db (copy)");
    QVERIFY(copy && copy->id != original->id);
    QCOMPARE(copy->startupCommand, original->startupCommand);

    select({QStringLiteral("Db")});
    press(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(m_store->findByName(u"Db (copy 2)"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QVERIFY(!m_store->findByName(u"Db (copy 2)"));
    QVERIFY(m_store->findByName(u"Db (copy)"));
}

void SessionSidebarTest::severalAreDeletedAndComeBack()
{
    const QList<profiles::Profile> before = m_store->profiles();
    select({QStringLiteral("Db")});
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Delete);
    QCOMPARE(shown(), QStringList(QStringLiteral("web10")));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(m_store->profiles().size(), before.size());
    for (const profiles::Profile &profile : before) {
        QCOMPARE(m_store->find(profile.id), std::optional(profile));
    }
}

void SessionSidebarTest::keysPlaceASession()
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

void SessionSidebarTest::pinnedStandsAtTheTopAsWell()
{
    select({QStringLiteral("web2")});
    press(Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(outline().join(u' '), QStringLiteral("Pinned -web2 Db web2 web10"));
    QVERIFY(!tree()->currentIndex().parent().isValid()); // stays where the user was
    find<QLineEdit>("sessionFilter")->setText(QStringLiteral("web"));
    QCOMPARE(outline().join(u' '), QStringLiteral("web2 web10")); // each found once
    find<QLineEdit>("sessionFilter")->clear();
    select({QStringLiteral("Pinned"), QStringLiteral("web2")});
    press(Qt::Key_Return);
    QCOMPARE(m_requested, QStringList(QStringLiteral("web2")));
    press(Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(outline().join(u' '), QStringLiteral("Db web2 web10"));
}

void SessionSidebarTest::recentOnesAreListed()
{
    m_sidebar->setRecent({QStringLiteral("web10"), QStringLiteral("gone"), QStringLiteral("Db")});
    QCOMPARE(outline().join(u' '), QStringLiteral("Recent -web10 -Db Db web2 web10"));
    select({QStringLiteral("Recent")});
    press(Qt::Key_Return);
    press(Qt::Key_Delete); // is no group that could go
    QCOMPARE(outline().join(u' '), QStringLiteral("Recent Db web2 web10"));
    QCOMPARE(m_sidebar->collapsedGroups(), QStringList(QStringLiteral("/recent")));
}

// As the view does when the mouse is let go.
bool SessionSidebarTest::drop(const QModelIndexList &dragged, int row,
                              const QModelIndex &parent) const
{
    const int column = row < 0 ? -1 : 0;
    QAbstractItemModel *model = tree()->model();
    const std::unique_ptr<QMimeData> data(model->mimeData(dragged));
    return model->canDropMimeData(data.get(), Qt::MoveAction, row, column, parent)
        && model->dropMimeData(data.get(), Qt::MoveAction, row, column, parent);
}

void SessionSidebarTest::droppedSessionsChangeTheirGroup()
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

void SessionSidebarTest::droppedBetweenRowsIsPlacedThere()
{
    QVERIFY(drop({tree()->model()->index(2, 0)}, 0, {}));
    QTRY_COMPARE(outline().join(u' '), QStringLiteral("web10 Db web2"));
    QVERIFY(drop({tree()->model()->index(0, 0)}, 3, {}));
    QTRY_COMPARE(outline().join(u' '), QStringLiteral("Db web2 web10"));
    QTest::mouseClick(find<QPushButton>("noticeAction"), Qt::LeftButton);
    QCOMPARE(outline().join(u' '), QStringLiteral("web10 Db web2"));
}

void SessionSidebarTest::droppedGroupTakesAllAlong()
{
    putIntoGroup("web10", "Acme");
    putIntoGroup("web2", "Lab");
    const QModelIndex acme = tree()->model()->index(0, 0);
    QVERIFY(drop({acme}, -1, tree()->model()->index(1, 0)));
    QTRY_COMPARE(m_store->find(QStringLiteral("web10"))->group, QStringLiteral("Lab/Acme"));
}

void SessionSidebarTest::filterLooksAtTags()
{
    profiles::Profile group;
    group.tags = {QStringLiteral("Berlin")};
    QVERIFY(m_store->saveGroup(QStringLiteral("Lab"), group));
    putIntoGroup("web2", "Lab");
    find<QLineEdit>("sessionFilter")->setText(QStringLiteral("berlin"));
    QCOMPARE(outline().join(u' '), QStringLiteral("Lab -web2"));
}

void SessionSidebarTest::commandLineIsCopiedWithWhatIsInherited()
{
    profiles::Profile group;
    group.user = QStringLiteral("ops");
    QVERIFY(m_store->saveGroup(QStringLiteral("Lab"), group));
    putIntoGroup("web2", "Lab");
    select({QStringLiteral("Lab"), QStringLiteral("web2")});
    find<QAction>("copyAsSsh")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("ssh ops@web2.example"));
    find<QAction>("copyAsScp")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("scp FILE ops@web2.example:"));
    find<QAction>("copyAsParamiko")->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(
        QStringLiteral("client = connect(\"web2.example\", 22, \"ops\",")));
    select({QStringLiteral("Lab")});
    QVERIFY(!find<QMenu>("copyAsMenu")->menuAction()->isEnabled());
}

void SessionSidebarTest::whatCannotBeCopiedIsTold()
{
    auto profile = m_store->find(QStringLiteral("Db"));
    profile->route.proxy
        = base::ProxyAddress{base::ProxyAddress::Kind::Http, QStringLiteral("proxy"), 3128, {}};
    QVERIFY(m_store->save(*profile));
    select({QStringLiteral("Db")});
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    find<QAction>("copyAsSsh")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    QVERIFY(find<QWidget>("errorBanner")->isVisible());
}

void SessionSidebarTest::severalAreChangedTogether()
{
    QSignalSpy many(m_sidebar.get(), &ui::SessionSidebar::editManyRequested);
    QSignalSpy one(m_sidebar.get(), &ui::SessionSidebar::editRequested);
    select({QStringLiteral("Db")});
    press(Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(one.size(), 1);
    find<QTreeView>("sessionTree")->selectAll();
    press(Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(one.size(), 1);
    QCOMPARE(many.size(), 1);
    QCOMPARE(many[0][0].value<QList<profiles::Profile>>().size(), m_store->profiles().size());
}

void SessionSidebarTest::groupIsExportedWithItsSessions()
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

// By a ratio, for machines differ: ten times the sessions may take a little more than ten times as
// long, which a search of each row for each row would not.
void SessionSidebarTest::thousandsAreFiltered()
{
    const auto timeFor = [this](int count) {
        QList<profiles::Profile> many;
        for (int number = int(m_store->profiles().size()); number < count; ++number) {
            profiles::Profile profile;
            profile.id = profile.name = profile.host = QStringLiteral("node%1").arg(number);
            profile.group = QStringLiteral("Rack %1").arg(number % 50);
            many.append(profile);
        }
        if (!m_store->saveAll(many)) {
            return qint64{-1};
        }
        QElapsedTimer timer;
        timer.start();
        for (const char *text : {"node4", "node49", "node499", ""}) {
            find<QLineEdit>("sessionFilter")->setText(QString::fromLatin1(text));
        }
        return timer.nsecsElapsed();
    };
    const qint64 few = timeFor(500);
    const qint64 thousands = timeFor(5000);
    qInfo() << "four filters over 500 sessions" << few / 1000 << "us, over 5,000"
            << thousands / 1000 << "us";
    QVERIFY(few > 0 && thousands > 0);
    QVERIFY2(thousands < few * 40, qPrintable(QString::number(double(thousands) / double(few))));
}

QTEST_MAIN(SessionSidebarTest)
#include "SessionSidebarTest.moc"
