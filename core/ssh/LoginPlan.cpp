#include "ssh/LoginPlan.h"

#include "keys/KeyFile.h"
#include "keys/PublicKeyBlob.h"
#include "ssh/ChallengeLogin.h"
#include "ssh/GssapiLogin.h"
#include "ssh/KeyFileLogin.h"
#include "ssh/PasswordLogin.h"

#include <QDir>
#include <QStringList>

#include <utility>

namespace ssh {
namespace {

using profiles::LoginSource;

// Empty if neither the file nor the .pub file beside it tells the key.
QByteArray publicKeyOf(const QString &keyFile)
{
    const auto file = keys::KeyFile::read(keyFile);
    return file && !file->publicBlob.isEmpty()
        ? file->publicBlob
        : keys::publicKeyInFile(keyFile + QStringLiteral(".pub"));
}

class Planner
{
public:
    Planner(const ConnectionSettings &settings, const LoginMemory &memory,
            const QList<keys::AgentIdentity> &identities, const AgentAccess &agent)
        : m_settings(settings)
        , m_memory(memory)
        , m_identities(identities)
        , m_agent(agent)
    {
    }

    std::deque<PlannedLogin> plan()
    {
        for (const LoginSource source : m_settings.loginOrder) {
            add(source);
        }
        return std::move(m_plan);
    }

private:
    void add(LoginSource source)
    {
        switch (source) {
        case LoginSource::Gssapi:
            m_plan.push_back({std::make_unique<GssapiLogin>(m_settings.user)});
            break;
        case LoginSource::KeyFiles:
            for (const QString &path : m_settings.identityFiles) {
                addKeyFile(path);
            }
            break;
        case LoginSource::Agent:
            addAgentKeys();
            break;
        case LoginSource::DefaultKeys:
            addDefaultKeys();
            break;
        case LoginSource::Password:
            m_plan.push_back({std::make_unique<PasswordLogin>(m_settings.user, m_settings.host,
                                                              m_memory.password)});
            break;
        case LoginSource::KeyboardInteractive:
            m_plan.push_back({std::make_unique<ChallengeLogin>(m_settings.user, m_settings.host,
                                                               m_memory.password)});
            break;
        }
    }

    void addKeyFile(const QString &path)
    {
        const QByteArray key = publicKeyOf(path);
        if (m_settings.loginOrder.contains(LoginSource::Agent)) {
            addAgentKeysLike(key);
        }
        QStringList certificates = certificatesOf(key);
        if (const auto beside = keys::certificateBeside(path);
            beside && !certificates.contains(*beside)) {
            certificates.append(*beside);
        }
        for (const QString &certificate : std::as_const(certificates)) {
            m_plan.push_back(
                {std::make_unique<KeyFileLogin>(m_settings.user, path, certificate, m_memory),
                 keys::publicKeyInFile(certificate)});
        }
        m_plan.push_back(
            {std::make_unique<KeyFileLogin>(m_settings.user, path, QString(), m_memory), key});
    }

    // Files of certificates that were given for themselves, and are about this key.
    QStringList certificatesOf(const QByteArray &key) const
    {
        QStringList files = m_settings.certificateFiles;
        files.removeIf([&key](const QString &file) {
            return key.isEmpty() || keys::plainKeyBlob(keys::publicKeyInFile(file)) != key;
        });
        return files;
    }

    // The key itself, or certificates of it.
    void addAgentKeysLike(const QByteArray &key)
    {
        for (const keys::AgentIdentity &identity : m_identities) {
            if (!key.isEmpty() && keys::plainKeyBlob(identity.blob) == key) {
                addAgentKey(identity);
            }
        }
    }

    void addAgentKeys()
    {
        if (m_settings.identitiesOnly) {
            for (const QString &path : m_settings.identityFiles) {
                addAgentKeysLike(publicKeyOf(path));
            }
            for (const QString &path : m_settings.certificateFiles) {
                addAgentKeysLike(keys::plainKeyBlob(keys::publicKeyInFile(path)));
            }
            return;
        }
        for (const keys::AgentIdentity &identity : m_identities) {
            addAgentKey(identity);
        }
    }

    void addAgentKey(const keys::AgentIdentity &identity)
    {
        for (const QString &file : certificatesOf(identity.blob)) {
            addAgentLogin({.blob = keys::publicKeyInFile(file),
                           .comment = file,
                           .signingBlob = identity.blob});
        }
        addAgentLogin(identity);
    }

    void addAgentLogin(const keys::AgentIdentity &identity)
    {
        const QList<QByteArray> &only = m_settings.onlyAgentKeys;
        const bool isWanted = only.isEmpty() || only.contains(identity.blob);
        if (isWanted && !m_planned.contains(identity.blob)) {
            m_planned.append(identity.blob);
            m_plan.push_back({std::make_unique<AgentKeyLogin>(m_settings.user, identity, m_agent),
                              identity.blob});
        }
    }

    void addDefaultKeys()
    {
        if (!m_settings.useDefaultKeys) {
            return;
        }
        for (const QString &path :
             keys::defaultIdentityFiles(QDir::homePath() + QStringLiteral("/.ssh"))) {
            if (!m_settings.identityFiles.contains(path)) {
                addKeyFile(path);
            }
        }
    }

    const ConnectionSettings &m_settings;
    const LoginMemory &m_memory;
    const QList<keys::AgentIdentity> &m_identities;
    const AgentAccess &m_agent;
    QList<QByteArray> m_planned; // keys of the agent
    std::deque<PlannedLogin> m_plan;
};

} // namespace

std::deque<PlannedLogin> planLogin(const ConnectionSettings &settings, const LoginMemory &memory,
                                   const QList<keys::AgentIdentity> &identities,
                                   const AgentAccess &agent)
{
    return Planner(settings, memory, identities, agent).plan();
}

} // namespace ssh
