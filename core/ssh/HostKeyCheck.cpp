#include "ssh/HostKeyCheck.h"

#include "hostkeys/Fingerprint.h"
#include "ssh/Algorithms.h"
#include "ssh/LibsshHandles.h"

#include <QByteArrayList>

namespace ssh {
namespace {

using hostkeys::HostKeyDecision;
using Status = hostkeys::HostKeyVerdict::Status;

// The type of key by which a server signs with this algorithm (RFC 8332 for RSA).
QByteArray keyTypeOf(const QByteArray &algorithm)
{
    return algorithm.startsWith("rsa-sha2-") ? QByteArrayLiteral("ssh-rsa") : algorithm;
}

} // namespace

HostKeyCheck::HostKeyCheck(ConnectionSettings settings, hostkeys::KnownHosts knownHosts)
    : m_settings(std::move(settings))
    , m_scope(trustScope(m_settings))
    , m_knownHosts(std::move(knownHosts))
{
}

base::Result<HostKeyCheck> HostKeyCheck::load(const ConnectionSettings &settings)
{
    auto knownHosts = hostkeys::KnownHosts::load(trustScope(settings).sources);
    if (!knownHosts) {
        return base::Failure(knownHosts.error());
    }
    return HostKeyCheck(settings, std::move(*knownHosts));
}

// What is allowed, in the order of the user or the preset; but what is known comes first.
QByteArray HostKeyCheck::algorithmOrder() const
{
    const QStringList allowed
        = algorithmsOf(m_settings.transport, profiles::AlgorithmList::HostKey);
    QByteArrayList order;
    const auto append = [&order](const QByteArray &algorithm) {
        if (!order.contains(algorithm)) {
            order.append(algorithm);
        }
    };
    for (const QByteArray &known : m_knownHosts.knownTypes(m_scope.host, m_scope.port)) {
        for (const QString &algorithm : allowed) {
            if (keyTypeOf(algorithm.toUtf8()) == known) {
                append(algorithm.toUtf8());
            }
        }
    }
    for (const QString &algorithm : allowed) {
        append(algorithm.toUtf8());
    }
    return order.join(',');
}

base::Result<hostkeys::HostKey> HostKeyCheck::keyOf(ssh_session session)
{
    ssh_key raw = nullptr;
    const int got = ssh_get_server_publickey(session, &raw);
    const KeyHandle key(raw);
    char *rawText = nullptr;
    const int exported
        = got == SSH_OK ? ssh_pki_export_pubkey_base64(key.get(), &rawText) : SSH_ERROR;
    const LibsshText text(rawText);
    if (exported != SSH_OK) {
        base::Error error;
        error.kind = base::ErrorKind::ProtocolViolation;
        error.operation = QStringLiteral("read host key");
        return base::Failure(error);
    }
    return hostkeys::HostKey::fromBlob(QByteArray::fromBase64(QByteArray(text.get())));
}

HostKeyCheck::Result HostKeyCheck::judge(const hostkeys::HostKey &key, const QString &address)
{
    const hostkeys::HostKeyVerdict verdict = m_knownHosts.check(m_scope.host, m_scope.port, key);
    switch (hostkeys::decide(m_settings.hostKeyPolicy, verdict)) {
    case HostKeyDecision::Accept:
        return Accepted{{}, std::nullopt, verdict.decidedBy};
    case HostKeyDecision::AcceptWithWarning:
        return Accepted{{},
                        Notice{verdict.hasCertificateAuthority ? Notice::Kind::AuthorityNotChecked
                                                               : Notice::Kind::HostKeyNotStored,
                               {},
                               key}};
    case HostKeyDecision::AcceptAndStore:
        return store(key);
    case HostKeyDecision::Ask:
        return MustAsk{
            {m_settings.host, m_settings.port, address, key, verdict, QString::fromUtf8(name())}};
    case HostKeyDecision::Refuse:
        break;
    }
    return refused(m_settings, key, address, verdict);
}

HostKeyCheck::Result HostKeyCheck::conclude(const HostKeyQuestion &question, HostKeyAnswer answer)
{
    if (answer == HostKeyAnswer::AcceptAndSave) {
        return store(question.key);
    }
    return Accepted{{}, std::nullopt};
}

// A key that was accepted and can not be written down holds for this run, and that is said.
HostKeyCheck::Accepted HostKeyCheck::store(const hostkeys::HostKey &key)
{
    const auto stored = m_knownHosts.append(m_scope.host, m_scope.port, key, m_scope.form);
    if (stored) {
        return {{}, Notice{Notice::Kind::HostKeyStored, *stored, key}};
    }
    const base::Error &error = stored.error();
    const QString reason = error.detail.isEmpty() ? error.subject : error.detail;
    return {{}, Notice{Notice::Kind::HostKeyKeptForRun, reason, key, lineFor(key)}};
}

QByteArray HostKeyCheck::lineFor(const hostkeys::HostKey &key) const
{
    return hostkeys::KnownHostsLine::format(name(), key) + '\n';
}

QByteArray HostKeyCheck::name() const
{
    return hostkeys::KnownHostsLine::nameOf(m_scope.host, m_scope.port);
}

HostKeyCheck::Result HostKeyCheck::judgeTwin(const hostkeys::HostKey &key, const QString &address,
                                             const QByteArray &verifiedBlob) const
{
    hostkeys::HostKeyVerdict verdict = m_knownHosts.check(m_scope.host, m_scope.port, key);
    const bool isContradicted
        = verdict.status == Status::Changed || verdict.status == Status::Revoked;
    if (key.blob() == verifiedBlob && !isContradicted) {
        return Accepted{{}, std::nullopt, verdict.decidedBy};
    }
    if (!isContradicted) {
        verdict.status = Status::Changed; // since the first connection
        if (const auto before = hostkeys::HostKey::fromBlob(verifiedBlob)) {
            verdict.knownKeys = {{*before, {}}};
        }
    }
    return refused(m_settings, key, address, verdict);
}

HostKeyCheck::Refused HostKeyCheck::changed(const ConnectionSettings &settings,
                                            const hostkeys::HostKey &key, const QString &address,
                                            const hostkeys::HostKey &before,
                                            const std::optional<hostkeys::Location> &trustedBy)
{
    hostkeys::HostKeyVerdict verdict;
    verdict.status = Status::Changed;
    verdict.decidedBy = trustedBy;
    verdict.knownKeys.append({before, trustedBy.value_or(hostkeys::Location())});
    Refused result = refused(settings, key, address, verdict);
    result.error.cause = base::ErrorCause::ChangedWhileConnected;
    result.refusal->wasConnected = true;
    return result;
}

HostKeyCheck::Refused HostKeyCheck::refused(const ConnectionSettings &settings,
                                            const hostkeys::HostKey &key, const QString &address,
                                            const hostkeys::HostKeyVerdict &verdict)
{
    const bool isContradicted
        = verdict.status == Status::Changed || verdict.status == Status::Revoked;
    base::Error error;
    error.kind
        = isContradicted ? base::ErrorKind::HostKeyMismatch : base::ErrorKind::HostKeyUnknown;
    error.operation = QStringLiteral("verify host key");
    error.subject = settings.host;
    error.detail = QStringLiteral("%1 %2").arg(key.label(), hostkeys::Fingerprint(key).sha256());
    if (!isContradicted) {
        error.quote = error.detail; // whoever is refused by the policy is told which key it was
    }
    if (verdict.decidedBy) {
        error.detail
            += QStringLiteral("\n%1:%2").arg(verdict.decidedBy->file).arg(verdict.decidedBy->line);
    }
    return {error,
            HostKeyRefusal{settings.host, settings.port, address, key, verdict,
                           settings.hostKeyPolicy, trustScope(settings)}};
}

} // namespace ssh
