// KeysGenerateVerb: `ponto keys generate FILE`: a new key pair. Asks for a passphrase, twice, on
// the terminal or through SSH_ASKPASS; an empty one leaves the file unencrypted.

#pragma once

#include "app/headless/Verb.h"
#include "base/SecretString.h"
#include "keys/KeyGenerator.h"

#include <QString>

#include <memory>
#include <optional>

namespace app {

class AnswerSource;

class KeysGenerateVerb final : public Verb
{
    Q_OBJECT

public:
    KeysGenerateVerb(QString file, keys::KeyRequest request);
    ~KeysGenerateVerb() override;

    void start() override;
    void interrupt(int signal) override;

private:
    void ask(const QString &question);
    void handleAnswer(const base::SecretString &answer);
    void generate(const base::SecretString &passphrase);
    void finish(int exitStatus);

    QString m_file;
    keys::KeyRequest m_request;
    std::unique_ptr<AnswerSource> m_source; // that is being waited for
    std::optional<base::SecretString> m_passphrase; // once it was typed the first time
    bool m_isOver = false;
};

} // namespace app
