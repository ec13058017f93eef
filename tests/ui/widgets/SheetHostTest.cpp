#include "ui/widgets/SheetHost.h"

#include "ui/widgets/ConfirmSheet.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleOption>
#include <QTest>

using ui::ConfirmSheet;
using ui::SheetHost;

namespace {

ConfirmSheet *createSheet(QWidget &parent)
{
    return new ConfirmSheet(QStringLiteral("Really?"), QStringLiteral("It goes."),
                            QStringLiteral("Go"), &parent);
}

} // namespace

class SheetHostTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sheetHasTheFocusOnTheSafeButton();
    void escapeCancelsAndGivesTheFocusBack();
    void focusReturnsToWhereItWasInTheWindow();
    void focusThatHasLeftTheSheetStays();
    void enterPressesTheFocusedButton();
    void enterInAFieldPressesTheDefaultButton();
    void contentTakesNoInputMeanwhile();
    void secondSheetWaitsForTheFirst();
    void waitingSheetMayBeWithdrawn();
    void tabStaysInsideTheSheet();
    void sheetStaysInsideASmallHost();
    void nothingScrollsWhereThereIsRoom();

private:
    std::unique_ptr<SheetHost> m_host;
    QLineEdit *m_content = nullptr;
};

void SheetHostTest::init()
{
    m_host = std::make_unique<SheetHost>();
    m_content = new QLineEdit;
    m_host->setContent(m_content);
    m_host->resize(900, 600);
    m_host->show();
    QVERIFY(QTest::qWaitForWindowActive(m_host.get()));
    m_content->setFocus();
}

void SheetHostTest::cleanup()
{
    m_host.reset();
}

void SheetHostTest::sheetHasTheFocusOnTheSafeButton()
{
    m_host->present(createSheet(*m_host));
    const auto *cancel = m_host->findChild<QWidget *>(QStringLiteral("confirmCancel"));
    QVERIFY(cancel->hasFocus());
    QStyleOption option;
    option.initFrom(cancel);
    QVERIFY(option.state.testFlag(QStyle::State_KeyboardFocusChange)); // it is marked
}

void SheetHostTest::escapeCancelsAndGivesTheFocusBack()
{
    const QPointer<ConfirmSheet> sheet = createSheet(*m_host);
    QSignalSpy cancelled(sheet.data(), &ui::Sheet::cancelled);
    m_host->present(sheet);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(m_host->currentSheet() == nullptr);
    QVERIFY(m_content->hasFocus());
    QTRY_VERIFY(sheet.isNull());
}

void SheetHostTest::focusReturnsToWhereItWasInTheWindow()
{
    QWidget window;
    auto *outside = new QLineEdit(&window);
    auto *host = new SheetHost(&window);
    host->setContent(new QLineEdit);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    outside->setFocus();
    ConfirmSheet *sheet = createSheet(*host);

    host->present(sheet);
    QVERIFY(outside->hasFocus()); // typing there goes on
    sheet->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);

    QVERIFY(outside->hasFocus());
}

void SheetHostTest::focusThatHasLeftTheSheetStays()
{
    QWidget window;
    auto *outside = new QLineEdit(&window);
    auto *host = new SheetHost(&window);
    auto *content = new QLineEdit;
    host->setContent(content);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    content->setFocus();
    ConfirmSheet *sheet = createSheet(*host);
    host->present(sheet);

    outside->setFocus();
    sheet->cancel(); // the server has given up, for one

    QVERIFY(outside->hasFocus());
}

void SheetHostTest::enterInAFieldPressesTheDefaultButton()
{
    class Question : public ui::Sheet
    {
    public:
        using Sheet::setDefaultButton;
    };
    auto *sheet = new Question;
    auto *field = new QLineEdit(sheet);
    auto *accept = new QPushButton(QStringLiteral("Go"), sheet);
    sheet->setDefaultButton(accept);
    QSignalSpy clicked(accept, &QPushButton::clicked);
    m_host->present(sheet);

    field->setFocus();
    QTest::keyClick(field, Qt::Key_Return);
    accept->setEnabled(false);
    QTest::keyClick(field, Qt::Key_Return);

    QCOMPARE(clicked.count(), 1);
}

