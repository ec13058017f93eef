#include "ui/terminal/CastPlayer.h"

#include "settings/Settings.h"
#include "ui/terminal/TerminalView.h"

#include <QBuffer>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using ui::CastPlayer;

class CastPlayerTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_player.reset(); }
    void recordingIsShownAgain();
    void longPausesAreShort();
    void pauseAndSpaceStopIt();
    void placeIsChosenForthAndBack();
    void placeIsDrawnAsLargeAsItWas();
    void hostileRecordingIsFiltered();
    void manyBytesAreShownWhole();
    void otherFileIsTold();

private:
    void play(const QByteArray &events);
    QString text() const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_player->findChild<T *>(QString::fromLatin1(name));
    }

    QTemporaryDir m_directory;
    const settings::Settings m_settings{m_directory.filePath("settings.ini")};
    const ui::TerminalAppearance m_appearance = ui::TerminalAppearance::of(m_settings);
    std::unique_ptr<CastPlayer> m_player;
};

void CastPlayerTest::play(const QByteArray &events)
{
    QFile file(m_directory.filePath("test.cast"));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{\"version\":2,\"width\":100,\"height\":30,\"title\":\"Demo\"}\n" + events);
    file.close();
    auto recording = terminal::CastReader::open(file.fileName());
    QVERIFY(recording.has_value());
    m_player = std::make_unique<CastPlayer>(std::move(*recording), file.fileName(), m_appearance);
    m_player->show();
    m_player->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_player.get()));
}

QString CastPlayerTest::text() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    m_player->findChild<ui::TerminalView *>()->saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void CastPlayerTest::recordingIsShownAgain()
{
    play("[0.1,\"o\",\"first\\r\\n\"]\n[0.3,\"o\",\"second\"]\n");
    QVERIFY(m_player->windowTitle().startsWith("Demo"));
    QTRY_VERIFY(text().contains("second"));
    QVERIFY(text().contains("first\n"));
    QTRY_VERIFY(!m_player->isPlaying()); // at its end
    const auto *view = m_player->findChild<ui::TerminalView *>();
    QTRY_VERIFY(view->columns() >= 100 && view->rows() >= 30);
}

void CastPlayerTest::longPausesAreShort()
{
    play("[0.1,\"o\",\"a\"]\n[36000,\"o\",\"b\"]\n");
    find<QComboBox>("castSpeed")->setCurrentIndex(3);
    QTRY_VERIFY(text().contains("ab"));
    QCOMPARE(find<QLabel>("castTime")->text(), "600:00 of 600:00");
}

void CastPlayerTest::pauseAndSpaceStopIt()
{
    play("[0.1,\"o\",\"a\"]\n[1.5,\"o\",\"b\"]\n");
    QTRY_VERIFY(text().contains("a"));
    QTest::keyClick(m_player.get(), Qt::Key_Space);
    QVERIFY(!m_player->isPlaying());
    QVERIFY(!text().contains("b"));
    QTest::mouseClick(find<QToolButton>("castPlay"), Qt::LeftButton);
    QVERIFY(m_player->isPlaying());
    QTRY_VERIFY(text().contains("b"));
}

void CastPlayerTest::placeIsChosenForthAndBack()
{
    play("[1,\"o\",\"a\"]\n[10,\"o\",\"b\"]\n[20,\"o\",\"c\"]\n");
    QTest::keyClick(m_player.get(), Qt::Key_Space);
    QTest::keyClick(m_player.get(), Qt::Key_Right); // five seconds
    QTRY_VERIFY(text().contains("a"));
    QTest::keyClick(m_player.get(), Qt::Key_Right);
    QTest::keyClick(m_player.get(), Qt::Key_Right);
    QTRY_VERIFY(text().contains("ab"));
    QVERIFY(!text().contains("c"));
    QTest::keyClick(m_player.get(), Qt::Key_Left);
    QTest::keyClick(m_player.get(), Qt::Key_Left);
    QTRY_VERIFY(text().contains("a") && !text().contains("b"));
    QVERIFY(!m_player->isPlaying());
}

// It was drawn on 24 rows before the window had its size, so that most of it was scrolled away.
void CastPlayerTest::placeIsDrawnAsLargeAsItWas()
{
    QFile file(m_directory.filePath("large.cast"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\":2,\"width\":60,\"height\":35}\n");
    for (int line = 1; line <= 33; ++line) {
        file.write("[0.1,\"o\",\"line " + QByteArray::number(line) + "\\r\\n\"]\n");
    }
    file.write("[9,\"o\",\"late\"]\n");
    file.close();
    QWidget window;
    window.show();

    CastPlayer::open(file.fileName(), window, m_appearance, std::chrono::seconds(5));

    const auto *player = window.findChild<CastPlayer *>();
    QVERIFY(player != nullptr);
    QVERIFY(!player->isPlaying());
    const auto *view = player->findChild<ui::TerminalView *>();
    const auto shown = [view] {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        view->saveText(buffer);
        return buffer.data();
    };
    QTRY_VERIFY(shown().contains("line 33\n"));
    QVERIFY(!shown().contains("late"));
    QCOMPARE(view->scrollbackLines(), 0);
    QCOMPARE(player->findChild<QLabel *>("castTime")->text(), "0:05 of 0:09");
}

void CastPlayerTest::hostileRecordingIsFiltered()
{
    play("[0.1,\"o\",\"\\u001b[8;5000;5000t\\u001b]52;c;aGVsbG8=\\u0007\\u001bP+q544e\\u001b\\\\"
         "safe\"]\n[0.2,\"i\",\"typed\"]\n");
    QTRY_VERIFY(text().contains("safe"));
    const auto *view = m_player->findChild<ui::TerminalView *>();
    QVERIFY(view->columns() < 1000);
    QVERIFY(!text().contains("typed"));
    QVERIFY(!text().contains("q544e"));
}

// More than what may be on its way at once.
void CastPlayerTest::manyBytesAreShownWhole()
{
    QByteArray events;
    for (int line = 0; line < 40'000; ++line) {
        events += "[0.1,\"o\",\"line " + QByteArray::number(line) + "\\r\\n\"]\n";
    }
    play(events);
    QTRY_VERIFY_WITH_TIMEOUT(text().contains("line 39999\n"), std::chrono::seconds(20));
}

void CastPlayerTest::otherFileIsTold()
{
    QWidget window;
    window.show();
    CastPlayer::ask(window, m_appearance);
    auto *dialog = window.findChild<QFileDialog *>("replayDialog");
    QFile file(m_directory.filePath("other.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    emit dialog->fileSelected(file.fileName());
    auto *problem = window.findChild<QLabel *>("replayProblem");
    QVERIFY(problem != nullptr);
    QVERIFY(problem->text().startsWith("other.txt is no recording"));
}

QTEST_MAIN(CastPlayerTest)
#include "CastPlayerTest.moc"
