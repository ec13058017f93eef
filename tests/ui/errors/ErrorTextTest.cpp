#include "ui/errors/ErrorText.h"

#include "ui/errors/SecretText.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/errors/SudoErrorText.h"

#include <QSet>
#include <QTest>

using base::Error;
using base::ErrorCause;
using base::ErrorKind;
using profiles::AddressError;

namespace {

constexpr int kindCount = static_cast<int>(ErrorKind::Internal) + 1;

} // namespace

class ErrorTextTest : public QObject
{
    Q_OBJECT

private slots:
    void everyKindHasItsOwnSentence();
    void headlineNamesWhatItIsAbout_data();
    void headlineNamesWhatItIsAbout();
    void foreignWordsAreMadeVisible();
    void sentenceHoldsWhatMatters_data();
    void sentenceHoldsWhatMatters();
    void causesHaveTheirOwnSentences();
    void sftpServerIsQuoted();
    void sudoRefusalsHaveTheirOwnSentences();
    void longQuotesAreCut();
    void detailsHoldTheNumber();
    void sentenceJoinsAllParts();
    void everyAddressErrorHasItsOwnSentence();
    void brokenSessionsFileIsTold();
    void settingsDoNotSendToTheSettings();
};

void ErrorTextTest::everyKindHasItsOwnSentence()
{
    QSet<QString> sentences;
    for (int kind = 0; kind < kindCount; ++kind) {
        const ui::ErrorText text = ui::errorText({.kind = static_cast<ErrorKind>(kind)});
        QVERIFY2(text.why.endsWith(u'.'), qPrintable(text.why));
        QVERIFY2(!text.what.endsWith(u'.'), qPrintable(text.what));
        sentences.insert(text.why);
    }
    QCOMPARE(sentences.size(), kindCount);
}

void ErrorTextTest::headlineNamesWhatItIsAbout_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, ErrorKind kind, const char *what) {
        QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(what);
    };
    row("name not found", ErrorKind::HostNotFound, "Could not connect to web01");
    row("login refused", ErrorKind::AuthenticationFailed, "Could not log in to web01");
    row("lost", ErrorKind::ConnectionLost, "Disconnected from web01");
    row("proxy", ErrorKind::ProxyRefused, "Could not connect through web01");
    row("request refused", ErrorKind::PermissionDenied, "Trouble with web01");
}

void ErrorTextTest::headlineNamesWhatItIsAbout()
{
    QFETCH(int, kind);
    const Error error{.kind = static_cast<ErrorKind>(kind), .subject = QStringLiteral("web01")};
    QTEST(ui::errorText(error).what, "what");
}

void ErrorTextTest::foreignWordsAreMadeVisible()
{
    const Error error{.kind = ErrorKind::ConnectionLost,
                      .subject = QStringLiteral("web\u202e01"),
                      .detail = QStringLiteral("go\x1b[2J away\nnow")};
    const ui::ErrorText text = ui::errorText(error);
    QVERIFY(!text.what.contains(QChar(0x202e)));
    QVERIFY(!text.details.contains(QChar(0x1b)));
    QVERIFY(text.details.contains(QStringLiteral("away\nnow")));
}

