#include "ui/prompts/HostKeySheet.h"

#include "tests/support/FocusWalk.h"
#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"
#include "ui/widgets/SheetHost.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using Status = hostkeys::HostKeyVerdict::Status;
using ui::HostKeySheet;

class HostKeySheetTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void showsWhatSshKeygenShows();
    void cancelHasTheFocus();
    void tabGoesAsPeopleReadAndIsSeen();
    void acceptingSaysHow_data();
    void acceptingSaysHow();
    void expectedFingerprintIsCompared_data();
    void expectedFingerprintIsCompared();
    void fingerprintOfTheAddressIsFilledIn();
    void otherTypeSaysWhatIsKnown();

private:
    HostKeySheet *present(Status status, const QString &expected = {});
    QString keygen(const QStringList &options) const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_host->findChild<T *>(QString::fromLatin1(name));
    }

    QTemporaryDir m_directory;
    std::optional<hostkeys::HostKey> m_key;
    std::unique_ptr<ui::SheetHost> m_host;
};

void HostKeySheetTest::initTestCase()
{
    const auto pair = tests::generateKey(m_directory.filePath(QStringLiteral("key")));
    QVERIFY(pair);
    m_key = hostkeys::HostKey::fromBlob(pair->publicBlob()).value();
}

void HostKeySheetTest::init()
{
    m_host = std::make_unique<ui::SheetHost>();
    m_host->resize(900, 700);
    m_host->show();
    QVERIFY(QTest::qWaitForWindowActive(m_host.get()));
}

void HostKeySheetTest::cleanup()
{
    m_host.reset();
}

HostKeySheet *HostKeySheetTest::present(Status status, const QString &expected)
{
    hostkeys::HostKeyVerdict verdict;
    verdict.status = status;
    if (status == Status::OtherType) {
        const auto pair = tests::generateKey(m_directory.filePath(QStringLiteral("other")));
        verdict.decidedBy = hostkeys::Location{QStringLiteral("/known"), 3};
        verdict.knownKeys
            = {{hostkeys::HostKey::fromBlob(pair->publicBlob()).value(), *verdict.decidedBy}};
    }
    auto *sheet = new HostKeySheet(
        {QStringLiteral("web01"), 2222, QStringLiteral("192.0.2.1"), *m_key, verdict}, expected,
        m_host.get());
    m_host->present(sheet);
    return sheet;
}

// The second word of `ssh-keygen -l`, or all lines behind the first.
QString HostKeySheetTest::keygen(const QStringList &options) const
{
    const tests::ToolResult result = tests::runTool(
        {.program = QStringLiteral("ssh-keygen"),
         .arguments = options
             + QStringList{QStringLiteral("-f"), m_directory.filePath(QStringLiteral("key.pub"))}});
    return QString::fromUtf8(result.output).trimmed();
}

void HostKeySheetTest::showsWhatSshKeygenShows()
{
    present(Status::Unknown);
    QStringList shown;
    for (const QLabel *label : find<QWidget>("hostKeySheet")->findChildren<QLabel *>()) {
        shown.append(label->text());
    }
    const QString sha256 = keygen({QStringLiteral("-l")}).section(u' ', 1, 1);
    const QString md5 = keygen({QStringLiteral("-l"), QStringLiteral("-E"), QStringLiteral("md5")})
                            .section(u' ', 1, 1);
    const QString art = keygen({QStringLiteral("-lv")}).section(u'\n', 1);
    QVERIFY(shown.contains(sha256.section(u':', 1)));
    QVERIFY(shown.contains(md5.section(u':', 1)));
    QCOMPARE(find<QLabel>("hostKeyRandomart")->text(), art);
    for (const char *fact : {"web01", "2222", "192.0.2.1", "ED25519, 256 bits"}) {
        QVERIFY2(shown.contains(QString::fromLatin1(fact)), fact);
    }
}

void HostKeySheetTest::cancelHasTheFocus()
{
    QCOMPARE(present(Status::Unknown)->accessibleName(), QStringLiteral("Unknown host key"));
    QVERIFY(find<QPushButton>("hostKeyCancel")->hasFocus());
}

void HostKeySheetTest::tabGoesAsPeopleReadAndIsSeen()
{
    present(Status::OtherType);
    QCOMPARE(tests::focusFaults(*m_host).join(u'\n'), QString());
}

void HostKeySheetTest::acceptingSaysHow_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<ssh::HostKeyAnswer>("expected");
    QTest::newRow("once") << QStringLiteral("hostKeyAcceptOnce") << ssh::HostKeyAnswer::AcceptOnce;
    QTest::newRow("and save") << QStringLiteral("hostKeyAcceptSave")
                              << ssh::HostKeyAnswer::AcceptAndSave;
}

void HostKeySheetTest::acceptingSaysHow()
{
    QFETCH(QString, button);
    QFETCH(ssh::HostKeyAnswer, expected);
    QList<ssh::HostKeyAnswer> answers;
    connect(present(Status::Unknown), &HostKeySheet::accepted, this,
            [&](ssh::HostKeyAnswer answer) { answers.append(answer); });
    QTest::mouseClick(find<QPushButton>(button.toLatin1().constData()), Qt::LeftButton);
    QCOMPARE(answers, QList{expected});
    QTRY_VERIFY(find<QWidget>("hostKeySheet") == nullptr);
}

void HostKeySheetTest::expectedFingerprintIsCompared_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("verdict"); // its first word
    QTest::addColumn<bool>("mayAccept");
    const QString line = keygen({QStringLiteral("-l")});
    QTest::newRow("line of ssh-keygen") << line << QStringLiteral("Matches:") << true;
    QTest::newRow("fingerprint") << line.section(u' ', 1, 1) << QStringLiteral("Matches:") << true;
    QTest::newRow("another one") << QStringLiteral("SHA256:") + QString(43, u'A')
                                 << QStringLiteral("Differs:") << false;
    QTest::newRow("a part") << line.section(u' ', 1, 1).first(20) << QStringLiteral("This") << true;
    QTest::newRow("nothing") << QString() << QString() << true;
}

void HostKeySheetTest::expectedFingerprintIsCompared()
{
    QFETCH(QString, typed);
    QFETCH(bool, mayAccept);
    present(Status::Unknown);
    QTest::keyClicks(find<QLineEdit>("hostKeyExpected"), typed);
    QTEST(find<QLabel>("hostKeyComparison")->text().section(u' ', 0, 0), "verdict");
    QCOMPARE(find<QPushButton>("hostKeyAcceptOnce")->isEnabled(), mayAccept);
    QCOMPARE(find<QPushButton>("hostKeyAcceptSave")->isEnabled(), mayAccept);
}

void HostKeySheetTest::fingerprintOfTheAddressIsFilledIn()
{
    present(Status::Unknown, QStringLiteral("SHA256:") + QString(43, u'A'));
    QVERIFY(!find<QPushButton>("hostKeyAcceptSave")->isEnabled());
}

void HostKeySheetTest::otherTypeSaysWhatIsKnown()
{
    QVERIFY(present(Status::OtherType)
                ->accessibleDescription()
                .contains(QStringLiteral("ED25519 (/known:3)")));
}

QTEST_MAIN(HostKeySheetTest)
#include "HostKeySheetTest.moc"
