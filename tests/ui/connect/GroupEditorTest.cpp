#include "ui/connect/GroupEditor.h"

#include "profiles/ProfileStore.h"
#include "settings/Settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using hostkeys::HostKeyPolicy;
using profiles::Profile;
using ui::GroupEditor;

namespace fields = profiles::fields;

class GroupEditorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void newGroupIsSavedWithItsValues();
    void untouchedGroupStaysAsItIs();
    void groupInheritsFromTheOneAbove();
    void renamedGroupTakesItsSessionsAlong();
    void problemsAreTold();

private:
    void edit(const QString &path);
    template<typename T>
    T *find(const char *name) const
    {
        return m_parent->findChild<T *>(QString::fromLatin1(name));
    }
    void save() { QTest::mouseClick(find<QPushButton>("groupSave"), Qt::LeftButton); }
    bool isProblemShown() const { return !find<QLabel>("groupProblem")->isHidden(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<QWidget> m_parent;
    QPointer<GroupEditor> m_editor;
};

void GroupEditorTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(
        m_directory->filePath(QStringLiteral("settings.ini")));
    m_store = std::make_unique<profiles::ProfileStore>(
        m_directory->filePath(QStringLiteral("sessions.json")));
}

void GroupEditorTest::edit(const QString &path)
{
    m_parent = std::make_unique<QWidget>();
    m_editor = new GroupEditor(path, *m_store, *m_settings, {}, m_parent.get());
    m_editor->adjustSize();
    m_parent->resize(m_editor->size());
    m_parent->show();
}

void GroupEditorTest::newGroupIsSavedWithItsValues()
{
    edit({});
    find<QLineEdit>("groupName")->setText(QStringLiteral("Acme"));
    find<QComboBox>("groupParent")->setCurrentText(QStringLiteral("Customers"));
    find<QLineEdit>("groupUser")->setText(QStringLiteral("ops"));
    find<QSpinBox>("groupPort")->setValue(2222);
    find<QCheckBox>("profileUseAgent")->click();
    find<QPlainTextEdit>("profileKeyFiles")->setPlainText(QStringLiteral("~/.ssh/acme"));
    find<QComboBox>("profilePolicy")->setCurrentIndex(2);
    find<QPlainTextEdit>("profileJumpHosts")->setPlainText(QStringLiteral("bastion.example"));
    find<QCheckBox>("profileCompress")->click();
    save();
    const Profile saved = m_store->groupDefaults(QStringLiteral("Customers/Acme"));
    QCOMPARE(saved.user, QStringLiteral("ops"));
    QCOMPARE(saved.port, quint16(2222));
    QVERIFY(!saved.useAgent);
    QVERIFY(!saved.isOwn(fields::useDefaultKeys));
    QCOMPARE(saved.identityFiles, QStringList(QStringLiteral("~/.ssh/acme")));
    QCOMPARE(saved.hostKeyPolicy, std::optional(HostKeyPolicy::Reject));
    QCOMPARE(saved.route.jumpHosts.size(), 1);
    QVERIFY(saved.transport.compress);
    QVERIFY(!saved.isOwn(fields::through));
}

void GroupEditorTest::untouchedGroupStaysAsItIs()
{
    Profile defaults;
    defaults.user = QStringLiteral("ops");
    defaults.keepDefault(fields::port, true);
    defaults.keepDefault(fields::useAgent, true);
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), defaults));
    edit(QStringLiteral("Customers"));
    save();
    QCOMPARE(m_store->groupDefaults(QStringLiteral("Customers")), defaults);
    QCOMPARE(m_store->groups(), QStringList(QStringLiteral("Customers")));
}

void GroupEditorTest::groupInheritsFromTheOneAbove()
{
    Profile defaults;
    defaults.port = 2222;
    defaults.hostKeyPolicy = HostKeyPolicy::Warn;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), defaults));
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers/Acme"), {}));
    edit(QStringLiteral("Customers/Acme"));
    QCOMPARE(find<QSpinBox>("groupPort")->text(), QStringLiteral("2222"));
    QCOMPARE(find<QComboBox>("profilePolicy")->currentText(),
             QStringLiteral("Accept and warn each time — from group Customers"));
}

void GroupEditorTest::renamedGroupTakesItsSessionsAlong()
{
    Profile session;
    session.id = session.host = QStringLiteral("1");
    session.group = QStringLiteral("Customers/Acme");
    QVERIFY(m_store->save(session));
    edit(QStringLiteral("Customers"));
    find<QLineEdit>("groupName")->setText(QStringLiteral("Clients"));
    find<QLineEdit>("groupUser")->setText(QStringLiteral("ops"));
    save();
    QCOMPARE(m_store->find(session.id)->group, QStringLiteral("Clients/Acme"));
    QCOMPARE(m_store->groupDefaults(QStringLiteral("Clients")).user, QStringLiteral("ops"));
    QVERIFY(!m_store->groups().contains(QStringLiteral("Customers")));
}

void GroupEditorTest::problemsAreTold()
{
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), {}));
    edit({});
    save();
    QVERIFY(isProblemShown()); // no name
    find<QLineEdit>("groupName")->setText(QStringLiteral("Customers"));
    save();
    QVERIFY(isProblemShown()); // is there
    find<QLineEdit>("groupName")->setText(QStringLiteral("New"));
    find<QLineEdit>("groupUser")->setText(QStringLiteral("-l"));
    save();
    QVERIFY(isProblemShown()); // no user name
    QCOMPARE(m_store->groups(), QStringList(QStringLiteral("Customers")));
}

QTEST_MAIN(GroupEditorTest)
#include "GroupEditorTest.moc"
