// Passwords that Ponto remembers: a real sshd, the real window, and a keyring that can be
// unhelpful.

#include "settings/SettingsKeys.h"
#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/TestKeyring.h"
#include "tests/support/TestProxy.h"
#include "tests/support/ToolRun.h"
#include "ui/main/MainWindow.h"

#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::patience;
using Mood = tests::SecretService::Mood;
using vault::Place;
using vault::SecretId;

class StoredPasswordTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void rememberedPasswordIsNotAskedForAgain();
    void onlyWhatTheServerAcceptedIsStored();
    void withoutTheBoxNothingIsStored();
    void refusedStoredPasswordIsToldAndReplaced();
    void hangingKeyringLeavesTheUserAlone();
    void slowKeyringAnswersWhileTheSheetIsOpen();
    void absentKeyringIsTold();
    void askingEachTimeOffersNothing();
    void encryptedFileIsUnlockedForTheLogin();
    void passphraseIsRemembered();
    void editorShowsChangesAndForgets();
    void passwordOfTheJumpHostIsRemembered();
    void passwordOfTheProxyIsRemembered();

private:
    void useVault(Place place, std::chrono::milliseconds deadline = patience);
    void startWindow();
    void connectAgain();
    void typePassword(const QString &password, bool remember);
    void saveSession(const profiles::ProfileRoute &route);
    QByteArray stored(const SecretId &id) const; // empty: nothing
    void storeInKeyring(const QString &password);
    SecretId passwordId() const;
    bool isConnected() { return m_test->waitForStatus(u"● connected"_s); }

    const QString m_password = u"correct horse"_s;
    std::unique_ptr<tests::TestKeyring> m_keyring;
    std::unique_ptr<tests::WindowFixture> m_test;
};

void StoredPasswordTest::init()
{
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    m_keyring = std::make_unique<tests::TestKeyring>();
    const auto keyring = m_keyring->start();
    QVERIFY2(keyring, tests::reason(keyring).constData());
    m_test = std::make_unique<tests::WindowFixture>();
    tests::SshServerOptions options;
    options.withPassword(m_password).withoutPublicKeyLogin();
    const auto started = m_test->startServer(options);
    QVERIFY2(started, tests::reason(started).constData());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
}

void StoredPasswordTest::cleanup()
{
    m_test.reset();
    m_keyring.reset();
}

void StoredPasswordTest::useVault(Place place, std::chrono::milliseconds deadline)
{
    m_test->setVault(std::make_unique<vault::Vault>(
        place, QStringList{QStringLiteral(ACCESS_PROGRAM)},
        vault::Vault::Files{m_test->path(u"secrets.ini"_s), m_test->path(u"secrets.vault"_s)},
        deadline));
}

void StoredPasswordTest::startWindow()
{
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(m_test->serverAddress());
}

// As after a restart: another window, nothing of the first is left.
void StoredPasswordTest::connectAgain()
{
    m_test->closeWindow();
    startWindow();
}

SecretId StoredPasswordTest::passwordId() const
{
    return SecretId::password(m_test->server().userName(), u"127.0.0.1"_s, m_test->server().port());
}

void StoredPasswordTest::typePassword(const QString &password, bool remember)
{
    QVERIFY(m_test->appears("passwordEdit"));
    auto *box = m_test->visible<QCheckBox>("passwordRemember");
    QVERIFY(box != nullptr);
    box->setChecked(remember);
    m_test->visible("passwordEdit")->setFocus();
    m_test->type(password);
    m_test->press(Qt::Key_Return);
}

void StoredPasswordTest::storeInKeyring(const QString &password)
{
    const auto stored
        = m_test->vault().keyring().store(passwordId(), base::SecretString::fromText(password));
    QTRY_VERIFY_WITH_TIMEOUT(stored.isFinished(), patience);
    QVERIFY(stored.result());
}

void StoredPasswordTest::saveSession(const profiles::ProfileRoute &route)
{
    profiles::Profile profile;
    profile.id = profile.name = u"inner"_s;
    profile.host = u"127.0.0.1"_s;
    profile.port = m_test->server().port();
    profile.user = m_test->server().userName();
    profile.route = route;
    QVERIFY(m_test->profiles().save(profile));
}

