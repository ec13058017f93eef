// Transport: how a session encrypts, compresses and keeps its connection alive. A value, part of a
// profile; core/ssh makes libssh's options of it.

#pragma once

#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <array>
#include <chrono>
#include <optional>

namespace profiles {

// The lists of names that both sides exchange (RFC 4253 section 7.1). Compression has none here:
// there are two choices only.
enum class AlgorithmList { KeyExchange, HostKey, Cipher, Mac, PublicKey };

inline constexpr std::array allAlgorithmLists{AlgorithmList::KeyExchange, AlgorithmList::HostKey,
                                              AlgorithmList::Cipher, AlgorithmList::Mac,
                                              AlgorithmList::PublicKey};

enum class AlgorithmPreset {
    Modern,
    OldDevices, // SHA-1, CBC and the like as well, at the end: for one session, never for all
};

struct Transport
{
    AlgorithmPreset preset = AlgorithmPreset::Modern;
    std::array<QStringList, allAlgorithmLists.size()> lists; // in order; empty: the preset's

    bool compress = false; // zlib@openssh.com, which begins after the login

    // Absent: what the settings say.
    std::optional<std::chrono::seconds> keepAliveInterval; // of silence; 0: never asked
    std::optional<int> keepAliveCount; // questions that may stay unanswered

    quint64 rekeyBytes = 0; // new keys after so much; 0: as RFC 4344 section 3.2 says
    std::chrono::seconds rekeyTime{0}; // and after this time; 0: no limit
    bool tcpKeepAlive = true; // SO_KEEPALIVE of socket(7)

    bool reconnects = true; // by itself, after the network was lost

    int transferConnections = 4; // that large files may use at once, the first one included

    const QStringList &list(AlgorithmList which) const
    {
        return lists.at(static_cast<std::size_t>(which));
    }
    QStringList &list(AlgorithmList which) { return lists.at(static_cast<std::size_t>(which)); }

    // Whatever a file may hold: a value that makes no sense is left at its default.
    static Transport fromJson(const QJsonObject &object);

    // `object` with our fields set: what we do not know in it stays. Defaults are left out, but
    // those of the names in `kept`.
    QJsonObject toJson(QJsonObject object = {}, const QSet<QString> &kept = {}) const;

    friend bool operator==(const Transport &, const Transport &) = default;
};

// Limits of the fields, for editors and command lines.
inline constexpr std::chrono::seconds longestKeepAlive{24 * 60 * 60};
inline constexpr int highestKeepAliveCount = 100;
inline constexpr int mostTransferConnections = 8;

// Below this rekeying would be all that a connection does (ssh_config(5) has a similar limit).
inline constexpr quint64 lowestRekeyBytes = quint64{64} * 1024;
inline constexpr std::chrono::seconds shortestRekeyTime{60};

} // namespace profiles
