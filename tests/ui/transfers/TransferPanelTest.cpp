#include "ui/transfers/TransferPanel.h"

#include "tests/support/FocusWalk.h"
#include "tests/support/Reason.h"
#include "tests/ui/transfers/ServerQueue.h"
#include "ui/transfers/TransferRow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QVBoxLayout>

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
    void emptyPanelHasTheLimits();
    void keyboardGoesOnWhereItIsNeeded();
    void questionAsksForAttention();
    void newOnesComeIntoSight();
    void clearTakesFinishedOnesAlone();
    void clearLeavesWhatHasFailed();
    void jobsOfANewQueueAreShown();
    void spacePausesAndGoesOn();
    void allPauseAndGoOn();
    void keysChangeTheOrder();
    void filterShowsOneKind();
    void deleteTakesFinishedOnesOffTheList();
    void endOfTheQueueLeavesItsRows();
    void tabGoesAsPeopleReadAndIsSeen();
    void linksThatLeadOutCanBeFollowed();
    void questionsAreAnsweredOneAfterTheOther();
    void whoTypesIsNotDisturbed();
    void whoWorksElsewhereIsNotDisturbed();
    void questionsOfOneTransferFollowEachOther();

private:
    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_panel->findChild<Widget *>(QString::fromLatin1(name));
    }
    QList<TransferRow *> rows() const { return m_panel->findChildren<TransferRow *>(); }
    void finishOne(const QString &name);
    void answer(const char *button); // once it has its place

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
    m_panel->setSchedule(&m_server->schedule());
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

void TransferPanelTest::answer(const char *button)
{
    const auto isThere = [this, button] {
        const auto *found = child<QWidget>(button);
        return found != nullptr && found->height() > 0;
    };
    QTRY_VERIFY(isThere());
    QTest::mouseClick(child<QAbstractButton>(button), Qt::LeftButton);
}

void TransferPanelTest::emptyPanelTeaches()
{
    QVERIFY(child<QWidget>("transferEmpty")->isVisible());
    QCOMPARE(m_panel->unfinishedCount(), 0);

    finishOne(u"a"_s);

    QVERIFY(!child<QWidget>("transferEmpty")->isVisible());
    QCOMPARE(rows().size(), 1);
}

void TransferPanelTest::emptyPanelHasTheLimits()
{
    QVERIFY(child<QWidget>("transferEmpty")->isVisible());
    QVERIFY(child<QWidget>("transferLimit")->isVisible());
    auto *atOnce = child<QSpinBox>("transferAtOnce");
    QVERIFY(atOnce->isVisible());

    atOnce->setValue(7);

    QCOMPARE(m_server->schedule().mostAtOnce(), 7);
}

void TransferPanelTest::keyboardGoesOnWhereItIsNeeded()
{
    m_panel->takeFocus();
    QCOMPARE(m_panel->window()->focusWidget(), child<QWidget>("transferLimit"));

    finishOne(u"a"_s);
    m_panel->takeFocus();
    QCOMPARE(m_panel->window()->focusWidget(), rows().first());

    m_server->addConflict(u"asking"_s);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);
    m_panel->takeFocus();
    QVERIFY(child<QWidget>("conflictSheet")->isAncestorOf(m_panel->window()->focusWidget()));
}

void TransferPanelTest::questionAsksForAttention()
{
    QSignalSpy attention(m_panel.get(), &TransferPanel::attentionNeeded);
    QSignalSpy counts(m_panel.get(), &TransferPanel::unfinishedCountChanged);
    m_server->addConflict(u"a"_s);
    QCOMPARE(m_panel->unfinishedCount(), 1);
    QTRY_COMPARE(attention.count(), 1);

    answer("conflictSkip");

    QTRY_COMPARE(m_panel->unfinishedCount(), 0);
    QCOMPARE(counts, QList<QVariantList>({{1}, {0}}));
    QCOMPARE(tests::readFile(m_server->remote(u"a"_s)), "there");
}

void TransferPanelTest::newOnesComeIntoSight()
{
    const auto isInSight = [this] { return !rows().last()->visibleRegion().isEmpty(); };
    for (int number = 0; number < 12; ++number) {
        finishOne(QString::number(number));
    }
    QTRY_VERIFY(isInSight());
    QVERIFY(rows().first()->visibleRegion().isEmpty());

    auto *bar = m_panel->findChild<QScrollArea *>()->verticalScrollBar();
    bar->triggerAction(QScrollBar::SliderToMinimum); // as Home or the wheel does
    finishOne(u"later"_s);
    QTRY_COMPARE(rows().size(), 13);
    QTest::qWait(0);
    QVERIFY(!isInSight()); // the user looks at something else

    bar->triggerAction(QScrollBar::SliderToMaximum);
    finishOne(u"last"_s);
    QTRY_VERIFY(isInSight());
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

    answer("conflictSkip");
    QTRY_VERIFY(clear->isEnabled());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(child<QWidget>("transferEmpty")->isVisible());
    QTRY_COMPARE(rows().size(), 0);
}

