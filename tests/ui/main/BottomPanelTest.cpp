#include "ui/main/BottomPanel.h"

#include "transfer/TransferSchedule.h"
#include "ui/transfers/TransferPanel.h"
#include "ui/widgets/SheetHost.h"

#include <QAbstractButton>
#include <QTest>

using namespace Qt::StringLiterals;

// The folded lines below a tab.
class BottomPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void failedTransfersAreCounted();
};

void BottomPanelTest::failedTransfersAreCounted()
{
    transfer::TransferSchedule schedule;
    const auto queue = schedule.queueFor({u"key"_s, u"web01"_s, {}, {}});
    transfer::TransferRequest request;
    request.sources = {files::FilePath("/there/report.txt")};
    request.targetDirectory = files::FilePath("/tmp");
    transfer::Summary summary;
    summary.failures = {{request.sources.first(), base::Error{.kind = base::ErrorKind::NoSpace}}};
    transfer::TransferJob *failed = queue->add(request);
    failed->setFinished(summary);
    ui::SheetHost host;
    ui::BottomPanel panel(host);
    const auto *toggle = panel.findChild<QAbstractButton *>(u"transfersToggle"_s);
    QCOMPARE(toggle->text(), u"Transfers"_s);

    panel.transfers().setSchedule(&schedule);
    QCOMPARE(toggle->text(), u"Transfers (1 failed)"_s);

    queue->add(request);
    QCOMPARE(toggle->text(), u"Transfers (1, 1 failed)"_s);

    schedule.remove(*failed);
    QCOMPARE(toggle->text(), u"Transfers (1)"_s);
}

QTEST_MAIN(BottomPanelTest)

#include "BottomPanelTest.moc"
