#include "ui/errors/ErrorText.h"

#include <QSet>
#include <QTest>

using base::Error;
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
    void detailsHoldTheNumber();
    void sentenceJoinsAllParts();
    void everyAddressErrorHasItsOwnSentence();
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

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "ErrorTextTest.moc"
