#include "ui/terminal/TerminalSplits.h"

#include "tests/ui/terminal/FakeByteStream.h"
#include "ui/terminal/TerminalRecorder.h"
#include "ui/terminal/TerminalView.h"

#include <QBuffer>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QToolButton>

using ui::TerminalPane;
using ui::TerminalSplits;
using Direction = ui::TerminalSplits::Direction;

class TerminalSplitsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_splits.reset(); }

    void splitOpensAShellOfItsOwn();
    void splitsShareTheRoomInHalves();
    void splitWithoutConnectionDoesNothing();
    void splitWithoutRoomIsTold();
    void keysGoToTheCurrentOne();
    void neighborsAreFoundByTheirPlace();
    void zoomShowsOneAndKeepsTheSizes();
    void closingGivesRoomAndFocusToAnother();
    void closedTerminalEndsItsShell();
    void anyOrderOfClosingLeavesOne();
    void equalizingCountsWhatStandsInside();
    void titleIsShownOnlyWithSeveral();
    void endedShellIsToldInItsTerminalAlone();
    void newConnectionLeavesEndedShellsAlone();
    void newConnectionOpensAllIfAllHaveEnded();
    void lostConnectionIsNotAnEnd();
    void refusedShellIsToldInItsTerminal();
    void menuSplits();
    void outputIsRecorded();
    void recordingOverAFileIsRefused();

private:
    FakeByteStream &shell(int index) const { return *m_shells[index]; }
    TerminalPane &pane(int index) const { return *m_splits->panes()[index]; }
    QRect place(int index) const;
    QString screen(int index) const;

    template<typename T>
    T *visible(const char *name, const QWidget &in) const
    {
        for (T *widget : in.findChildren<T *>(QString::fromLatin1(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }

    std::unique_ptr<TerminalSplits> m_splits;
    QList<QPointer<FakeByteStream>> m_shells;
    ui::ShellOpener m_opener;
};

void TerminalSplitsTest::init()
{
    m_shells.clear();
    m_splits = std::make_unique<TerminalSplits>();
    m_splits->resize(1000, 600);
    m_splits->show();
    m_splits->activateWindow();
    m_splits->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_splits.get()));
    m_opener = [this](QSize) {
        auto made = std::make_unique<FakeByteStream>();
        m_shells.append(made.get());
        return made;
    };
    m_splits->join(m_opener);
}

QRect TerminalSplitsTest::place(int index) const
{
    return {pane(index).mapTo(m_splits.get(), QPoint(0, 0)), pane(index).size()};
}

QString TerminalSplitsTest::screen(int index) const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    pane(index).view().saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void TerminalSplitsTest::splitOpensAShellOfItsOwn()
{
    QSignalSpy changed(m_splits.get(), &TerminalSplits::countChanged);

    m_splits->split(Qt::Horizontal);

    QCOMPARE(m_splits->count(), 2);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_shells.size(), 2);
    QCOMPARE(&m_splits->current(), &pane(1));
    shell(0).supply("first");
    shell(1).supply("second");
    QTRY_VERIFY(screen(0).contains("first"));
    QTRY_VERIFY(screen(1).contains("second"));
    QVERIFY(!screen(0).contains("second"));
}

void TerminalSplitsTest::splitsShareTheRoomInHalves()
{
    m_splits->split(Qt::Horizontal);
    m_splits->split(Qt::Vertical);
    m_splits->split(Qt::Vertical);

    QTRY_VERIFY(pane(3).isVisible() && pane(3).height() > 0);
    QCOMPARE(place(0).height(), 600);
    QVERIFY2(qAbs(place(0).width() - place(1).width()) <= 2, "halves");
    QCOMPARE(place(1).x(), place(3).x());
    QVERIFY(place(1).bottom() < place(2).top() && place(2).bottom() < place(3).top());
    QVERIFY2(qAbs(place(1).height() - place(2).height() - place(3).height()) < 20, "a half again");
    QTRY_VERIFY(shell(0).size.width() < 70 && shell(0).size.width() > 20); // the shell is told
}

