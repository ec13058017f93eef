#include "ui/widgets/NoticeBar.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using ui::NoticeBar;

class NoticeBarTest : public QObject
{
    Q_OBJECT

private slots:
    void actionRunsOnceAndClosesTheBar();
    void noticeWithoutActionHasNoButton();
    void nextNoticeForgetsTheAction();
    void longTextIsFolded_data();
    void longTextIsFolded();
    void shortTextAfterALongOneIsNotFolded();
    void longWordMakesNothingWide();
};

void NoticeBarTest::actionRunsOnceAndClosesTheBar()
{
    NoticeBar bar(ui::Theme::Meaning::Subtle);
    int runs = 0;
    bar.showNotice(QStringLiteral("gone"), QStringLiteral("Undo"), [&runs] { ++runs; });
    auto *button = bar.findChild<QPushButton *>(QStringLiteral("noticeAction"));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(runs, 1);
    QVERIFY(bar.isHidden());
    button->click();
    QCOMPARE(runs, 1);
}

void NoticeBarTest::noticeWithoutActionHasNoButton()
{
    NoticeBar bar(ui::Theme::Meaning::Warning);
    bar.showNotice(QStringLiteral("careful"));
    QVERIFY(!bar.isHidden());
    QCOMPARE(bar.accessibleName(), QStringLiteral("careful"));
    QVERIFY(bar.findChild<QPushButton *>(QStringLiteral("noticeAction"))->isHidden());
}

void NoticeBarTest::nextNoticeForgetsTheAction()
{
    NoticeBar bar(ui::Theme::Meaning::Subtle);
    int runs = 0;
    bar.showNotice(QStringLiteral("gone"), QStringLiteral("Undo"), [&runs] { ++runs; });
    bar.showNotice(QStringLiteral("other"));
    bar.findChild<QPushButton *>(QStringLiteral("noticeAction"))->click();
    QCOMPARE(runs, 0);
}

void NoticeBarTest::longTextIsFolded_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("lines") << QString(QStringLiteral("a line\n")).repeated(100);
    QTest::newRow("one line") << QString(8192, u'x');
}

void NoticeBarTest::longTextIsFolded()
{
    QFETCH(QString, text);
    NoticeBar bar(ui::Theme::Meaning::Subtle);
    bar.showNotice(text);
    auto *whole = bar.findChild<QPlainTextEdit *>(QStringLiteral("noticeWhole"));
    auto *fold = bar.findChild<QToolButton *>(QStringLiteral("noticeFold"));
    QVERIFY(!fold->isHidden());
    QVERIFY(whole->isHidden());
    QVERIFY(bar.accessibleName().size() < 400);
    fold->click();
    QVERIFY(!whole->isHidden());
    QCOMPARE(whole->toPlainText(), text);
    fold->click();
    QVERIFY(whole->isHidden());
}

void NoticeBarTest::shortTextAfterALongOneIsNotFolded()
{
    NoticeBar bar(ui::Theme::Meaning::Subtle);
    bar.showNotice(QString(8192, u'x'));
    bar.findChild<QToolButton *>(QStringLiteral("noticeFold"))->click();
    bar.showNotice(QStringLiteral("short"));
    QVERIFY(bar.findChild<QToolButton *>(QStringLiteral("noticeFold"))->isHidden());
    QVERIFY(bar.findChild<QPlainTextEdit *>(QStringLiteral("noticeWhole"))->isHidden());
}

// The name of a file has up to 255 bytes.
void NoticeBarTest::longWordMakesNothingWide()
{
    NoticeBar bar(ui::Theme::Meaning::Subtle);
    bar.showNotice(QString(255, u'W'), QStringLiteral("Undo"), [] { });
    QVERIFY(bar.minimumSizeHint().width() < bar.fontMetrics().averageCharWidth() * 80);
}

QTEST_MAIN(NoticeBarTest)
#include "NoticeBarTest.moc"
