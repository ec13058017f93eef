#include "ui/connect/SessionSidebar.h"

#include "profiles/ProfileStore.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
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

private:
    QTreeView *tree() const { return find<QTreeView>("sessionTree"); }
    QStringList shown() const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_sidebar->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
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

QTEST_MAIN(SessionSidebarTest)
#include "SessionSidebarTest.moc"
