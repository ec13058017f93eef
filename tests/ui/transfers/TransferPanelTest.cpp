#include "ui/transfers/TransferPanel.h"

#include "tests/support/Reason.h"
#include "tests/ui/transfers/ServerQueue.h"
#include "ui/transfers/TransferRow.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::TransferPanel;
using ui::TransferRow;

// The panel over a queue of a real server.
class TransferPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void emptyPanelTeaches();
    void questionAsksForAttention();
    void clearTakesFinishedOnesAlone();
    void jobsOfANewQueueAreShown();
    void endOfTheQueueLeavesItsRows();

private:
    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_panel->findChild<Widget *>(QString::fromLatin1(name));
    }
    QList<TransferRow *> rows() const { return m_panel->findChildren<TransferRow *>(); }
    void finishOne(const QString &name);

    std::unique_ptr<tests::ServerQueue> m_server;
    std::unique_ptr<TransferPanel> m_panel;
};

void TransferPanelTest::init()
{
    m_server = std::make_unique<tests::ServerQueue>();
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_panel = std::make_unique<TransferPanel>();
    m_panel->resize(800, 200);
    m_panel->show();
    m_panel->setQueue(&m_server->queue());
}

void TransferPanelTest::cleanup()
{
    m_panel.reset();
    m_server.reset();
}

void TransferPanelTest::finishOne(const QString &name)
{
    tests::writeFile(m_server->local(name), "abc");
    const auto *job = m_server->queue().add(m_server->upload({name}));
    QTRY_COMPARE(job->state(), transfer::TransferJob::State::Finished);
}

void TransferPanelTest::emptyPanelTeaches()
{
    QVERIFY(child<QWidget>("transferEmpty")->isVisible());
    QCOMPARE(m_panel->unfinishedCount(), 0);

    finishOne(u"a"_s);

    QVERIFY(!child<QWidget>("transferEmpty")->isVisible());
    QCOMPARE(rows().size(), 1);
}

void TransferPanelTest::questionAsksForAttention()
{
    QSignalSpy attention(m_panel.get(), &TransferPanel::attentionNeeded);
    QSignalSpy counts(m_panel.get(), &TransferPanel::unfinishedCountChanged);
    m_server->addConflict(u"a"_s);
    QCOMPARE(m_panel->unfinishedCount(), 1);
    QTRY_COMPARE(attention.count(), 1);

    QTest::mouseClick(child<QAbstractButton>("conflictSkip"), Qt::LeftButton);

    QTRY_COMPARE(m_panel->unfinishedCount(), 0);
    QCOMPARE(counts, QList<QVariantList>({{1}, {0}}));
    QCOMPARE(tests::readFile(m_server->remote(u"a"_s)), "there");
}

void TransferPanelTest::clearTakesFinishedOnesAlone()
{
    auto *clear = child<QAbstractButton>("transferClear");
    m_server->addConflict(u"open"_s);
    QVERIFY(!clear->isEnabled());
    finishOne(u"done"_s);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);
    QCOMPARE(rows().size(), 2);

    QTest::mouseClick(clear, Qt::LeftButton);

    QTRY_COMPARE(rows().size(), 1);
    QCOMPARE(rows().first()->accessibleName(), u"Upload of open"_s);
    QCOMPARE(m_server->queue().jobs().size(), 1);
    QVERIFY(!clear->isEnabled());

    QTest::mouseClick(child<QAbstractButton>("conflictSkip"), Qt::LeftButton);
    QTRY_VERIFY(clear->isEnabled());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(child<QWidget>("transferEmpty")->isVisible());
    QTRY_COMPARE(rows().size(), 0);
}

void TransferPanelTest::jobsOfANewQueueAreShown()
{
    m_panel->setQueue(nullptr);
    m_server->addConflict(u"a"_s);
    QCOMPARE(m_panel->unfinishedCount(), 0);

    m_panel->setQueue(&m_server->queue());

    QCOMPARE(m_panel->unfinishedCount(), 1);
}

void TransferPanelTest::endOfTheQueueLeavesItsRows()
{
    finishOne(u"done"_s);
    m_server->addConflict(u"open"_s);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);

    m_server->stop();

    QCOMPARE(rows().size(), 2);
    QCOMPARE(m_panel->unfinishedCount(), 0);
    QTest::mouseClick(child<QAbstractButton>("transferClear"), Qt::LeftButton);
    QTRY_COMPARE(rows().size(), 0);
}

QTEST_MAIN(TransferPanelTest)

#include "TransferPanelTest.moc"
