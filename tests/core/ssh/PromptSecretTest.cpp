#include "ssh/PromptSecret.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ssh::secretFor;

class PromptSecretTest : public QObject
{
    Q_OBJECT

private slots:
    void passwordOfTheServerIsAsked();
    void otherHostsGetNothing();
    void jumpHostsGetNothing();
    void questionsOfTheServerGetNothing();

private:
    static ssh::ConnectionSettings settings();
    static ssh::Prompt passwordPrompt();
};

ssh::ConnectionSettings PromptSecretTest::settings()
{
    ssh::ConnectionSettings settings;
    settings.host = u"web01"_s;
    settings.port = 2222;
    return settings;
}

ssh::Prompt PromptSecretTest::passwordPrompt()
{
    ssh::Prompt prompt;
    prompt.question = ssh::PasswordQuestion{.user = u"ann"_s, .host = u"web01"_s};
    return prompt;
}

void PromptSecretTest::passwordOfTheServerIsAsked()
{
    QCOMPARE(secretFor(passwordPrompt(), settings()),
             vault::SecretId::password(u"ann"_s, u"web01"_s, 2222));
}

void PromptSecretTest::otherHostsGetNothing()
{
    ssh::Prompt prompt;
    prompt.question = ssh::PasswordQuestion{.user = u"ann"_s, .host = u"web02"_s};
    QVERIFY(!secretFor(prompt, settings()));
}

// Even one of the same name as the server, on another port.
void PromptSecretTest::jumpHostsGetNothing()
{
    ssh::Prompt prompt = passwordPrompt();
    prompt.jumpHost = u"web01"_s;
    QVERIFY(!secretFor(prompt, settings()));
}

void PromptSecretTest::questionsOfTheServerGetNothing()
{
    ssh::Prompt prompt;
    prompt.question = ssh::ChallengeQuestion{.user = u"ann"_s,
                                             .host = u"web01"_s,
                                             .name = {},
                                             .instruction = {},
                                             .items = {{u"Password:"_s, false}}};
    QVERIFY(!secretFor(prompt, settings()));
}

QTEST_APPLESS_MAIN(PromptSecretTest)

#include "PromptSecretTest.moc"