void TerminalSplitsTest::splitWithoutConnectionDoesNothing()
{
    m_splits->leave();

    m_splits->split(Qt::Horizontal);

    QCOMPARE(m_splits->count(), 1);
}

void TerminalSplitsTest::splitWithoutRoomIsTold()
{
    m_splits->resize(150, 400);
    QTRY_COMPARE(m_splits->width(), 150);

    m_splits->split(Qt::Horizontal);

    QCOMPARE(m_splits->count(), 1);
    const auto *notice = visible<QWidget>("noticeBar", pane(0));
    QVERIFY(notice != nullptr);
    QVERIFY(notice->accessibleName().startsWith("There is no room"));
}

void TerminalSplitsTest::keysGoToTheCurrentOne()
{
    m_splits->split(Qt::Horizontal);
    QTRY_VERIFY(pane(1).view().focusProxy()->hasFocus());
    QTest::keyClicks(QApplication::focusWidget(), "b");

    m_splits->focusNeighbor(Direction::Left);
    QTest::keyClicks(QApplication::focusWidget(), "a");

    QCOMPARE(shell(0).written, QByteArray("a"));
    QCOMPARE(shell(1).written, QByteArray("b"));
    QTest::mouseClick(pane(1).view().focusProxy(), Qt::LeftButton);
    QCOMPARE(&m_splits->current(), &pane(1));
}

// 0 at the left, 1 above 2 at the right.
void TerminalSplitsTest::neighborsAreFoundByTheirPlace()
{
    m_splits->split(Qt::Horizontal);
    m_splits->split(Qt::Vertical);
    QTRY_VERIFY(place(2).top() > place(1).bottom());
    const auto goes = [this](Direction direction) {
        m_splits->focusNeighbor(direction);
        return static_cast<int>(m_splits->panes().indexOf(&m_splits->current()));
    };

    QCOMPARE(goes(Direction::Up), 1);
    QCOMPARE(goes(Direction::Up), 1); // none is there
    QCOMPARE(goes(Direction::Left), 0);
    QCOMPARE(goes(Direction::Up), 0);
    QVERIFY(goes(Direction::Right) != 0);
    QCOMPARE(goes(Direction::Right), goes(Direction::Right));
    QCOMPARE(goes(Direction::Down), 2);
    QCOMPARE(goes(Direction::Left), 0);
}

void TerminalSplitsTest::zoomShowsOneAndKeepsTheSizes()
{
    m_splits->split(Qt::Horizontal);
    m_splits->split(Qt::Vertical);
    auto *root = m_splits->findChild<QSplitter *>();
    root->setSizes({300, 700});
    QTRY_VERIFY(place(2).top() > place(1).bottom() && place(0).width() < 350);
    const QRect before = place(0);

    m_splits->toggleZoom();

    QVERIFY(m_splits->isZoomed());
    QVERIFY(!pane(0).isVisible() && !pane(1).isVisible());
    QTRY_COMPARE(place(2), m_splits->rect());

    m_splits->toggleZoom();
    QVERIFY(!m_splits->isZoomed());
    QTRY_COMPARE(place(0), before);
    QVERIFY(pane(1).isVisible());

    m_splits->toggleZoom(); // going to another one shows all
    m_splits->focusNeighbor(Direction::Up);
    QVERIFY(!m_splits->isZoomed());
    QCOMPARE(&m_splits->current(), &pane(1));
}

void TerminalSplitsTest::closingGivesRoomAndFocusToAnother()
{
    m_splits->split(Qt::Horizontal);
    m_splits->split(Qt::Vertical);
    TerminalPane &second = pane(1);

    m_splits->close(pane(2));
    QCOMPARE(m_splits->count(), 2);
    QTRY_VERIFY(second.view().focusProxy()->hasFocus());
    QTRY_COMPARE(place(1).height(), 600);

    m_splits->close(pane(0)); // not the current one: the focus stays
    QCOMPARE(&m_splits->current(), &second);
    QTRY_COMPARE(place(0), m_splits->rect());
    m_splits->split(Qt::Vertical);
    QTRY_VERIFY(place(1).top() > place(0).bottom());
    QCOMPARE(place(1).width(), 1000);
}