QByteArray StoredPasswordTest::stored(const SecretId &id) const
{
    for (const auto &item : m_keyring->service()->items()) {
        if (item.label == id.label()) {
            return item.secret;
        }
    }
    return {};
}

void StoredPasswordTest::rememberedPasswordIsNotAskedForAgain()
{
    useVault(Place::Keyring);
    startWindow();
    QVERIFY(m_test->appears("passwordSheet"));
    QVERIFY(!m_test->visible<QCheckBox>("passwordRemember")->isChecked());
    QVERIFY(m_test->visible<QCheckBox>("passwordRemember")->text().contains(u"keyring"_s));
    typePassword(m_password, true);
    QVERIFY(isConnected());
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->items().size(), 1, patience);
    QCOMPARE(m_keyring->service()->items().first().secret, m_password.toUtf8());
    QCOMPARE(m_keyring->service()->items().first().label, passwordId().label());

    connectAgain();

    QVERIFY(isConnected());
    QVERIFY(m_test->visible("passwordSheet") == nullptr);
    QVERIFY(!m_test->server().logText().contains("Failed password"));
}

void StoredPasswordTest::onlyWhatTheServerAcceptedIsStored()
{
    useVault(Place::Keyring);
    startWindow();
    typePassword(u"wrong"_s, true);
    QVERIFY(m_test->appears("passwordRefused"));
    QCOMPARE(m_keyring->service()->items().size(), 0);
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->appears("errorBanner"));
    QCOMPARE(m_keyring->service()->items().size(), 0);

    connectAgain();
    typePassword(u"wrong"_s, true);
    QVERIFY(m_test->appears("passwordRefused"));
    typePassword(m_password, true);
    QVERIFY(isConnected());
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->items().size(), 1, patience);
    QCOMPARE(m_keyring->service()->items().first().secret, m_password.toUtf8());
}

void StoredPasswordTest::withoutTheBoxNothingIsStored()
{
    useVault(Place::Keyring);
    startWindow();
    typePassword(u"wrong"_s, true);
    QVERIFY(m_test->appears("passwordRefused"));
    typePassword(m_password, false); // the last word counts
    QVERIFY(isConnected());
    QVERIFY(m_test->screenShows(u"$"_s));
    QCOMPARE(m_keyring->service()->items().size(), 0);
}

void StoredPasswordTest::refusedStoredPasswordIsToldAndReplaced()
{
    useVault(Place::Keyring);
    storeInKeyring(u"of last year"_s);
    startWindow();
    QVERIFY(m_test->appears("passwordRefused"));
    QVERIFY(m_test->visible<QLabel>("passwordRefused")->text().contains(u"keyring"_s));
    QVERIFY(m_test->visible<QCheckBox>("passwordRemember")->isChecked());
    QCOMPARE(m_keyring->service()->items().first().secret, "of last year"); // not thrown away
    typePassword(m_password, true);
    QVERIFY(isConnected());
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->items().first().secret, m_password.toUtf8(),
                              patience);
}

void StoredPasswordTest::hangingKeyringLeavesTheUserAlone()
{
    useVault(Place::Keyring, std::chrono::seconds(2));
    storeInKeyring(m_password);
    m_keyring->service()->setMood(Mood::Silent);
    startWindow();
    QVERIFY(m_test->appears("passwordEdit"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_test->visible<QLabel>("passwordRemark")->text().contains(u"did not answer"_s), patience);
    QVERIFY(m_test->visible("passwordEdit")->hasFocus());
    m_test->type(m_password);
    m_test->press(Qt::Key_Return);
    QVERIFY(isConnected());
}

void StoredPasswordTest::slowKeyringAnswersWhileTheSheetIsOpen()
{
    useVault(Place::Keyring);
    storeInKeyring(m_password);
    m_keyring->service()->setMood(Mood::Waiting);
    startWindow();
    QVERIFY(m_test->appears("passwordSheet"));
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->prompts(), 1, patience);
    m_keyring->service()->unlockNow();
    QVERIFY(isConnected());
    QVERIFY(m_test->vanishes("passwordSheet"));
}

