#include "ui/connect/ManyEditor.h"

#include "profiles/ProfileStore.h"
#include "ui/connect/SessionChanges.h"
#include "ui/connect/SessionColor.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using profiles::EnvironmentClass;
using profiles::Profile;

class ManyEditorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void commonValuesAreShownAndOthersAreNot();
    void untouchedFieldsStay();
    void touchedFieldsBecomeTheSame();
    void tagsAreAddedAndTakenAway();
    void everythingCanBeTakenBack();
    void problemsAreTold();
    void failureKeepsTheSheet();
    void colorsCanBeRead_data();
    void colorsCanBeRead();

private:
    void edit();
    template<typename T>
    T *find(const char *name) const
    {
        return m_parent->findChild<T *>(QString::fromLatin1(name));
    }
    bool isTicked(const char *name) const { return find<QCheckBox>(name)->isChecked(); }
    void type(const char *name, const QString &text)
    {
        find<QLineEdit>(name)->clear();
        QTest::keyClicks(find<QLineEdit>(name), text);
    }
    void save() { find<QPushButton>("manySave")->click(); }
    Profile at(int index) const { return m_store->profiles().at(index); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<ui::SessionChanges> m_changes;
    std::unique_ptr<QWidget> m_parent;
    QPointer<ui::ManyEditor> m_editor;
};

void ManyEditorTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<profiles::ProfileStore>(m_directory->filePath(u"s/s.json"_s));
    m_changes = std::make_unique<ui::SessionChanges>(*m_store);
    Profile first;
    first.id = u"1"_s;
    first.name = u"web"_s;
    first.host = u"web01"_s;
    first.user = u"ann"_s;
    first.group = u"East"_s;
    first.tags = {u"a"_s, u"b"_s};
    Profile second = first;
    second.id = u"2"_s;
    second.name = u"db"_s;
    second.host = u"db02"_s;
    second.port = 2222;
    second.environmentClass = EnvironmentClass::Staging;
    second.tags = {u"B"_s, u"c"_s};
    QVERIFY(m_store->saveAll({first, second}));
    edit();
}

void ManyEditorTest::cleanup()
{
    m_parent.reset();
}

void ManyEditorTest::edit()
{
    m_parent = std::make_unique<QWidget>();
    m_editor = new ui::ManyEditor(m_store->profiles(), *m_store, *m_changes, m_parent.get());
    m_parent->show();
}

void ManyEditorTest::commonValuesAreShownAndOthersAreNot()
{
    QCOMPARE(find<QLineEdit>("manyUser")->text(), u"ann"_s);
    QCOMPARE(find<QComboBox>("manyGroup")->currentText(), u"East"_s);
    QCOMPARE(find<QSpinBox>("manyPort")->text(), u"They differ"_s);
    QCOMPARE(find<QComboBox>("manyEnvironment")->currentIndex(), -1);
    QCOMPARE(find<QComboBox>("manyEnvironment")->placeholderText(), u"They differ"_s);
    for (const QCheckBox *box : m_editor->findChildren<QCheckBox *>()) {
        QVERIFY2(!box->isChecked(), qPrintable(box->objectName()));
    }
    QVERIFY(!find<QPushButton>("manySave")->isEnabled());
}

void ManyEditorTest::untouchedFieldsStay()
{
    const QList<Profile> before = m_store->profiles();
    type("manyUser", u"ben"_s);
    QVERIFY(isTicked("manyUserChanged"));
    save();
    for (int index = 0; index < 2; ++index) {
        Profile expected = before.at(index);
        expected.user = u"ben"_s;
        QCOMPARE(at(index), expected);
    }
}

