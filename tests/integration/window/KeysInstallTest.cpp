// A key is installed from the Keys window on a real sshd, by a person who types the password.

#include "tests/integration/ConnectionFixture.h"
#include "tests/integration/ConnectionProbe.h"
#include "tests/support/Reason.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestAgent.h"
#include "ui/keys/KeysWindow.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using tests::SshServerOptions;
using ui::KeysWindow;

class KeysInstallTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void savedSessionAsksForItsPassword();
    void windowMayGoMeanwhile();
    void openConnectionAsksNothing();
    void encryptedKeyIsUnlockedForTheProof();
    void keyThatIsNotTakenIsTold();
    void keyOfTheAgentIsInstalled();
    void whatTheServerAsksBesidesIsTold();

private:
    void serve(SshServerOptions options);
    tests::KeyPair make(const QString &passphrase = {});
    void open(const ui::InstallTarget &target);
    ui::InstallTarget savedSession() const;
    QWidget *visible(const char *name) const;
    void click(const char *name) const;
    void type(const char *name, const QString &text) const;
    bool isSaid(const QString &part) const;
    QByteArray installed() const;

    const QString m_password = u"correct horse"_s;
    tests::ConnectionFixture m_fixture;
    std::unique_ptr<QTemporaryDir> m_keys;
    QList<keys::AgentLocation> m_agents;
    std::unique_ptr<tests::SshServer> m_server;
    std::unique_ptr<tests::ConnectionProbe> m_probe;
    std::unique_ptr<KeysWindow> m_window;
};

void KeysInstallTest::initTestCase()
{
    const auto ready = m_fixture.setUp();
    QVERIFY2(ready, tests::reason(ready).constData());
    if (const QString why = tests::SshServer::whyNoPasswords(); !why.isEmpty()) {
        QSKIP(qPrintable(why)); // then the home would be that of the person who runs the tests
    }
}

void KeysInstallTest::init()
{
    m_keys = std::make_unique<QTemporaryDir>();
    m_agents.clear();
    serve({});
}

void KeysInstallTest::cleanup()
{
    m_window.reset();
    m_probe.reset();
    m_server.reset();
}

void KeysInstallTest::serve(SshServerOptions options)
{
    m_server = std::make_unique<tests::SshServer>(
        options.withPassword(m_password)
            .withConfigLines({u"AuthorizedKeysFile .ssh/authorized_keys"_s}));
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
}

tests::KeyPair KeysInstallTest::make(const QString &passphrase)
{
    const auto made = tests::generateKey(m_keys->filePath(u"id"_s), {.passphrase = passphrase});
    if (!made) {
        qFatal("%s", tests::reason(made).constData());
    }
    return *made;
}

ui::InstallTarget KeysInstallTest::savedSession() const
{
    profiles::Profile profile;
    profile.name = u"web01"_s;
    return {.title = profile.name, .profile = profile};
}

void KeysInstallTest::open(const ui::InstallTarget &target)
{
    m_window = std::make_unique<KeysWindow>(KeysWindow::Surroundings{
        .directory = m_keys->path(),
        .agents = m_agents,
        .targets = [target] { return QList<ui::InstallTarget>{target}; },
        .connectionSettings
        = [this](const profiles::Profile &,
                 const ssh::AliasHosts &) { return m_fixture.settingsFor(*m_server); }});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    click("keyInstallButton");
    click("installKeySheetAccept");
}

