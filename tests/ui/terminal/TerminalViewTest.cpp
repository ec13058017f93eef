#include "ui/terminal/TerminalView.h"

#include "settings/Settings.h"
#include "ui/terminal/PtyInput.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDesktopServices>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QShortcut>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using ui::PtyInput;
using ui::TerminalAppearance;
using ui::TerminalView;

class TerminalViewTest : public QObject
{
    Q_OBJECT

public slots:
    void recordUrl(const QUrl &url) { m_openedUrls.append(url); }

private slots:
    void init();
    void cleanup() { m_view.reset(); }

    void isNamedAfterItsHost();
    void hasTheUsualSizeBeforeItIsShown();
    void keysArriveAsBytes_data();
    void keysArriveAsBytes();
    void modifierAloneSendsNothing();
    void terminalWinsOverShortcuts_data();
    void terminalWinsOverShortcuts();
    void unusedWindowLettersAreNotTyped();
    void copyTakesTheSelection();
    void findShowsAField();
    void menuOffersWhatThereIs();
    void menuStaysAwayFromProgramsWithMouse();
    void clearScrollbackKeepsTheScreen();
    void scrollbackIsAsLongAsChosen();
    void zoomChangesTheCells();
    void zoomEndsAtItsLimits();
    void wheelWithCtrlZooms();
    void colorsAreThoseChosen();
    void outputIsSaved();
    void outputThatCanNotBeSavedIsTold();
    void onlyOneSizeIsReportedForManySteps();
    void onlyWebAndMailLinksOpen_data();
    void onlyWebAndMailLinksOpen();
    void serverLinksAreForTheWindow();
    void menuCopiesAndOpensLinks();
    void pathsAreFoundUnderTheMouse();
    void bellDoesWhatIsChosen();
    void writingNeverBlocks();

private:
    QWidget *display() const { return m_view->focusProxy(); }
    void show(const QByteArray &bytes);
    QString screenText() const;

    const QTemporaryDir m_directory;
    const settings::Settings m_settings{m_directory.filePath("settings.ini")};
    std::unique_ptr<TerminalView> m_view;
    QList<QUrl> m_openedUrls;
};

void TerminalViewTest::init()
{
    m_openedUrls.clear();
    m_view = std::make_unique<TerminalView>();
    m_view->resize(800, 480);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

// Returns when the bytes are drawn, which is a little after they are part of the text.
void TerminalViewTest::show(const QByteArray &bytes)
{
    const QImage before = display()->grab().toImage();
    PtyInput input(m_view->inputDescriptor());
    QCOMPARE(input.write(bytes), bytes.size());
    QTRY_VERIFY(display()->grab().toImage() != before);
}

QString TerminalViewTest::screenText() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    m_view->saveText(buffer);
    return QString::fromUtf8(buffer.data());
}

void TerminalViewTest::isNamedAfterItsHost()
{
    m_view->setHost("web01");

    QCOMPARE(m_view->objectName(), "terminalView");
    QCOMPARE(m_view->accessibleName(), "Terminal on web01");
}

// The bytes are those of terminfo's xterm-256color (kf10, kdch1, ...) in normal cursor key mode.
void TerminalViewTest::hasTheUsualSizeBeforeItIsShown()
{
    const TerminalView view;
    QVERIFY2(view.columns() >= 78, QByteArray::number(view.columns()).constData());
    QVERIFY2(view.rows() >= 23, QByteArray::number(view.rows()).constData());
}

