// The messages of the ssh-agent protocol that Ponto speaks (draft-ietf-sshm-ssh-agent).

#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace keys {

// A key in the agent.
struct AgentIdentity
{
    QByteArray blob; // public key or certificate, RFC 4253 section 6.6
    QString comment; // any text that its owner liked: shown as plain text only
    // The key that the agent has, where `blob` is a certificate of it that only we know.
    QByteArray signingBlob = {};

    friend bool operator==(const AgentIdentity &, const AgentIdentity &) = default;
};

// Section 6.1 of the draft.
enum class AgentMessage : quint8 {
    Failure = 5,
    Success = 6,
    RequestIdentities = 11,
    IdentitiesAnswer = 12,
    SignRequest = 13,
    SignResponse = 14,
    AddIdentity = 17,
    RemoveIdentity = 18,
    AddConstrained = 25,
};

// The largest message that OpenSSH's agent takes or sends.
inline constexpr qsizetype agentMessageLimitBytes = qsizetype{256} * 1024;

// A message with its length in front, ready to be sent.
QByteArray agentFrame(AgentMessage type, QByteArrayView contents = {});

// Removes the first message from `received` and returns it without its length: a type byte, then
// contents. Nothing while it is not complete. Fails with ProtocolViolation if it is longer than
// agentMessageLimitBytes or has no type.
base::Result<std::optional<QByteArray>> takeAgentMessage(QByteArray &received);

bool isAgentMessage(QByteArrayView message, AgentMessage type);

// The contents of IdentitiesAnswer, both ways. Reading fails with ProtocolViolation.
QByteArray encodeIdentities(const QList<AgentIdentity> &identities);
base::Result<QList<AgentIdentity>> decodeIdentities(QByteArrayView contents);

} // namespace keys