void StoredPasswordTest::absentKeyringIsTold()
{
    useVault(Place::Keyring);
    m_keyring->removeService();
    startWindow();
    QVERIFY(m_test->appears("passwordRemark"));
    QVERIFY(!m_test->visible("passwordRemember")->isEnabled());
    QVERIFY(m_test->visible<QLabel>("passwordRemark")->text().contains(u"no keyring"_s));
    m_test->type(m_password);
    m_test->press(Qt::Key_Return);
    QVERIFY(isConnected());
    for (const QString &name : QDir(m_keyring->directory()).entryList(QDir::Files)) {
        QFile file(m_keyring->directory() + u'/' + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("horse"), qPrintable(name));
    }
}

void StoredPasswordTest::askingEachTimeOffersNothing()
{
    useVault(Place::Nowhere);
    startWindow();
    QVERIFY(m_test->appears("passwordEdit"));
    QVERIFY(m_test->visible("passwordRemember") == nullptr);
}

void StoredPasswordTest::encryptedFileIsUnlockedForTheLogin()
{
    useVault(Place::File);
    const auto master = base::SecretString::fromText(u"master key"_s);
    const auto created = m_test->vault().file().create(master);
    QTRY_VERIFY_WITH_TIMEOUT(created.isFinished(), patience);
    startWindow();
    typePassword(m_password, true);
    QVERIFY(isConnected());
    QTRY_VERIFY_WITH_TIMEOUT(QFile(m_test->path(u"secrets.vault"_s)).size() > 0, patience);
    m_test->vault().file().lock();

    connectAgain();
    QVERIFY(m_test->appears("masterPasswordSheet"));
    QVERIFY(m_test->visible("masterPasswordEdit")->hasFocus());
    m_test->type(u"wrong"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->appears("masterPasswordProblem"));
    m_test->type(u"master key"_s);
    m_test->press(Qt::Key_Return);

    QVERIFY(isConnected());
    QVERIFY(m_test->visible("passwordSheet") == nullptr);
}

void StoredPasswordTest::passphraseIsRemembered()
{
    m_test = std::make_unique<tests::WindowFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
    const QString keyFile = m_test->userKeyFile();
    const auto locked = tests::runTool(
        {.program = u"ssh-keygen"_s,
         .arguments = {u"-p"_s, u"-P"_s, QString(), u"-N"_s, u"pass phrase"_s, u"-f"_s, keyFile}});
    QCOMPARE(locked.exitStatus, 0);
    useVault(Place::Keyring);
    startWindow();
    QVERIFY(m_test->appears("passphraseEdit"));
    m_test->visible<QCheckBox>("passwordRemember")->setChecked(true);
    m_test->type(u"wrong"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->appears("passwordRefused"));
    m_test->visible<QCheckBox>("passwordRemember")->setChecked(true);
    m_test->type(u"pass phrase"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(isConnected());
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->items().size(), 1, patience);
    QCOMPARE(m_keyring->service()->items().first().label, SecretId::passphrase(keyFile).label());
    QCOMPARE(m_keyring->service()->items().first().secret, u"pass phrase"_s.toUtf8());

    connectAgain();

    QVERIFY(isConnected());
    QVERIFY(m_test->visible("passphraseSheet") == nullptr);
}

