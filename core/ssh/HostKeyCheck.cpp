#include "ssh/HostKeyCheck.h"

#include "hostkeys/Fingerprint.h"
#include "ssh/LibsshHandles.h"

#include <algorithm>
#include <array>

namespace ssh {
namespace {

using hostkeys::HostKeyDecision;
using Status = hostkeys::HostKeyVerdict::Status;

// Order of preference when nothing is known: that of OpenSSH, without what libssh can not do.
constexpr std::array<const char *, 4> preferredTypes{"ssh-ed25519", "ecdsa-sha2-nistp256",
                                                     "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"};

// Signature algorithms by which a server can prove a key of this type. RSA without SHA-1 (RFC
// 8332).
QList<QByteArray> algorithmsFor(const QByteArray &keyType)
{
    if (keyType == "ssh-rsa") {
        return {"rsa-sha2-512", "rsa-sha2-256"};
    }
    const bool isUsable
        = std::find(preferredTypes.begin(), preferredTypes.end(), keyType) != preferredTypes.end();
    return isUsable ? QList{keyType} : QList<QByteArray>{};
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

QByteArray HostKeyCheck::algorithmOrder() const
{
    QList<QByteArray> order;
    const auto append = [&order](const QByteArray &keyType) {
        for (const QByteArray &algorithm : algorithmsFor(keyType)) {
            if (!order.contains(algorithm)) {
                order.append(algorithm);
            }
        }
    };
    for (const QByteArray &known : m_knownHosts.knownTypes(m_scope.host, m_scope.port)) {
        append(known);
    }
    for (const char *type : preferredTypes) {
        append(type);
    }
    append("ssh-rsa");
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
        return Accepted{{}, std::nullopt};
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

HostKeyCheck::Result HostKeyCheck::judgeTwin(const ConnectionSettings &settings,
                                             const hostkeys::HostKey &key, const QString &address,
                                             const QByteArray &verifiedBlob)
{
    if (key.blob() == verifiedBlob) {
        return Accepted{{}, std::nullopt};
    }
    hostkeys::HostKeyVerdict verdict;
    verdict.status = Status::Changed;
    return refused(settings, key, address, verdict);
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
