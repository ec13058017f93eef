#include "ui/connect/ProfileEditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using hostkeys::HostKeyPolicy;
using profiles::Profile;
using ui::ProfileEditor;

class ProfileEditorTest : public QObject
{
    Q_OBJECT

private slots:
    void savesEveryField();
    void untouchedProfileStaysAsItIs();
    void badFieldsAreTold_data();
    void badFieldsAreTold();
    void pagesArePickedByKeyboard();
    void problemShowsItsPage();

private:
    ProfileEditor *edit(const Profile &profile);
    template<typename T>
    T *find(const char *name) const
    {
        return m_parent.findChild<T *>(QString::fromLatin1(name));
    }
    void save() { QTest::mouseClick(find<QPushButton>("profileSave"), Qt::LeftButton); }

    QWidget m_parent;
    QList<Profile> m_saved;
};

ProfileEditor *ProfileEditorTest::edit(const Profile &profile)
{
    m_saved.clear();
    qDeleteAll(m_parent.findChildren<ProfileEditor *>());
    auto *editor = new ProfileEditor(profile, &m_parent);
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
    expected.hostKeyPolicy = HostKeyPolicy::Warn;
    expected.notes = QStringLiteral("two\nlines");

    QTest::keyClicks(find<QLineEdit>("profileHost"), QStringLiteral(" web01 "));
    QTest::keyClicks(find<QLineEdit>("profileUser"), expected.user);
    QTest::keyClicks(find<QLineEdit>("profileName"), expected.name);
    find<QSpinBox>("profilePort")->setValue(2222);
    find<QPlainTextEdit>("profileKeyFiles")->setPlainText(QStringLiteral("~/a\n\n /b \n"));
    find<QCheckBox>("profileUseAgent")->setChecked(false);
    find<QCheckBox>("profileUseDefaultKeys")->setChecked(false);
    find<QComboBox>("profilePolicy")->setCurrentIndex(3);
    find<QPlainTextEdit>("profileNotes")->setPlainText(expected.notes);
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
    QVERIFY(!find<QLineEdit>("profileHost")->isVisible());
    QVERIFY(find<QPlainTextEdit>("profileKeyFiles")->isVisible());
    QTest::keyClick(pages, Qt::Key_End);
    QVERIFY(find<QComboBox>("profilePolicy")->isVisible());
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

QTEST_MAIN(ProfileEditorTest)
#include "ProfileEditorTest.moc"
