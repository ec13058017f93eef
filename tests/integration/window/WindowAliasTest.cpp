// A host of OpenSSH's configuration as a session of the window, evaluated by the real `ssh -G`.

#include "profiles/OpenSshConfig.h"
#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"

#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using tests::WindowFixture;

class WindowAliasTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void aliasInTheSidebarConnects();
    void typedAliasConnects();
    void whatHasNoEffectIsToldWithDetails();
    void jumpHostIsAnAliasToo();
    void savedSessionLeadsThroughAnAlias();
    void circleOfJumpHostsIsTold();
    void brokenConfigurationIsToldInTheTab();
    void askingOpenSshCanBeCancelled();

private:
    void openWindow(const QByteArray &more = {});
    bool activateAlias() const;

    std::unique_ptr<profiles::OpenSshConfig> m_openSsh;
    std::unique_ptr<WindowFixture> m_test;
};

void WindowAliasTest::init()
{
    m_test = std::make_unique<WindowFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
}

void WindowAliasTest::cleanup()
{
    m_test.reset();
    m_openSsh.reset();
}

void WindowAliasTest::openWindow(const QByteArray &more)
{
    const profiles::OpenSshPlace place{m_test->path(u"ssh_config"_s), m_test->path(u"."_s)};
    QFile file(place.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Host bastion\n  HostName 127.0.0.1\n  Port "
               + QByteArray::number(m_test->server().port()) + "\n  User "
               + m_test->server().userName().toUtf8() + '\n' + more);
    file.close();
    const QString ssh = profiles::OpenSshConfig::installedClient();
    QVERIFY2(!ssh.isEmpty(), "this test needs OpenSSH's client");
    m_openSsh = std::make_unique<profiles::OpenSshConfig>(place, ssh);
    m_openSsh->load();
    m_test->setOpenSsh(m_openSsh.get());
    QVERIFY(m_test->openWindow(WindowFixture::View::Terminal));
}

// With keys, as a person would.
bool WindowAliasTest::activateAlias() const
{
    auto *tree = m_test->visible<QTreeView>("sessionTree");
    const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole,
                                            u"bastion"_s, 1, Qt::MatchRecursive);
    if (found.isEmpty()) {
        return false;
    }
    tree->setFocus();
    tree->setCurrentIndex(found.first());
    m_test->press(Qt::Key_Return);
    return true;
}

void WindowAliasTest::aliasInTheSidebarConnects()
{
    openWindow();
    QVERIFY(activateAlias());
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->visible<QLabel>("connectionWhere")->text(),
             m_test->server().userName() + u"@bastion"_s);
    QVERIFY(m_test->visible("openSshNotice") == nullptr);
    QVERIFY(m_test->visible("saveSessionButton") == nullptr); // OpenSSH keeps it
}

void WindowAliasTest::typedAliasConnects()
{
    openWindow();
    m_test->connectTo(u"bastion"_s);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
}

void WindowAliasTest::whatHasNoEffectIsToldWithDetails()
{
    openWindow("  ConnectionAttempts 7\n  PermitLocalCommand yes\n");
    QVERIFY(activateAlias());
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->appears("openSshNotice"));
    const auto buttons
        = m_test->visible("openSshNotice")->findChildren<QWidget *>(u"noticeAction"_s);
    QCOMPARE(buttons.size(), 1);
    QTest::mouseClick(buttons.first(), Qt::LeftButton);
    QVERIFY(m_test->appears("lostOptionsSheet"));
    const QString lines = m_test->visible<QPlainTextEdit>("lostOptions")->toPlainText();
    QVERIFY2(lines.contains(u"connectionattempts 7"_s), qPrintable(lines));
    QVERIFY2(lines.contains(u"permitlocalcommand yes"_s), qPrintable(lines));
    QVERIFY(m_test->visible("lostOptionsClose")->hasFocus());
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->vanishes("lostOptionsSheet"));
}

void WindowAliasTest::jumpHostIsAnAliasToo()
{
    openWindow("  ProxyJump gate\nHost gate\n  HostName 127.0.0.1\n  Port "
               + QByteArray::number(m_test->server().port()) + "\n  User "
               + m_test->server().userName().toUtf8() + '\n');
    QVERIFY(activateAlias());
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->loginCount(), 2);
}

void WindowAliasTest::savedSessionLeadsThroughAnAlias()
{
    openWindow("  PermitLocalCommand yes\n  ConnectionAttempts 7\n");
    auto profile = profiles::Profile::forAddress(
        profiles::TargetAddress::parse(m_test->serverAddress()).value());
    profile.name = u"inner"_s;
    profile.route.jumpHosts = {profiles::OpenSshConfig::referenceTo(u"bastion"_s)};
    QVERIFY(m_test->profiles().save(profile));

    m_test->connectTo(u"inner"_s);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QCOMPARE(m_test->loginCount(), 2);
    QVERIFY(m_test->appears("openSshNotice")); // on what has no effect on the way
}

void WindowAliasTest::circleOfJumpHostsIsTold()
{
    openWindow("  ProxyJump gate\nHost gate\n  ProxyJump bastion\n");
    QVERIFY(activateAlias());
    QVERIFY(m_test->appears("reconnectButton"));
    const QString text = m_test->visible("errorBanner")->accessibleDescription();
    QVERIFY2(text.contains(u"bastion, gate, bastion"_s), qPrintable(text));
    QCOMPARE(m_test->loginCount(), 0);
}

void WindowAliasTest::brokenConfigurationIsToldInTheTab()
{
    openWindow("  NoSuchThing yes\n");
    QVERIFY(activateAlias());
    QVERIFY(m_test->appears("reconnectButton"));
    const QString name = m_test->visible("errorBanner")->accessibleName();
    QVERIFY2(name.contains(u"bastion"_s), qPrintable(name));
    QCOMPARE(m_test->loginCount(), 0);
}

void WindowAliasTest::askingOpenSshCanBeCancelled()
{
    openWindow("Match exec \"sleep 1000\"\n  Port 1\n");
    QVERIFY(activateAlias());
    QVERIFY(m_test->appears("connectCancel"));
    m_test->click("connectCancel");
    QVERIFY(m_test->appears("reconnectButton"));
    QCOMPARE(m_test->loginCount(), 0);
}

QTEST_MAIN(WindowAliasTest)
#include "WindowAliasTest.moc"
