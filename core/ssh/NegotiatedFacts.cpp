#include "ssh/NegotiatedFacts.h"

namespace ssh {

ConnectionInfo negotiatedFacts(ssh_session session, const Negotiation &negotiation)
{
    const auto text = [](const char *value) { return QString::fromUtf8(value); };
    ConnectionInfo info;
    info.serverVersion = text(ssh_get_serverbanner(session));
    info.keyExchange = text(ssh_get_kex_algo(session));
    info.cipherOut = text(ssh_get_cipher_out(session));
    info.cipherIn = text(ssh_get_cipher_in(session));
    info.negotiation = negotiation;
    return info;
}

} // namespace ssh
