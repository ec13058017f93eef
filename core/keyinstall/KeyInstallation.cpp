#include "keyinstall/KeyInstallation.h"

#include "keyinstall/AuthorizedKeysEdit.h"

#include <QPromise>

#include <algorithm>
#include <utility>

namespace keyinstall {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using ssh::Connection;

Error error(ErrorKind kind, const QString &detail)
{
    return {
        .kind = kind, .operation = QStringLiteral("prove key"), .subject = {}, .detail = detail};
}

// The way in that is to be proven, and no other.
ssh::ConnectionSettings proofSettings(ssh::ConnectionSettings settings, const KeyToInstall &key)
{
    if (key.privateFile.isEmpty()) {
        settings.identityFiles.clear();
        settings.loginOrder = {profiles::LoginSource::Agent};
        settings.useAgent = true;
        settings.identitiesOnly = false;
        settings.agentSocket = key.agentSocket;
        settings.onlyAgentKeys = {key.blob};
    } else {
        settings.identityFiles = {key.privateFile};
        settings.loginOrder = {profiles::LoginSource::KeyFiles};
    }
    // A key that is not known is shown to us: it must be that of the first connection.
    settings.hostKeyPolicy = hostkeys::HostKeyPolicy::Ask;
    return settings;
}

// The attempt with the key that the server accepted as the first of several proofs.
const ssh::LoginTrace::Attempt *partialSuccess(const ssh::LoginTrace &trace)
{
    const auto found = std::ranges::find(trace.attempts, ssh::LoginTrace::Attempt::Answer::Partial,
                                         &ssh::LoginTrace::Attempt::answer);
    return found == trace.attempts.end() ? nullptr : &*found;
}

bool isOfCertificate(const QString &description)
{
    return description.contains(QStringLiteral("certificate"));
}

} // namespace

KeyInstallation::KeyInstallation(Connection &connection, KeyToInstall key, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_settings(connection.settings())
    , m_hostKey(connection.info().hostKey)
    , m_key(std::move(key))
{
}

KeyInstallation::~KeyInstallation() = default;

void KeyInstallation::start()
{
    emit progressed(Step::Installing);
    m_files = std::make_unique<sftp::Client>(m_connection);
    connect(m_files.get(), &sftp::Client::closed, this, [this](const Result<void> &reason) {
        finish(base::Failure(reason ? error(ErrorKind::ConnectionLost, {}) : reason.error()));
    });
    install();
}

void KeyInstallation::install()
{
    // Shared because the answer is a function that may be copied. If the connection ends first, it
    // dies unanswered, and Client::closed() tells.
    const auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    promise->future().then(this,
                           [this](const Result<bool> &wasThere) { handleInstalled(wasThere); });
    m_files->post([line = m_key.publicLine, blob = m_key.blob, promise](sftp::Engine *engine) {
        if (engine == nullptr) {
            return;
        }
        using Outcome = AuthorizedKeysEdit::Outcome;
        AuthorizedKeysEdit::run(*engine, line, blob, [promise](const Result<Outcome> &outcome) {
            promise->addResult(
                outcome.transform([](Outcome value) { return value == Outcome::WasThere; }));
            promise->finish();
        });
    });
}

void KeyInstallation::handleInstalled(const Result<bool> &wasThere)
{
    if (m_hasEnded) {
        return;
    }
    m_files->disconnect(this);
    m_files.reset();
    if (!wasThere) {
        finish(base::Failure(wasThere.error()));
        return;
    }
    m_report.wasThere = *wasThere;
    if (m_key.privateFile.isEmpty() && m_key.agentSocket.isEmpty()) {
        finish(m_report);
    } else {
        prove();
    }
}

void KeyInstallation::prove()
{
    m_proof = Connection::makeBeside(m_connection, proofSettings(m_settings, m_key));
    connect(m_proof.get(), &Connection::promptRaised, this, &KeyInstallation::handlePrompt);
    connect(m_proof.get(), &Connection::promptWithdrawn, this, &KeyInstallation::promptWithdrawn);
    connect(m_proof.get(), &Connection::stateChanged, this, [this](Connection::State state) {
        if (state == Connection::State::Ready) {
            handleProofReady();
        }
    });
    connect(m_proof.get(), &Connection::agentWaitChanged, this, &KeyInstallation::agentWaitChanged);
    connect(m_proof.get(), &Connection::closed, this, [this](const Result<void> &reason) {
        handleProofClosed(reason ? error(ErrorKind::ConnectionLost, {}) : reason.error());
    });
    m_proof->open();
    emit progressed(Step::Proving);
}

void KeyInstallation::handlePrompt(const ssh::Prompt &prompt)
{
    if (const auto *question = std::get_if<ssh::HostKeyQuestion>(&prompt.question)) {
        const bool isTheSame = m_hostKey == question->key;
        m_proof->answer(prompt.id,
                        isTheSame ? ssh::PromptAnswer(ssh::HostKeyAnswer::AcceptOnce)
                                  : ssh::PromptAnswer(ssh::Refusal()));
        return;
    }
    const bool isAboutTheKey = std::holds_alternative<ssh::PassphraseQuestion>(prompt.question)
        || std::holds_alternative<ssh::KeyModeQuestion>(prompt.question);
    if (isAboutTheKey) {
        emit promptRaised(prompt);
        return;
    }
    // The server asks for more than the key, or did not take it.
    m_proof->answer(prompt.id, ssh::Refusal());
}

void KeyInstallation::answer(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer)
{
    if (m_proof) {
        m_proof->answer(prompt, answer);
    }
}

void KeyInstallation::handleProofReady()
{
    const ssh::ConnectionInfo &info = m_proof->info();
    if (info.loginMethod != QStringLiteral("publickey")) {
        failProof(error(ErrorKind::Unsupported,
                        QStringLiteral("The server lets anybody in, without any key.")));
        return;
    }
    if (isOfCertificate(info.loginKey)) {
        failProof(error(ErrorKind::Unsupported,
                        QStringLiteral("The server let the certificate in that lies beside the "
                                       "key.")));
        return;
    }
    m_report.isProven = true;
    finish(m_report);
}

// A server that wants more than the key has accepted it all the same (RFC 4252 section 5.1).
void KeyInstallation::handleProofClosed(const Error &error)
{
    const ssh::LoginTrace &trace = m_proof->info().loginTrace;
    const auto *accepted = partialSuccess(trace);
    if (accepted == nullptr || isOfCertificate(accepted->description)) {
        failProof(error);
        return;
    }
    m_report.isProven = true;
    m_report.alsoAsked = accepted->remaining;
    finish(m_report);
}

void KeyInstallation::failProof(const Error &error)
{
    m_report.proofError = error;
    finish(m_report);
}

void KeyInstallation::cancel()
{
    finish(base::Failure(Error{.kind = ErrorKind::Cancelled}));
}

void KeyInstallation::finish(const Result<Report> &report)
{
    if (std::exchange(m_hasEnded, true)) {
        return;
    }
    // They may be what calls us.
    if (m_files) {
        m_files->disconnect(this);
        m_files.release()->deleteLater();
    }
    if (m_proof) {
        m_proof->disconnect(this);
        m_proof->close();
        m_proof.release()->deleteLater();
    }
    emit finished(report);
}

} // namespace keyinstall