void ErrorTextTest::sentenceHoldsWhatMatters_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("part");
    using Kind = ErrorKind;
    QTest::newRow("foreign greeting")
        << Error{.kind = Kind::NotAnSshServer, .quote = QStringLiteral("HTTP/1.1 400 Bad\x1b")}
        << QStringLiteral("“HTTP/1.1 400 Bad\\x1B”");
    QTest::newRow("server's farewell") << Error{.kind = Kind::ConnectionLost,
                                                .cause = ErrorCause::Dismissed,
                                                .quote = QStringLiteral("Closed for today")}
                                       << QStringLiteral("“Closed for today”");
    QTest::newRow("cipher") << Error{.kind = Kind::NoCommonAlgorithm,
                                     .cause = ErrorCause::Cipher,
                                     .quote = QStringLiteral("3des-cbc,aes128-cbc")}
                            << QStringLiteral(
                                   "no cipher in common: it offers only 3des-cbc, aes128-cbc.");
    QTest::newRow("key exchange") << Error{.kind = Kind::NoCommonAlgorithm,
                                           .cause = ErrorCause::KeyExchange,
                                           .quote = QStringLiteral("diffie-hellman-group1-sha1")}
                                  << QStringLiteral("only diffie-hellman-group1-sha1.");
    QTest::newRow("several addresses")
        << Error{.kind = Kind::Unreachable,
                 .cause = ErrorCause::Refused,
                 .quote = QStringLiteral("a\nb\nc\nd\ne\nf")}
        << QStringLiteral("refuses connections on this port: a; b; c; d; and 2 more.");
    QTest::newRow("jump host that does not forward")
        << Error{.kind = Kind::ForwardingRefused, .quote = QStringLiteral("bastion")}
        << QStringLiteral("The jump host bastion does not forward connections there.");
    QTest::newRow("jump host that was lost")
        << Error{.kind = Kind::ConnectionLost,
                 .cause = ErrorCause::JumpHostLost,
                 .quote = QStringLiteral("bastion")}
        << QStringLiteral("The jump host bastion on the way was lost.");
    QTest::newRow("proxy") << Error{.kind = Kind::ProxyRefused,
                                    .quote = QStringLiteral("HTTP/1.1 403 \x1b")}
                           << QStringLiteral("“HTTP/1.1 403 \\x1B”");
    QTest::newRow("proxy command")
        << Error{.kind = Kind::ProxyCommandFailed, .quote = QStringLiteral("status 7")}
        << QStringLiteral("made no connection: “status 7”");
    QTest::newRow("circle") << Error{.kind = Kind::RouteUnusable,
                                     .quote = QStringLiteral("a, b, a")}
                            << QStringLiteral("There is no way to it: a, b, a.");
    QTest::newRow("closed before the greeting")
        << Error{.kind = Kind::ConnectionLost, .cause = ErrorCause::ClosedBeforeGreeting}
        << QStringLiteral("before it said anything");
}

void ErrorTextTest::sentenceHoldsWhatMatters()
{
    QFETCH(Error, error);
    QFETCH(QString, part);
    const QString why = ui::errorText(error).why;
    QVERIFY2(why.contains(part), qPrintable(why));
}

void ErrorTextTest::causesHaveTheirOwnSentences()
{
    QSet<QString> sentences;
    const QList<ErrorCause> causes{ErrorCause::Unspecified,
                                   ErrorCause::NoAnswer,
                                   ErrorCause::Reset,
                                   ErrorCause::ClosedWithoutWords,
                                   ErrorCause::ClosedBeforeGreeting,
                                   ErrorCause::Dismissed,
                                   ErrorCause::Damaged,
                                   ErrorCause::Slept,
                                   ErrorCause::JumpHostLost,
                                   ErrorCause::ProxyCommandEnded};
    for (const ErrorCause cause : causes) {
        sentences.insert(ui::errorText({.kind = ErrorKind::ConnectionLost, .cause = cause}).why);
    }
    QCOMPARE(sentences.size(), causes.size());
}

void ErrorTextTest::sftpServerIsQuoted()
{
    const ui::ErrorText noise = ui::errorText(
        {.kind = ErrorKind::ProtocolViolation, .quote = QStringLiteral("Welcome\x1b[2J")});
    QCOMPARE(noise.why,
             QStringLiteral("The server printed \"Welcome\\x1B[2J\" where SFTP was to begin."));
    QVERIFY(noise.advice.contains(QStringLiteral(".bashrc")));

    const ui::ErrorText end = ui::errorText(
        {.kind = ErrorKind::Unsupported, .quote = QStringLiteral("sudo: a password is required")});
    QCOMPARE(end.why,
             QStringLiteral("The program that was to speak SFTP ended: sudo: a password "
                            "is required."));
}

void ErrorTextTest::sudoRefusalsHaveTheirOwnSentences()
{
    const QList<Error> refusals{
        {.kind = ErrorKind::Unsupported, .cause = ErrorCause::SudoMissing},
        {.kind = ErrorKind::Unsupported, .cause = ErrorCause::SudoFindsNoServer},
        {.kind = ErrorKind::PermissionDenied, .cause = ErrorCause::SudoForbids},
        {.kind = ErrorKind::AuthenticationFailed, .cause = ErrorCause::SudoWrongPassword},
        {.kind = ErrorKind::Unsupported, .cause = ErrorCause::SudoWantsTerminal},
        {.kind = ErrorKind::NotFound, .cause = ErrorCause::SudoUnknownUser},
        {.kind = ErrorKind::TimedOut},
        {.kind = ErrorKind::TimedOut,
         .cause = ErrorCause::SudoAsksOtherwise,
         .quote = QStringLiteral("Code:")},
        {.kind = ErrorKind::PermissionDenied,
         .cause = ErrorCause::SudoRefuses,
         .quote = QStringLiteral("\x1b[2J")},
        {.kind = ErrorKind::PermissionDenied, .cause = ErrorCause::SudoRefuses},
        {.kind = ErrorKind::PermissionDenied},
        {.kind = ErrorKind::ConnectionLost},
    };
    QSet<QString> sentences;
    for (const Error &refusal : refusals) {
        const ui::ErrorText text
            = ui::sudoErrorText(refusal, QStringLiteral("root"), QStringLiteral("web01"));
        QCOMPARE(text.what, QStringLiteral("No files as root from web01"));
        QVERIFY2(text.why.endsWith(u'.'), qPrintable(text.why));
        QVERIFY(!text.why.contains(QChar(0x1b)));
        sentences.insert(text.why);
    }
    QCOMPARE(sentences.size(), refusals.size());
}