void TerminalViewTest::keysArriveAsBytes_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QByteArray>("bytes");
    const auto row
        = [](const char *name, Qt::Key key, Qt::KeyboardModifiers modifiers,
             const QByteArray &bytes) { QTest::newRow(name) << key << modifiers << bytes; };

    row("a", Qt::Key_A, Qt::NoModifier, "a");
    row("Enter", Qt::Key_Return, Qt::NoModifier, "\r");
    row("Tab", Qt::Key_Tab, Qt::NoModifier, "\t");
    row("Shift+Tab", Qt::Key_Backtab, Qt::ShiftModifier, "\x1b[Z");
    row("Escape", Qt::Key_Escape, Qt::NoModifier, "\x1b");
    row("Up", Qt::Key_Up, Qt::NoModifier, "\x1b[A");
    row("F1", Qt::Key_F1, Qt::NoModifier, "\x1bOP");
    row("F10", Qt::Key_F10, Qt::NoModifier, "\x1b[21~");
    row("Delete", Qt::Key_Delete, Qt::NoModifier, "\x1b[3~");
    row("Ctrl+C", Qt::Key_C, Qt::ControlModifier, "\x03");
    row("Ctrl+S", Qt::Key_S, Qt::ControlModifier, "\x13");
    row("Ctrl+K", Qt::Key_K, Qt::ControlModifier, "\x0b");
    row("Alt+X", Qt::Key_X, Qt::AltModifier, "\x1bx");
    row("Ctrl+Shift+circumflex", Qt::Key_AsciiCircum, Qt::ControlModifier | Qt::ShiftModifier,
        "\x1e");
}

void TerminalViewTest::keysArriveAsBytes()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), key, modifiers);

    QCOMPARE(typed.count(), 1);
    QTEST(typed.first().first().toByteArray(), "bytes");
}

void TerminalViewTest::modifierAloneSendsNothing()
{
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), Qt::Key_Shift);

    QCOMPARE(typed.count(), 0);
}

void TerminalViewTest::terminalWinsOverShortcuts_data()
{
    QTest::addColumn<QKeySequence>("keys");
    QTest::addColumn<bool>("windowGetsIt");

    QTest::newRow("Ctrl+K") << QKeySequence(Qt::CTRL | Qt::Key_K) << false;
    QTest::newRow("Alt+1") << QKeySequence(Qt::ALT | Qt::Key_1) << false;
    QTest::newRow("F6") << QKeySequence(Qt::Key_F6) << false;
    QTest::newRow("Ctrl+Shift+K") << QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K) << true;
    QTest::newRow("Ctrl+Shift+F6") << QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F6) << true;
    QTest::newRow("Ctrl+PageDown") << QKeySequence(Qt::CTRL | Qt::Key_PageDown) << true;
}

void TerminalViewTest::terminalWinsOverShortcuts()
{
    QFETCH(QKeySequence, keys);
    QFETCH(bool, windowGetsIt);
    const QShortcut shortcut(keys, m_view.get());
    QSignalSpy activated(&shortcut, &QShortcut::activated);
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), keys[0].key(), keys[0].keyboardModifiers());

    QCOMPARE(activated.count(), windowGetsIt ? 1 : 0);
    QCOMPARE(typed.count(), windowGetsIt ? 0 : 1);
}

