#include "tests/support/SlowLink.h"

#include "tests/support/LinkRelay.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace tests {

SlowLink::SlowLink(QString targetAddress, quint16 targetPort)
    : m_relay(new LinkRelay(std::move(targetAddress), targetPort))
{
    m_relay->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_relay, &QObject::deleteLater);
    m_thread.start();
}

SlowLink::~SlowLink()
{
    cut();
    m_thread.quit();
    m_thread.wait();
}

template<typename Order>
void SlowLink::inRelay(Order order) const
{
    QMetaObject::invokeMethod(m_relay, std::move(order), Qt::BlockingQueuedConnection);
}

base::Result<void> SlowLink::start()
{
    QString error;
    inRelay([this, &error] {
        m_port = m_relay->listen();
        error = m_relay->errorText();
    });
    if (m_port == 0) {
        return base::Failure(
            base::Error{.operation = u"listen"_s, .subject = u"127.0.0.1"_s, .detail = error});
    }
    return {};
}

void SlowLink::setDelay(Direction direction, std::chrono::milliseconds delay)
{
    inRelay([this, direction, delay] { m_relay->conditions(direction).delay = delay; });
}

void SlowLink::setRate(Direction direction, qint64 bytesPerSecond)
{
    inRelay([this, direction, bytesPerSecond] {
        m_relay->conditions(direction).bytesPerSecond = bytesPerSecond;
    });
}

void SlowLink::stall()
{
    inRelay([this] {
        m_relay->conditions(Direction::ToServer).stalled = true;
        m_relay->conditions(Direction::ToClient).stalled = true;
    });
}

void SlowLink::resume()
{
    inRelay([this] {
        m_relay->conditions(Direction::ToServer).stalled = false;
        m_relay->conditions(Direction::ToClient).stalled = false;
        m_relay->pumpAll();
    });
}

void SlowLink::cut()
{
    inRelay([this] { m_relay->cut(); });
}

void SlowLink::cutAfter(Direction direction, qint64 bytes)
{
    inRelay([this, direction, bytes] {
        PipeConditions &conditions = m_relay->conditions(direction);
        conditions.cutOffset = conditions.passed + bytes;
    });
}

void SlowLink::flipBit(Direction direction, qint64 offset)
{
    inRelay([this, direction, offset] { m_relay->conditions(direction).flipOffset = offset; });
}

qint64 SlowLink::passed(Direction direction) const
{
    qint64 bytes = 0;
    inRelay([this, direction, &bytes] { bytes = m_relay->conditions(direction).passed; });
    return bytes;
}

qsizetype SlowLink::connectionCount() const
{
    qsizetype count = 0;
    inRelay([this, &count] { count = m_relay->connectionCount(); });
    return count;
}

} // namespace tests
