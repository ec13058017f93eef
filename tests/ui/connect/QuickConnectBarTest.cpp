#include "ui/connect/QuickConnectBar.h"

#include "profiles/ProfileStore.h"

#include <QAction>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using ui::ConnectRequest;
using ui::QuickConnectBar;

class QuickConnectBarTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void enterRequestsTheAddress();
    void buttonDoesTheSame();
    void nameOfASessionRequestsIt();
    void badInputIsToldBelowTheField();
    void urlBringsPathAndFingerprint();
    void pastedCommandBecomesASession();
    void pastedCommandOfOneHostMayBeASession();
    void badCommandIsTold();
    void namesAreCompleted();
    void clearButtonComesWithTheText();
    void escapeLeaves();

private:
    QLineEdit *edit() const
    {
        return m_bar->findChild<QLineEdit *>(QStringLiteral("quickConnectEdit"));
    }

    QTemporaryDir m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<QuickConnectBar> m_bar;
    QList<ConnectRequest> m_requests;
};

void QuickConnectBarTest::init()
{
    m_requests.clear();
    m_bar.reset();
    m_store = std::make_unique<profiles::ProfileStore>(
        m_directory.filePath(QStringLiteral("sessions.json")));
    profiles::Profile profile;
    profile.id = QStringLiteral("1");
    profile.name = QStringLiteral("Web server");
    profile.host = QStringLiteral("web01");
    QVERIFY(m_store->save(profile));
    m_bar = std::make_unique<QuickConnectBar>(*m_store);
    connect(m_bar.get(), &QuickConnectBar::connectRequested, this,
            [this](const ConnectRequest &request) { m_requests.append(request); });
    m_bar->show();
}

void QuickConnectBarTest::enterRequestsTheAddress()
{
    QTest::keyClicks(edit(), QStringLiteral("me@host:2222"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests[0].profile.address().toString(), QStringLiteral("me@host:2222"));
    QVERIFY(!m_store->find(m_requests[0].profile.id));
}

void QuickConnectBarTest::buttonDoesTheSame()
{
    QTest::keyClicks(edit(), QStringLiteral("host"));
    QTest::mouseClick(m_bar->findChild<QPushButton *>(QStringLiteral("quickConnectButton")),
                      Qt::LeftButton);
    QCOMPARE(m_requests.size(), 1);
}

void QuickConnectBarTest::nameOfASessionRequestsIt()
{
    QTest::keyClicks(edit(), QStringLiteral("web SERVER"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests[0].profile.id, QStringLiteral("1"));
}

void QuickConnectBarTest::badInputIsToldBelowTheField()
{
    auto *problem = m_bar->findChild<QLabel *>(QStringLiteral("quickConnectProblem"));
    QVERIFY(!problem->isVisible());
    QTest::keyClicks(edit(), QStringLiteral("-oProxyCommand=x"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(m_requests.isEmpty());
    QVERIFY(problem->isVisible());
    QCOMPARE(edit()->accessibleDescription(), problem->text());
    QCOMPARE(edit()->text(), QStringLiteral("-oProxyCommand=x"));
    QTest::keyClicks(edit(), QStringLiteral("x"));
    QVERIFY(!problem->isVisible());
}

void QuickConnectBarTest::urlBringsPathAndFingerprint()
{
    edit()->setText(QStringLiteral("sftp://me;fingerprint=SHA256%3Aabc@host/srv/a%20b"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests[0].remotePath, QByteArray("/srv/a b"));
    QCOMPARE(m_requests[0].expectedFingerprint, QStringLiteral("SHA256:abc"));
    QCOMPARE(m_requests[0].purpose, std::optional(profiles::TargetAddress::Purpose::Files));
}

void QuickConnectBarTest::pastedCommandBecomesASession()
{
    QTest::keyClicks(edit(), QStringLiteral("ssh -p 2222 -K -i '/keys/my key' me@host"));
    QTest::keyClick(edit(), Qt::Key_Return);

    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests[0].profile.host, QStringLiteral("host"));
    QCOMPARE(m_requests[0].profile.user, QStringLiteral("me"));
    QCOMPARE(m_requests[0].profile.port, 2222);
    QCOMPARE(m_requests[0].profile.identityFiles, QStringList{QStringLiteral("/keys/my key")});
    const auto *left = m_bar->findChild<QLabel *>(QStringLiteral("quickConnectProblem"));
    QVERIFY(left->isVisible());
    QVERIFY(left->text().endsWith(QStringLiteral("-K")));
}

void QuickConnectBarTest::pastedCommandOfOneHostMayBeASession()
{
    QTest::keyClicks(edit(), QStringLiteral("ssh 'Web server'"));
    QTest::keyClick(edit(), Qt::Key_Return);

    QCOMPARE(m_requests.size(), 1);
    QCOMPARE(m_requests[0].profile.id, QStringLiteral("1"));
}

void QuickConnectBarTest::badCommandIsTold()
{
    const auto *problem = m_bar->findChild<QLabel *>(QStringLiteral("quickConnectProblem"));
    for (const QString &command : {QStringLiteral("ssh -p none host"), QStringLiteral("ssh $HOST"),
                                   QStringLiteral("ssh 'host"), QStringLiteral("ssh -Z host")}) {
        edit()->clear();
        QTest::keyClicks(edit(), command);
        QVERIFY(!problem->isVisible());
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY2(problem->isVisible(), qPrintable(command));
    }
    QCOMPARE(m_requests.size(), 0);
}

void QuickConnectBarTest::namesAreCompleted()
{
    QCompleter *completer = edit()->completer();
    completer->setCompletionPrefix(QStringLiteral("server"));
    QCOMPARE(completer->currentCompletion(), QStringLiteral("Web server"));
}

// The name is Qt's own, of QLineEdit::setClearButtonEnabled().
void QuickConnectBarTest::clearButtonComesWithTheText()
{
    const auto clear = [this] {
        return edit()->findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction"));
    };
    QVERIFY(clear() == nullptr);
    QTest::keyClicks(edit(), QStringLiteral("ab"));
    QVERIFY(clear() != nullptr);
    for (auto *button : edit()->findChildren<QToolButton *>()) {
        if (button->defaultAction() == clear()) {
            button->click();
        }
    }
    QCOMPARE(edit()->text(), QString());
    QTest::keyClicks(edit(), QStringLiteral("c"));
    QVERIFY(edit()->isClearButtonEnabled());
}

void QuickConnectBarTest::escapeLeaves()
{
    QSignalSpy left(m_bar.get(), &QuickConnectBar::left);
    m_bar->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
    edit()->setFocus();
    QTest::keyClicks(edit(), QStringLiteral("/etc"));
    QTest::keyClick(edit(), Qt::Key_Return);
    auto *problem = m_bar->findChild<QLabel *>(QStringLiteral("quickConnectProblem"));
    QVERIFY(problem->isVisible());

    QTest::keyClick(edit(), Qt::Key_Escape);

    QCOMPARE(left.size(), 1);
    QCOMPARE(edit()->text(), QString());
    QVERIFY(!problem->isVisible());
}

QTEST_MAIN(QuickConnectBarTest)
#include "QuickConnectBarTest.moc"
