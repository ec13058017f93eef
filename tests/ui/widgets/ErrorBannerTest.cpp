#include "ui/widgets/ErrorBanner.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using ui::ErrorBanner;
using ui::ErrorText;

namespace {

ErrorText failure()
{
    return {QStringLiteral("Could not connect to <b>web01</b>"), QStringLiteral("Nobody is there."),
            QStringLiteral("Go home."), QStringLiteral("errno 111")};
}

} // namespace

class ErrorBannerTest : public QObject
{
    Q_OBJECT

private slots:
    void isHiddenUntilThereIsAnError();
    void firstSentenceIsTheAccessibleName();
    void everythingIsPlainText();
    void detailsFoldOutAndCanBeCopied();
    void oneClickCopiesEverything();
    void withoutDetailsThereIsNoFoldOut();
    void actionOnAShownBannerTakesTheFocusAtOnce();
    void nextErrorTakesAwayTheActions();
    void closeDismisses();
};

void ErrorBannerTest::isHiddenUntilThereIsAnError()
{
    ErrorBanner banner;
    QVERIFY(banner.isHidden());
    banner.showError(failure());
    QVERIFY(!banner.isHidden());
}

void ErrorBannerTest::firstSentenceIsTheAccessibleName()
{
    ErrorBanner banner;
    banner.showError(failure());
    QCOMPARE(banner.objectName(), QStringLiteral("errorBanner"));
    QCOMPARE(banner.accessibleName(), failure().what);
}

void ErrorBannerTest::everythingIsPlainText()
{
    ErrorBanner banner;
    banner.showError(failure());
    bool found = false;
    for (const QLabel *label : banner.findChildren<QLabel *>()) {
        found = found || label->text() == failure().what;
        QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    }
    QVERIFY(found);
}

void ErrorBannerTest::detailsFoldOutAndCanBeCopied()
{
    ErrorBanner banner;
    banner.showError(failure());
    auto *details = banner.findChild<QPlainTextEdit *>(QStringLiteral("errorDetails"));
    QVERIFY(details->isHidden());
    QTest::mouseClick(banner.findChild<QAbstractButton *>(QStringLiteral("errorDetailsButton")),
                      Qt::LeftButton);
    QVERIFY(!details->isHidden());
    QCOMPARE(details->toPlainText(), failure().details);
    QVERIFY(details->isReadOnly());
}

void ErrorBannerTest::oneClickCopiesEverything()
{
    ErrorBanner banner;
    banner.showError(failure());
    banner.findChild<QAbstractButton *>(QStringLiteral("errorDetailsButton"))->click();
    banner.findChild<QAbstractButton *>(QStringLiteral("errorCopy"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("Could not connect to <b>web01</b>\nNobody is there. Go home.\n"
                            "errno 111"));
}

void ErrorBannerTest::withoutDetailsThereIsNoFoldOut()
{
    ErrorBanner banner;
    ErrorText text = failure();
    text.details.clear();
    banner.showError(text);
    QVERIFY(banner.findChild<QWidget *>(QStringLiteral("errorDetailsButton"))->isHidden());
}

void ErrorBannerTest::actionOnAShownBannerTakesTheFocusAtOnce()
{
    ErrorBanner banner;
    banner.showError(failure());
    QVERIFY(QTest::qWaitForWindowActive(&banner));

    QAbstractButton *button = banner.addAction(QStringLiteral("Try again"));
    button->setFocus();

    QVERIFY(button->isVisible());
    QVERIFY(button->hasFocus());
}

void ErrorBannerTest::nextErrorTakesAwayTheActions()
{
    ErrorBanner banner;
    banner.showError(failure());
    QSignalSpy clicked(banner.addAction(QStringLiteral("Retry")), &QAbstractButton::clicked);
    const QPointer<QAbstractButton> second = banner.addAction(QStringLiteral("Other"));
    banner.showError(failure());
    QTRY_VERIFY(second.isNull());
    QCOMPARE(clicked.count(), 0);
}

void ErrorBannerTest::closeDismisses()
{
    ErrorBanner banner;
    banner.showError(failure());
    QSignalSpy dismissed(&banner, &ErrorBanner::dismissed);
    QTest::mouseClick(banner.findChild<QAbstractButton *>(QStringLiteral("errorClose")),
                      Qt::LeftButton);
    QVERIFY(banner.isHidden());
    QCOMPARE(dismissed.count(), 1);
}

QTEST_MAIN(ErrorBannerTest)
#include "ErrorBannerTest.moc"