void ManyEditorTest::touchedFieldsBecomeTheSame()
{
    find<QSpinBox>("manyPort")->setValue(2022);
    find<QComboBox>("manyGroup")->setEditText(u"West/One"_s);
    auto *environment = find<QComboBox>("manyEnvironment");
    environment->setCurrentIndex(environment->findText(u"Production"_s));
    auto *color = find<QComboBox>("manyColor");
    color->setCurrentIndex(color->findData(u"green"_s));
    auto *icon = find<QComboBox>("manyIcon");
    icon->setCurrentIndex(icon->findData(u"database"_s));
    find<QComboBox>("manyAsksForAgent")->setCurrentIndex(1);
    type("manyKeyFile", u"/k"_s);
    type("manyCommand", u"tmux"_s);
    find<QComboBox>("manyForwardAgent")->setCurrentIndex(1);
    save();
    QTRY_VERIFY(m_editor.isNull());
    for (int index = 0; index < 2; ++index) {
        QCOMPARE(at(index).port, 2022);
        QCOMPARE(at(index).group, u"West/One"_s);
        QCOMPARE(at(index).environmentClass, EnvironmentClass::Production);
        QCOMPARE(at(index).color, u"green"_s);
        QCOMPARE(at(index).identityFiles, QStringList{u"/k"_s});
        QCOMPARE(at(index).startupCommand, u"tmux"_s);
        QVERIFY(at(index).forwardAgent);
        QVERIFY(at(index).asksForAgent);
        QCOMPARE(at(index).icon, u"database"_s);
    }
    QCOMPARE(at(1).host, u"db02"_s);
}

void ManyEditorTest::tagsAreAddedAndTakenAway()
{
    type("manyTagsAdded", u"c, d"_s);
    type("manyTagsRemoved", u"b"_s);
    save();
    QCOMPARE(at(0).tags, (QStringList{u"a"_s, u"c"_s, u"d"_s}));
    QCOMPARE(at(1).tags, (QStringList{u"c"_s, u"d"_s}));
}

void ManyEditorTest::everythingCanBeTakenBack()
{
    const QList<Profile> before = m_store->profiles();
    std::function<void()> undo;
    connect(m_changes.get(), &ui::SessionChanges::done, this,
            [&](const QString &, const std::function<void()> &action) { undo = action; });
    type("manyUser", u"ben"_s);
    save();
    QVERIFY(m_store->profiles() != before);
    QVERIFY(undo != nullptr);
    undo();
    QCOMPARE(m_store->profiles(), before);
}

void ManyEditorTest::problemsAreTold()
{
    type("manyUser", u"-oX"_s);
    save();
    QVERIFY(find<QLabel>("manyProblem")->isVisible());
    QVERIFY(!m_editor.isNull());
    QCOMPARE(at(0).user, u"ann"_s);
    type("manyUser", u"ben"_s);
    QVERIFY(!find<QLabel>("manyProblem")->isVisible());
    find<QCheckBox>("manyEnvironmentChanged")->setChecked(true); // they differ, and none is chosen
    save();
    QVERIFY(find<QLabel>("manyProblem")->isVisible());
    QCOMPARE(at(0).user, u"ann"_s);
}

void ManyEditorTest::failureKeepsTheSheet()
{
    QSignalSpy failed(m_changes.get(), &ui::SessionChanges::failed);
    QFile file(m_directory->filePath(u"s/s.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version":99,"profiles":[]})"); // of a newer Ponto, which is not overwritten
    file.close();
    type("manyUser", u"ben"_s);
    save();
    QCOMPARE(failed.size(), 1);
    QVERIFY(!m_editor.isNull() && m_editor->isVisible());
}

void ManyEditorTest::colorsCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");

    QTest::newRow("light") << QPalette(QColor(0xef, 0xef, 0xef));
    QPalette dark(QColor(0x32, 0x32, 0x32));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1e, 0x1e));
    dark.setColor(QPalette::Text, Qt::white);
    dark.setColor(QPalette::WindowText, Qt::white);
    QTest::newRow("dark") << dark;
}

void ManyEditorTest::colorsCanBeRead()
{
    QFETCH(QPalette, palette);

    QSet<QRgb> different;
    for (const QString &name : ui::sessionColors()) {
        const QColor color = ui::sessionColor(name, palette);
        for (const auto role : {QPalette::Base, QPalette::Window}) {
            QVERIFY2(ui::Theme::contrast(color, palette.color(role)) >= 4.5, qPrintable(name));
        }
        different.insert(color.rgb());
    }
    QCOMPARE(different.size(), ui::sessionColors().size());
    QVERIFY(!ui::sessionColor(u"ultraviolet"_s, palette).isValid());
    QCOMPARE(ui::sessionColorText(u"ultraviolet"_s), u"ultraviolet"_s);
}

QTEST_MAIN(ManyEditorTest)

#include "ManyEditorTest.moc"
