#include "profiles/LoginOrder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using profiles::LoginOrder;
using profiles::LoginSource;

class LoginOrderTest : public QObject
{
    Q_OBJECT

private slots:
    void defaultIsParamikos();
    void namesReadBack();
    void publickeyStandsForThreeSources();
    void firstMentionCounts();
    void unknownNameIsTold();
};

// SSHClient._auth of Paramiko: keys given, the agent's, the default ones, the password, then
// questions; Kerberos only if it is asked for.
void LoginOrderTest::defaultIsParamikos()
{
    QCOMPARE(profiles::defaultLoginOrder(),
             LoginOrder({LoginSource::KeyFiles, LoginSource::Agent, LoginSource::DefaultKeys,
                         LoginSource::Password, LoginSource::KeyboardInteractive}));
}

void LoginOrderTest::namesReadBack()
{
    const LoginOrder all = profiles::allLoginSources();
    QCOMPARE(profiles::loginOrderFromNames(profiles::names(all)), base::Result<LoginOrder>(all));
}

// PreferredAuthentications of ssh_config(5).
void LoginOrderTest::publickeyStandsForThreeSources()
{
    const auto order
        = profiles::loginOrderFromNames({u"gssapi-with-mic"_s, u" publickey"_s, u"password"_s});
    QCOMPARE(order,
             base::Result<LoginOrder>(LoginOrder{LoginSource::Gssapi, LoginSource::KeyFiles,
                                                 LoginSource::Agent, LoginSource::DefaultKeys,
                                                 LoginSource::Password}));
}

void LoginOrderTest::firstMentionCounts()
{
    const auto order = profiles::loginOrderFromNames({u"agent"_s, u"publickey"_s, u"agent"_s});
    QCOMPARE(order,
             base::Result<LoginOrder>(
                 LoginOrder{LoginSource::Agent, LoginSource::KeyFiles, LoginSource::DefaultKeys}));
}

void LoginOrderTest::unknownNameIsTold()
{
    const auto order = profiles::loginOrderFromNames({u"password"_s, u"hostbased"_s});
    QVERIFY(!order);
    QCOMPARE(order.error().subject, u"hostbased"_s);
}

QTEST_GUILESS_MAIN(LoginOrderTest)

#include "LoginOrderTest.moc"
