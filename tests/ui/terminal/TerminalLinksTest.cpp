// Links and paths on the screen of a terminal.

#include "TerminalViewFixture.h"
#include "ui/terminal/PtyInput.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using ui::TerminalView;

class TerminalLinksTest : public TerminalViewFixture
{
    Q_OBJECT

public slots:
    void recordUrl(const QUrl &url) { m_openedUrls.append(url); }

private slots:
    void init()
    {
        m_openedUrls.clear();
        QVERIFY(showView());
    }
    void cleanup() { m_view.reset(); }

    void onlyWebAndMailLinksOpen_data();
    void onlyWebAndMailLinksOpen();
    void serverLinksAreForTheWindow();
    void menuCopiesAndOpensLinks();
    void pathsAreFoundUnderTheMouse();
    void hoverShowsWhatAClickOpens();
    void hoverShowsNothingWhereNothingOpens();
    void wrappedPathIsUnderlinedInEachRow();

private:
    QList<QUrl> m_openedUrls;
};

void TerminalLinksTest::onlyWebAndMailLinksOpen_data()
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

void TerminalLinksTest::onlyWebAndMailLinksOpen()
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

void TerminalLinksTest::serverLinksAreForTheWindow()
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

void TerminalLinksTest::menuCopiesAndOpensLinks()
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

void TerminalLinksTest::pathsAreFoundUnderTheMouse()
{
    QSignalSpy activated(m_view.get(), &TerminalView::pathActivated);
    const int columns = m_view->columns();
    const QByteArray before(columns - 4, '.');
    show("see /srv/www and src/x\r\n" + before + " /long/path\r\n" + "\xe6\xbc\xa2 /etc\r\n");
    const int width = display()->inputMethodQuery(Qt::ImCursorRectangle).toRect().width();
    const int height = display()->inputMethodQuery(Qt::ImCursorRectangle).toRect().height();
    const auto click
        = [&](int row, int column, Qt::KeyboardModifiers modifiers = Qt::ControlModifier) {
              activated.clear();
              QTest::mouseClick(display(), Qt::LeftButton, modifiers,
                                QPoint(column * width + width / 2, row * height + height / 2));
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

namespace {

QPoint cell(QWidget *display, int row, int column)
{
    const QRect cursor = display->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    return {column * cursor.width() + cursor.width() / 2,
            row * cursor.height() + cursor.height() / 2};
}

// Rows of the picture of the widget in which a line is drawn that was not there before.
int changedRows(const QImage &before, const QImage &after)
{
    int rows = 0;
    for (int y = 0; y < before.height(); ++y) {
        bool isChanged = false;
        for (int x = 0; x < before.width() && !isChanged; ++x) {
            isChanged = before.pixel(x, y) != after.pixel(x, y);
        }
        rows += isChanged ? 1 : 0;
    }
    return rows;
}

} // namespace

void TerminalLinksTest::hoverShowsWhatAClickOpens()
{
    show("see /srv/www and https://example.org/x\r\n");
    const auto *hover = display()->findChild<QWidget *>("linkHover");
    QVERIFY(display()->hasMouseTracking());
    QTest::mouseClick(display(), Qt::LeftButton, Qt::NoModifier, cell(display(), 5, 1)); // no Ctrl

    QTest::mouseMove(display(), cell(display(), 0, 6));
    QTRY_VERIFY(hover->isVisible());
    QVERIFY(display()->toolTip().contains("Ctrl+click shows /srv/www in the files"));
    const Qt::CursorShape usual = display()->cursor().shape();
    QCOMPARE(usual, Qt::IBeamCursor);
    QTest::keyPress(display(), Qt::Key_Control, Qt::ControlModifier);
    QCOMPARE(display()->cursor().shape(), Qt::PointingHandCursor);
    QTest::keyRelease(display(), Qt::Key_Control);
    QCOMPARE(display()->cursor().shape(), usual);

    QTest::mouseMove(display(), cell(display(), 0, 22));
    QTRY_VERIFY(display()->toolTip().contains("Ctrl+click opens https://example.org/x"));

    QTest::mouseMove(display(), cell(display(), 0, 1)); // "see"
    QTRY_VERIFY(display()->toolTip().isEmpty());
    QVERIFY(!hover->isVisible());
}

void TerminalLinksTest::hoverShowsNothingWhereNothingOpens()
{
    show("smb://example.org/x /srv\r\n");
    m_view->setModes({.mouseTracking = true}); // the clicks are the program's
    QTest::mouseMove(display(), cell(display(), 0, 21));
    QTest::mouseMove(display(), cell(display(), 0, 22));
    QVERIFY(display()->toolTip().isEmpty());

    m_view->setModes({});
    QTest::mouseMove(display(), cell(display(), 0, 21));
    QTRY_VERIFY(!display()->toolTip().isEmpty());
    QTest::mouseMove(display(), cell(display(), 0, 1)); // an address that is not opened
    QTRY_VERIFY(display()->toolTip().isEmpty());
}

void TerminalLinksTest::wrappedPathIsUnderlinedInEachRow()
{
    const QByteArray before(m_view->columns() - 4, '.');
    show(before + " /long/path\r\n");
    const auto *hover = display()->findChild<QWidget *>("linkHover");
    const QImage plain = display()->grab().toImage();

    QTest::mouseMove(display(), cell(display(), 1, 2));

    QTRY_VERIFY(hover->isVisible());
    QCOMPARE(changedRows(plain, display()->grab().toImage()), 2);
}

QTEST_MAIN(TerminalLinksTest)
#include "TerminalLinksTest.moc"
