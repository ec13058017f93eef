#include "ui/prompts/PromptPresenter.h"

#include "hostkeys/Fingerprint.h"
#include "tests/support/TestKeys.h"
#include "ui/widgets/Sheet.h"
#include "ui/widgets/SheetHost.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using ui::PromptPresenter;
using ui::SheetHost;

namespace {

const QString password = QStringLiteral("correct horse");

ssh::Prompt passwordPrompt(int attempt = 1)
{
    return {7, ssh::PasswordQuestion{QStringLiteral("me"), QStringLiteral("web01"), attempt}};
}

ssh::Prompt challenge()
{
    ssh::ChallengeQuestion question;
    question.user = QStringLiteral("me");
    question.host = QStringLiteral("web01");
    question.instruction = QStringLiteral("<b>Enter</b>\x1b[31m both");
    question.items
        = {{QStringLiteral("Passphrase for key:"), false}, {QStringLiteral("Code:"), true}};
    return {8, question};
}

QStringList texts(const ssh::PromptAnswer &answer)
{
    QStringList list;
    for (const base::SecretString &secret : std::get<ssh::SecretAnswers>(answer)) {
        list.append(QString::fromUtf8(secret.utf8()));
    }
    return list;
}

} // namespace

class PromptPresenterTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void passwordIsAnsweredByEnter();
    void secondAttemptSaysThatTheFirstFailed();
    void cancelRefuses();
    void withdrawnPromptGoesWithoutAnswer();
    void passphraseLooksDifferent();
    void looseKeyIsMendedOnlyIfAskedTo();
    void proxyPasswordIsNoServersPassword();
    void jumpHostIsNamed();
    void challengeAnswersAllQuestions();
    void challengeShowsForeignTextAsItIs();
    void changedKeyHasNothingToAccept();
    void keyThatThePolicyRefusedNeedsNoSheet();

private:
    template<typename T>
    T *find(const char *name) const
    {
        return m_host->findChild<T *>(QString::fromLatin1(name));
    }
    ssh::HostKeyRefusal refusal(hostkeys::HostKeyVerdict::Status status) const;
    ssh::PromptAnswer answer() const { return m_answers.last(); }

    std::unique_ptr<SheetHost> m_host;
    std::unique_ptr<PromptPresenter> m_presenter;
    QList<ssh::PromptAnswer> m_answers;
    QTemporaryDir m_directory;
};

void PromptPresenterTest::init()
{
    m_answers.clear();
    m_host = std::make_unique<SheetHost>();
    m_host->resize(900, 700);
    m_host->show();
    QVERIFY(QTest::qWaitForWindowActive(m_host.get()));
    m_presenter = std::make_unique<PromptPresenter>(*m_host);
    connect(m_presenter.get(), &PromptPresenter::answered, this,
            [this](ssh::Prompt::Id, const ssh::PromptAnswer &answer) { m_answers.append(answer); });
}

void PromptPresenterTest::cleanup()
{
    m_presenter.reset();
    m_host.reset();
}

void PromptPresenterTest::passwordIsAnsweredByEnter()
{
    m_presenter->present(passwordPrompt());
    QCOMPARE(find<QWidget>("passwordSheet")->accessibleName(),
             QStringLiteral("Password for me at web01"));
    auto *edit = find<QLineEdit>("passwordEdit");
    QVERIFY(edit->hasFocus());
    QCOMPARE(edit->echoMode(), QLineEdit::Password);
    QVERIFY(!find<QLabel>("passwordRefused")->isVisible());
    QTest::keyClicks(edit, password);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_answers.size(), 1);
    QCOMPARE(texts(answer()), QStringList(password));
    QTRY_VERIFY(find<QWidget>("passwordSheet") == nullptr);
}

void PromptPresenterTest::secondAttemptSaysThatTheFirstFailed()
{
    m_presenter->present(passwordPrompt(2));
    QVERIFY(find<QLabel>("passwordRefused")->isVisible());
}

