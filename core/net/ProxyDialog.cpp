#include "net/ProxyDialog.h"

#include "net/HttpConnectDialog.h"
#include "net/SocksDialog.h"

#include <utility>

namespace net {

std::unique_ptr<ProxyDialog> ProxyDialog::create(const base::ProxyAddress &proxy,
                                                 const ProxyTarget &target,
                                                 const std::optional<base::SecretString> &password)
{
    if (proxy.kind == base::ProxyAddress::Kind::Http) {
        return std::make_unique<HttpConnectDialog>(proxy, target, password);
    }
    return std::make_unique<SocksDialog>(proxy, target, password);
}

ProxyDialog::ProxyDialog(const base::ProxyAddress &proxy)
    : m_proxy(proxy)
{
    m_output.reserve(2048); // more than is ever said: growing would leave copies behind
}

ProxyDialog::~ProxyDialog()
{
    base::SecretString::fromUtf8(std::move(m_output));
}

qsizetype ProxyDialog::take(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (taken < bytes.size() && m_state == State::Talking) {
        takeByte(bytes[taken++]);
    }
    return taken;
}

QByteArray ProxyDialog::takeOutput()
{
    return std::exchange(m_output, {});
}

void ProxyDialog::say(QByteArray &&bytes)
{
    m_output.append(bytes.constData(), bytes.size()); // never shares: the one below is wiped
    base::SecretString::fromUtf8(std::move(bytes));
}

void ProxyDialog::fail(const QString &why, base::ErrorKind kind)
{
    m_state = State::Failed;
    m_error = {.kind = kind,
               .operation = QStringLiteral("talk to the proxy"),
               .subject = QStringLiteral("%1:%2").arg(m_proxy.host).arg(m_proxy.port),
               .detail = why,
               .quote = why};
}

void ProxyDialog::demandLogin()
{
    if (m_proxy.user.isEmpty()) {
        fail(QStringLiteral("The proxy wants a login, and no user is set for it"),
             base::ErrorKind::AuthenticationFailed);
    } else {
        m_state = State::LoginNeeded;
    }
}

} // namespace net
