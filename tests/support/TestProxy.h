// TestProxy: a SOCKS5 (RFC 1928, 1929) or HTTP CONNECT (RFC 9110, 7617) proxy on loopback for one
// test, well-behaved or not.
//
// It has its own thread, so it works while the caller blocks.

#pragma once

#include "base/ProxyAddress.h"
#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>
#include <QThread>

namespace tests {

class ProxyListener;

struct ProxyScript
{
    base::ProxyAddress::Kind kind = base::ProxyAddress::Kind::Socks5;

    // The login that is wanted; none if the user is empty.
    QByteArray user = {};
    QByteArray password = {};

    // Sent as the answer to the first bytes, instead of all else. The connection stays open.
    QByteArray rawAnswer = {};
    bool isEndless = false; // rawAnswer is repeated for ever
};

class TestProxy final
{
public:
    explicit TestProxy(ProxyScript script);
    ~TestProxy(); // cuts what is open
    Q_DISABLE_COPY_MOVE(TestProxy)

    // Listens on 127.0.0.1.
    [[nodiscard]] base::Result<void> start();
    quint16 port() const { return m_port; }
    base::ProxyAddress address(const QString &user = {}) const;

    // What clients asked to be connected to, as they named it: "localhost:2222".
    QByteArrayList targets() const;
    qsizetype connectionCount() const; // since the start

private:
    ProxyScript m_script;
    QThread m_thread;
    ProxyListener *m_listener; // lives in m_thread, deleted when that ends
    quint16 m_port = 0;
};

} // namespace tests