// Ctrl+Shift+D, pressed by mistake, must not end the shell as Ctrl+D does.
void TerminalViewTest::unusedWindowLettersAreNotTyped()
{
    QSignalSpy typed(m_view.get(), &TerminalView::typed);

    QTest::keyClick(display(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(typed.count(), 0);
}

void TerminalViewTest::copyTakesTheSelection()
{
    QApplication::clipboard()->setText("before");
    show("word and more\r\n");

    QTest::keyClick(display(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), "before"); // nothing was selected

    QTest::mouseDClick(display(), Qt::LeftButton, Qt::NoModifier, QPoint(15, 12));
    QTest::keyClick(display(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), "word");
}

void TerminalViewTest::findShowsAField()
{
    QTest::keyClick(display(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);

    QTRY_COMPARE(QString::fromLatin1(QApplication::focusWidget()->metaObject()->className()),
                 "QLineEdit");
}

void TerminalViewTest::menuOffersWhatThereIs()
{
    QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(50, 50),
                            m_view->mapToGlobal(QPoint(50, 50)));
    QApplication::sendEvent(display(), &click);

    auto *menu = m_view->findChild<QMenu *>("terminalMenu");
    QVERIFY(menu);
    QStringList texts;
    for (const QAction *action : menu->actions()) {
        texts << action->text();
    }
    QCOMPARE(texts,
             QStringList({"&Copy", "&Paste", QString::fromUtf8("&Find…"), "Pre&vious prompt",
                          "&Next prompt", "C&lear scrollback", QString::fromUtf8("&Save output…"),
                          "&Larger text", "S&maller text", "&Usual size of text"}));
    menu->close();
}

void TerminalViewTest::menuStaysAwayFromProgramsWithMouse()
{
    m_view->setModes({.mouseTracking = true});
    QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(50, 50),
                            m_view->mapToGlobal(QPoint(50, 50)));

    QApplication::sendEvent(display(), &click);

    QVERIFY(!m_view->findChild<QMenu *>("terminalMenu"));
}

void TerminalViewTest::clearScrollbackKeepsTheScreen()
{
    show(QByteArray("line\r\n").repeated(100) + "prompt$");
    QTRY_VERIFY(m_view->scrollbackLines() > 0);

    m_view->clearScrollback();

    QCOMPARE(m_view->scrollbackLines(), 0);
    QVERIFY(screenText().contains("prompt$"));
    show(QByteArray("line\r\n").repeated(100)); // and it goes on
    QTRY_VERIFY(m_view->scrollbackLines() > 50);
}

void TerminalViewTest::scrollbackIsAsLongAsChosen()
{
    TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    appearance.scrollbackLines = 20;
    m_view->setAppearance(appearance);

    show(QByteArray("line\r\n").repeated(300) + "prompt$");

    QTRY_VERIFY(screenText().contains("prompt$"));
    QCOMPARE(m_view->scrollbackLines(), 20);
}

void TerminalViewTest::zoomChangesTheCells()
{
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    QTRY_COMPARE(resized.count(), 1);
    const int usual = m_view->columns();

    QTest::keyClick(display(), Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(display(), Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_view->columns() < usual);
    QTRY_COMPARE(resized.last().first().toInt(), m_view->columns());

    QTest::keyClick(display(), Qt::Key_0, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_view->columns(), usual);

    QTest::keyClick(display(), Qt::Key_Minus, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(display(), Qt::Key_Minus, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_view->columns() > usual);
}

void TerminalViewTest::zoomEndsAtItsLimits()
{
    for (int i = 0; i < 100; ++i) {
        m_view->zoomIn();
    }
    QTRY_VERIFY(m_view->columns() >= 2);
    const int largest = m_view->columns();
    m_view->zoomOut();
    QTRY_VERIFY(m_view->columns() > largest); // the other 60 steps were none
}

void TerminalViewTest::wheelWithCtrlZooms()
{
    const int usual = m_view->columns();
    const QPointF middle = display()->rect().center();
    constexpr QPoint notch(0, 120);
    for (int i = 0; i < 2; ++i) {
        QWheelEvent wheel(middle, display()->mapToGlobal(middle), {}, notch, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(display(), &wheel);
    }

    QTRY_VERIFY(m_view->columns() < usual);
}

void TerminalViewTest::colorsAreThoseChosen()
{
    const auto ground = [this] {
        return display()->grab().toImage().pixelColor(display()->rect().center()).lightness();
    };
    TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    appearance.colors = TerminalAppearance::Colors::Dark;
    m_view->setAppearance(appearance);
    QTRY_VERIFY(ground() < 100);

    appearance.colors = TerminalAppearance::Colors::Light;
    m_view->setAppearance(appearance);
    QTRY_VERIFY(ground() > 200);
}

void TerminalViewTest::outputIsSaved()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("output.txt");
    show("first line\r\nsecond line\r\n");
    QTRY_VERIFY(screenText().contains("second"));
    m_view->saveOutput();
    auto *dialog = m_view->findChild<QFileDialog *>("saveOutputDialog");
    QVERIFY(dialog);

    emit dialog->fileSelected(path);

    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("first line\nsecond line\n"));
    dialog->close();
}

void TerminalViewTest::outputThatCanNotBeSavedIsTold()
{
    QSignalSpy notSaved(m_view.get(), &TerminalView::notSaved);
    m_view->saveOutput();
    auto *dialog = m_view->findChild<QFileDialog *>("saveOutputDialog");
    QVERIFY(dialog);

    emit dialog->fileSelected("/nonexistent/output.txt");

    QCOMPARE(notSaved.count(), 1);
    QCOMPARE(notSaved.first().first().toString(), "/nonexistent/output.txt");
    QVERIFY(!notSaved.first().last().toString().isEmpty());
    dialog->close();
}

void TerminalViewTest::onlyOneSizeIsReportedForManySteps()
{
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    QVERIFY(resized.wait());
    resized.clear();

    for (int width = 790; width >= 400; width -= 10) {
        m_view->resize(width, 400);
        QCoreApplication::processEvents();
    }

    QTRY_COMPARE(resized.count(), 1);
    const QVariantList size{m_view->columns(), m_view->rows()};
    QCOMPARE(resized.first(), size);
    m_view->resize(4, 4);
    QVERIFY(!resized.wait(300)); // too small to be told
}

void TerminalViewTest::onlyWebAndMailLinksOpen_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QString>("opened");
    const auto row = [](const char *text, Qt::KeyboardModifiers modifiers, const QString &opened) {
        QTest::newRow(text) << QByteArray(text) << modifiers << opened;
    };

    row("https://example.org/path", Qt::ControlModifier, "https://example.org/path");
    row("http://example.org/path", Qt::ControlModifier, "http://example.org/path");
    row("someone@example.org", Qt::ControlModifier, "mailto:someone@example.org");
    row("https://example.org/plain-click", Qt::NoModifier, "");
    row("file:///etc/passwd", Qt::ControlModifier, "");
    row("ssh://-oProxyCommand=x/", Qt::ControlModifier, "");
    row("ssh://web01/", Qt::ControlModifier, "");
    row("javascript://example.org/%0aalert(1)", Qt::ControlModifier, "");
    row("smb://example.org/share", Qt::ControlModifier, "");
    row("vnc://example.org/share", Qt::ControlModifier, "");
}

void TerminalViewTest::onlyWebAndMailLinksOpen()
{
    QFETCH(QByteArray, text);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(QString, opened);
    for (const char *scheme : {"http", "https", "mailto", "file", "ssh", "smb", "vnc"}) {
        QDesktopServices::setUrlHandler(scheme, this, "recordUrl");
    }
    show(text + "\r\n");

    QTest::mouseClick(display(), Qt::LeftButton, modifiers, QPoint(30, 12));

    const QList<QUrl> expected = opened.isEmpty() ? QList<QUrl>() : QList<QUrl>{QUrl(opened)};
    QCOMPARE(m_openedUrls, expected);
    for (const char *scheme : {"http", "https", "mailto", "file", "ssh", "smb", "vnc"}) {
        QDesktopServices::unsetUrlHandler(scheme);
    }
}

void TerminalViewTest::serverLinksAreForTheWindow()
{
    QSignalSpy activated(m_view.get(), &TerminalView::serverLinkActivated);
    show("ssh://me@web01:2222/\r\nssh://-oProxyCommand=x/\r\n");
    const int row = display()->fontMetrics().height();

    QTest::mouseClick(display(), Qt::LeftButton, Qt::ControlModifier, QPoint(30, 12 + row));
    QTest::mouseClick(display(), Qt::LeftButton, Qt::NoModifier, QPoint(30, 12));
    QCOMPARE(activated.count(), 0);
    QTest::mouseClick(display(), Qt::LeftButton, Qt::ControlModifier, QPoint(30, 12));

    QCOMPARE(activated, QList<QVariantList>{{QUrl("ssh://me@web01:2222/")}});
}

void TerminalViewTest::menuCopiesAndOpensLinks()
{
    QDesktopServices::setUrlHandler("https", this, "recordUrl");
    show("https://example.org/path\r\nsmb://example.org/x\r\n");
    const auto texts = [this](QPoint place, const QString &chosen) {
        QContextMenuEvent click(QContextMenuEvent::Mouse, place, display()->mapToGlobal(place));
        QApplication::sendEvent(display(), &click);
        auto *menu = m_view->findChild<QMenu *>("terminalMenu");
        QStringList found;
        for (QAction *action : menu->actions()) {
            found << action->text();
            if (action->text() == chosen) {
                action->trigger();
            }
        }
        delete menu;
        return found;
    };
    const int row = display()->fontMetrics().height();

    QVERIFY(texts(QPoint(30, 12), "&Open link").contains("Copy l&ink"));
    QCOMPARE(m_openedUrls, QList<QUrl>{QUrl("https://example.org/path")});
    texts(QPoint(30, 12), "Copy l&ink");
    QCOMPARE(QApplication::clipboard()->text(), "https://example.org/path");
    QVERIFY(!texts(QPoint(30, 12 + row), "Copy l&ink").contains("&Open link"));
    QCOMPARE(QApplication::clipboard()->text(), "smb://example.org/x");
    QVERIFY(!texts(QPoint(400, 300), {}).contains("Copy l&ink"));
    QDesktopServices::unsetUrlHandler("https");
}

void TerminalViewTest::pathsAreFoundUnderTheMouse()
{
    QSignalSpy activated(m_view.get(), &TerminalView::pathActivated);
    const int columns = m_view->columns();
    const QByteArray before(columns - 4, '.');
    show("see /srv/www and src/x\r\n" + before + " /long/path\r\n" + "\xe6\xbc\xa2 /etc\r\n");
    const int width = display()->inputMethodQuery(Qt::ImCursorRectangle).toRect().width();
    const int height = display()->inputMethodQuery(Qt::ImCursorRectangle).toRect().height();
    const auto click = [&](int row, int column,
                           Qt::KeyboardModifiers modifiers = Qt::ControlModifier) {
        activated.clear();
        QTest::mouseClick(display(), Qt::LeftButton, modifiers,
                          QPoint(4 + column * width + width / 2, 4 + row * height + height / 2));
        return activated.isEmpty() ? QByteArray() : activated.first().first().toByteArray();
    };

    QCOMPARE(click(0, 4), QByteArray("/srv/www"));
    QCOMPARE(click(0, 11), QByteArray("/srv/www"));
    QCOMPARE(click(0, 12), QByteArray());
    QCOMPARE(click(0, 4, Qt::NoModifier), QByteArray());
    QCOMPARE(click(0, 18), QByteArray()); // from where?
    m_view->setDirectory("/home/me");
    QCOMPARE(click(0, 18), QByteArray("/home/me/src/x"));
    QCOMPARE(click(1, columns - 2), QByteArray("/long/path")); // on two rows
    QCOMPARE(click(2, 2), QByteArray("/long/path"));
    QCOMPARE(click(3, 4), QByteArray("/etc")); // behind a letter of two cells
    QCOMPARE(click(3, 40), QByteArray());
    m_view->setModes({.mouseTracking = true});
    QCOMPARE(click(0, 4), QByteArray());
}

void TerminalViewTest::bellDoesWhatIsChosen()
{
    using Bell = TerminalAppearance::Bell;
    QSignalSpy rang(m_view.get(), &TerminalView::bellRang);
    const auto *flash = m_view->findChild<QWidget *>("bellFlash");
    TerminalAppearance appearance = TerminalAppearance::of(m_settings);
    PtyInput input(m_view->inputDescriptor());
    const auto isRung = [&](Bell bell) {
        appearance.bell = bell;
        m_view->setAppearance(appearance);
        const qsizetype before = rang.count();
        input.write("\a");
        return QTest::qWaitFor([&] { return rang.count() > before; }, 1000);
    };

    QVERIFY(isRung(Bell::Mark));
    QVERIFY(!flash->isVisible());
    QVERIFY(!isRung(Bell::None)); // and the widget takes no other within that time
    QVERIFY(isRung(Bell::Visual));
    QVERIFY(flash->isVisible());
    QTRY_VERIFY(!flash->isVisible());
}

void TerminalViewTest::writingNeverBlocks()
{
    PtyInput input(m_view->inputDescriptor());
    const QByteArray flood(1'000'000, 'x');

    const qsizetype written = input.write(flood); // the reader is this thread, and does not read

    QVERIFY(written > 0 && written < flood.size());
    QCOMPARE(input.write(flood), 0);
    QSignalSpy writable(&input, &PtyInput::writable);
    input.setNotifying(true);
    QVERIFY(writable.wait());
}

QTEST_MAIN(TerminalViewTest)

#include "TerminalViewTest.moc"
