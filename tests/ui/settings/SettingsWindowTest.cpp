#include "ui/settings/SettingsWindow.h"

#include "settings/LogKeys.h"
#include "settings/Settings.h"
#include "tests/support/FocusWalk.h"
#include "ui/settings/ColorSchemeChoice.h"
#include "ui/terminal/ViewActions.h"
#include "vault/Vault.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

using namespace Qt::StringLiterals;
using vault::Place;
using vault::SecretId;
namespace keys = settings::keys;

namespace {

constexpr std::chrono::seconds patience(30);

} // namespace

class SettingsWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { ui::declareTerminalKeys(); } // so that there are keys to show
    void init();
    void cleanup();

    void connectionDefaultsAreKept();
    void hostKeyDefaultsAreKept();
    void terminalChoicesAreKept();
    void colorsAreImported();
    void fontIsTheSystemsUntilAnotherIsChosen();
    void logChoicesAreKept();
    void transferChoicesAreKept();
    void tabChoiceIsKept();
    void nonsenseInTheFileIsTheDefault();
    void everyControlHasANameAndRoom();
    void pagesArePickedByKeyboard();
    void absentKeyringIsTold();
    void askingEachTimeIsChosen();
    void encryptedFileNeedsAMasterPassword();
    void cancelledMasterPasswordChangesNothing();
    void fileIsUnlockedAndListed();
    void masterPasswordIsChanged();
    void fileIsDeleted();

