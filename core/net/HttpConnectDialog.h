// HttpConnectDialog: CONNECT of an HTTP proxy (RFC 9110 section 9.3.6) with Basic login (RFC 7617).
// Made by ProxyDialog::create().

#pragma once

#include "net/ProxyDialog.h"

namespace net {

class HttpConnectDialog final : public ProxyDialog
{
public:
    HttpConnectDialog(const base::ProxyAddress &proxy, ProxyTarget target,
                      std::optional<base::SecretString> password);

    void start() override;

private:
    void takeByte(char byte) override;
    void handleHead();
    void handleLoginDemand();

    ProxyTarget m_target;
    std::optional<base::SecretString> m_password;
    QByteArray m_head; // status line and fields, as far as they have come
    int m_interimAnswers = 0;
};

} // namespace net