void TransferPanelTest::clearLeavesWhatHasFailed()
{
    auto *clear = child<QAbstractButton>("transferClear");
    m_server->queue().add(m_server->upload({u"missing"_s}));
    QTRY_VERIFY(rows().first()->isFailed());
    QVERIFY(!clear->isEnabled()); // nothing would go
    finishOne(u"done"_s);
    m_server->addConflict(u"cancelled"_s)->cancel();
    QTRY_VERIFY(rows().size() == 3 && rows().last()->isFinished());

    QTest::mouseClick(clear, Qt::LeftButton);

    QTRY_COMPARE(rows().size(), 1);
    QVERIFY(rows().first()->isFailed());
    QVERIFY(child<QWidget>("transferRetry")->isVisible());
    QCOMPARE(m_server->schedule().jobs().size(), 1);
    QVERIFY(!clear->isEnabled());
}

void TransferPanelTest::jobsOfANewQueueAreShown()
{
    m_server->addConflict(u"a"_s);

    TransferPanel late;
    QCOMPARE(late.unfinishedCount(), 0);
    late.setSchedule(&m_server->schedule());

    QCOMPARE(late.unfinishedCount(), 1);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);
    TransferPanel later; // the question can be answered in each of them
    later.setSchedule(&m_server->schedule());
    later.show();
    QTest::mouseClick(later.findChild<QAbstractButton *>(u"conflictSkip"_s), Qt::LeftButton);
    QTRY_VERIFY(child<QWidget>("conflictSheet") == nullptr);
    QCOMPARE(late.findChild<QLabel *>(u"transferServer"_s)->text(), u"web01"_s);
}

void TransferPanelTest::spacePausesAndGoesOn()
{
    const transfer::TransferJob *job = m_server->addConflict(u"a"_s);
    QTRY_COMPARE(job->state(), transfer::TransferJob::State::Running);
    rows().first()->setFocus();

    QTest::keyClick(rows().first(), Qt::Key_Space);
    QTRY_COMPARE(job->state(), transfer::TransferJob::State::Paused);
    QVERIFY(child<QLabel>("transferStatus")->text().startsWith(u"Paused"_s));
    QCOMPARE(child<QAbstractButton>("transferPauseAll")->text(), u"Resume all"_s);

    QTest::keyClick(rows().first(), Qt::Key_Space);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr); // asked again
    answer("conflictOverwrite");
    QTRY_COMPARE(job->state(), transfer::TransferJob::State::Finished);
    QCOMPARE(tests::readFile(m_server->remote(u"a"_s)), "copy");
}

void TransferPanelTest::allPauseAndGoOn()
{
    const transfer::TransferJob *first = m_server->addConflict(u"a"_s);
    const transfer::TransferJob *second = m_server->addConflict(u"b"_s);
    QTRY_COMPARE(second->state(), transfer::TransferJob::State::Running);
    auto *button = child<QAbstractButton>("transferPauseAll");
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(first->state(), transfer::TransferJob::State::Paused);
    QTRY_COMPARE(second->state(), transfer::TransferJob::State::Paused);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(first->state(), transfer::TransferJob::State::Running);
    QTRY_COMPARE(second->state(), transfer::TransferJob::State::Running);
}

void TransferPanelTest::keysChangeTheOrder()
{
    child<QSpinBox>("transferAtOnce")->setValue(1);
    m_server->addConflict(u"running"_s);
    const transfer::TransferJob *second = m_server->addConflict(u"second"_s);
    const transfer::TransferJob *third = m_server->addConflict(u"third"_s);
    TransferRow *row = rows().last();
    row->setFocus();

    QTest::keyClick(row, Qt::Key_Up, Qt::AltModifier);

    QCOMPARE(m_server->schedule().jobs().indexOf(third), 1);
    QCOMPARE(m_server->schedule().jobs().indexOf(second), 2);
    QTRY_VERIFY(row->y() < rows().at(1)->y());
    QVERIFY(row->hasFocus());
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);
    answer("conflictSkip");
    QTRY_COMPARE(third->state(), transfer::TransferJob::State::Running);
    QCOMPARE(second->state(), transfer::TransferJob::State::Waiting);
}

void TransferPanelTest::filterShowsOneKind()
{
    finishOne(u"done"_s);
    m_server->addConflict(u"open"_s);
    QTRY_COMPARE(rows().size(), 2);
    auto *filter = child<QTabBar>("transferFilter");
    QTRY_COMPARE(filter->tabText(1), u"Queue (1)"_s);
    QTRY_COMPARE(filter->tabText(3), u"Finished (1)"_s);
    filter->setCurrentIndex(1);
    QVERIFY(!rows().first()->isVisible());
    QVERIFY(rows().last()->isVisible());
    filter->setCurrentIndex(2);
    QVERIFY(!rows().first()->isVisible());
    QVERIFY(!rows().last()->isVisible());
}

