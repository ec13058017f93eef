// Certificate: what an OpenSSH certificate says about itself (PROTOCOL.certkeys of its sources).
// Nobody has checked its signature: the server does, at login.

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QDateTime>

#include <optional>

namespace keys {

struct Certificate
{
    enum class Kind { User, Host };
    enum class State { Valid, NotYet, Expired };

    Kind kind = Kind::User;
    QByteArray type; // "ssh-ed25519-cert-v01@openssh.com"
    QByteArray keyBlob; // the plain key that it certifies
    QByteArray authorityBlob; // the key that signed it
    quint64 serial = 0;
    QByteArray keyId; // text of the authority: foreign
    QByteArrayList principals; // user or host names: foreign; empty: valid for all
    quint64 validAfter = 0; // seconds since 1970
    quint64 validBefore = 0; // all bits set: for ever

    static std::optional<Certificate> parse(QByteArrayView blob);

    State stateAt(const QDateTime &time) const;
    bool isForEver() const { return validBefore == ~quint64{0}; }
};

} // namespace keys
