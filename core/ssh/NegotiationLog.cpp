#include "ssh/NegotiationLog.h"

#include "ssh/LibsshLog.h"

#include <QByteArrayList>

namespace ssh {
namespace {

// kex.c of libssh 0.11. The server's words are in no message of these functions with this start.
constexpr QByteArrayView selectFunction("ssh_kex_select_methods");
constexpr QByteArrayView selectedWords("Negotiated ");
constexpr QByteArrayView kexFunction("ssh_packet_kexinit");
constexpr QByteArrayView strictWords("Server supports strict kex, enabling.");

// key exchange, host key, ciphers, MACs, compressions and languages, each but the first two from
// client to server and back.
constexpr qsizetype listCount = 10;

} // namespace

NegotiationLog::NegotiationLog(LogLevel level)
    : m_level(level)
{
    setThreadLogLevel(level, [this](const char *function, const char *message) {
        take(QByteArrayView(function), QByteArrayView(message));
    });
}

NegotiationLog::~NegotiationLog()
{
    setThreadLogLevel(m_level);
}

void NegotiationLog::take(QByteArrayView function, QByteArrayView message)
{
    if (function == kexFunction && message.endsWith(strictWords)) {
        m_result.isStrict = true;
        return;
    }
    // "ssh_kex_select_methods: Negotiated curve25519-sha256,ssh-ed25519,..."
    const qsizetype start = message.indexOf(selectedWords);
    if (function != selectFunction || start < 0) {
        return;
    }
    const QList<QByteArray> names
        = message.sliced(start + selectedWords.size()).toByteArray().split(',');
    if (names.size() != listCount) {
        return;
    }
    const auto name = [&names](qsizetype index) { return QString::fromUtf8(names.at(index)); };
    m_result.hostKeyAlgorithm = name(1);
    m_result.macOut = name(4);
    m_result.macIn = name(5);
    m_result.compressionOut = name(6);
    m_result.compressionIn = name(7);
    m_result.isStrict = m_result.isStrict.value_or(false);
}

} // namespace ssh
