#include "ui/main/Reconnection.h"

#include "ssh/ConnectionSettings.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using base::ErrorCause;
using base::ErrorKind;

class ReconnectionTest : public QObject
{
    Q_OBJECT

private slots:
    void waitsLongerEachTime();
    void nobodyIsAsked();
    void onlyWhatMayHealIsTriedAgain();
    void buttonsDecide();

private:
    ui::ErrorBanner m_banner;
};

void ReconnectionTest::waitsLongerEachTime()
{
    const QList<std::chrono::seconds> expected{5s, 10s, 20s, 40s, 60s, 60s};
    for (int attempt = 0; attempt < expected.size(); ++attempt) {
        QCOMPARE(ui::Reconnection::delayBefore(attempt), expected.at(attempt));
    }
    QCOMPARE(ui::Reconnection::delayBefore(1'000'000), 60s);
}

void ReconnectionTest::nobodyIsAsked()
{
    using ui::Reconnection;
    ssh::ConnectionSettings settings;
    const Error lost{.kind = ErrorKind::ConnectionLost, .cause = ErrorCause::Reset};
    ssh::LoginMemory memory;
    QVERIFY(!Reconnection::isWantedAfter(lost, settings, memory)); // it was never Ready
    memory.hostKeyBlob = "key";
    memory.method = u"password"_s;
    QVERIFY(!Reconnection::isWantedAfter(lost, settings, memory));
    memory.password = base::SecretString::fromText(u"secret"_s);
    QVERIFY(Reconnection::isWantedAfter(lost, settings, memory));
    QVERIFY(!Reconnection::isWantedAfter(lost, settings, memory.withoutSecrets()));
    memory.method = u"publickey"_s;
    QVERIFY(Reconnection::isWantedAfter(lost, settings, memory.withoutSecrets()));
    settings.transport.reconnects = false;
    QVERIFY(!Reconnection::isWantedAfter(lost, settings, memory));
}

void ReconnectionTest::onlyWhatMayHealIsTriedAgain()
{
    using ui::Reconnection;
    const ssh::ConnectionSettings settings;
    ssh::LoginMemory memory;
    memory.hostKeyBlob = "key";
    memory.method = u"publickey"_s;
    const auto isWanted = [&](ErrorKind kind, ErrorCause cause = ErrorCause::Unspecified) {
        return Reconnection::isWantedAfter({.kind = kind, .cause = cause}, settings, memory);
    };
    QVERIFY(isWanted(ErrorKind::Unreachable, ErrorCause::Refused));
    QVERIFY(isWanted(ErrorKind::HostNotFound));
    QVERIFY(isWanted(ErrorKind::TimedOut));
    QVERIFY(isWanted(ErrorKind::ConnectionLost, ErrorCause::Slept));
    QVERIFY(!isWanted(ErrorKind::ConnectionLost, ErrorCause::Damaged));
    QVERIFY(!isWanted(ErrorKind::HostKeyMismatch));
    QVERIFY(!isWanted(ErrorKind::AuthenticationFailed));
    QVERIFY(!isWanted(ErrorKind::Cancelled));
}

void ReconnectionTest::buttonsDecide()
{
    ui::Reconnection reconnection(m_banner);
    QSignalSpy due(&reconnection, &ui::Reconnection::due);
    QSignalSpy stopped(&reconnection, &ui::Reconnection::stopped);
    const auto press = [this](const QString &name) {
        const auto buttons = m_banner.findChildren<QAbstractButton *>(name);
        QVERIFY(!buttons.isEmpty());
        buttons.last()->click();
    };
    const ui::ErrorText loss{u"Disconnected from web01"_s, u"It was reset."_s, {}, {}};

    reconnection.schedule(loss);
    QCOMPARE(m_banner.accessibleDescription(), u"It was reset. Reconnecting in 5 s."_s);
    press(u"reconnectStop"_s);
    QCOMPARE(stopped.size(), 1);
    QVERIFY(!reconnection.isUnderWay());

    reconnection.schedule(loss);
    QCOMPARE(m_banner.accessibleDescription(), u"It was reset. Reconnecting in 10 s."_s);
    press(u"reconnectButton"_s);
    QCOMPARE(due.size(), 1);
    QVERIFY(reconnection.isUnderWay());

    reconnection.settle();
    reconnection.schedule(loss);
    QCOMPARE(m_banner.accessibleDescription(), u"It was reset. Reconnecting in 5 s."_s);
}

QTEST_MAIN(ReconnectionTest)
#include "ReconnectionTest.moc"
