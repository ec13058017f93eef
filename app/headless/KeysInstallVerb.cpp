#include "app/headless/KeysInstallVerb.h"

#include "app/headless/Report.h"
#include "base/DisplayText.h"
#include "keys/KeyList.h"
#include "keys/PublicKeyBlob.h"

#include <QDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace app {
namespace {

constexpr auto agentLimit = 5s; // no person is involved in a list

// The newest kind first, unlike at login, where any will do.
QString bestDefaultKey()
{
    const QStringList files = keys::defaultIdentityFiles(QDir::homePath() + u"/.ssh"_s);
    return files.isEmpty() ? QString() : files.last();
}

QString privateFileOf(const QString &file)
{
    const QString ending = u".pub"_s;
    return file.endsWith(ending) ? file.chopped(ending.size()) : file;
}

// Of which there is no private half here: FILE.pub.
keys::OwnKey publicHalfOf(const QString &file)
{
    return {.path = file, .publicBlob = keys::publicKeyInFile(file + u".pub"_s)};
}

} // namespace

KeysInstallVerb::KeysInstallVerb(ssh::ConnectionSettings settings, const QString &key)
    : m_name(key)
    , m_file(key.isEmpty() ? bestDefaultKey() : privateFileOf(key))
    , m_agents(keys::agentLocations(settings.agentSocket, QProcessEnvironment::systemEnvironment()))
    , m_session(std::move(settings))
{
    connect(&m_session, &VerbSession::ready, this, &KeysInstallVerb::install);
    connect(&m_session, &VerbSession::failed, this,
            [this] { finish(static_cast<int>(ExitStatus::ConnectionFailed)); });
    connect(&m_prompter, &TerminalPrompter::failed, this,
            [](const QString &sentence) { report(sentence); });
}

void KeysInstallVerb::start()
{
    const auto key = m_file.isEmpty() ? std::nullopt : keys::ownKey(m_file);
    if (key && key->publicBlob.isEmpty()) {
        fail(u"%1 hides its public half: put it beside it, as %1.pub."_s.arg(
            base::displayText(m_file)));
        return;
    }
    if (key) {
        m_key = {key->publicLine(), key->publicBlob, key->file ? m_file : QString()};
    } else if (const auto half = publicHalfOf(m_file); !half.publicBlob.isEmpty()) {
        m_key = {half.publicLine(), half.publicBlob, {}};
    }
    if (m_key.privateFile.isEmpty()) {
        askNextAgent();
    } else {
        m_session.open();
    }
}

void KeysInstallVerb::askNextAgent()
{
    if (m_agents.isEmpty()) {
        handleNoAgentKey();
        return;
    }
    const QString path = m_agents.takeFirst().socketPath;
    m_agent = std::make_unique<keys::AgentClient>(path);
    m_agent->identities(agentLimit)
        .then(this, [this, path](const base::Result<QList<keys::AgentIdentity>> &identities) {
            if (m_isOver) {
                return;
            }
            if (identities && takeFrom(path, *identities)) {
                m_session.open();
            } else {
                askNextAgent();
            }
        });
}

// Certificates are left out: a server wants the key itself.
bool KeysInstallVerb::takeFrom(const QString &socketPath,
                               const QList<keys::AgentIdentity> &identities)
{
    QList<keys::AgentIdentity> found;
    std::ranges::copy_if(
        identities, std::back_inserter(found), [this](const keys::AgentIdentity &identity) {
            const bool isMeant = !m_key.blob.isEmpty() ? identity.blob == m_key.blob
                : m_name.isEmpty()
                ? true
                : m_name == identity.comment || m_name == keys::sha256Fingerprint(identity.blob);
            return isMeant && keys::plainKeyBlob(identity.blob) == identity.blob;
        });
    if (found.size() != 1) {
        m_candidates = std::max(m_candidates, found.size());
        return false;
    }
    const keys::AgentIdentity &identity = found.first();
    if (m_key.blob.isEmpty()) {
        const keys::OwnKey key{.publicBlob = identity.blob,
                               .comment = identity.comment.simplified().toUtf8()};
        m_key = {key.publicLine(), key.publicBlob, {}};
        m_file = identity.comment;
    }
    m_key.agentSocket = socketPath;
    return true;
}

void KeysInstallVerb::handleNoAgentKey()
{
    if (!m_key.blob.isEmpty()) { // a public half alone can be installed, if not be proven
        m_session.open();
    } else if (m_candidates > 1) {
        fail(u"The agent has %1 keys that may be meant: choose one with -i and its fingerprint, as "
             "ponto keys list prints it."_s.arg(m_candidates));
    } else if (m_name.isEmpty()) {
        fail(u"There is no key in ~/.ssh, and none in an agent; ponto keys generate "
             "~/.ssh/id_ed25519 makes one."_s);
    } else {
        fail(u"%1 can not be read as a private key, and no agent has a key of that comment or "
             "fingerprint."_s.arg(base::displayText(m_name)));
    }
}

void KeysInstallVerb::fail(const QString &sentence)
{
    report(sentence);
    finish(static_cast<int>(ExitStatus::SomeFailed));
}

void KeysInstallVerb::install()
{
    using keyinstall::KeyInstallation;
    m_installation = std::make_unique<KeyInstallation>(m_session.connection(), m_key);
    connect(m_installation.get(), &KeyInstallation::promptRaised, &m_prompter,
            &TerminalPrompter::ask);
    connect(m_installation.get(), &KeyInstallation::promptWithdrawn, &m_prompter,
            &TerminalPrompter::withdraw);
    connect(&m_prompter, &TerminalPrompter::answered, m_installation.get(),
            &KeyInstallation::answer);
    connect(m_installation.get(), &KeyInstallation::finished, this, &KeysInstallVerb::handleReport);
    m_installation->start();
}

void KeysInstallVerb::handleReport(const base::Result<keyinstall::Report> &result)
{
    if (m_isOver) {
        return;
    }
    m_session.dismiss();
    if (!result) {
        report(result.error());
        finish(exitStatusOf(result.error()));
        return;
    }
    const QString name = base::displayText(m_file);
    const QString placed
        = (result->wasThere ? u"The server has the key %1 already"_s : u"The key %1 is installed"_s)
              .arg(name);
    if (result->isProven) {
        const QString how = result->alsoAsked.isEmpty()
            ? u", and it logs in.\n"_s
            : u", and the server accepts it; besides, it asks for: %1.\n"_s.arg(
                  base::displayText(result->alsoAsked.join(u", "_s)));
        std::fputs((placed + how).toUtf8().constData(), stdout);
        finish(static_cast<int>(ExitStatus::Success));
        return;
    }
    report(placed + u", but that it logs in could not be proven."_s);
    if (result->proofError) {
        report(*result->proofError);
    }
    finish(static_cast<int>(ExitStatus::SomeFailed));
}

void KeysInstallVerb::interrupt(int signal)
{
    finish(exitStatusOfSignal(signal));
}

void KeysInstallVerb::finish(int exitStatus)
{
    if (!std::exchange(m_isOver, true)) {
        emit finished(exitStatus);
    }
}

} // namespace app