void SheetHostTest::enterPressesTheFocusedButton()
{
    ConfirmSheet *sheet = createSheet(*m_host);
    QSignalSpy confirmed(sheet, &ConfirmSheet::confirmed);
    m_host->present(sheet);
    auto *accept = sheet->findChild<QPushButton *>(QStringLiteral("confirmAccept"));
    accept->setFocus();
    QTest::keyClick(accept, Qt::Key_Return);
    QCOMPARE(confirmed.count(), 1);
}

void SheetHostTest::contentTakesNoInputMeanwhile()
{
    m_host->present(createSheet(*m_host));
    QTest::keyClicks(m_content, QStringLiteral("x"));
    QVERIFY(m_content->text().isEmpty());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTest::keyClicks(m_content, QStringLiteral("x"));
    QCOMPARE(m_content->text(), QStringLiteral("x"));
}

void SheetHostTest::secondSheetWaitsForTheFirst()
{
    ConfirmSheet *first = createSheet(*m_host);
    ConfirmSheet *second = createSheet(*m_host);
    m_host->present(first);
    m_host->present(second);
    QVERIFY(first->isVisible());
    QVERIFY(!second->isVisible());
    first->cancel();
    QVERIFY(second->isVisible());
    QVERIFY(second->isAncestorOf(QApplication::focusWidget()));
    second->cancel();
    QVERIFY(m_content->isEnabled());
}

void SheetHostTest::waitingSheetMayBeWithdrawn()
{
    ConfirmSheet *first = createSheet(*m_host);
    ConfirmSheet *second = createSheet(*m_host);
    m_host->present(first);
    m_host->present(second);
    second->cancel();
    QVERIFY(first->isVisible());
    QCOMPARE(m_host->currentSheet(), first);
    first->cancel();
    QVERIFY(m_host->currentSheet() == nullptr);
}

void SheetHostTest::tabStaysInsideTheSheet()
{
    ConfirmSheet *sheet = createSheet(*m_host);
    m_host->present(sheet);
    QSet<QString> visited;
    for (int step = 0; step < 5; ++step) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(sheet->isAncestorOf(QApplication::focusWidget()));
        visited.insert(QApplication::focusWidget()->objectName());
    }
    QCOMPARE(visited, QSet({QStringLiteral("confirmAccept"), QStringLiteral("confirmCancel")}));
}

void SheetHostTest::sheetStaysInsideASmallHost()
{
    ConfirmSheet *sheet = createSheet(*m_host);
    m_host->present(sheet);
    m_host->resize(300, 60);
    const QRect shown(sheet->parentWidget()->mapTo(m_host.get(), QPoint()),
                      sheet->parentWidget()->size());
    QVERIFY(m_host->rect().contains(shown));
}

// A bar that was needed for a moment made some texts a line longer, and stayed for that line.
void SheetHostTest::nothingScrollsWhereThereIsRoom()
{
    for (int words = 40; words < 100; ++words) {
        const QString text = QStringLiteral("i ").repeated(words).trimmed();
        auto *sheet
            = new ConfirmSheet(QStringLiteral("Really?"), text, QStringLiteral("Go"), m_host.get());
        m_host->resize(900, 80);
        m_host->present(sheet);
        QCoreApplication::processEvents();
        m_host->resize(900, 600);
        QCoreApplication::processEvents();
        const auto *area = m_host->findChild<QScrollArea *>();
        QVERIFY2(!area->verticalScrollBar()->isVisible(), qPrintable(text));
        sheet->cancel();
    }
}

QTEST_MAIN(SheetHostTest)
#include "SheetHostTest.moc"
