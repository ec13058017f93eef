#include "ui/errors/LoginErrorText.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorKind;
using ssh::LoginTrace;
using Answer = LoginTrace::Attempt::Answer;

class LoginErrorTextTest : public QObject
{
    Q_OBJECT

private slots:
    void refusalNamesWhatWasTriedAndWhatIsAccepted();
    void nothingToLogInWith();
    void tooManyAttempts();
    void passwordThatMustBeChanged();
    void foreignWordsAreEscaped();
    void lossAfterTheLoginIsNoMatterOfIt();

private:
    static base::Error refusal()
    {
        return {.kind = ErrorKind::AuthenticationFailed, .subject = u"me@web01"_s};
    }

    static LoginTrace trace()
    {
        LoginTrace trace;
        trace.attempts = {
            {.method = u"none"_s, .description = u"none"_s, .answer = Answer::Refused},
            {.method = u"publickey"_s,
             .description = u"key /home/me/.ssh/a"_s,
             .fingerprint = u"SHA256:abc"_s,
             .answer = Answer::Refused},
            {.method = u"publickey"_s, .description = u"agent key b"_s, .answer = Answer::Refused},
            {.method = u"password"_s, .description = u"password"_s, .answer = Answer::Refused}};
        trace.accepted = {u"publickey"_s, u"password"_s};
        return trace;
    }
};

void LoginErrorTextTest::refusalNamesWhatWasTriedAndWhatIsAccepted()
{
    const ui::ErrorText text = ui::loginErrorText(refusal(), trace());
    QCOMPARE(text.what, u"Could not log in to me@web01"_s);
    QCOMPARE(text.why,
             u"The server did not accept the login (tried: 2 keys, password). "
             "It accepts: key, password."_s);
    QVERIFY2(text.details.contains(u"key /home/me/.ssh/a (SHA256:abc): refused by the server"_s),
             qPrintable(text.details));
}

void LoginErrorTextTest::nothingToLogInWith()
{
    LoginTrace none = trace();
    none.attempts.resize(1);
    none.accepted = {u"publickey"_s, u"new-method@example.com"_s};
    QCOMPARE(ui::loginErrorText(refusal(), none).why,
             u"There was nothing to log in with. The server accepts: key, "
             "new-method@example.com."_s);
}

void LoginErrorTextTest::tooManyAttempts()
{
    LoginTrace many = trace();
    many.farewell = u"Too many authentication failures"_s; // OpenSSH's words
    const ui::ErrorText text = ui::loginErrorText(refusal(), many);
    QVERIFY2(text.why.contains(u"too many attempts (tried: 2 keys, password)"_s),
             qPrintable(text.why));
    QVERIFY2(text.advice.contains(u"key file"_s), qPrintable(text.advice));
}

void LoginErrorTextTest::passwordThatMustBeChanged()
{
    LoginTrace expired = trace();
    expired.attempts.last().answer = Answer::Unanswered;
    expired.attempts.last().remark = u"the server wants a new password"_s;
    QVERIFY(ui::loginErrorText(refusal(), expired).why.contains(u"new password"_s));

    LoginTrace unasked = trace(); // of a login that asks nobody, such as a tab's second connection
    unasked.attempts.last().answer = Answer::NotOffered;
    unasked.attempts.last().remark = u"nobody is there to be asked"_s;
    const ui::ErrorText text = ui::loginErrorText(refusal(), unasked);
    QVERIFY2(!text.why.contains(u"new password"_s), qPrintable(text.why));
}

void LoginErrorTextTest::foreignWordsAreEscaped()
{
    LoginTrace hostile = trace();
    hostile.accepted = {u"key\x1b[2Jboard"_s};
    hostile.farewell = u"bye\u202e\nThe server said: nothing"_s;
    hostile.attempts[2].description = u"agent key a\nb"_s;
    const ui::ErrorText text = ui::loginErrorText(refusal(), hostile);
    for (const QString &part : {text.why, text.details}) {
        QVERIFY(!part.contains(u'\x1b'));
        QVERIFY(!part.contains(u'\u202e'));
    }
    // Four attempts, what is accepted, what was said.
    QCOMPARE(text.details.count(u'\n'), 5);
}

void LoginErrorTextTest::lossAfterTheLoginIsNoMatterOfIt()
{
    LoginTrace good = trace();
    good.attempts.last().answer = Answer::Accepted;
    const base::Error loss{.kind = ErrorKind::ConnectionLost, .subject = u"web01"_s};
    QCOMPARE(ui::loginErrorText(loss, good).details, ui::errorText(loss).details);
}

QTEST_GUILESS_MAIN(LoginErrorTextTest)

#include "LoginErrorTextTest.moc"
