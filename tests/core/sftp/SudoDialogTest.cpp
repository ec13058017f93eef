#include "sftp/SudoDialog.h"

#include "sftp/SudoLogin.h"
#include "tests/support/ToolRun.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorCause;
using sftp::SudoCommand;
using sftp::SudoDialog;

namespace {

// Of a server that takes nothing: what is written waits, as it was given.
class FullPort final : public ssh::ChannelPort
{
public:
    void write(const QByteArray &data) override { m_waiting.append(data); }
    qsizetype queuedBytes() const override { return m_waiting.size(); }
    void grant(qsizetype) override { }
    void sendEof() override { }
    void resize(int, int) override { }
    void sendSignal(const QByteArray &) override { }
    void close() override { }

    const QByteArrayList &waiting() const { return m_waiting; }

private:
    QByteArrayList m_waiting;
};

} // namespace

// What sudo says is what sudo 1.9.13 of Debian 12 and sudo-rs 0.2.10 print, as seen or in their
// sources.
class SudoDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void marksAreNewEachTime();
    void namesAreChecked_data();
    void namesAreChecked();
    void shellReportsWhatIsMissing_data();
    void shellReportsWhatIsMissing();
    void readyIsFoundInAnyPieces_data();
    void readyIsFoundInAnyPieces();
    void shownCommandIsNeitherReadyNorPrompt();
    void promptIsFoundInAnyPieces();
    void promptCountsOnceUntilItIsAnswered();
    void fourthPromptIsOneTooMany();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void otherProgramIsQuoted();
    void whatIsQuotedIsSafeToShow();
    void silenceAndOtherQuestionsAreTold();
    void passwordsStayUntilTheyAreSent();

private:
    const SudoCommand m_command = SudoCommand::forUser("root");

    bool takes(SudoDialog &dialog, const QByteArray &output, qsizetype pieceSize,
               QByteArray &rest) const;
};

void SudoDialogTest::marksAreNewEachTime()
{
    const SudoCommand other = SudoCommand::forUser("root");
    QCOMPARE(other.reportMark.size(), 32);
    QCOMPARE(other.promptMark.size(), 32);
    QVERIFY(other.reportMark != other.promptMark);
    QVERIFY(other.reportMark != m_command.reportMark);
    QVERIFY(other.promptMark != m_command.promptMark);
}

void SudoDialogTest::namesAreChecked_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isUsable");
    QTest::newRow("root") << QByteArray("root") << true;
    QTest::newRow("of a directory service") << QByteArray("EXAMPLE\\ada@example.com") << true;
    QTest::newRow("a number") << QByteArray("#1000") << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("an option") << QByteArray("-s") << false;
    QTest::newRow("blank") << QByteArray("ro ot") << false;
    QTest::newRow("line break") << QByteArray("root\nid") << false;
    QTest::newRow("zero byte") << QByteArray("ro\0ot", 5) << false;
    QTest::newRow("quote") << QByteArray("ro'ot") << false;
    QTest::newRow("very long") << QByteArray(300, 'a') << false;
}

void SudoDialogTest::namesAreChecked()
{
    QFETCH(QByteArray, name);
    QTEST(sftp::isSudoUser(name), "isUsable");
}

void SudoDialogTest::shellReportsWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("present");
    QTest::addColumn<QByteArray>("absent");
    QTest::addColumn<ErrorCause>("cause");
    QTest::newRow("sftp-server") << QByteArray("/sftp-server && break")
                                 << QByteArray("/no-such-server && break")
                                 << ErrorCause::SudoFindsNoServer;
    QTest::newRow("sudo") << QByteArray("command -v sudo ")
                          << QByteArray("command -v no-such-sudo ") << ErrorCause::SudoMissing;
}

// A shell runs the command here, as if the server had not got what it looks for.
void SudoDialogTest::shellReportsWhatIsMissing()
{
    QFETCH(QByteArray, present);
    QFETCH(QByteArray, absent);
    QByteArray line = m_command.line();
    QVERIFY(line.contains(present));
    line.replace(present, absent);

    const auto result
        = tests::runTool({.program = u"sh"_s, .arguments = {u"-c"_s, QString::fromUtf8(line)}});

    SudoDialog dialog(m_command);
    QByteArrayView output = result.output;
    dialog.takeOutput(output);
    dialog.takeMessages(result.errors);
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(!dialog.isReady());
    QTEST(dialog.refusal().cause, "cause");
    QCOMPARE(dialog.refusal().kind, base::ErrorKind::Unsupported);
}

