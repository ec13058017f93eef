// KeyFileLogin: the method "publickey" of RFC 4252 section 7 with a private key in a file, with the
// OpenSSH certificate beside it if there is one.
//
// What needs nobody's help signs at once, which saves a round trip and counts as one attempt either
// way. Otherwise the server is asked first whether it would take the key; only then is the user
// asked for what the file still needs: a mode that keeps others out, a passphrase. The file is read
// by core/keys, and libssh gets a key in OpenSSH's format that we wrote: of foreign files it can
// neither read all nor survive all.

#pragma once

#include "keys/KeyFile.h"
#include "ssh/LibsshHandles.h"
#include "ssh/LoginAttempt.h"

namespace ssh {

class KeyFileLogin final : public LoginAttempt
{
public:
    enum class Credential { Key, Certificate };

    // `certificateFile` is used with Credential::Certificate. `memory` may know the passphrase; it
    // outlives this.
    KeyFileLogin(QString user, QString keyFile, QString certificateFile, const LoginMemory &memory);

    QString method() const override { return QStringLiteral("publickey"); }
    QString description() const override;
    QString remark() const override { return m_remark; }
    Outcome step(ssh_session session) override;
    bool mayAsk() const override;
    bool isProof() const override { return m_phase == Phase::Signing; }
    Prompt::Question question() const override;
    void answer(const PromptAnswer &answer) override;
    void remember(LoginMemory &memory) const override;

private:
    enum class Phase {
        Loading,
        Offering,
        Unlocking,
        AwaitingMode,
        AwaitingPassphrase,
        Signing,
        Skipped,
    };

    bool canSignAtOnce(const keys::KeyFile &file) const;
    Outcome load();
    Outcome offer(ssh_session session);
    Outcome unlock();
    Outcome open();
    Outcome ask(Phase phase);
    Outcome deny(const QString &remark);
    Outcome checkSize(const QByteArray &blob);
    bool loadPublicPart(const QByteArray &blob);
    base::Result<void, keys::KeyFileError> openPrivateKey();
    void mendMode();

    QString m_user;
    QString m_keyFile;
    QString m_certificateFile; // empty: the plain key
    const LoginMemory &m_memory;
    KeyHandle m_offered; // public key or certificate
    KeyHandle m_private;
    base::SecretString m_passphrase;
    QString m_remark;
    int m_attempt = 0; // passphrases that the user was asked for
    keys::KeyFile m_file;
    Phase m_phase = Phase::Loading;
};

} // namespace ssh
