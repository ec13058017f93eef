// LoginTrace: what was tried to log in, one attempt after the other, and what came of it.
//
// A value that goes with an established connection and with a refused login. The texts of others in
// it (comments of keys, what the server said) are foreign; summary() and toText() escape them.

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <chrono>

namespace ssh {

struct LoginTrace
{
    struct Attempt
    {
        enum class Answer {
            Accepted,
            Partial, // accepted, and the server wants a further method (RFC 4252 section 5.1)
            Refused, // by the server
            NotOffered, // by ourselves: `remark` says why it did not get as far as the server
            Unanswered, // the connection ended, or the user gave up
        };

        QString method; // RFC 4252 name: "none", "publickey", "password", ...
        QString description; // "key /home/me/.ssh/id_ed25519"
        QString fingerprint = {}; // "SHA256:..." of a key, else empty
        Answer answer = Answer::Unanswered;
        QString remark = {}; // why, where we know more than the answer tells
        QStringList remaining = {}; // methods that the server takes after it, by their names
        std::chrono::milliseconds at{0}; // its end, since the login began
    };

    QStringList agents; // one line for each agent that was asked, or why none was
    QList<Attempt> attempts;
    QStringList accepted; // what the server would take now
    QString farewell; // the server's last words, if it ended the connection

    // The names of the methods that got as far as the server, each once, without "none".
    QStringList triedMethods() const;

    // Keys that the server refused or accepted.
    qsizetype triedKeys() const;

    // The server ended the connection because of too many attempts (MaxAuthTries of
    // sshd_config(5)).
    bool endedByTooManyFailures() const;

    // A line for each attempt that did not do, and what the server accepts and said: for a
    // terminal.
    QString summary() const;

    // Everything, with times and fingerprints: to be copied into a report.
    QString toText() const;
};

} // namespace ssh

Q_DECLARE_METATYPE(ssh::LoginTrace)