void SudoDialogTest::readyIsFoundInAnyPieces_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("nothing else") << QByteArray("\n");
    QTest::newRow("a login script that greets") << QByteArray("Welcome!\nno line's end");
    QTest::newRow("much of it") << QByteArray(300'000, 'x') + '\n';
    QTest::newRow("the mark without its word") << m_command.reportMark + "\n";
    QTest::newRow("an unknown word") << m_command.reportMark + " readymade\n";
    QTest::newRow("two marks") << m_command.reportMark + m_command.reportMark.first(9);
}

void SudoDialogTest::readyIsFoundInAnyPieces()
{
    QFETCH(QByteArray, before);
    const QByteArray after("\0\0\0\x05\x02\0\0\0\x03\n", 10);
    const QByteArray output = before + m_command.reportMark + " ready\n" + after;
    for (const qsizetype pieceSize : {qsizetype{1}, qsizetype{7}, qsizetype{64}, output.size()}) {
        SudoDialog dialog(m_command);
        QByteArray rest;
        QVERIFY(takes(dialog, output, pieceSize, rest));
        QCOMPARE(rest, after);
    }
}

// Collects what the dialog leaves once it is ready.
bool SudoDialogTest::takes(SudoDialog &dialog, const QByteArray &output, qsizetype pieceSize,
                           QByteArray &rest) const
{
    for (qsizetype at = 0; at < output.size(); at += pieceSize) {
        QByteArrayView piece
            = QByteArrayView(output).sliced(at, std::min(pieceSize, output.size() - at));
        if (!dialog.isReady()) {
            dialog.takeOutput(piece);
        }
        rest += piece;
    }
    return dialog.isReady();
}

// "set -x" of a login script, a ForceCommand that tells what it was asked for.
void SudoDialogTest::shownCommandIsNeitherReadyNorPrompt()
{
    SudoDialog dialog(m_command);
    const QByteArray shown = "+ " + m_command.line() + '\n';
    QByteArrayView output = shown;

    dialog.takeOutput(output);
    dialog.takeMessages(shown);

    QVERIFY(!dialog.isReady());
    QVERIFY(!dialog.isAsking());
}

void SudoDialogTest::promptIsFoundInAnyPieces()
{
    for (const QByteArray &messages :
         {m_command.promptMark, "Have a care.\n" + m_command.promptMark,
          "[sudo: " + m_command.promptMark + "] Password: "}) {
        SudoDialog dialog(m_command);
        for (const char byte : messages) {
            dialog.takeMessages(QByteArrayView(&byte, 1));
        }
        QVERIFY(dialog.isAsking());
        QCOMPARE(dialog.question().attempt, 1);
        QCOMPARE(dialog.question().said, messages.startsWith('H') ? u"Have a care."_s : QString());
    }
}

void SudoDialogTest::promptCountsOnceUntilItIsAnswered()
{
    SudoDialog dialog(m_command);
    dialog.takeMessages(m_command.promptMark + m_command.promptMark);
    dialog.takeMessages(m_command.promptMark);
    QCOMPARE(dialog.question().attempt, 1);

    dialog.markAnswered();
    QVERIFY(!dialog.isAsking());
    dialog.takeMessages("Sorry, try again.\n");
    QVERIFY(!dialog.isAsking()); // what stood there before is no new question

    dialog.takeMessages(m_command.promptMark);
    QCOMPARE(dialog.question(), (sftp::SudoQuestion{2, u"Sorry, try again."_s}));
}

void SudoDialogTest::fourthPromptIsOneTooMany()
{
    SudoDialog dialog(m_command);
    for (int i = 0; i < 3; ++i) {
        dialog.takeMessages(m_command.promptMark);
        QVERIFY(!dialog.hasAskedTooOften());
        dialog.markAnswered();
        dialog.takeMessages("Sorry, try again.\n");
    }
    dialog.takeMessages(m_command.promptMark);
    QVERIFY(dialog.hasAskedTooOften());
    QCOMPARE(dialog.refusal().cause, ErrorCause::SudoWrongPassword);
    QCOMPARE(dialog.refusal().kind, base::ErrorKind::AuthenticationFailed);
}

