#include "ui/connect/ProfileEditor.h"

#include "profiles/ProfileStore.h"
#include "settings/Settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using hostkeys::HostKeyPolicy;
using profiles::Profile;
using ui::ProfileEditor;

class ProfileEditorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void savesEveryField();
    void untouchedProfileStaysAsItIs();
    void otherOrderStaysAsItIs();
    void checkInTheOrderIsTheSwitch();
    void whatCouldNotBeSavedStaysInTheSheet();
    void hostTakesAWholeAddress();
    void badFieldsAreTold_data();
    void badFieldsAreTold();
    void pagesArePickedByKeyboard();
    void problemShowsItsPage();
    void inheritedValuesAreShownWithTheirOrigin();
    void valueOfAGroupCanBeOverruledAndTakenBack();
    void orderOfAGroupIsShownAndTakenBack();

private:
    ProfileEditor *edit(const Profile &profile);
    template<typename T>
    T *find(const char *name) const
    {
        return m_parent.findChild<T *>(QString::fromLatin1(name));
    }
    void save() { QTest::mouseClick(find<QPushButton>("profileSave"), Qt::LeftButton); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<profiles::ProfileStore> m_store;
    QWidget m_parent;
    QList<Profile> m_saved;
};

void ProfileEditorTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(
        m_directory->filePath(QStringLiteral("settings.ini")));
    m_store = std::make_unique<profiles::ProfileStore>(
        m_directory->filePath(QStringLiteral("sessions.json")));
}

void ProfileEditorTest::cleanup()
{
    qDeleteAll(m_parent.findChildren<ProfileEditor *>());
    m_store.reset();
    m_settings.reset(); // it writes once more: before the directory goes
}

ProfileEditor *ProfileEditorTest::edit(const Profile &profile)
{
    m_saved.clear();
    qDeleteAll(m_parent.findChildren<ProfileEditor *>());
    auto *editor = new ProfileEditor(profile, *m_store, *m_settings, {}, &m_parent);
    connect(editor, &ProfileEditor::saved, this,
            [this](const Profile &saved) { m_saved.append(saved); });
    editor->show();
    editor->adjustSize();
    m_parent.resize(editor->size());
    m_parent.show();
    return editor;
}

void ProfileEditorTest::savesEveryField()
{
    Profile expected;
    expected.id = QStringLiteral("1");
    edit(expected);
    expected.name = QStringLiteral("Web");
    expected.host = QStringLiteral("web01");
    expected.port = 2222;
    expected.user = QStringLiteral("deploy");
    expected.identityFiles = {QStringLiteral("~/a"), QStringLiteral("/b")};
    expected.useAgent = false;
    expected.useDefaultKeys = false;
    expected.identitiesOnly = true;
    expected.identityAgent = QStringLiteral("none");
    using profiles::LoginSource;
    expected.loginOrder = {LoginSource::KeyFiles, LoginSource::Agent, LoginSource::Password,
                           LoginSource::DefaultKeys};
    expected.rememberFor = std::chrono::minutes(0);
    expected.hostKeyPolicy = HostKeyPolicy::Warn;
    expected.group = QStringLiteral("Customers/Acme");
    expected.notes = QStringLiteral("two\nlines");
    expected.sftpServer = QStringLiteral("sudo");

    QTest::keyClicks(find<QLineEdit>("profileHost"), QStringLiteral(" web01 "));
    QTest::keyClicks(find<QLineEdit>("profileUser"), expected.user);
    QTest::keyClicks(find<QLineEdit>("profileName"), expected.name);
    find<QSpinBox>("profilePort")->setValue(2222);
    find<QPlainTextEdit>("profileKeyFiles")->setPlainText(QStringLiteral("~/a\n\n /b \n"));
    find<QCheckBox>("profileUseAgent")->setChecked(false);
    find<QCheckBox>("profileUseDefaultKeys")->setChecked(false);
    find<QCheckBox>("profileIdentitiesOnly")->setChecked(true);
    find<QLineEdit>("profileIdentityAgent")->setText(expected.identityAgent);
    find<QSpinBox>("profileRememberFor")->setValue(0);
    auto *ways = find<QListWidget>("profileLoginOrder"); // Kerberos first, and not checked
    ways->item(5)->setCheckState(Qt::Unchecked);
    ways->setCurrentRow(4);
    QTest::mouseClick(find<QToolButton>("profileLoginUp"), Qt::LeftButton);
    find<QComboBox>("profilePolicy")->setCurrentIndex(3);
    find<QComboBox>("profileGroup")->setCurrentText(QStringLiteral(" Customers / Acme/"));
    find<QPlainTextEdit>("profileNotes")->setPlainText(expected.notes);
    find<QLineEdit>("profileSftpServer")->setText(expected.sftpServer);
    save();
    QCOMPARE(m_saved, QList{expected});
}

void ProfileEditorTest::untouchedProfileStaysAsItIs()
{
    for (const auto &policy :
         {std::optional<HostKeyPolicy>(), std::optional(HostKeyPolicy::Reject),
          std::optional(HostKeyPolicy::AutoAdd), std::optional(HostKeyPolicy::Ask)}) {
        Profile profile;
        profile.id = QStringLiteral("1");
        profile.host = QStringLiteral("web01");
        profile.hostKeyPolicy = policy;
        edit(profile);
        save();
        QCOMPARE(m_saved, QList{profile});
    }
}

