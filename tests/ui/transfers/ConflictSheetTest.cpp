#include "ui/transfers/ConflictSheet.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using files::FilePath;
using transfer::AnswerScope;
using transfer::ConflictAnswer;
using ui::ConflictSheet;

class ConflictSheetTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void skipHasTheFocus();
    void enterSkipsThisFileAlone();
    void escapeSkips();
    void buttonsAnswer_data();
    void buttonsAnswer();
    void hostileNamesAreShownAsText();
    void onlyWhatIsShorterIsResumed();
    void folderInTheWayIsNotReplaced();
    void folderOfTheConflictIsTold();

private:
    void present(const QByteArray &name, std::optional<quint32> permissions = std::nullopt,
                 quint64 bytesThere = 42);
    void present(const transfer::Conflict &conflict);
    QStringList texts() const;

    struct Given
    {
        ConflictAnswer answer;
        AnswerScope scope;
    };
    std::unique_ptr<QWidget> m_window;
    ConflictSheet *m_sheet = nullptr;
    QList<Given> m_given;
};

void ConflictSheetTest::init()
{
    m_given.clear();
    present("report.txt");
}

void ConflictSheetTest::present(const QByteArray &name, std::optional<quint32> permissions,
                                quint64 bytesThere)
{
    transfer::Conflict conflict;
    conflict.target = files::FilePath("/srv").child(name);
    conflict.sourceEntry.attributes.size = 5000;
    conflict.targetEntry.attributes.size = bytesThere;
    conflict.sourceEntry.attributes.permissions = permissions;
    conflict.targetEntry.attributes.permissions = permissions;
    present(conflict);
}

QStringList ConflictSheetTest::texts() const
{
    QStringList texts;
    for (const QLabel *label : m_sheet->findChildren<QLabel *>()) {
        texts << label->text();
    }
    return texts;
}

void ConflictSheetTest::present(const transfer::Conflict &conflict)
{
    m_window = std::make_unique<QWidget>();
    m_sheet = new ConflictSheet(conflict, m_window.get());
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_sheet);
    connect(m_sheet, &ConflictSheet::answered, this,
            [this](ConflictAnswer answer, AnswerScope scope) { m_given.append({answer, scope}); });
    m_window->show();
    m_sheet->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ConflictSheetTest::skipHasTheFocus()
{
    auto *skip = m_sheet->findChild<QPushButton *>(QStringLiteral("conflictSkip"));

    QTRY_VERIFY(skip->hasFocus());
}

void ConflictSheetTest::enterSkipsThisFileAlone()
{
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);

    QCOMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first().answer, ConflictAnswer::Skip);
    QCOMPARE(m_given.first().scope, AnswerScope::ThisFile);
}

void ConflictSheetTest::escapeSkips()
{
    m_sheet->findChild<QCheckBox *>(QStringLiteral("conflictForAll"))->click();
    QTest::keyClick(m_sheet, Qt::Key_Escape);

    QCOMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first().answer, ConflictAnswer::Skip);
    QCOMPARE(m_given.first().scope, AnswerScope::ThisFile);
}

void ConflictSheetTest::buttonsAnswer_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<ConflictAnswer>("answer");

    QTest::newRow("overwrite") << "conflictOverwrite" << ConflictAnswer::Overwrite;
    QTest::newRow("keep both") << "conflictKeepBoth" << ConflictAnswer::KeepBoth;
    QTest::newRow("skip") << "conflictSkip" << ConflictAnswer::Skip;
}

void ConflictSheetTest::buttonsAnswer()
{
    QFETCH(QString, button);
    QFETCH(ConflictAnswer, answer);

    m_sheet->findChild<QCheckBox *>(QStringLiteral("conflictForAll"))->click();
    QTest::mouseClick(m_sheet->findChild<QPushButton *>(button), Qt::LeftButton);

    QCOMPARE(m_given.size(), 1);
    QCOMPARE(m_given.first().answer, answer);
    QCOMPARE(m_given.first().scope, AnswerScope::AllFiles);
}

void ConflictSheetTest::hostileNamesAreShownAsText()
{
    present("<b>\n\xe2\x80\xae");

    bool isShown = false;
    for (const QLabel *label : m_sheet->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        isShown = isShown || label->text().contains(QStringLiteral("<b>\\x0A\\u{202E}"));
    }
    QVERIFY(isShown);
}

void ConflictSheetTest::onlyWhatIsShorterIsResumed()
{
    const auto button
        = [this] { return m_sheet->findChild<QPushButton *>(QStringLiteral("conflictResume")); };
    constexpr quint32 regularFile = 0100644;
    QVERIFY(!button()->isVisible()); // nobody knows what is there
    present("report.txt", regularFile, 5000);
    QVERIFY(!button()->isVisible());
    m_sheet->findChild<QCheckBox *>(QStringLiteral("conflictForAll"))->click();
    QVERIFY(button()->isVisible()); // for others
    present("report.txt", regularFile, 42);
    QVERIFY(button()->isVisible());

    button()->click();
    QCOMPARE(m_given.size(), 1);
    QCOMPARE(m_given[0].answer, ConflictAnswer::Resume);
}

void ConflictSheetTest::folderInTheWayIsNotReplaced()
{
    transfer::Conflict conflict;
    conflict.target = FilePath("/srv/report.txt");
    conflict.sourceEntry.attributes.permissions = 0100644;
    conflict.sourceEntry.attributes.size = 5000;
    conflict.targetEntry.attributes.permissions = 040755;
    conflict.targetEntry.attributes.size = 4096;
    present(conflict);

    m_sheet->findChild<QCheckBox *>(QStringLiteral("conflictForAll"))->click();

    QStringList offered;
    for (const QPushButton *button : m_sheet->findChildren<QPushButton *>()) {
        offered << button->text();
    }
    QCOMPARE(offered, QStringList({QStringLiteral("Keep both"), QStringLiteral("Skip")}));
    QVERIFY(texts().contains(QStringLiteral("a folder")));
    QVERIFY(!texts().join(u' ').contains(QStringLiteral("4,096")));
}

void ConflictSheetTest::folderOfTheConflictIsTold()
{
    QVERIFY(texts().contains(QStringLiteral("in /srv")));

    transfer::Conflict conflict;
    const QByteArray directory = "/first/<b>" + QByteArray(300, 'x') + "/last";
    conflict.target = FilePath(directory + "/report.txt");
    present(conflict);

    const auto *place = m_sheet->findChild<QLabel *>(QStringLiteral("conflictPlace"));
    QVERIFY(place->text().startsWith(QStringLiteral("in /first")));
    QVERIFY(place->text().endsWith(QStringLiteral("/last")));
    QVERIFY(place->text().size() < directory.size());
    QVERIFY(place->toolTip().contains(QString::fromUtf8(directory).toHtmlEscaped()));
}

QTEST_MAIN(ConflictSheetTest)

#include "ConflictSheetTest.moc"
