// A lent agent that asks: the sheet of the tab, a real ssh-agent here and the real ssh-add there.

#include "tests/integration/window/WindowFixture.h"
#include "tests/support/Reason.h"
#include "tests/support/TestAgent.h"
#include "ui/main/MainWindow.h"

#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;

class AgentUseTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void useIsRefusedByDefault();
    void useIsAllowedOnce();
    void tabsThatShareAskTogether();
    void tabTellsThatTheAgentIsLent();

private:
    profiles::Profile profile(bool lends, bool asks) const;
    void connectTo(const profiles::Profile &profile);
    QString tabToolTip() const;

    std::unique_ptr<tests::TestAgent> m_agent;
    std::unique_ptr<tests::WindowFixture> m_test;
};

void AgentUseTest::init()
{
    m_agent = std::make_unique<tests::TestAgent>();
    QVERIFY(m_agent->start());
    m_test = std::make_unique<tests::WindowFixture>();
    const auto started = m_test->startServer();
    QVERIFY2(started, tests::reason(started).constData());
    const auto key = tests::generateKey(m_test->path(u"lent"_s));
    QVERIFY(key);
    QVERIFY(m_agent->add(*key));
    m_test->setForwardedAgent(m_agent->socketPath());
    m_test->trust(m_test->server().hostKey(tests::KeyType::Ed25519), m_test->server().port());
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
}

void AgentUseTest::cleanup()
{
    m_test.reset();
    m_agent.reset();
}

profiles::Profile AgentUseTest::profile(bool lends, bool asks) const
{
    profiles::Profile profile;
    profile.id = u"1"_s;
    profile.name = u"Lender"_s;
    profile.host = u"127.0.0.1"_s;
    profile.port = m_test->server().port();
    profile.user = m_test->server().userName();
    profile.forwardAgent = lends;
    profile.asksForAgent = asks;
    return profile;
}

void AgentUseTest::connectTo(const profiles::Profile &profile)
{
    QVERIFY(m_test->profiles().save(profile));
    m_test->connectTo(profile.name);
    QVERIFY(m_test->waitForStatus(u"● connected"_s));
    QVERIFY(m_test->screenShows(u"$"_s));
}

QString AgentUseTest::tabToolTip() const
{
    const auto *tabs = m_test->visible<QTabWidget>("connectionTabs");
    return tabs == nullptr ? QString() : tabs->tabToolTip(tabs->currentIndex());
}

void AgentUseTest::useIsRefusedByDefault()
{
    connectTo(profile(true, true));
    m_test->run(u"ssh-add -L > k.pub; ssh-add -T k.pub; echo =$?="_s);

    QVERIFY(m_test->appears("agentUseSheet"));
    QVERIFY(m_test->visible("agentUseRefuse")->hasFocus());
    m_test->press(Qt::Key_Space);

    QVERIFY(m_test->vanishes("agentUseSheet"));
    QVERIFY(m_test->screenShows(u"=1="_s));
}

void AgentUseTest::useIsAllowedOnce()
{
    connectTo(profile(true, true));
    m_test->run(u"ssh-add -L > k.pub; ssh-add -T k.pub; echo =$?="_s);
    QVERIFY(m_test->appears("agentUseSheet"));
    m_test->click("agentUseAllow");
    QVERIFY(m_test->screenShows(u"=0="_s));

    m_test->run(u"ssh-add -T k.pub; echo =9$?="_s);

    QVERIFY(m_test->appears("agentUseSheet")); // again
    m_test->press(Qt::Key_Escape);
    QVERIFY(m_test->screenShows(u"=91="_s));
}

void AgentUseTest::tabsThatShareAskTogether()
{
    connectTo(profile(true, true));
    m_test->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier); // on the same login
    auto *tabs = m_test->visible<QTabWidget>("connectionTabs");
    QTRY_COMPARE(tabs->count(), 2);
    QVERIFY(m_test->screenShows(u"$"_s));
    m_test->run(u"ssh-add -L > k.pub; ssh-add -T k.pub; echo =$?="_s);

    QVERIFY(m_test->appears("agentUseSheet"));
    m_test->click("agentUseAllow");

    QVERIFY(m_test->screenShows(u"=0="_s));
    tabs->setCurrentIndex(0);
    QVERIFY(m_test->vanishes("agentUseSheet")); // what was asked there is settled too
}

void AgentUseTest::tabTellsThatTheAgentIsLent()
{
    connectTo(profile(true, false));
    QTRY_VERIFY2(tabToolTip().contains(u"agent is lent"_s), qPrintable(tabToolTip()));
    m_test->run(u"ssh-add -L > k.pub; ssh-add -T k.pub; echo =$?="_s);
    QVERIFY(m_test->screenShows(u"=0="_s)); // nobody was asked

    m_test->closeWindow();
    QVERIFY(m_test->openWindow(tests::WindowFixture::View::Terminal));
    connectTo(profile(false, true));
    QVERIFY2(!tabToolTip().contains(u"agent"_s), qPrintable(tabToolTip()));
}

QTEST_MAIN(AgentUseTest)
#include "AgentUseTest.moc"
