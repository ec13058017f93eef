#include "commands/OutcomeForm.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using commands::HostOutcome;
using commands::OutcomeForm;
using commands::OutcomeFormat;
using namespace Qt::StringLiterals;

class OutcomeFormTest : public QObject
{
    Q_OBJECT

private slots:
    void textEndsEachOutputWithItsLine();
    void jsonHoldsWhatCameInPieces();
    void csvIsReadByOthers();
    void csvRunsNoFormula();
};

namespace {

HostOutcome outcomeOf(const QByteArray &output, const QByteArray &errors)
{
    HostOutcome outcome;
    outcome.end = HostOutcome::End::Done;
    outcome.exitStatus = 3;
    outcome.duration = std::chrono::milliseconds(1'204);
    if (!outcome.output.append(output) || !outcome.errorOutput.append(errors)) {
        QTest::qFail("could not keep the output", __FILE__, __LINE__);
    }
    return outcome;
}

QByteArray all(OutcomeFormat format, const QString &host, const HostOutcome &outcome)
{
    QByteArray text = OutcomeForm::header(format);
    OutcomeForm form(format, host, {}, outcome);
    while (!form.isOver()) {
        const auto piece = form.next();
        text += piece ? piece->bytes : QByteArray("FAILED");
    }
    return text;
}

} // namespace

void OutcomeFormTest::textEndsEachOutputWithItsLine()
{
    const HostOutcome outcome = outcomeOf("out", "err\n");

    QCOMPARE(all(OutcomeFormat::Text, u"web01"_s, outcome),
             "== web01: exit status 3 (1.204 s)\nout\nerr\n");
}

void OutcomeFormTest::jsonHoldsWhatCameInPieces()
{
    const QString text = u"ä€𝄞\"\n"_s.repeated(40'000); // characters lie across the pieces
    const HostOutcome outcome = outcomeOf(text.toUtf8(), "\x1b[1m");

    const QByteArray line = all(OutcomeFormat::Json, u"we\"b"_s, outcome);

    QCOMPARE(line.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    QCOMPARE(object[u"target"_s].toString(), u"we\"b"_s);
    QCOMPARE(object[u"exit_status"_s].toInt(), 3);
    QVERIFY(object[u"stdout"_s].toString() == text);
    QCOMPARE(object[u"stderr"_s].toString(), u"\x1b[1m"_s);
}

void OutcomeFormTest::csvIsReadByOthers()
{
    const QString python = QStandardPaths::findExecutable(u"python3"_s);
    if (python.isEmpty()) {
        QSKIP("python3 is not installed");
    }
    const HostOutcome outcome = outcomeOf("a,\"b\"\nc", "");
    QProcess process;
    process.start(python,
                  {u"-c"_s,
                   u"import csv, sys, json\n"
                   "rows = csv.reader(open(0, newline=''))\n"
                   "print(json.dumps(list(rows)))"_s});
    process.write(all(OutcomeFormat::Csv, u"web01"_s, outcome));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());

    QCOMPARE(process.readAllStandardOutput().trimmed(),
             R"([["target", "exit_status", "signal", "error", "seconds", "stdout", "stderr"], )"
             R"(["web01", "3", "", "", "1.204", "a,\"b\"\nc", ""]])");
}

void OutcomeFormTest::csvRunsNoFormula()
{
    const HostOutcome outcome = outcomeOf("=1+1", "-2");

    const QByteArray text = all(OutcomeFormat::Csv, u"@web"_s, outcome);

    QVERIFY2(text.contains("\"'@web\""), text.constData());
    QVERIFY2(text.contains("\"'=1+1\",\"'-2\""), text.constData());
}

QTEST_GUILESS_MAIN(OutcomeFormTest)
#include "OutcomeFormTest.moc"
