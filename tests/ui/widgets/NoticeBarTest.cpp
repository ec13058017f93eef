#include "ui/widgets/NoticeBar.h"

#include <QPushButton>
#include <QTest>

using ui::NoticeBar;

class NoticeBarTest : public QObject
{
    Q_OBJECT

private slots:
    void actionRunsOnceAndClosesTheBar();
    void noticeWithoutActionHasNoButton();
    void nextNoticeForgetsTheAction();
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

QTEST_MAIN(NoticeBarTest)
#include "NoticeBarTest.moc"
