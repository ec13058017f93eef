#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using ui::TerminalView;

// All ways to paste, through the widget that a user has before him.
class PasteTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_view.reset(); }

    void everyRouteIsCleaned_data();
    void everyRouteIsCleaned();
    void bracketsAreSentWhenAskedFor();
    void severalLinesAreAskedAbout_data();
    void severalLinesAreAskedAbout();
    void whatWouldBeSentIsShown();
    void productionAlwaysAsksAndNamesTheHost();
    void ruleOfTheSettingsIsFollowed();
    void cancelHasTheFocusAndSendsNothing();
    void escapeCancels();
    void confirmSends();
    void middleButtonBelongsToAProgramThatTracksTheMouse();

private:
    enum class Route { ShortcutV, ShiftInsert, MiddleButton, ControlMiddleButton, Drop, Slot };

    void pasteBy(Route route, const QString &text);
    QWidget *display() const { return m_view->focusProxy(); }
    QWidget *bar() const { return m_view->findChild<QWidget *>("pasteBar"); }
    QPushButton *button(const QString &name) const
    {
        return m_view->findChild<QPushButton *>(name);
    }
    QString question() const { return m_view->findChild<QLabel *>("pasteQuestion")->text(); }
    QString shownText() const
    {
        return m_view->findChild<QPlainTextEdit *>("pasteText")->toPlainText();
    }
    QByteArray typed() const;
    static void addRoutes();

    std::unique_ptr<TerminalView> m_view;
    std::unique_ptr<QSignalSpy> m_typed;
};

void PasteTest::init()
{
    m_view = std::make_unique<TerminalView>();
    m_view->resize(800, 480);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    m_typed = std::make_unique<QSignalSpy>(m_view.get(), &TerminalView::typed);
}

QByteArray PasteTest::typed() const
{
    QByteArray all;
    for (const QVariantList &arguments : *m_typed) {
        all += arguments.first().toByteArray();
    }
    return all;
}