QWidget *KeysInstallTest::visible(const char *name) const
{
    QWidget *found = nullptr;
    const auto isThere = [&] {
        for (QWidget *widget : m_window->findChildren<QWidget *>(QString::fromLatin1(name))) {
            found = widget->isVisible() ? widget : found;
        }
        return found != nullptr;
    };
    if (!QTest::qWaitFor(isThere, 20'000)) {
        QTest::qFail(qPrintable(u"%1 is not to be seen"_s.arg(QLatin1StringView(name))), __FILE__,
                     __LINE__);
    }
    return found;
}

void KeysInstallTest::click(const char *name) const
{
    if (QWidget *widget = visible(name)) {
        QTest::mouseClick(widget, Qt::LeftButton);
    }
}

void KeysInstallTest::type(const char *name, const QString &text) const
{
    if (QWidget *widget = visible(name)) {
        QTest::keyClicks(widget, text);
        QTest::keyClick(widget, Qt::Key_Return);
    }
}

bool KeysInstallTest::isSaid(const QString &part) const
{
    const auto isThere = [&] {
        const auto labels = m_window->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&part](const QLabel *label) {
            return label->isVisible() && label->text().contains(part);
        });
    };
    return QTest::qWaitFor(isThere, 20'000);
}

QByteArray KeysInstallTest::installed() const
{
    QFile file(m_server->home() + u"/.ssh/authorized_keys"_s);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void KeysInstallTest::savedSessionAsksForItsPassword()
{
    const tests::KeyPair key = make();
    open(savedSession());
    type("passwordEdit", m_password);

    QVERIFY(isSaid(u"installed on web01, and it logs in"_s));
    QCOMPARE(installed(), key.publicLine + '\n');
}

void KeysInstallTest::windowMayGoMeanwhile()
{
    make();
    open(savedSession());
    QVERIFY(visible("passwordEdit") != nullptr);
    m_window.reset(); // and its connection with it
}

void KeysInstallTest::openConnectionAsksNothing()
{
    const tests::KeyPair key = make();
    m_probe = std::make_unique<tests::ConnectionProbe>(m_fixture.settingsFor(*m_server));
    m_probe->setAnswerer(tests::answering(ssh::HostKeyAnswer::AcceptOnce, m_password));
    QVERIFY2(m_probe->connectAndWait(), qPrintable(m_probe->error().detail));
    open({.title = u"web01"_s, .connection = &m_probe->connection()});

    QVERIFY(isSaid(u"installed on web01, and it logs in"_s));
    QCOMPARE(installed(), key.publicLine + '\n');
    QCOMPARE(m_probe->run("echo in").standard, QByteArray("in\n")); // it goes on
}

void KeysInstallTest::encryptedKeyIsUnlockedForTheProof()
{
    make(u"open sesame"_s);
    open(savedSession());
    type("passwordEdit", m_password);
    type("passphraseEdit", u"open sesame"_s);

    QVERIFY(isSaid(u"it logs in"_s));
}

void KeysInstallTest::keyThatIsNotTakenIsTold()
{
    SshServerOptions options;
    serve(options.withoutPublicKeyLogin());
    make();
    open(savedSession());
    type("passwordEdit", m_password);

    QVERIFY(isSaid(u"it does not log in"_s));
    QVERIFY(visible("errorBanner") != nullptr);
}

void KeysInstallTest::keyOfTheAgentIsInstalled()
{
    const tests::KeyPair key = make();
    tests::TestAgent agent;
    QVERIFY(agent.start() && agent.add(key));
    QVERIFY(QFile::remove(key.privateFile) && QFile::remove(key.privateFile + u".pub"_s));
    m_agents = {{.socketPath = agent.socketPath(), .origin = u"the test"_s}};
    open(savedSession());
    type("passwordEdit", m_password);

    QVERIFY(isSaid(u"installed on web01, and it logs in"_s));
    QCOMPARE(installed(), key.publicLine + '\n');
}

void KeysInstallTest::whatTheServerAsksBesidesIsTold()
{
    SshServerOptions options;
    serve(options.withAuthenticationMethods(u"publickey,password password"_s));
    make();
    open(savedSession());
    type("passwordEdit", m_password);

    QVERIFY(isSaid(u"accepted there. Besides, the server asks for a password."_s));
}

QTEST_MAIN(KeysInstallTest)

#include "KeysInstallTest.moc"