void SudoDialogTest::refusalsAreTold_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<ErrorCause>("cause");
    QTest::addColumn<QString>("quote");
    const auto row
        = [](const char *name, const char *messages, ErrorCause cause, const char *quote) {
              QTest::newRow(name) << QByteArray(messages) << cause << QString::fromLatin1(quote);
          };
    row("not in sudoers", "@ada is not in the sudoers file.\n", ErrorCause::SudoForbids,
        "ada is not in the sudoers file.");
    row("older sudo", "@ada is not in the sudoers file.  This incident will be reported.\n",
        ErrorCause::SudoForbids,
        "ada is not in the sudoers file.  This incident will be reported.");
    row("other commands only",
        "@Sorry, user ada is not allowed to execute '/usr/bin/sh -c cd' as root on here.\n",
        ErrorCause::SudoForbids,
        "Sorry, user ada is not allowed to execute '/usr/bin/sh -c cd' as root on here.");
    row("sudo-rs", "[sudo: @] Password: \nsudo: I'm sorry ada. I'm afraid I can't do that\n",
        ErrorCause::SudoForbids, "sudo: I'm sorry ada. I'm afraid I can't do that");
    row("wrong password", "@Sorry, try again.\n@sudo: 3 incorrect password attempts\n",
        ErrorCause::SudoWrongPassword, "sudo: 3 incorrect password attempts");
    row("wrong password for sudo-rs",
        "[sudo: @] Password: \nsudo: Maximum 3 incorrect authentication attempts\n",
        ErrorCause::SudoWrongPassword, "sudo: Maximum 3 incorrect authentication attempts");
    row("terminal", "sudo: sorry, you must have a tty to run sudo\n", ErrorCause::SudoWantsTerminal,
        "sudo: sorry, you must have a tty to run sudo");
    row("unknown user",
        "sudo: unknown user nobodyhere\nsudo: error initializing audit plugin sudoers_audit\n",
        ErrorCause::SudoUnknownUser, "sudo: unknown user nobodyhere");
    row("nobody typed", "@\nsudo: timed out reading password\nsudo: a password is required\n",
        ErrorCause::SudoRefuses, "sudo: timed out reading password");
    row("anything else", "sudo: /etc/sudoers is owned by uid 7, should be 0\n",
        ErrorCause::SudoRefuses, "sudo: /etc/sudoers is owned by uid 7, should be 0");
    row("nothing", "", ErrorCause::SudoRefuses, "");
}

void SudoDialogTest::refusalsAreTold()
{
    QFETCH(QByteArray, messages);
    SudoDialog dialog(m_command);
    const QByteArrayList parts = messages.split('@');
    dialog.takeMessages(parts.first());
    for (const QByteArray &part : parts.sliced(1)) { // at each prompt it waits
        dialog.takeMessages(m_command.promptMark);
        dialog.markAnswered();
        dialog.takeMessages(part);
    }
    const base::Error refusal = dialog.refusal();
    QTEST(refusal.cause, "cause");
    QTEST(refusal.quote, "quote");
    QCOMPARE(refusal.subject, u"root"_s);
}

// nologin(8) says so on its standard output.
void SudoDialogTest::otherProgramIsQuoted()
{
    SudoDialog dialog(m_command);
    QByteArrayView output = "Welcome.\nThis account is currently not available.\n";
    dialog.takeOutput(output);
    QCOMPARE(dialog.refusal().cause, ErrorCause::SudoRefuses);
    QCOMPARE(dialog.refusal().quote, u"This account is currently not available."_s);
}

void SudoDialogTest::whatIsQuotedIsSafeToShow()
{
    SudoDialog dialog(m_command);
    dialog.takeMessages("sudo: \x1b[31m\xe2\x80\xae" + QByteArray(5000, 'a') + "\n\n");
    const base::Error refusal = dialog.refusal();
    QVERIFY(refusal.quote.size() <= 200);
    QVERIFY(!refusal.detail.contains(QChar(0x1b)));
    QVERIFY(refusal.detail.size() < 5000);
}

void SudoDialogTest::silenceAndOtherQuestionsAreTold()
{
    SudoDialog silent(m_command);
    QByteArrayView greeting = "Welcome.\n";
    silent.takeOutput(greeting);
    QCOMPARE(silent.overdue().kind, base::ErrorKind::TimedOut);
    QCOMPARE(silent.overdue().cause, ErrorCause::Unspecified);

    SudoDialog asking(m_command);
    asking.takeMessages("Verification code: ");
    QCOMPARE(asking.overdue().kind, base::ErrorKind::TimedOut);
    QCOMPARE(asking.overdue().cause, ErrorCause::SudoAsksOtherwise);
    QCOMPARE(asking.overdue().quote, u"Verification code:"_s);
}

// A server may ask once more before it has taken the first answer.
void SudoDialogTest::passwordsStayUntilTheyAreSent()
{
    FullPort port;
    sftp::SudoLogin login(m_command, port, {[](const auto &) { }, [](const auto &) { }});
    for (const char *password : {"first", "second"}) {
        QByteArrayView prompt(m_command.promptMark);
        login.received(prompt, ssh::OutputStream::Error);
        login.answer(base::SecretString::fromText(QString::fromLatin1(password)));
    }

    QCOMPARE(port.waiting(), (QByteArrayList{"first\n", "second\n"}));
}

QTEST_GUILESS_MAIN(SudoDialogTest)

#include "SudoDialogTest.moc"
