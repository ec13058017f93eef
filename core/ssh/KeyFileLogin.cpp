#include "ssh/KeyFileLogin.h"

#include "hostkeys/HostKey.h"
#include "keys/KeyMode.h"
#include "keys/KeyUnlock.h"
#include "keys/OpenSshKey.h"
#include "keys/PublicKeyBlob.h"

#include <QFile>

namespace ssh {
namespace {

constexpr int attemptLimit = 3; // NumberOfPasswordPrompts of ssh_config(5)
constexpr int fewestRsaBits = 2048; // as for host keys

// errno's own words where the error has none.
QString sentenceOf(const keys::KeyFileError &error)
{
    return error.error.detail.isEmpty() ? qt_error_string(error.error.code) : error.error.detail;
}

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

// A passphrase that was remembered for anything but a further connection may be wrong by now, and
// then the user is asked.
bool KeyFileLogin::canSignAtOnce(const keys::KeyFile &file) const
{
    const bool isKnown = m_memory.use == LoginMemory::Use::Twin
        && !m_memory.passphrases.value(m_keyFile).isEmpty();
    return !file.isLoose && (!file.isEncrypted || isKnown);
}

bool KeyFileLogin::mayAsk() const
{
    const auto file = keys::KeyFile::read(m_keyFile, keys::LooseMode::Accept);
    return file && !canSignAtOnce(*file);
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
    case Phase::AwaitingMode:
    case Phase::AwaitingPassphrase:
        return Outcome::Pending;
    case Phase::Signing:
        return outcomeOf(
            ssh_userauth_publickey(session, m_user.toUtf8().constData(), m_private.get()));
    case Phase::Skipped:
        break;
    }
    return Outcome::Denied; // m_remark says why
}

// Pending if it may go on.
LoginAttempt::Outcome KeyFileLogin::load()
{
    const auto file = keys::KeyFile::read(m_keyFile, keys::LooseMode::Accept);
    if (!file) {
        return deny(sentenceOf(file.error()));
    }
    m_file = *file;
    if (m_file.publicBlob.isEmpty()) {
        m_file.publicBlob = keys::publicKeyInFile(m_keyFile + QStringLiteral(".pub"));
    }
    // Some formats hide the public half: without a file that tells it, the key has to be opened
    // before it can be offered.
    const bool isHidden = m_file.publicBlob.isEmpty() && m_certificateFile.isEmpty();
    m_phase = isHidden ? Phase::Unlocking : Phase::Offering;
    if (isHidden) {
        return Outcome::Pending;
    }
    if (const Outcome checked = checkSize(m_file.publicBlob); checked != Outcome::Pending) {
        return checked;
    }
    if (!loadPublicPart(m_file.publicBlob)) {
        return deny(m_certificateFile.isEmpty()
                        ? QStringLiteral("the file can not be read as a private key")
                        : QStringLiteral("the certificate can not be read"));
    }
    if (canSignAtOnce(m_file)) {
        m_phase = Phase::Unlocking;
    }
    return Outcome::Pending;
}

// libssh refuses short RSA keys as well, but says nothing. Pending if it may go on.
LoginAttempt::Outcome KeyFileLogin::checkSize(const QByteArray &blob)
{
    const auto key = hostkeys::HostKey::fromBlob(blob);
    const bool isShort = key && key->type() == "ssh-rsa" && key->bits() < fewestRsaBits;
    if (!isShort) {
        return Outcome::Pending;
    }
    return deny(QStringLiteral("the RSA key has %1 bits, and less than %2 are not safe: make a new "
                               "key with ponto keys generate")
                    .arg(key->bits())
                    .arg(fewestRsaBits));
}

bool KeyFileLogin::loadPublicPart(const QByteArray &blob)
{
    ssh_key raw = nullptr;
    if (!m_certificateFile.isEmpty()) {
        ssh_pki_import_cert_file(QFile::encodeName(m_certificateFile).constData(), &raw);
    } else if (const auto key = hostkeys::HostKey::fromBlob(blob)) {
        ssh_pki_import_pubkey_base64(blob.toBase64().constData(),
                                     ssh_key_type_from_name(key->type().constData()), &raw);
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
        if (const Outcome opened = open(); opened != Outcome::Pending) {
            return opened;
        }
    }
    if (!m_offered) {
        m_phase = Phase::Signing;
        return Outcome::Pending;
    }
    if (!m_certificateFile.isEmpty()
        && ssh_pki_copy_cert_to_privkey(m_offered.get(), m_private.get()) != SSH_OK) {
        return deny(QStringLiteral("the certificate does not belong to the key"));
    }
    m_phase = Phase::Signing;
    return Outcome::Pending;
}

// Pending once the private half is there.
LoginAttempt::Outcome KeyFileLogin::open()
{
    if (m_file.isLoose) {
        return ask(Phase::AwaitingMode);
    }
    if (m_file.isEncrypted && m_passphrase.isEmpty()) {
        m_passphrase = m_memory.passphrases.value(m_keyFile);
        if (m_passphrase.isEmpty()) {
            ++m_attempt;
            return ask(Phase::AwaitingPassphrase);
        }
    }
    const auto opened = openPrivateKey();
    if (opened) {
        return Outcome::Pending;
    }
    if (opened.error().reason != keys::KeyFileError::Reason::WrongPassphrase) {
        return deny(sentenceOf(opened.error()));
    }
    m_passphrase = {};
    if (m_attempt >= attemptLimit) {
        return deny(QStringLiteral("the passphrase is wrong"));
    }
    ++m_attempt;
    return ask(Phase::AwaitingPassphrase);
}

base::Result<void, keys::KeyFileError> KeyFileLogin::openPrivateKey()
{
    const auto key = keys::unlockKeyFile(m_keyFile, m_passphrase);
    if (!key) {
        return base::Failure(key.error());
    }
    if (checkSize(key->publicBlob()) != Outcome::Pending) {
        return base::Failure(keys::KeyFileError{keys::KeyFileError::Reason::UnsupportedKey,
                                                base::Error{.detail = m_remark}});
    }
    // Without this, libssh would ask for a passphrase by itself where it can.
    const auto refuse = [](const char *, char *, size_t, int, int, void *) { return -1; };
    ssh_key raw = nullptr;
    ssh_pki_import_privkey_base64(keys::openSshText(*key).utf8(), nullptr, refuse, nullptr, &raw);
    m_private.reset(raw);
    if (!m_private) {
        return base::Failure(keys::KeyFileError{
            keys::KeyFileError::Reason::UnsupportedKey,
            base::Error{.detail = QStringLiteral("the key can not be used to log in")}});
    }
    return {};
}

LoginAttempt::Outcome KeyFileLogin::ask(Phase phase)
{
    m_phase = phase;
    return Outcome::Question;
}

LoginAttempt::Outcome KeyFileLogin::deny(const QString &remark)
{
    m_remark = remark;
    return Outcome::Denied;
}

Prompt::Question KeyFileLogin::question() const
{
    if (m_phase == Phase::AwaitingMode) {
        return KeyModeQuestion{m_keyFile, m_file.mode};
    }
    return PassphraseQuestion{m_keyFile, m_attempt};
}

void KeyFileLogin::answer(const PromptAnswer &answer)
{
    if (m_phase == Phase::AwaitingMode) {
        if (std::holds_alternative<KeyModeAnswer>(answer)) {
            mendMode();
        } else {
            m_remark = sentenceOf(keys::looseModeError());
            m_phase = Phase::Skipped;
        }
        return;
    }
    const auto *secrets = std::get_if<SecretAnswers>(&answer);
    const bool isGiven = secrets != nullptr && !secrets->isEmpty() && !secrets->first().isEmpty();
    if (isGiven) {
        m_passphrase = secrets->first();
        m_phase = Phase::Unlocking;
    } else {
        m_remark = QStringLiteral("no passphrase was given");
        m_phase = Phase::Skipped;
    }
}

void KeyFileLogin::mendMode()
{
    if (const auto mended = keys::mendMode(m_keyFile); !mended) {
        m_remark
            = QStringLiteral("its mode can not be changed: %1").arg(sentenceOf(mended.error()));
        m_phase = Phase::Skipped;
        return;
    }
    m_file.isLoose = false;
    m_phase = Phase::Unlocking;
}

void KeyFileLogin::remember(LoginMemory &memory) const
{
    if (!m_passphrase.isEmpty()) {
        memory.passphrases.insert(m_keyFile, m_passphrase);
    }
}

} // namespace ssh