void ProfileEditorTest::otherOrderStaysAsItIs()
{
    Profile profile;
    profile.id = QStringLiteral("1");
    profile.host = QStringLiteral("web01");
    profile.loginOrder = {profiles::LoginSource::Gssapi, profiles::LoginSource::Password};
    edit(profile);
    save();
    QCOMPARE(m_saved, QList{profile});
}

void ProfileEditorTest::checkInTheOrderIsTheSwitch()
{
    Profile profile;
    profile.id = QStringLiteral("1");
    profile.host = QStringLiteral("web01");
    profile.useAgent = false;
    edit(profile);
    auto *agent = find<QListWidget>("profileLoginOrder")->item(2);
    QCOMPARE(agent->checkState(), Qt::Unchecked);
    agent->setCheckState(Qt::Checked);
    QVERIFY(find<QCheckBox>("profileUseAgent")->isChecked());
    save();
    QCOMPARE(m_saved.size(), 1);
    QVERIFY(m_saved.first().useAgent);
    QCOMPARE(m_saved.first().loginOrder, profiles::defaultLoginOrder());
}

void ProfileEditorTest::whatCouldNotBeSavedStaysInTheSheet()
{
    Profile profile;
    profile.id = QStringLiteral("1");
    profile.host = QStringLiteral("web01");
    ProfileEditor *editor = edit(profile);
    const auto refusal = connect(editor, &ProfileEditor::saved, this,
                                 [editor] { editor->refuse(QStringLiteral("The disk is full.")); });
    QSignalSpy finished(editor, &ui::Sheet::finished);
    save();
    QCOMPARE(finished.count(), 0);
    QCOMPARE(find<QLabel>("profileProblem")->text(), QStringLiteral("The disk is full."));
    disconnect(refusal);
    save();
    QCOMPARE(finished.count(), 1);
}

void ProfileEditorTest::hostTakesAWholeAddress()
{
    Profile profile;
    profile.id = QStringLiteral("1");
    edit(profile);
    auto *host = find<QLineEdit>("profileHost");
    QTest::keyClicks(host, QStringLiteral("deploy@web01:2222"));
    QTest::keyClick(host, Qt::Key_Return);
    QCOMPARE(m_saved.size(), 1);
    QCOMPARE(m_saved.first().address().toString(), QStringLiteral("deploy@web01:2222"));
    QCOMPARE(m_saved.first().host, QStringLiteral("web01"));
}

void ProfileEditorTest::badFieldsAreTold_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("user");
    QTest::newRow("no host") << QString() << QString();
    QTest::newRow("host that is an option") << QStringLiteral("-oX") << QString();
    QTest::newRow("user that is an option") << QStringLiteral("web01") << QStringLiteral("-l");
}

void ProfileEditorTest::badFieldsAreTold()
{
    QFETCH(QString, host);
    QFETCH(QString, user);
    Profile profile;
    profile.id = QStringLiteral("1");
    edit(profile);
    find<QLineEdit>("profileHost")->setText(host);
    find<QLineEdit>("profileUser")->setText(user);
    save();
    QVERIFY(m_saved.isEmpty());
    QVERIFY(!find<QLabel>("profileProblem")->isHidden());
}

void ProfileEditorTest::pagesArePickedByKeyboard()
{
    Profile profile;
    profile.id = profile.host = QStringLiteral("1");
    edit(profile);
    auto *pages = find<QListWidget>("profilePages");
    QVERIFY(find<QLineEdit>("profileHost")->isVisible());
    QVERIFY(!find<QPlainTextEdit>("profileKeyFiles")->isVisible());
    QTest::keyClick(pages, Qt::Key_Down);
    QVERIFY(find<QLineEdit>("profileTags")->isVisible());
    QTest::keyClick(pages, Qt::Key_Down);
    QVERIFY(!find<QLineEdit>("profileHost")->isVisible());
    QVERIFY(find<QPlainTextEdit>("profileKeyFiles")->isVisible());
    QTest::keyClick(pages, Qt::Key_End);
    QVERIFY(find<QTreeWidget>("profileTunnels")->isVisible());
}

void ProfileEditorTest::problemShowsItsPage()
{
    Profile profile;
    profile.id = QStringLiteral("1");
    edit(profile);
    find<QListWidget>("profilePages")->setCurrentRow(1);
    save();
    QVERIFY(find<QLineEdit>("profileHost")->isVisible());
    QVERIFY(find<QLabel>("profileProblem")->isVisible());
    find<QLineEdit>("profileHost")->setText(QStringLiteral("web01"));
    save();
    QCOMPARE(m_saved.size(), 1);
}