void TransferPanelTest::deleteTakesFinishedOnesOffTheList()
{
    finishOne(u"done"_s);
    QTRY_VERIFY(rows().first()->isFinished());
    QTest::keyClick(rows().first(), Qt::Key_Delete);
    QTRY_COMPARE(rows().size(), 0);
    QCOMPARE(m_server->schedule().jobs().size(), 0);
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
    QTRY_COMPARE(rows().size(), 1);
    QTest::keyClick(rows().first(), Qt::Key_Delete); // it has failed
    QTRY_COMPARE(rows().size(), 0);
}

void TransferPanelTest::tabGoesAsPeopleReadAndIsSeen()
{
    m_panel->resize(1000, 500);
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    finishOne(u"done"_s);
    const auto *failed = m_server->queue().add(m_server->upload({u"missing"_s}));
    QTRY_COMPARE(failed->state(), transfer::TransferJob::State::Finished);
    QTRY_VERIFY(rows().last()->isFailed());
    auto *details = rows().last()->findChild<QAbstractButton *>(u"transferDetails"_s);
    details->click();
    m_server->addConflict(u"open"_s);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);

    QCOMPARE(tests::focusFaults(*m_panel).join(u'\n'), QString());
}

void TransferPanelTest::linksThatLeadOutCanBeFollowed()
{
    tests::writeFile(m_server->local(u"elsewhere"_s), "content");
    QVERIFY(QDir(m_server->local()).mkdir(u"folder"_s));
    QVERIFY(QFile::link(u"../elsewhere"_s, m_server->local(u"folder/link"_s)));
    m_server->queue().add(m_server->upload({u"folder"_s}));
    QTRY_VERIFY(rows().first()->isFailed());
    auto *follow = child<QAbstractButton>("transferFollowLinks");
    QVERIFY(follow->isVisible());

    QTest::mouseClick(follow, Qt::LeftButton);

    QTRY_COMPARE(rows().size(), 1); // in its place
    QVERIFY(rows().last()->hasFocus());
    QTRY_VERIFY(rows().last()->isFinished());
    QVERIFY(!rows().last()->isFailed());
    QCOMPARE(tests::readFile(m_server->remote(u"folder/link"_s)), "content");
}

void TransferPanelTest::questionsAreAnsweredOneAfterTheOther()
{
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    m_server->addConflict(u"a"_s);
    QTRY_VERIFY(rows().first()->hasQuestion());
    m_server->addConflict(u"b"_s);
    QTRY_VERIFY(rows().last()->hasQuestion());
    const auto focused = [](const TransferRow *row) {
        const auto *button = qobject_cast<const QAbstractButton *>(QApplication::focusWidget());
        return button != nullptr && row->isAncestorOf(button)
            && button->objectName() == u"conflictSkip"_s;
    };
    QVERIFY(focused(rows().first())); // the other one waits

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);

    QTRY_VERIFY(focused(rows().last()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(m_panel->unfinishedCount(), 0);
}

void TransferPanelTest::whoTypesIsNotDisturbed()
{
    QLineEdit field(m_panel.get());
    field.show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    field.setFocus();

    m_server->addConflict(u"a"_s);

    QTRY_VERIFY(rows().first()->hasQuestion());
    QVERIFY(field.hasFocus());
}

void TransferPanelTest::whoWorksElsewhereIsNotDisturbed()
{
    QWidget window;
    QListWidget files(&window); // no input method: its keys are commands
    files.addItems({u"one"_s, u"two"_s});
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(&files);
    layout->addWidget(m_panel.get());
    const auto leave = qScopeGuard([this] { m_panel->setParent(nullptr); });
    window.resize(900, 600);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    files.setFocus();

    m_server->addConflict(u"a"_s);

    QTRY_VERIFY(rows().first()->hasQuestion());
    QTRY_VERIFY(!child<QWidget>("conflictSheet")->visibleRegion().isEmpty()); // it offers itself
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(files.hasFocus());
    QVERIFY(rows().first()->hasQuestion());

    rows().first()->setFocus(); // who is in the panel is asked at once
    m_server->addConflict(u"b"_s);
    QTRY_VERIFY(rows().last()->hasQuestion());
    QVERIFY(rows().last()->isAncestorOf(QApplication::focusWidget()));
}

void TransferPanelTest::questionsOfOneTransferFollowEachOther()
{
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    for (const QString &name : {u"a"_s, u"b"_s}) {
        tests::writeFile(m_server->local(name), "copy");
        tests::writeFile(m_server->remote(name), "there");
    }
    m_server->queue().add(m_server->upload({u"a"_s, u"b"_s}));
    for (int question = 0; question < 2; ++question) {
        QTRY_VERIFY(rows().first()->hasQuestion());
        QTRY_COMPARE(QApplication::focusWidget()->objectName(), u"conflictSkip"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(m_panel->isAncestorOf(QApplication::focusWidget()));
    }
    QTRY_COMPARE(m_panel->unfinishedCount(), 0);
}

QTEST_MAIN(TransferPanelTest)

#include "TransferPanelTest.moc"