void StoredPasswordTest::editorShowsChangesAndForgets()
{
    useVault(Place::Keyring);
    storeInKeyring(u"of last year"_s);
    startWindow();
    QVERIFY(m_test->appears("passwordSheet"));
    typePassword(m_password, false);
    QVERIFY(isConnected());
    m_test->press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_test->appears("profilePages"));
    auto *pages = m_test->visible<QListWidget>("profilePages");
    pages->setCurrentRow(pages->count() - 1);
    QVERIFY(m_test->appears("profileSecrets"));
    const auto *list = m_test->visible<QListWidget>("profileSecrets");
    QTRY_VERIFY(list->item(0)->text().endsWith(u": stored"_s));

    m_test->click("profileSecretShow");
    const auto *value = m_test->visible<QLineEdit>("profileSecretValue");
    QTRY_COMPARE_WITH_TIMEOUT(value->text(), u"of last year"_s, patience);
    QCOMPARE(value->echoMode(), QLineEdit::Normal);
    QVERIFY(value->isReadOnly());
    m_test->click("profileSecretShow");
    QCOMPARE(value->text(), QString());

    m_test->click("profileSecretChange");
    QVERIFY(value->hasFocus());
    m_test->type(m_password);
    m_test->press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->items().first().secret, m_password.toUtf8(),
                              patience);

    QTRY_VERIFY_WITH_TIMEOUT(m_test->visible("profileSecretForget")->isEnabled(), patience);
    m_test->click("profileSecretForget");
    QTRY_COMPARE_WITH_TIMEOUT(m_keyring->service()->items().size(), 0, patience);
    QTRY_VERIFY(list->item(0)->text().endsWith(u": not stored"_s));
    QVERIFY(!m_test->visible("profileSecretShow")->isEnabled());
}

void StoredPasswordTest::passwordOfTheJumpHostIsRemembered()
{
    tests::SshServer hop(
        tests::SshServerOptions().withPassword(u"of the hop"_s).withoutPublicKeyLogin());
    QVERIFY(hop.start());
    m_test->trust({m_test->server().knownHostsLine(tests::KeyType::Ed25519),
                   hop.knownHostsLine(tests::KeyType::Ed25519)});
    const auto hopId = SecretId::password(hop.userName(), u"127.0.0.1"_s, hop.port());
    saveSession({.jumpHosts = {profiles::TargetAddress::parse(
                                   u"%1@127.0.0.1:%2"_s.arg(hop.userName()).arg(hop.port()))
                                   .value()}});
    useVault(Place::Keyring);
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(u"inner"_s);
    QVERIFY(m_test->appears("promptJumpHost"));
    typePassword(u"of the hop"_s, true);
    QTRY_COMPARE_WITH_TIMEOUT(stored(hopId), "of the hop", patience); // the way is not over yet
    QVERIFY(m_test->vanishes("promptJumpHost"));
    QCOMPARE(stored(passwordId()), "");
    typePassword(m_password, true);
    QVERIFY(isConnected());
    QTRY_COMPARE_WITH_TIMEOUT(stored(passwordId()), m_password.toUtf8(), patience);

    m_test->closeWindow();
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(u"inner"_s);
    QVERIFY(isConnected());
    QVERIFY(m_test->visible("passwordSheet") == nullptr);
    QVERIFY(!hop.logText().contains("Failed password"));
}

void StoredPasswordTest::passwordOfTheProxyIsRemembered()
{
    tests::TestProxy proxy({.user = "ada", .password = "of the proxy"});
    QVERIFY(proxy.start());
    saveSession({.proxy = proxy.address(u"ada"_s)});
    const auto proxyId = SecretId::proxyPassword(u"ada"_s, u"127.0.0.1"_s, proxy.port());
    useVault(Place::Keyring);
    storeInKeyring(m_password);
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(u"inner"_s);
    QVERIFY(m_test->appears("proxyPasswordEdit"));
    m_test->visible<QCheckBox>("passwordRemember")->setChecked(true);
    m_test->type(u"wrong"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->appears("passwordRefused"));
    QCOMPARE(stored(proxyId), "");
    m_test->visible<QCheckBox>("passwordRemember")->setChecked(true);
    m_test->visible("proxyPasswordEdit")->setFocus();
    m_test->type(u"of the proxy"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(isConnected());
    QTRY_COMPARE_WITH_TIMEOUT(stored(proxyId), "of the proxy", patience);

    m_test->closeWindow();
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    m_test->connectTo(u"inner"_s);
    QVERIFY(isConnected());
    QVERIFY(m_test->visible("proxyPasswordSheet") == nullptr);
}

QTEST_MAIN(StoredPasswordTest)

#include "StoredPasswordTest.moc"