void ErrorTextTest::longQuotesAreCut()
{
    const ui::ErrorText text = ui::errorText({.kind = ErrorKind::ConnectionLost,
                                              .cause = ErrorCause::Dismissed,
                                              .quote = QString(100'000, u'x')});
    QVERIFY(text.why.size() < 400);
}

void ErrorTextTest::detailsHoldTheNumber()
{
    const Error error = Error::fromErrno(ECONNREFUSED, QStringLiteral("connect"), QString());
    QVERIFY(ui::errorText(error).details.contains(QString::number(ECONNREFUSED)));
    QVERIFY(ui::errorText({.kind = ErrorKind::TimedOut}).details.isEmpty());
}

void ErrorTextTest::sentenceJoinsAllParts()
{
    const ui::ErrorText text{QStringLiteral("Could not x"), QStringLiteral("Because."),
                             QStringLiteral("Do y."), QStringLiteral("raw")};
    QCOMPARE(text.toSentence(), QStringLiteral("Could not x. Because. Do y."));
}

void ErrorTextTest::everyAddressErrorHasItsOwnSentence()
{
    QSet<QString> sentences;
    for (int error = 0; error <= static_cast<int>(AddressError::BadEncoding); ++error) {
        sentences.insert(ui::addressErrorText(static_cast<AddressError>(error)));
    }
    QCOMPARE(sentences.size(), static_cast<int>(AddressError::BadEncoding) + 1);
}

void ErrorTextTest::brokenSessionsFileIsTold()
{
    using Report = profiles::ProfileStore::LoadReport;
    QVERIFY(!ui::sessionsProblem(Report{}));
    const auto damaged = Report::Trouble::Damaged;
    const auto aside = ui::sessionsProblem(
        Report{.trouble = damaged, .setAsideAs = QStringLiteral("/x.broken-1")});
    QVERIFY(aside && aside->why.contains(QStringLiteral("/x.broken-1")));
    const auto later = ui::sessionsProblem(
        Report{.trouble = damaged, .setAsideAs = QStringLiteral("/x.broken-1"), .kept = 3});
    QVERIFY(later && later->why.contains(QStringLiteral("/x.broken-1")));
    QVERIFY(later->what != aside->what && later->why.contains(u'3'));
    const auto left
        = ui::sessionsProblem(Report{.trouble = damaged, .file = QStringLiteral("/x"), .kept = 3});
    QVERIFY(left && left->what != later->what && left->why.contains(QStringLiteral("/x")));
    QVERIFY(ui::sessionsProblem(Report{.trouble = Report::Trouble::Missing, .kept = 3}));
    const auto partly = ui::sessionsProblem(Report{.unreadable = 3});
    QVERIFY(partly && partly->why.contains(u'3'));
    QVERIFY(ui::sessionsProblem(base::Failure(Error{.kind = ErrorKind::PermissionDenied})));
}

// The page of the settings that shows these texts is where one is sent to from elsewhere.
void ErrorTextTest::settingsDoNotSendToTheSettings()
{
    for (const vault::Place place : {vault::Place::Keyring, vault::Place::File}) {
        for (int kind = 0; kind < kindCount; ++kind) {
            const Error error{.kind = static_cast<ErrorKind>(kind)};
            const QString text = ui::secretProblemText(place, error, ui::ReadIn::Settings);
            QVERIFY2(!text.contains(QStringLiteral("settings")), qPrintable(text));
        }
    }
    const Error none{.kind = ErrorKind::Unsupported};
    QVERIFY(ui::secretProblemText(vault::Place::Keyring, none)
                .endsWith(QStringLiteral("under Secrets in the settings.")));
}

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "ErrorTextTest.moc"
