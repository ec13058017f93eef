// NegotiationLog: what libssh agreed on with the server, as far as it has no getters for it: read
// from its log messages while the first key exchange runs.
//
// Holds the calling thread's log for its lifetime: libssh keeps level and receiver for each thread.

#pragma once

#include "ssh/LogLevel.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace ssh {

// Names of RFC 4253 section 7.1; empty if libssh did not tell. "Out" is what we send.
struct Negotiation
{
    QString hostKeyAlgorithm;
    QString macOut;
    QString macIn;
    QString compressionOut;
    QString compressionIn;
    std::optional<bool> isStrict; // strict key exchange (PROTOCOL of OpenSSH, section 1.10)
};

class NegotiationLog
{
public:
    // Lines up to `level` go to standard error, as setThreadLogLevel() has them.
    explicit NegotiationLog(LogLevel level);
    ~NegotiationLog();
    Q_DISABLE_COPY_MOVE(NegotiationLog)

    const Negotiation &result() const { return m_result; }

private:
    void take(QByteArrayView function, QByteArrayView message);

    LogLevel m_level;
    Negotiation m_result;
};

} // namespace ssh