void TerminalSplitsTest::closedTerminalEndsItsShell()
{
    m_splits->split(Qt::Horizontal);
    QVERIFY(m_shells[1] != nullptr);

    m_splits->close(pane(1));

    QVERIFY(m_shells[1] == nullptr);
    QVERIFY(m_shells[0] != nullptr);
}

void TerminalSplitsTest::anyOrderOfClosingLeavesOne()
{
    for (int first = 0; first < 4; ++first) {
        m_splits->split(Qt::Horizontal);
        m_splits->split(Qt::Vertical);
        m_splits->split(Qt::Horizontal);
        QCOMPARE(m_splits->count(), 4);
        while (m_splits->count() > 1) {
            m_splits->close(pane(first % m_splits->count()));
        }
        QTRY_COMPARE(place(0), m_splits->rect());
        QVERIFY(pane(0).isVisible());
        QCOMPARE(&m_splits->current(), &pane(0));
    }
}

// One at the left, beside it two, of which the lower one is two again: each column a third.
void TerminalSplitsTest::equalizingCountsWhatStandsInside()
{
    m_splits->split(Qt::Horizontal);
    m_splits->split(Qt::Vertical);
    m_splits->split(Qt::Horizontal);

    m_splits->equalize();

    QTRY_VERIFY(qAbs(place(0).width() - 333) < 12);
    QVERIFY(qAbs(place(2).width() - place(3).width()) <= 2);
    QVERIFY(qAbs(place(1).height() - place(2).height()) <= 2);
}

void TerminalSplitsTest::titleIsShownOnlyWithSeveral()
{
    QVERIFY(!visible<QWidget>("paneTitle", pane(0)));
    m_splits->split(Qt::Horizontal);
    auto *title = visible<QWidget>("paneTitle", pane(1));
    QVERIFY(visible<QWidget>("paneTitle", pane(0)));
    QVERIFY(title);
    QCOMPARE(title->accessibleName(), "Terminal 2");

    shell(1).supply("\x1b]0;me@web01: ~/src\a");

    QTRY_COMPARE(title->accessibleName(), "me@web01: ~/src");
    QSignalSpy closing(m_splits.get(), &TerminalSplits::closeRequested);
    visible<QToolButton>("paneClose", pane(1))->click();
    QCOMPARE(closing.count(), 1);
    m_splits->close(pane(1));
    QVERIFY(!visible<QWidget>("paneTitle", pane(0)));
}

void TerminalSplitsTest::endedShellIsToldInItsTerminalAlone()
{
    m_splits->split(Qt::Horizontal);

    emit shell(1).finished(3);

    QVERIFY(pane(1).hasEnded() && !pane(0).hasEnded());
    QVERIFY(!m_splits->haveAllEnded());
    const auto *notice = visible<QWidget>("noticeBar", pane(1));
    QVERIFY(notice != nullptr);
    QCOMPARE(notice->accessibleName(), "The shell ended with status 3.");
    QVERIFY(visible<QWidget>("noticeBar", pane(0)) == nullptr);
    QCOMPARE(visible<QWidget>("paneTitle", pane(1))->accessibleName(),
             "Terminal 2 (ended with status 3)");

    QTest::mouseClick(visible<QWidget>("noticeAction", pane(1)), Qt::LeftButton); // New shell
    QCOMPARE(m_shells.size(), 3);
    QVERIFY(!pane(1).hasEnded());
    QTRY_VERIFY(pane(1).view().focusProxy()->hasFocus());
    QCOMPARE(visible<QWidget>("paneTitle", pane(1))->accessibleName(), "Terminal 2");
}

void TerminalSplitsTest::newConnectionLeavesEndedShellsAlone()
{
    m_splits->split(Qt::Horizontal);
    emit shell(1).finished(0);

    m_splits->leave();
    QVERIFY(!m_splits->isJoined());
    m_splits->join(m_opener);

    QCOMPARE(m_shells.size(), 3);
    QVERIFY(pane(1).hasEnded());
    QTest::mouseClick(visible<QWidget>("noticeAction", pane(1)), Qt::LeftButton);
    QCOMPARE(m_shells.size(), 4); // by the new connection
}

