#include "ssh/KeyFileLogin.h"

#include "keys/KeyFile.h"

#include <QFile>

namespace ssh {
namespace {

constexpr int attemptLimit = 3; // NumberOfPasswordPrompts of ssh_config(5)

} // namespace

KeyFileLogin::KeyFileLogin(QString user, QString keyFile, QString certificateFile,
                           const LoginMemory &memory)
    : m_user(std::move(user))
    , m_keyFile(std::move(keyFile))
    , m_certificateFile(std::move(certificateFile))
    , m_memory(memory)
{
}

QString KeyFileLogin::description() const
{
    return m_certificateFile.isEmpty() ? QStringLiteral("key %1").arg(m_keyFile)
                                       : QStringLiteral("certificate %1").arg(m_certificateFile);
}

LoginAttempt::Outcome KeyFileLogin::step(ssh_session session)
{
    switch (m_phase) {
    case Phase::Loading:
        if (const Outcome loaded = load(); loaded != Outcome::Pending) {
            return loaded;
        }
        return step(session);
    case Phase::Offering:
        if (const Outcome offered = offer(session); offered != Outcome::Succeeded) {
            return offered;
        }
        m_phase = Phase::Unlocking;
        return step(session);
    case Phase::Unlocking:
        if (const Outcome unlocked = unlock(); unlocked != Outcome::Pending) {
            return unlocked;
        }
        return step(session);
    case Phase::AwaitingPassphrase:
        return Outcome::Pending;
    case Phase::Signing:
        return outcomeOf(
            ssh_userauth_publickey(session, m_user.toUtf8().constData(), m_private.get()));
    case Phase::Skipped:
        break;
    }
    return deny(QStringLiteral("no passphrase was given"));
}

// Pending if it may go on. Our own reader looks at the file first: libssh crashes on keys that it
// does not know how to decrypt.
LoginAttempt::Outcome KeyFileLogin::load()
{
    const auto file = keys::KeyFile::read(m_keyFile);
    if (!file) {
        return deny(file.error().error.detail);
    }
    m_isEncrypted = file->isEncrypted;
    if (!m_isEncrypted && !openPrivateKey(nullptr)) {
        return deny(QStringLiteral("the file can not be read as a private key"));
    }
    if (!loadPublicPart(file->publicBlob)) {
        if (!m_certificateFile.isEmpty()) {
            return deny(QStringLiteral("the certificate can not be read"));
        }
        // A format that hides the public half: it has to be unlocked before it can be offered.
        m_phase = Phase::Unlocking;
        return Outcome::Pending;
    }
    m_phase = Phase::Offering;
    return Outcome::Pending;
}

bool KeyFileLogin::loadPublicPart(const QByteArray &blob)
{
    ssh_key raw = nullptr;
    if (!m_certificateFile.isEmpty()) {
        ssh_pki_import_cert_file(QFile::encodeName(m_certificateFile).constData(), &raw);
    } else if (m_private) {
        ssh_pki_export_privkey_to_pubkey(m_private.get(), &raw);
    } else if (!blob.isEmpty()) {
        const auto key = hostkeys::HostKey::fromBlob(blob);
        if (key) {
            ssh_pki_import_pubkey_base64(blob.toBase64().constData(),
                                         ssh_key_type_from_name(key->type().constData()), &raw);
        }
    }
    m_offered.reset(raw);
    return m_offered != nullptr;
}

LoginAttempt::Outcome KeyFileLogin::offer(ssh_session session)
{
    return outcomeOf(
        ssh_userauth_try_publickey(session, m_user.toUtf8().constData(), m_offered.get()));
}

// Pending if it may go on.
LoginAttempt::Outcome KeyFileLogin::unlock()
{
    if (!m_private) {
        if (m_passphrase.isEmpty() && m_memory.passphrases.contains(m_keyFile)) {
            m_passphrase = m_memory.passphrases.value(m_keyFile);
        }
        if (m_passphrase.isEmpty()) {
            return askPassphrase();
        }
        if (!openPrivateKey(m_passphrase.utf8())) {
            m_passphrase = {};
            return m_attempt < attemptLimit ? askPassphrase()
                                            : deny(QStringLiteral("the passphrase is wrong"));
        }
    }
    if (!m_certificateFile.isEmpty()
        && ssh_pki_copy_cert_to_privkey(m_offered.get(), m_private.get()) != SSH_OK) {
        return deny(QStringLiteral("the certificate does not belong to the key"));
    }
    m_phase = Phase::Signing;
    return Outcome::Pending;
}

bool KeyFileLogin::openPrivateKey(const char *passphrase)
{
    // Without this, libssh would ask for a passphrase by itself where it can.
    const auto refuse = [](const char *, char *, size_t, int, int, void *) { return -1; };
    ssh_key raw = nullptr;
    ssh_pki_import_privkey_file(QFile::encodeName(m_keyFile).constData(), passphrase, refuse,
                                nullptr, &raw);
    m_private.reset(raw);
    return m_private != nullptr;
}

LoginAttempt::Outcome KeyFileLogin::askPassphrase()
{
    ++m_attempt;
    m_phase = Phase::AwaitingPassphrase;
    return Outcome::Question;
}

LoginAttempt::Outcome KeyFileLogin::deny(const QString &remark)
{
    m_remark = remark;
    return Outcome::Denied;
}

Prompt::Question KeyFileLogin::question() const
{
    return PassphraseQuestion{m_keyFile, m_attempt};
}

void KeyFileLogin::answer(const PromptAnswer &answer)
{
    const auto *secrets = std::get_if<SecretAnswers>(&answer);
    const bool isGiven = secrets != nullptr && !secrets->isEmpty() && !secrets->first().isEmpty();
    if (isGiven) {
        m_passphrase = secrets->first();
        m_phase = Phase::Unlocking;
    } else {
        m_phase = Phase::Skipped;
    }
}

void KeyFileLogin::remember(LoginMemory &memory) const
{
    if (!m_passphrase.isEmpty()) {
        memory.passphrases.insert(m_keyFile, m_passphrase);
    }
}

} // namespace ssh
