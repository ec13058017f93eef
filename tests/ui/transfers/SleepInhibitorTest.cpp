#include "ui/transfers/SleepInhibitor.h"

#include "tests/support/PrivateBus.h"
#include "tests/support/Reason.h"

#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

#include <fcntl.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;
using ui::SleepInhibitor;

namespace {

// logind and the session's power manager, as far as they are asked.
class PowerServices final : public QDBusVirtualObject
{
    Q_OBJECT

public:
    explicit PowerServices(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QUuid::createUuid().toString()))
    {
        m_bus.registerVirtualObject(u"/org/freedesktop"_s, this, QDBusConnection::SubPath);
    }
    ~PowerServices() override { QDBusConnection::disconnectFromBus(m_bus.name()); }

    void offerLogind() { QVERIFY(m_bus.registerService(u"org.freedesktop.login1"_s)); }
    void offerPowerManager()
    {
        QVERIFY(m_bus.registerService(u"org.freedesktop.PowerManagement"_s));
    }

    // True as long as somebody has the other end of what Inhibit() of logind has answered.
    bool isLocked() const
    {
        char byte = 0;
        return m_lock >= 0 && ::read(m_lock, &byte, 1) < 0; // EAGAIN: no end yet
    }

    QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        m_calls.append(message.member());
        if (message.interface() == u"org.freedesktop.login1.Manager") {
            m_what = message.arguments().value(0).toString();
            std::array<int, 2> ends{};
            if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
                return false;
            }
            m_lock = ends[0];
            const QDBusUnixFileDescriptor given(ends[1]); // a copy
            ::close(ends[1]);
            return bus.send(message.createReply(QVariant::fromValue(given)));
        }
        return bus.send(message.member() == u"Inhibit" ? message.createReply(42U)
                                                       : message.createReply());
    }

    QStringList m_calls;
    QString m_what;

private:
    QDBusConnection m_bus;
    int m_lock = -1;
};

} // namespace

class SleepInhibitorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void logindKeepsTheComputerAwake();
    void powerManagerIsAskedWithoutLogind();
    void nobodyIsThere();
    void noLongerWantedBeforeTheAnswer();

private:
    std::unique_ptr<tests::PrivateBus> m_private;
    std::unique_ptr<QDBusConnection> m_bus;
    std::unique_ptr<PowerServices> m_services;
};

void SleepInhibitorTest::init()
{
    m_private = std::make_unique<tests::PrivateBus>();
    const auto started = m_private->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_bus = std::make_unique<QDBusConnection>(
        QDBusConnection::connectToBus(m_private->address(), QUuid::createUuid().toString()));
    m_services = std::make_unique<PowerServices>(m_private->address());
}

void SleepInhibitorTest::cleanup()
{
    m_services.reset();
    QDBusConnection::disconnectFromBus(m_bus->name());
    m_bus.reset();
    m_private.reset();
}

void SleepInhibitorTest::logindKeepsTheComputerAwake()
{
    m_services->offerLogind();
    m_services->offerPowerManager();
    SleepInhibitor inhibitor(*m_bus, *m_bus);

    inhibitor.setAwake(true, u"Copying"_s);
    inhibitor.setAwake(true, u"Copying"_s);

    QTRY_VERIFY(inhibitor.isHeld());
    QVERIFY(m_services->isLocked());
    QVERIFY(m_services->m_what.contains(u"sleep"));
    inhibitor.setAwake(false, {});
    QVERIFY(!inhibitor.isHeld());
    QTRY_VERIFY(!m_services->isLocked());
    QCOMPARE(m_services->m_calls, QStringList(u"Inhibit"_s));
}

void SleepInhibitorTest::powerManagerIsAskedWithoutLogind()
{
    m_services->offerPowerManager();
    SleepInhibitor inhibitor(*m_bus, *m_bus);
    inhibitor.setAwake(true, u"Copying"_s);
    QTRY_VERIFY(inhibitor.isHeld());
    inhibitor.setAwake(false, {});
    QTRY_COMPARE(m_services->m_calls, QStringList({u"Inhibit"_s, u"UnInhibit"_s}));
}

void SleepInhibitorTest::nobodyIsThere()
{
    SleepInhibitor inhibitor(*m_bus, *m_bus);
    inhibitor.setAwake(true, u"Copying"_s);
    m_services->offerPowerManager(); // too late for this time, in time for the next
    inhibitor.setAwake(false, {});
    QVERIFY(!inhibitor.isHeld());
}

void SleepInhibitorTest::noLongerWantedBeforeTheAnswer()
{
    m_services->offerLogind();
    SleepInhibitor inhibitor(*m_bus, *m_bus);
    inhibitor.setAwake(true, u"Copying"_s);
    inhibitor.setAwake(false, {});
    QTRY_COMPARE(m_services->m_calls.size(), 1);
    QTRY_VERIFY(!m_services->isLocked());
    QVERIFY(!inhibitor.isHeld());
}

QTEST_GUILESS_MAIN(SleepInhibitorTest)

#include "SleepInhibitorTest.moc"