void PromptPresenterTest::cancelRefuses()
{
    m_presenter->present(passwordPrompt());
    QTest::mouseClick(find<QPushButton>("passwordCancel"), Qt::LeftButton);
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(std::holds_alternative<ssh::Refusal>(answer()));
}

void PromptPresenterTest::withdrawnPromptGoesWithoutAnswer()
{
    m_presenter->present(passwordPrompt());
    m_presenter->withdraw(7);
    QVERIFY(m_answers.isEmpty());
    QTRY_VERIFY(find<QWidget>("passwordSheet") == nullptr);
}

void PromptPresenterTest::proxyPasswordIsNoServersPassword()
{
    m_presenter->present(
        {9, ssh::ProxyPasswordQuestion{QStringLiteral("ada"), QStringLiteral("proxy:1080"), 1}});
    QVERIFY(find<QWidget>("passwordSheet") == nullptr);
    QCOMPARE(find<QWidget>("proxyPasswordSheet")->accessibleName(),
             QStringLiteral("Password for ada at the proxy proxy:1080"));
    auto *edit = find<QLineEdit>("proxyPasswordEdit");
    QTest::keyClicks(edit, password);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(texts(answer()), QStringList(password));
}

void PromptPresenterTest::jumpHostIsNamed()
{
    m_presenter->present(passwordPrompt());
    QVERIFY(find<QLabel>("promptJumpHost") == nullptr);
    m_presenter->withdraw(7);

    ssh::Prompt prompt = challenge();
    prompt.jumpHost = QStringLiteral("bastion:2222\x1b");
    m_presenter->present(prompt);
    auto *label = find<QLabel>("promptJumpHost");
    QVERIFY(label != nullptr && label->isVisible());
    QVERIFY2(label->text().contains(QStringLiteral("bastion:2222\\x1B")),
             qPrintable(label->text()));
    QVERIFY(find<QWidget>("challengeSheet")->accessibleDescription().contains(label->text()));
}

void PromptPresenterTest::passphraseLooksDifferent()
{
    m_presenter->present({9, ssh::PassphraseQuestion{QStringLiteral("/keys/id"), 1}});
    QVERIFY(find<QWidget>("passwordSheet") == nullptr);
    QCOMPARE(find<QWidget>("passphraseSheet")->accessibleName(),
             QStringLiteral("Passphrase for the key /keys/id"));
    auto *edit = find<QLineEdit>("passphraseEdit");
    QTest::keyClicks(edit, password);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(texts(answer()), QStringList(password));
}

void PromptPresenterTest::looseKeyIsMendedOnlyIfAskedTo()
{
    const ssh::Prompt prompt{9, ssh::KeyModeQuestion{QStringLiteral("/home/me/id"), 0640}};
    m_presenter->present(prompt);
    QVERIFY(find<QPushButton>("keyModeSkip")->hasFocus());
    QVERIFY(
        find<QWidget>("keyModeSheet")->accessibleName().contains(QStringLiteral("/home/me/id")));
    QTest::mouseClick(find<QPushButton>("keyModeSkip"), Qt::LeftButton);
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(std::holds_alternative<ssh::Refusal>(answer()));
    QTRY_VERIFY(find<QWidget>("keyModeSheet") == nullptr);

    m_presenter->present(prompt);
    QTest::mouseClick(find<QPushButton>("keyModeMend"), Qt::LeftButton);
    QCOMPARE(m_answers.size(), 2);
    QVERIFY(std::holds_alternative<ssh::KeyModeAnswer>(answer()));
}

