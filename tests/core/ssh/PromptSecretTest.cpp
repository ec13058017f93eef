#include "ssh/PromptSecret.h"

#include "ssh/Connection.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ssh::secretFor;
using vault::SecretId;

class PromptSecretTest : public QObject
{
    Q_OBJECT

private slots:
    void passwordOfTheServerIsAsked();
    void proxyHasAPasswordOfItsOwn();
    void allOnTheWayIsListed();
    void onlyWhoAcceptedItCounts();
    void questionsOfTheServerGetNothing();

private:
    static ssh::ConnectionSettings settings();
};

ssh::ConnectionSettings PromptSecretTest::settings()
{
    ssh::ConnectionSettings settings;
    settings.host = u"web01"_s;
    settings.port = 2222;
    settings.user = u"ann"_s;
    settings.useDefaultKeys = false;
    return settings;
}

void PromptSecretTest::passwordOfTheServerIsAsked()
{
    QCOMPARE(secretFor(ssh::PasswordQuestion{.user = u"ann"_s, .host = u"web01"_s}, settings()),
             SecretId::password(u"ann"_s, u"web01"_s, 2222));
    QCOMPARE(secretFor(ssh::PassphraseQuestion{.keyFile = u"/keys/a"_s}, settings()),
             SecretId::passphrase(u"/keys/a"_s));
}

void PromptSecretTest::proxyHasAPasswordOfItsOwn()
{
    const ssh::ProxyPasswordQuestion question{.user = u"me"_s, .proxy = u"gate:1080"_s};
    QVERIFY(!secretFor(question, settings())); // no proxy is known that may ask

    ssh::ConnectionSettings behind = settings();
    behind.route = base::ProxyAddress{base::ProxyAddress::Kind::Socks5, u"gate"_s, 1080, u"me"_s};
    QCOMPARE(secretFor(question, behind), SecretId::proxyPassword(u"me"_s, u"gate"_s, 1080));
}

void PromptSecretTest::allOnTheWayIsListed()
{
    ssh::ConnectionSettings hop = settings();
    hop.host = u"bastion"_s;
    hop.identityFiles = {u"/keys/a"_s};
    hop.route = base::ProxyAddress{base::ProxyAddress::Kind::Http, u"gate"_s, 3128, u"me"_s};
    ssh::ConnectionSettings target = settings();
    target.identityFiles = {u"/keys/a"_s};
    target.route = ssh::JumpVia{std::make_shared<const ssh::ConnectionSettings>(hop)};
    QCOMPARE(
        ssh::secretsOf(target),
        (QList{SecretId::password(u"ann"_s, u"web01"_s, 2222), SecretId::passphrase(u"/keys/a"_s),
               SecretId::password(u"ann"_s, u"bastion"_s, 2222),
               SecretId::proxyPassword(u"me"_s, u"gate"_s, 3128)}));
}

void PromptSecretTest::onlyWhoAcceptedItCounts()
{
    ssh::ConnectionInfo info;
    info.user = u"ann"_s;
    info.unlockedKeys = {u"/keys/a"_s};
    const SecretId own = SecretId::password(u"ann"_s, u"web01"_s, 2222);
    QVERIFY(!ssh::hasAccepted(settings(), info, own)); // a key let us in
    info.hasUsedPassword = true;
    info.hasUsedProxyPassword = true;
    QVERIFY(ssh::hasAccepted(settings(), info, own));
    QVERIFY(!ssh::hasAccepted(settings(), info, SecretId::password(u"ann"_s, u"web01"_s, 22)));
    QVERIFY(!ssh::hasAccepted(settings(), info, SecretId::password(u"bob"_s, u"web01"_s, 2222)));
    QVERIFY(
        !ssh::hasAccepted(settings(), info, SecretId::proxyPassword(u"ann"_s, u"web01"_s, 2222)));
    QVERIFY(ssh::hasAccepted(settings(), info, SecretId::passphrase(u"/keys/a"_s)));
    QVERIFY(!ssh::hasAccepted(settings(), info, SecretId::passphrase(u"/keys/b"_s)));
}

void PromptSecretTest::questionsOfTheServerGetNothing()
{
    const ssh::ChallengeQuestion question{.user = u"ann"_s,
                                          .host = u"web01"_s,
                                          .name = {},
                                          .instruction = {},
                                          .items = {{u"Password:"_s, false}}};
    QVERIFY(!secretFor(question, settings()));
    QVERIFY(!ssh::isAskedAgain(question));
    QVERIFY(!ssh::isAskedAgain(ssh::PassphraseQuestion{.keyFile = u"/keys/a"_s}));
    QVERIFY(ssh::isAskedAgain(ssh::PassphraseQuestion{.keyFile = u"/keys/a"_s, .attempt = 2}));
}

QTEST_APPLESS_MAIN(PromptSecretTest)

#include "PromptSecretTest.moc"