void ProfileEditorTest::inheritedValuesAreShownWithTheirOrigin()
{
    Profile defaults;
    defaults.user = QStringLiteral("ops");
    defaults.port = 2222;
    defaults.useAgent = false;
    defaults.identityFiles = {QStringLiteral("~/.ssh/acme")};
    defaults.hostKeyPolicy = HostKeyPolicy::Reject;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), defaults));
    Profile profile;
    profile.id = profile.host = QStringLiteral("1");
    edit(profile);
    const auto policy = [this] { return find<QComboBox>("profilePolicy")->itemText(0); };
    QCOMPARE(policy(), QStringLiteral("Ask — by default"));
    QCOMPARE(find<QSpinBox>("profilePort")->text(), QStringLiteral("22"));
    QVERIFY(find<QCheckBox>("profileUseAgent")->isChecked());

    find<QComboBox>("profileGroup")->setCurrentText(QStringLiteral("Customers/New"));
    QCOMPARE(policy(), QStringLiteral("Refuse — from group Customers"));
    QCOMPARE(find<QSpinBox>("profilePort")->text(), QStringLiteral("2222"));
    QCOMPARE(find<QLineEdit>("profileUser")->placeholderText(),
             QStringLiteral("ops — from group Customers"));
    QCOMPARE(find<QPlainTextEdit>("profileKeyFiles")->placeholderText(),
             QStringLiteral("~/.ssh/acme — from group Customers"));
    QVERIFY(!find<QCheckBox>("profileUseAgent")->isChecked());
    QVERIFY(find<QCheckBox>("profileUseAgent")->text().contains(QStringLiteral("group Customers")));
    save();
    profile.group = QStringLiteral("Customers/New");
    QCOMPARE(m_saved, QList{profile});

    m_settings->setValue(settings::keys::hostKeyPolicy, QStringLiteral("auto-add"));
    profile.group.clear();
    edit(profile);
    QCOMPARE(policy(), QStringLiteral("Accept and save — from the settings"));
}

void ProfileEditorTest::valueOfAGroupCanBeOverruledAndTakenBack()
{
    Profile defaults;
    defaults.port = 2222;
    defaults.useAgent = false;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), defaults));
    Profile profile;
    profile.id = profile.host = QStringLiteral("1");
    profile.group = QStringLiteral("Customers");
    edit(profile);
    find<QCheckBox>("profileUseAgent")->click();
    find<QSpinBox>("profilePort")->setValue(22);
    save();
    QCOMPARE(m_saved.size(), 1);
    QVERIFY(m_saved.first().isOwn(profiles::fields::useAgent));
    QVERIFY(m_saved.first().useAgent);
    QVERIFY(m_saved.first().isOwn(profiles::fields::port));

    edit(Profile(m_saved.first()));
    QCOMPARE(find<QSpinBox>("profilePort")->text(), QStringLiteral("22"));
    QVERIFY(find<QCheckBox>("profileUseAgent")->isChecked());
    find<QCheckBox>("profileUseAgent")->click();
    auto *port = find<QSpinBox>("profilePort");
    port->selectAll();
    QTest::keyClicks(port, QStringLiteral("2222"));
    QTest::keyClick(port, Qt::Key_Tab);
    save();
    QCOMPARE(m_saved, QList{profile});
}

void ProfileEditorTest::orderOfAGroupIsShownAndTakenBack()
{
    using profiles::LoginSource;
    Profile defaults;
    defaults.loginOrder = {LoginSource::Password, LoginSource::Agent};
    defaults.rememberFor = std::chrono::minutes(0);
    defaults.identityAgent = QStringLiteral("none");
    defaults.identitiesOnly = true;
    QVERIFY(m_store->saveGroup(QStringLiteral("Customers"), defaults));
    Profile profile;
    profile.id = profile.host = QStringLiteral("1");
    profile.group = QStringLiteral("Customers");
    edit(profile);
    auto *ways = find<QListWidget>("profileLoginOrder");
    QCOMPARE(ways->item(1)->text(), QStringLiteral("Password")); // below Kerberos
    QCOMPARE(find<QLabel>("profileLoginOrigin")->text(), QStringLiteral("from group Customers"));
    QCOMPARE(find<QSpinBox>("profileRememberFor")->text(),
             QStringLiteral("not at all — from group Customers"));
    QCOMPARE(find<QLineEdit>("profileIdentityAgent")->placeholderText(),
             QStringLiteral("none — from group Customers"));
    QVERIFY(find<QCheckBox>("profileIdentitiesOnly")->isChecked());
    save();
    QCOMPARE(m_saved, QList{profile});

    edit(profile);
    ways = find<QListWidget>("profileLoginOrder");
    ways->item(0)->setCheckState(Qt::Checked);
    QCOMPARE(find<QLabel>("profileLoginOrigin")->text(), QStringLiteral("changed here"));
    save();
    QCOMPARE(
        m_saved.first().loginOrder,
        (profiles::LoginOrder{LoginSource::Gssapi, LoginSource::Password, LoginSource::Agent}));

    edit(Profile(m_saved.first()));
    QTest::mouseClick(find<QToolButton>("profileLoginReset"), Qt::LeftButton);
    save();
    QCOMPARE(m_saved, QList{profile});
}

QTEST_MAIN(ProfileEditorTest)
#include "ProfileEditorTest.moc"