void PasteTest::pasteBy(Route route, const QString &text)
{
    QClipboard *clipboard = QApplication::clipboard();
    clipboard->setText(text);
    if (clipboard->supportsSelection()) {
        clipboard->setText(text, QClipboard::Selection);
    }
    switch (route) {
    case Route::ShortcutV:
        QTest::keyClick(display(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        break;
    case Route::ShiftInsert:
        QTest::keyClick(display(), Qt::Key_Insert, Qt::ShiftModifier);
        break;
    case Route::MiddleButton:
        QTest::mouseClick(display(), Qt::MiddleButton);
        break;
    case Route::ControlMiddleButton:
        QTest::mouseClick(display(), Qt::MiddleButton, Qt::ControlModifier);
        break;
    case Route::Drop: {
        QMimeData data;
        data.setText(text);
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(display(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(display(), &drop);
        break;
    }
    case Route::Slot:
        m_view->paste();
        break;
    }
}

void PasteTest::addRoutes()
{
    QTest::addColumn<Route>("route");
    QTest::newRow("Ctrl+Shift+V") << Route::ShortcutV;
    QTest::newRow("Shift+Insert") << Route::ShiftInsert;
    QTest::newRow("middle button") << Route::MiddleButton;
    QTest::newRow("Ctrl and middle button") << Route::ControlMiddleButton;
    QTest::newRow("drop") << Route::Drop;
    QTest::newRow("menu") << Route::Slot;
}

void PasteTest::everyRouteIsCleaned_data()
{
    addRoutes();
}

void PasteTest::everyRouteIsCleaned()
{
    QFETCH(Route, route);

    pasteBy(route, "ls\x1b[201~\x03 -l");

    QVERIFY(bar()->isVisible());
    QCOMPARE(shownText(), "ls[201~ -l");
    QVERIFY(question().contains("control characters"));
    QTest::mouseClick(button("pasteConfirm"), Qt::LeftButton);
    QCOMPARE(typed(), QByteArray("ls[201~ -l"));
}

void PasteTest::bracketsAreSentWhenAskedFor()
{
    m_view->setModes({.bracketedPaste = true});

    pasteBy(Route::ShortcutV, "a\nb");
    QCOMPARE(typed(), QByteArray("\x1b[200~a\rb\x1b[201~"));
    QVERIFY(!bar()->isVisible());

    m_typed->clear();
    pasteBy(Route::ShortcutV, "a\nb\x1b[201~c");
    QTest::mouseClick(button("pasteConfirm"), Qt::LeftButton);
    QCOMPARE(typed(), QByteArray("\x1b[200~a\rb[201~c\x1b[201~"));
}

void PasteTest::severalLinesAreAskedAbout_data()
{
    addRoutes();
}

void PasteTest::severalLinesAreAskedAbout()
{
    QFETCH(Route, route);

    pasteBy(route, "rm -rf ~\n");

    QVERIFY(bar()->isVisible());
    QCOMPARE(typed(), QByteArray());
}

void PasteTest::whatWouldBeSentIsShown()
{
    pasteBy(Route::ShortcutV,
            QString::fromUtf8("cd /tmp\n\u202e"
                              "rm\n"));
    QCOMPARE(shownText(), QString::fromUtf8("cd /tmp\n\\u{202E}rm\n"));
    QVERIFY(question().contains("2 lines"));
    QVERIFY(question().contains("run at once"));

    pasteBy(Route::Slot, QString(100'000, u'x') + u'\n'); // not all of it
    QVERIFY(shownText().size() < 30'000);
    QVERIFY(shownText().endsWith(QString::fromUtf8("…")));
}

void PasteTest::productionAlwaysAsksAndNamesTheHost()
{
    m_view->setCaution("web01 is a production server.");
    m_view->setModes({.bracketedPaste = true});

    pasteBy(Route::ShortcutV, "a\nb");
    QVERIFY(bar()->isVisible());
    QCOMPARE(typed(), QByteArray());
    QVERIFY(question().startsWith("web01 is a production server."));
    QVERIFY(!question().contains("at once")); // the program holds it together
    QTest::mouseClick(button("pasteConfirm"), Qt::LeftButton);
    QCOMPARE(typed(), QByteArray("\x1b[200~a\rb\x1b[201~"));

    m_typed->clear();
    ui::TerminalAppearance appearance;
    appearance.font = m_view->font();
    appearance.pasteRule = ui::PasteRule::Never;
    m_view->setAppearance(appearance);
    pasteBy(Route::ShortcutV, "a\nb");
    QVERIFY(bar()->isVisible()); // whatever the settings say
}

void PasteTest::ruleOfTheSettingsIsFollowed()
{
    ui::TerminalAppearance appearance;
    appearance.font = m_view->font();
    appearance.pasteRule = ui::PasteRule::Never;
    m_view->setAppearance(appearance);
    pasteBy(Route::ShortcutV, "a\nb");
    QCOMPARE(typed(), QByteArray("a\rb"));

    appearance.pasteRule = ui::PasteRule::Always;
    m_view->setAppearance(appearance);
    m_view->setModes({.bracketedPaste = true});
    m_typed->clear();
    pasteBy(Route::ShortcutV, "a\nb");
    QVERIFY(bar()->isVisible());
    QCOMPARE(typed(), QByteArray());
}

void PasteTest::cancelHasTheFocusAndSendsNothing()
{
    pasteBy(Route::ShortcutV, "a\nb");
    QCOMPARE(QApplication::focusWidget(), button("pasteCancel"));

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);

    QVERIFY(!bar()->isVisible());
    QCOMPARE(QApplication::focusWidget(), display());
    QCOMPARE(typed(), QByteArray());
}

void PasteTest::escapeCancels()
{
    pasteBy(Route::ShortcutV, "a\nb");

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);

    QVERIFY(!bar()->isVisible());
    QCOMPARE(typed(), QByteArray());
}

void PasteTest::confirmSends()
{
    pasteBy(Route::ShortcutV, "a\nb");

    QTest::mouseClick(button("pasteConfirm"), Qt::LeftButton);

    QVERIFY(!bar()->isVisible());
    QCOMPARE(typed(), QByteArray("a\rb"));
}

void PasteTest::middleButtonBelongsToAProgramThatTracksTheMouse()
{
    m_view->setModes({.mouseTracking = true});
    pasteBy(Route::Slot, "x");
    m_typed->clear();

    QMouseEvent press(QEvent::MouseButtonPress, QPointF(50, 50), QPointF(50, 50), Qt::MiddleButton,
                      Qt::MiddleButton, Qt::ShiftModifier);
    QApplication::sendEvent(display(), &press);
    QCOMPARE(typed(), QByteArray("x")); // with Shift it is ours again
}

QTEST_MAIN(PasteTest)

#include "PasteTest.moc"
