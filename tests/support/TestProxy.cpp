#include "tests/support/TestProxy.h"

#include "tests/support/ProxyListener.h"

namespace tests {

TestProxy::TestProxy(ProxyScript script)
    : m_script(std::move(script))
    , m_listener(new ProxyListener(m_script))
{
    m_listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.start();
}

TestProxy::~TestProxy()
{
    m_thread.quit();
    m_thread.wait();
}

base::Result<void> TestProxy::start()
{
    QMetaObject::invokeMethod(
        m_listener, [this] { m_port = m_listener->listen(); }, Qt::BlockingQueuedConnection);
    if (m_port == 0) {
        return base::Failure(base::Error{.kind = base::ErrorKind::Unreachable,
                                         .operation = QStringLiteral("listen for the proxy")});
    }
    return {};
}

base::ProxyAddress TestProxy::address(const QString &user) const
{
    return {m_script.kind, QStringLiteral("127.0.0.1"), m_port, user};
}

QByteArrayList TestProxy::targets() const
{
    QByteArrayList targets;
    QMetaObject::invokeMethod(
        m_listener, [&] { targets = m_listener->targets(); }, Qt::BlockingQueuedConnection);
    return targets;
}

qsizetype TestProxy::connectionCount() const
{
    qsizetype count = 0;
    QMetaObject::invokeMethod(
        m_listener, [&] { count = m_listener->connectionCount(); }, Qt::BlockingQueuedConnection);
    return count;
}

} // namespace tests
