#include "profiles/OpenSshResolution.h"

#include "profiles/OpenSshQuery.h"

namespace profiles {

OpenSshResolution::OpenSshResolution(QString program, QString file, const QString &alias,
                                     OpenSshPurpose purpose, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_file(std::move(file))
    , m_purpose(purpose)
    , m_chain(alias)
{
}

void OpenSshResolution::start()
{
    ask();
}

void OpenSshResolution::ask()
{
    const bool isTarget = m_purpose == OpenSshPurpose::Target && !m_chain.isAtJumpHost();
    const auto role = isTarget ? OpenSshQuery::Role::Target : OpenSshQuery::Role::JumpHost;
    m_query = new OpenSshQuery(m_program, m_file, *m_chain.next(), role, this);
    connect(m_query, &OpenSshQuery::finished, this, &OpenSshResolution::handleAnswer);
    m_query->start();
}

void OpenSshResolution::handleAnswer(const base::Result<OpenSshOptions> &options)
{
    m_query->deleteLater();
    if (!options) {
        emit finished(base::Failure(m_chain.explained(options.error())));
        return;
    }
    if (m_purpose == OpenSshPurpose::LaterJumpHost) {
        emit finished(OpenSshHost{*options, {}});
    } else if (const auto taken = m_chain.take(*options); !taken) {
        emit finished(base::Failure(taken.error()));
    } else if (m_chain.next()) {
        ask();
    } else {
        emit finished(m_chain.host());
    }
}

base::Result<OpenSshHost> plainOpenSshHost(const OpenSshPlace &place, const QString &alias,
                                           OpenSshPurpose purpose)
{
    if (purpose == OpenSshPurpose::LaterJumpHost) {
        return OpenSshHost{plainOpenSshOptions(place, OpenSshJump{.alias = alias}), {}};
    }
    OpenSshJumpChain chain(alias);
    while (chain.next()) {
        const OpenSshJump &jump = *chain.next();
        if (const auto taken = chain.take(plainOpenSshOptions(place, jump)); !taken) {
            return base::Failure(taken.error());
        }
    }
    return chain.host();
}

} // namespace profiles
