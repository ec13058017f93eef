#include "app/headless/KeysGenerateVerb.h"

#include "app/headless/AnswerSource.h"
#include "app/headless/Report.h"
#include "base/DisplayText.h"
#include "keys/KeyWriter.h"
#include "keys/PublicKeyBlob.h"

#include <QFileInfo>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {

KeysGenerateVerb::KeysGenerateVerb(QString file, keys::KeyRequest request)
    : m_file(std::move(file))
    , m_request(std::move(request))
{
}

KeysGenerateVerb::~KeysGenerateVerb() = default;

// Looks first: nobody likes to think of a passphrase for nothing.
void KeysGenerateVerb::start()
{
    for (const QString &path : {m_file, m_file + u".pub"_s}) {
        const QFileInfo info(path);
        if (info.exists() || info.isSymLink()) {
            report(u"%1 exists already, and a key is never overwritten."_s.arg(
                base::displayText(path)));
            finish(static_cast<int>(ExitStatus::SomeFailed));
            return;
        }
    }
    ask(u"Passphrase for the new key (empty for none): "_s);
}

void KeysGenerateVerb::ask(const QString &question)
{
    m_source = AnswerSource::choose();
    if (!m_source) {
        report(u"The passphrase can not be asked for: there is no terminal, and no program in "
               "SSH_ASKPASS that may ask."_s);
        finish(static_cast<int>(ExitStatus::SomeFailed));
        return;
    }
    // Queued, because what they do destroys the source.
    connect(m_source.get(), &AnswerSource::answered, this, &KeysGenerateVerb::handleAnswer,
            Qt::QueuedConnection);
    connect(
        m_source.get(), &AnswerSource::refused, this,
        [this] {
            report(u"No passphrase was given: no key was made."_s);
            finish(static_cast<int>(ExitStatus::SomeFailed));
        },
        Qt::QueuedConnection);
    m_source->ask({Question::Kind::Secret, question});
}

void KeysGenerateVerb::handleAnswer(const base::SecretString &answer)
{
    if (m_isOver) {
        return;
    }
    if (!m_passphrase && !answer.isEmpty()) {
        m_passphrase = answer;
        ask(u"The same passphrase again: "_s);
        return;
    }
    m_source.reset();
    if (m_passphrase && m_passphrase->bytes() != answer.bytes()) {
        report(u"The two passphrases differ: no key was made."_s);
        finish(static_cast<int>(ExitStatus::SomeFailed));
        return;
    }
    generate(answer);
}

void KeysGenerateVerb::generate(const base::SecretString &passphrase)
{
    const auto key = keys::generateKey(m_request);
    const auto written = key.and_then(
        [&](const keys::PrivateKey &made) { return keys::writeNewKey(m_file, made, passphrase); });
    if (!written) {
        report(written.error());
        finish(static_cast<int>(ExitStatus::SomeFailed));
        return;
    }
    const QString text
        = u"%1\n%2\n"_s.arg(base::displayText(m_file), keys::sha256Fingerprint(key->publicBlob()));
    std::fputs(text.toUtf8().constData(), stdout);
    finish(static_cast<int>(ExitStatus::Success));
}

void KeysGenerateVerb::interrupt(int signal)
{
    m_source.reset(); // the terminal is as it was
    finish(exitStatusOfSignal(signal));
}

void KeysGenerateVerb::finish(int exitStatus)
{
    if (!std::exchange(m_isOver, true)) {
        emit finished(exitStatus);
    }
}

} // namespace app