void PromptPresenterTest::challengeAnswersAllQuestions()
{
    m_presenter->present(challenge());
    QCOMPARE(find<QWidget>("challengeSheet")->accessibleName(),
             QStringLiteral("Questions from web01"));
    auto *first = find<QLineEdit>("challengeEdit0");
    auto *second = find<QLineEdit>("challengeEdit1");
    QCOMPARE(first->echoMode(), QLineEdit::Password);
    QCOMPARE(second->echoMode(), QLineEdit::Normal);
    QTest::keyClicks(first, QStringLiteral("one"));
    QTest::keyClick(first, Qt::Key_Return);
    QVERIFY(second->hasFocus());
    QTest::keyClicks(second, QStringLiteral("two"));
    QTest::keyClick(second, Qt::Key_Return);
    QCOMPARE(texts(answer()), QStringList({QStringLiteral("one"), QStringLiteral("two")}));
}

void PromptPresenterTest::challengeShowsForeignTextAsItIs()
{
    m_presenter->present(challenge());
    bool found = false;
    for (const QLabel *label : find<QWidget>("challengeSheet")->findChildren<QLabel *>()) {
        QVERIFY(!label->text().contains(QChar(0x1b)));
        const bool isInstruction = label->text().startsWith(QStringLiteral("<b>Enter</b>"));
        found = found || (isInstruction && label->textFormat() == Qt::PlainText);
    }
    QVERIFY(found);
}

ssh::HostKeyRefusal PromptPresenterTest::refusal(hostkeys::HostKeyVerdict::Status status) const
{
    const auto key = [this](const QString &name) {
        const auto pair = tests::generateKey(m_directory.filePath(name));
        return hostkeys::HostKey::fromBlob(pair->publicBlob()).value();
    };
    const hostkeys::Location location{QStringLiteral("/home/me/.ssh/known_hosts"), 12};
    hostkeys::HostKeyVerdict verdict;
    verdict.status = status;
    verdict.decidedBy = location;
    verdict.knownKeys = {{key(QStringLiteral("old")), location}};
    return {QStringLiteral("web01"),    22,      QStringLiteral("192.0.2.1"),
            key(QStringLiteral("new")), verdict, hostkeys::HostKeyPolicy::Ask};
}

void PromptPresenterTest::changedKeyHasNothingToAccept()
{
    const ssh::HostKeyRefusal changed = refusal(hostkeys::HostKeyVerdict::Status::Changed);
    m_presenter->presentRefusal(changed);
    auto *sheet = find<QWidget>("hostKeyChangedSheet");
    QCOMPARE(sheet->accessibleName(), QStringLiteral("Host key changed"));
    QStringList buttons;
    for (const QPushButton *button : sheet->findChildren<QPushButton *>()) {
        buttons.append(button->objectName());
    }
    QCOMPARE(
        buttons,
        QStringList({QStringLiteral("hostKeyChangedReplace"), QStringLiteral("hostKeyChangedCopy"),
                     QStringLiteral("hostKeyChangedClose")}));
    QVERIFY(!find<QPushButton>("hostKeyChangedReplace")->isEnabled());
    QStringList shown;
    for (const QLabel *label : sheet->findChildren<QLabel *>()) {
        shown.append(label->text());
    }
    QVERIFY(shown.contains(hostkeys::Fingerprint(changed.key).sha256()));
    QVERIFY(
        shown.contains(hostkeys::Fingerprint(changed.verdict.knownKeys.constFirst().key).sha256()));
    QVERIFY(shown.contains(QStringLiteral("/home/me/.ssh/known_hosts:12")));
    QVERIFY(find<QPushButton>("hostKeyChangedClose")->hasFocus());
    QTest::keyClick(find<QPushButton>("hostKeyChangedClose"), Qt::Key_Return);
    QTRY_VERIFY(find<QWidget>("hostKeyChangedSheet") == nullptr);
    QVERIFY(m_answers.isEmpty());
}

void PromptPresenterTest::keyThatThePolicyRefusedNeedsNoSheet()
{
    m_presenter->presentRefusal(refusal(hostkeys::HostKeyVerdict::Status::Unknown));
    QVERIFY(m_host->currentSheet() == nullptr);
}

QTEST_MAIN(PromptPresenterTest)
#include "PromptPresenterTest.moc"