void TerminalSplitsTest::newConnectionOpensAllIfAllHaveEnded()
{
    m_splits->split(Qt::Horizontal);
    emit shell(0).finished(0);
    emit shell(1).finished(0);
    QVERIFY(m_splits->haveAllEnded());

    m_splits->leave();
    m_splits->join(m_opener);

    QCOMPARE(m_shells.size(), 4);
    QVERIFY(!m_splits->haveAllEnded());
}

void TerminalSplitsTest::lostConnectionIsNotAnEnd()
{
    emit shell(0).finished(base::Failure(base::Error{.kind = base::ErrorKind::ConnectionLost}));

    QVERIFY(!pane(0).hasEnded());
    QVERIFY(visible<QWidget>("noticeBar", pane(0)) == nullptr);
}

void TerminalSplitsTest::refusedShellIsToldInItsTerminal()
{
    m_splits->split(Qt::Horizontal);

    emit shell(1).finished(base::Failure(base::Error{.kind = base::ErrorKind::PermissionDenied}));

    const auto *notice = visible<QWidget>("noticeBar", pane(1));
    QVERIFY(notice != nullptr);
    QVERIFY(notice->accessibleName().startsWith("There is no terminal: "));
    QVERIFY(!pane(1).hasEnded());
}

void TerminalSplitsTest::menuSplits()
{
    QWidget *display = pane(0).view().focusProxy();
    const QPoint point(50, 50);
    QContextMenuEvent click(QContextMenuEvent::Mouse, point, display->mapToGlobal(point));
    QApplication::sendEvent(display, &click);
    auto *menu = m_splits->findChild<QMenu *>("terminalMenu");
    QVERIFY(menu);
    const auto find = [menu](const QString &text) -> QAction * {
        for (QAction *action : menu->actions()) {
            if (action->text().startsWith(text)) {
                return action;
            }
        }
        return nullptr;
    };
    QVERIFY(!find("Close this"));

    find("Split &down")->trigger();

    QCOMPARE(m_splits->count(), 2);
    menu->close();
}

void TerminalSplitsTest::outputIsRecorded()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("output.log");
    QSignalSpy changed(m_splits.get(), &TerminalSplits::recordingChanged);
    m_splits->split(Qt::Horizontal);
    shell(1).supply("before\r\n");
    QTRY_VERIFY(shell(1).isDone());
    pane(1).recorder().toggle();
    auto *dialog = pane(1).findChild<QFileDialog *>("recordOutputDialog");
    QVERIFY(dialog);
    emit dialog->fileSelected(path);
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_splits->isRecording() && !pane(0).recorder().isOn());
    QCOMPARE(visible<QWidget>("paneTitle", pane(1))->accessibleName(),
             QString::fromUtf8("Terminal 2 · recording"));

    QTest::keyClicks(pane(1).view().focusProxy(), "secret");
    shell(1).supply("\x1b[1mshown\x1b[m\r\n");
    shell(0).supply("elsewhere\r\n");
    QTRY_VERIFY(shell(0).isDone() && shell(1).isDone());
    pane(1).recorder().toggle();
    QVERIFY(!m_splits->isRecording());
    shell(1).supply("after\r\n");
    QTRY_VERIFY(shell(1).isDone());

    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QTRY_COMPARE(file.size(), 6);
    QCOMPARE(file.readAll(), "shown\n");
    dialog->close();
}

void TerminalSplitsTest::recordingOverAFileIsRefused()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("precious");
    file.flush();

    pane(0).recorder().start(file.fileName(), terminal::OutputLog::Form::Raw);

    QVERIFY(!m_splits->isRecording());
    const auto *notice = visible<QWidget>("noticeBar", pane(0));
    QVERIFY(notice != nullptr);
    QVERIFY(notice->accessibleName().startsWith("There is a file " + file.fileName()));
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), "precious");
}

QTEST_MAIN(TerminalSplitsTest)

#include "TerminalSplitsTest.moc"
