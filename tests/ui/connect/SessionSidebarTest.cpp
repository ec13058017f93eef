#include "profiles/OpenSshConfig.h"
#include "tests/ui/connect/SidebarFixture.h"

#include <QAction>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using ui::ConnectRequest;
using ui::SessionSidebar;

class SessionSidebarTest : public SidebarFixture
{
    Q_OBJECT

private slots:
    void sessionsAreSortedAsPeopleCount();
    void filterLooksAtNameAddressAndNotes();
    void enterConnects();
    void enterInTheFilterConnectsTheFirst();
    void doubleClickConnects();
    void renamingSavesTheName();
    void changeOfAnotherPontoLeavesTheNameThatIsTyped();
    void deletingCanBeUndone();
    void emptyStateTeaches();
    void newSessionButtonAsksForOne();
    void aliasesAreListedAndConnectedTo();
    void aliasesAreNotChanged();
    void duplicateStandsBesideAndIsUndone();
    void severalAreDeletedAndComeBack();
    void pinnedStandsAtTheTopAsWell();
    void recentOnesAreListed();
    void filterLooksAtTags();
    void filterOfThousandsIsQuick();
    void commandLineIsCopiedWithWhatIsInherited();
    void whatCannotBeCopiedIsTold();
    void severalAreChangedTogether();
    void thousandsAreFiltered();
};

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
    filter->setText(QStringLiteral("cellar  d")); // in two fields
    QCOMPARE(shown(), QStringList(QStringLiteral("Db")));
    filter->setText(QStringLiteral("cellar w"));
    QCOMPARE(shown(), QStringList());
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

void SessionSidebarTest::changeOfAnotherPontoLeavesTheNameThatIsTyped()
{
    tree()->setFocus();
    tree()->setCurrentIndex(tree()->model()->index(0, 0));
    QTest::keyClick(tree(), Qt::Key_F2);
    auto *editor = tree()->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    editor->setText(QStringLiteral("Data"));
    QVERIFY(m_store->remove(QStringLiteral("web10"))); // as the store learns it from the file
    QCOMPARE(tree()->findChild<QLineEdit *>(), editor);
    QTest::keyClicks(editor, QStringLiteral("base"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(m_store->find(QStringLiteral("Db"))->name, QStringLiteral("Database"));
    QTRY_COMPARE(shown().size(), 2);
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

void SessionSidebarTest::filterLooksAtTags()
{
    profiles::Profile group;
    group.tags = {QStringLiteral("Berlin")};
    QVERIFY(m_store->saveGroup(QStringLiteral("Lab"), group));
    putIntoGroup("web2", "Lab");
    find<QLineEdit>("sessionFilter")->setText(QStringLiteral("berlin"));
    QCOMPARE(outline().join(u' '), QStringLiteral("Lab -web2"));
}

// Each row on its own would have the view lay out all others again.
void SessionSidebarTest::filterOfThousandsIsQuick()
{
    QList<profiles::Profile> many;
    for (int number = 0; number < 2000; ++number) {
        auto profile = profiles::Profile::forAddress({.host = QStringLiteral("many")});
        profile.name = QStringLiteral("host%1").arg(number);
        profile.notes = number % 2 == 0 ? QStringLiteral("rack a") : QStringLiteral("rack b");
        many.append(profile);
    }
    QVERIFY(m_store->saveAll(many).has_value());
    auto *filter = find<QLineEdit>("sessionFilter");
    QSignalSpy removed(tree()->model(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(tree()->model(), &QAbstractItemModel::modelReset);

    filter->setText(QStringLiteral("rack b"));

    QCOMPARE(shown().size(), 1000);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(reset.count(), 1);
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(shown().size() > 2000);
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
    QCOMPARE(find<QWidget>("noticeBar")->accessibleName(),
             QStringLiteral("The script was copied."));
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
