// SocksDialog: SOCKS version 5 (RFC 1928) with the user name and password login of RFC 1929. The
// proxy looks up names. Made by ProxyDialog::create().

#pragma once

#include "net/ProxyDialog.h"

namespace net {

class SocksDialog final : public ProxyDialog
{
public:
    SocksDialog(const base::ProxyAddress &proxy, ProxyTarget target,
                std::optional<base::SecretString> password);

    void start() override;

private:
    enum class Phase { Method, Login, Reply };

    void takeByte(char byte) override;
    void handleMethod();
    void handleLoginStatus();
    void handleReply();
    void logIn();
    void request();

    ProxyTarget m_target;
    std::optional<base::SecretString> m_password;
    QByteArray m_address; // ATYP and DST.ADDR of RFC 1928 section 5
    Phase m_phase = Phase::Method;
    QByteArray m_answer; // as far as it has come: 262 bytes at most
};

} // namespace net