private:
    void openWindow(Place place);
    void showHostKeys() { find<QListWidget>("settingsPages")->setCurrentRow(1); }
    void showTerminal() { find<QListWidget>("settingsPages")->setCurrentRow(2); }
    void showTransfers() { find<QListWidget>("settingsPages")->setCurrentRow(4); }
    void showSecrets();
    void writeFile(const QList<vault::SealedEntry> &entries);
    QString place() const { return m_settings->value(keys::secretPlace); }

    // The control of that name that is visible, or null.
    template<typename T>
    T *find(const char *name) const
    {
        for (T *widget : m_window->findChildren<T *>(QString::fromLatin1(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    void click(const char *name) const
    {
        QTRY_VERIFY2_WITH_TIMEOUT(find<QAbstractButton>(name) != nullptr, name, patience);
        find<QAbstractButton>(name)->click();
    }
    void type(const char *name, const QString &text) const
    {
        QTRY_VERIFY2_WITH_TIMEOUT(find<QLineEdit>(name) != nullptr, name, patience);
        QTest::keyClicks(find<QLineEdit>(name), text);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<vault::Vault> m_vault;
    std::unique_ptr<ui::SettingsWindow> m_window;
    const base::SecretString m_master = base::SecretString::fromText(u"master key"_s);
};

void SettingsWindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<settings::Settings>(m_directory->filePath(u"settings.ini"_s));
}

void SettingsWindowTest::cleanup()
{
    m_window.reset();
    m_vault.reset();
    m_settings.reset(); // it writes once more: before the directory goes
}

// With a keyring that never answers: the program that asks it ends at once.
void SettingsWindowTest::openWindow(Place place)
{
    m_vault = std::make_unique<vault::Vault>(
        place, QStringList{u"/bin/false"_s},
        vault::Vault::Files{m_directory->filePath(u"secrets.ini"_s),
                            m_directory->filePath(u"secrets.vault"_s)},
        patience);
    m_window = std::make_unique<ui::SettingsWindow>(*m_settings, m_vault.get(), nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void SettingsWindowTest::showSecrets()
{
    find<QListWidget>("settingsPages")->setCurrentRow(5);
    QVERIFY(find<QRadioButton>("secretsAsk") != nullptr);
}

// With the cheapest key that is allowed.
void SettingsWindowTest::writeFile(const QList<vault::SealedEntry> &entries)
{
    vault::KeyDerivation derivation = vault::KeyDerivation::create();
    derivation.log2N = 15;
    QFile file(m_directory->filePath(u"secrets.vault"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(*vault::SealingKey::derive(m_master, derivation)->seal(entries));
}

void SettingsWindowTest::connectionDefaultsAreKept()
{
    openWindow(Place::Nowhere);
    QCOMPARE(find<QSpinBox>("settingsConnectTimeout")->value(), 15);
    QCOMPARE(find<QSpinBox>("settingsKeepAlive")->value(), 30);
    QCOMPARE(find<QSpinBox>("settingsKeepAliveCount")->value(), 3);

    find<QSpinBox>("settingsConnectTimeout")->setValue(60);
    find<QSpinBox>("settingsKeepAlive")->setValue(0);
    find<QSpinBox>("settingsKeepAliveCount")->setValue(7);

    QCOMPARE(m_settings->value(keys::keepAliveCount), 7);
    QCOMPARE(m_settings->value(keys::connectTimeoutSeconds), 60);
    QCOMPARE(m_settings->value(keys::keepAliveSeconds), 0);
    QCOMPARE(find<QSpinBox>("settingsKeepAlive")->text(), u"never"_s);
}

void SettingsWindowTest::hostKeyDefaultsAreKept()
{
    m_settings->setValue(keys::knownHostsFiles, QStringList{u"/srv/team/known_hosts"_s});
    openWindow(Place::Nowhere);
    showHostKeys();
    auto *files = find<QPlainTextEdit>("settingsKnownHosts");
    QCOMPARE(files->toPlainText(), u"/srv/team/known_hosts"_s);
    QVERIFY(!find<QCheckBox>("settingsHashNames")->isChecked());
    QVERIFY(find<QLabel>("settingsKnownHostsProblem") == nullptr);

    auto *policy = find<QComboBox>("settingsPolicy");
    QCOMPARE(policy->currentText(), u"Ask"_s);
    policy->setFocus();
    QTest::keyClick(policy, Qt::Key_Down);
    files->setPlainText(u" ~/b \n\n/a b\nrelative\n~/b"_s);
    find<QCheckBox>("settingsHashNames")->click();

    QCOMPARE(m_settings->value(keys::hostKeyPolicy), u"reject"_s);
    QCOMPARE(m_settings->value(keys::knownHostsFiles), (QStringList{u"~/b"_s, u"/a b"_s}));
    QVERIFY(find<QLabel>("settingsKnownHostsProblem")->text().contains(u"“relative”"_s));
    QVERIFY(m_settings->value(keys::hashKnownHosts));

    files->clear();
    QVERIFY(m_settings->value(keys::knownHostsFiles).isEmpty());
}

void SettingsWindowTest::terminalChoicesAreKept()
{
    openWindow(Place::Nowhere);
    showTerminal();
    QSignalSpy changed(m_settings.get(), &settings::Settings::changed);
    QCOMPARE(find<QComboBox>("settingsTerminalColors")->currentText(), u"As the window"_s);
    QTest::keyClick(find<QComboBox>("settingsTerminalColors"), Qt::Key_Down);
    QCOMPARE(m_settings->value(keys::terminalColors), u"light"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().value<QLatin1StringView>(), keys::terminalColors.name);
    QTest::keyClick(find<QComboBox>("settingsTerminalCursor"), Qt::Key_End);
    find<QCheckBox>("settingsTerminalBlinks")->click();
    find<QSpinBox>("settingsTerminalScrollback")->setValue(500);
    m_window.reset();

    openWindow(Place::Nowhere);
    showTerminal();
    QCOMPARE(find<QComboBox>("settingsTerminalColors")->currentText(), u"Light"_s);
    QCOMPARE(find<QComboBox>("settingsTerminalCursor")->currentText(), u"Bar"_s);
    QVERIFY(find<QCheckBox>("settingsTerminalBlinks")->isChecked());
    QCOMPARE(find<QSpinBox>("settingsTerminalScrollback")->value(), 500);
}

// Colors as Konsole keeps them; what was chosen shows in the example at once.
void SettingsWindowTest::colorsAreImported()
{
    openWindow(Place::Nowhere);
    showTerminal();
    const auto write = [this](const QString &name, const QByteArray &content) {
        QFile file(m_directory->filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
            ? file.fileName()
            : QString();
    };
    QByteArray scheme = "[General]\nDescription=Sunset\n[Background]\nColor=40,0,80\n"
                        "[Foreground]\nColor=255,200,100\n";
    for (int index = 0; index < 8; ++index) {
        scheme += "[Color" + QByteArray::number(index) + "]\nColor=10,20,30\n";
    }
    auto *choice = m_window->findChild<ui::ColorSchemeChoice *>();

    choice->importFile(write(u"bad.colorscheme"_s, "[Background]\nColor=1,2,3\n"));
    QVERIFY(find<QLabel>("settingsTerminalColorsProblem")->text().startsWith(u"bad.colorscheme"_s));
    QCOMPARE(m_settings->value(keys::terminalColors), u"system"_s);
    choice->importFile(u"/nonexistent"_s);
    QVERIFY(find<QLabel>("settingsTerminalColorsProblem") != nullptr);

    choice->importFile(write(u"sunset.colorscheme"_s, scheme));
    QVERIFY(find<QLabel>("settingsTerminalColorsProblem") == nullptr);
    QCOMPARE(find<QComboBox>("settingsTerminalColors")->currentText(), u"Sunset"_s);
    QCOMPARE(m_settings->value(keys::terminalColors), u"scheme:sunset"_s);
    const auto *example = m_window->findChild<QWidget *>(u"settingsTerminalExample"_s);
    QTRY_COMPARE(example->focusProxy()->grab().toImage().pixelColor(1, 1), QColor(40, 0, 80));

    click("settingsTerminalRemoveColors");
    QCOMPARE(m_settings->value(keys::terminalColors), u"system"_s);
    QVERIFY(find<QComboBox>("settingsTerminalColors")->findText(u"Sunset"_s) < 0);
    QVERIFY(!find<QPushButton>("settingsTerminalRemoveColors")->isEnabled());
}

void SettingsWindowTest::fontIsTheSystemsUntilAnotherIsChosen()
{
    openWindow(Place::Nowhere);
    showTerminal();
    const int usual = find<QSpinBox>("settingsTerminalFontSize")->value();
    QVERIFY(!find<QSpinBox>("settingsTerminalFontSize")->isEnabled());

    find<QCheckBox>("settingsTerminalSystemFont")->click();
    QVERIFY(find<QSpinBox>("settingsTerminalFontSize")->isEnabled());
    find<QSpinBox>("settingsTerminalFontSize")->setValue(usual + 3);
    QCOMPARE(m_settings->value(keys::terminalFontPoints), usual + 3);

    find<QCheckBox>("settingsTerminalSystemFont")->click();
    QCOMPARE(m_settings->value(keys::terminalFontPoints), 0);
    QCOMPARE(m_settings->value(keys::terminalFontFamily), QString());
    QCOMPARE(find<QSpinBox>("settingsTerminalFontSize")->value(), usual);
}

void SettingsWindowTest::logChoicesAreKept()
{
    openWindow(Place::Nowhere);
    find<QListWidget>("settingsPages")->setCurrentRow(3);
    QTest::keyClick(find<QComboBox>("settingsLogsForm"), Qt::Key_Down);
    QCOMPARE(m_settings->value(keys::logForm), u"plain"_s);
    auto *name = find<QLineEdit>("settingsLogsName");
    name->selectAll();
    QTest::keyClicks(name, u"%h/%u"_s);
    QVERIFY2(
        find<QLabel>("settingsLogsExample")->text().contains(u"web01.example.com/deploy.log"_s),
        qPrintable(find<QLabel>("settingsLogsExample")->text()));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(m_settings->value(keys::logName), u"%h/%u"_s);
    auto *folder = find<QLineEdit>("settingsLogsFolder");
    QTest::keyClicks(folder, u"not/absolute"_s);
    QTest::keyClick(folder, Qt::Key_Return);
    QCOMPARE(m_settings->value(keys::logFolder), QString());
    QCOMPARE(folder->text(), QString()); // and the placeholder says where they go
    find<QSpinBox>("settingsLogsDays")->setValue(0);
    find<QSpinBox>("settingsLogsMegabytes")->setValue(12);
    m_window.reset();

    openWindow(Place::Nowhere);
    find<QListWidget>("settingsPages")->setCurrentRow(3);
    QCOMPARE(find<QComboBox>("settingsLogsForm")->currentText(), u"As lines of text"_s);
    QCOMPARE(find<QSpinBox>("settingsLogsDays")->text(), u"never"_s);
    QCOMPARE(find<QSpinBox>("settingsLogsMegabytes")->value(), 12);
}

void SettingsWindowTest::transferChoicesAreKept()
{
    openWindow(Place::Nowhere);
    showTransfers();
    auto *links = find<QComboBox>("settingsLinks");
    QCOMPARE(links->currentText(), u"Copy as links"_s);
    links->setFocus();
    QTest::keyClick(links, Qt::Key_Down);
    QCOMPARE(m_settings->value(keys::transferLinks), u"follow"_s);
    const QList<settings::Key<bool>> checks{keys::transferPreserve, keys::transferVerify,
                                            keys::transferFlush};
    const QList<QCheckBox *> boxes{find<QCheckBox>("settingsPreserve"),
                                   find<QCheckBox>("settingsVerify"),
                                   find<QCheckBox>("settingsFlush")};
    for (qsizetype i = 0; i < boxes.size(); ++i) {
        QVERIFY(!boxes[i]->isChecked());
        QTest::keyClick(boxes[i], Qt::Key_Space);
        QVERIFY(m_settings->value(checks[i]));
    }
    m_window.reset();

    openWindow(Place::Nowhere);
    showTransfers();
    QCOMPARE(find<QComboBox>("settingsLinks")->currentText(), u"Follow"_s);
    QVERIFY(find<QCheckBox>("settingsPreserve")->isChecked());
    QVERIFY(find<QCheckBox>("settingsVerify")->isChecked());
    QVERIFY(find<QCheckBox>("settingsFlush")->isChecked());
}

void SettingsWindowTest::tabChoiceIsKept()
{
    m_settings->setValue(keys::reopenTabs, u"whatever"_s);
    openWindow(Place::Nowhere);
    QTest::keyClick(find<QListWidget>("settingsPages"), Qt::Key_End);
    auto *choice = find<QComboBox>("settingsReopenTabs");
    QCOMPARE(choice->currentIndex(), 0); // asks
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(m_settings->value(keys::reopenTabs), u"always"_s);
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(m_settings->value(keys::reopenTabs), u"never"_s);
}

void SettingsWindowTest::nonsenseInTheFileIsTheDefault()
{
    m_settings->setValue(keys::hostKeyPolicy, u"whatever"_s);
    openWindow(Place::Nowhere);
    showHostKeys();
    QCOMPARE(find<QComboBox>("settingsPolicy")->currentText(), u"Ask"_s);
    QCOMPARE(m_settings->value(keys::hostKeyPolicy), u"whatever"_s); // looking changes nothing
}

void SettingsWindowTest::everyControlHasANameAndRoom()
{
    writeFile({});
    openWindow(Place::File);
    for (int page = 0; page < find<QListWidget>("settingsPages")->count(); ++page) {
        find<QListWidget>("settingsPages")->setCurrentRow(page);
        QCOMPARE(tests::focusFaults(*m_window).join(u"\n"_s), QString());
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            const bool isControl = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus)
                && widget->focusProxy() == nullptr
                && qobject_cast<const QAbstractScrollArea *>(widget->parentWidget()) == nullptr
                && qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) == nullptr;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty()
                || (button != nullptr && !button->text().isEmpty());
            QVERIFY2(!isControl || (isNamed && !widget->objectName().isEmpty()),
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                                + widget->objectName()));
            QTRY_VERIFY2(!isControl || button == nullptr
                             || button->width() >= button->sizeHint().width(),
                         qPrintable(widget->objectName()));
        }
    }
}

void SettingsWindowTest::pagesArePickedByKeyboard()
{
    openWindow(Place::Nowhere);
    QVERIFY(find<QListWidget>("settingsPages")->hasFocus());
    QTest::keyClick(find<QListWidget>("settingsPages"), Qt::Key_End);
    QVERIFY(find<QComboBox>("settingsReopenTabs") != nullptr);
    QTest::keyClick(find<QListWidget>("settingsPages"), Qt::Key_Escape);
    QVERIFY(!m_window->isVisible());
    m_window->show();
    QTest::keyClick(find<QListWidget>("settingsPages"), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!m_window->isVisible());
}

void SettingsWindowTest::absentKeyringIsTold()
{
    openWindow(Place::Keyring);
    showSecrets();
    QVERIFY(find<QRadioButton>("secretsKeyring")->isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("secretsState")->text().contains(u"no keyring"_s),
                             patience);
    QVERIFY(find<QPushButton>("secretsMasterPassword") == nullptr);
    QVERIFY(find<QLabel>("secretsRemark")->text().contains(u"Nothing is stored"_s));
}

void SettingsWindowTest::askingEachTimeIsChosen()
{
    openWindow(Place::Keyring);
    showSecrets();
    click("secretsAsk");
    QCOMPARE(m_vault->place(), Place::Nowhere);
    QCOMPARE(place(), u"ask"_s);
    QVERIFY(m_vault->store() == nullptr);
}

void SettingsWindowTest::encryptedFileNeedsAMasterPassword()
{
    openWindow(Place::Nowhere);
    showSecrets();
    click("secretsFile");
    QCOMPARE(m_vault->place(), Place::Nowhere);
    type("masterPasswordNewEdit", u"one"_s);
    type("masterPasswordRepeatEdit", u"two"_s);
    click("masterPasswordAccept");
    QVERIFY(find<QLabel>("masterPasswordProblem")->text().contains(u"differ"_s));
    QVERIFY(!m_vault->file().exists());
    click("masterPasswordAccept");
    QVERIFY(find<QLabel>("masterPasswordProblem")->text().contains(u"empty"_s));

    type("masterPasswordNewEdit", u"master key"_s);
    type("masterPasswordRepeatEdit", u"master key"_s);
    click("masterPasswordAccept");

    QTRY_COMPARE_WITH_TIMEOUT(m_vault->place(), Place::File, patience);
    QCOMPARE(place(), u"file"_s);
    QVERIFY(m_vault->file().exists());
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("secretsState")->text().contains(u"unlocked"_s),
                             patience);
}

void SettingsWindowTest::cancelledMasterPasswordChangesNothing()
{
    openWindow(Place::Nowhere);
    showSecrets();
    click("secretsFile");
    click("masterPasswordCancel");
    QVERIFY(find<QRadioButton>("secretsAsk")->isChecked());
    QVERIFY(!m_vault->file().exists());
}

void SettingsWindowTest::fileIsUnlockedAndListed()
{
    const SecretId web = SecretId::password(u"me"_s, u"web01"_s, 2222);
    writeFile(
        {{web.title(), m_master}, {SecretId::passphrase(u"/keys/\u202eid"_s).title(), m_master}});
    openWindow(Place::File);
    showSecrets();
    QTRY_VERIFY(find<QLabel>("secretsState")->text().contains(u"locked"_s));
    click("secretsMasterPassword");
    type("masterPasswordEdit", u"master key"_s);
    QTest::keyClick(find<QLineEdit>("masterPasswordEdit"), Qt::Key_Return);

    auto *list = find<QListWidget>("secretsList");
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, patience);
    QCOMPARE(list->item(0)->text(), u"me@web01:2222"_s);
    QVERIFY(!list->item(1)->text().contains(QChar(0x202e)));

    QVERIFY(!find<QPushButton>("secretsForget")->isEnabled());
    list->setCurrentRow(0);
    click("secretsForget");
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QVERIFY(list->item(0)->text().startsWith(u"passphrase"_s));
}

void SettingsWindowTest::masterPasswordIsChanged()
{
    writeFile({});
    openWindow(Place::File);
    const auto unlocked = m_vault->file().unlock(m_master);
    QTRY_VERIFY_WITH_TIMEOUT(unlocked.isFinished(), patience);
    showSecrets();
    click("secretsMasterPassword");
    type("masterPasswordEdit", u"wrong"_s);
    type("masterPasswordNewEdit", u"new"_s);
    type("masterPasswordRepeatEdit", u"new"_s);
    click("masterPasswordAccept");
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("masterPasswordProblem") != nullptr, patience);
    QVERIFY(find<QLabel>("masterPasswordProblem")->text().contains(u"not the master password"_s));

    type("masterPasswordEdit", u"master key"_s);
    type("masterPasswordNewEdit", u"new"_s);
    type("masterPasswordRepeatEdit", u"new"_s);
    click("masterPasswordAccept");
    QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("masterPasswordEdit") == nullptr, patience);

    vault::EncryptedFileStore other(m_directory->filePath(u"secrets.vault"_s));
    const auto opened = other.unlock(base::SecretString::fromText(u"new"_s));
    QTRY_VERIFY_WITH_TIMEOUT(opened.isFinished(), patience);
    QVERIFY(opened.result());
}

void SettingsWindowTest::fileIsDeleted()
{
    writeFile({});
    openWindow(Place::File);
    showSecrets();
    click("secretsDiscard");
    QVERIFY(find<QWidget>("confirmSheet") != nullptr);
    click("confirmAccept");
    QTRY_VERIFY_WITH_TIMEOUT(!m_vault->file().exists(), patience);
    QTRY_VERIFY(find<QPushButton>("secretsMasterPassword")->text().contains(u"Choose"_s));
}

QTEST_MAIN(SettingsWindowTest)

#include "SettingsWindowTest.moc"
