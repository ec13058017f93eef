// KeysListVerb: `ponto keys list`: the private keys in ~/.ssh, and those of the SSH agent.

#pragma once

#include "app/headless/LocalOutput.h"
#include "app/headless/Verb.h"
#include "keys/AgentClient.h"
#include "keys/AgentLocation.h"
#include "keys/KeyList.h"

#include <memory>
#include <optional>

namespace app {

class KeysListVerb final : public Verb
{
    Q_OBJECT

public:
    enum class Form { Lines, Json };

    explicit KeysListVerb(Form form);

    void start() override;
    void interrupt(int signal) override;

private:
    void askNextAgent();
    void print();
    void finish(int exitStatus);

    Form m_form;
    LocalOutput m_output;
    QList<keys::OwnKey> m_files;
    QList<keys::AgentLocation> m_places; // of agents that were not asked yet
    std::unique_ptr<keys::AgentClient> m_agent;
    std::optional<keys::AgentLocation> m_agentPlace; // that answered
    QList<keys::AgentIdentity> m_identities;
    QString m_agentProblem;
    bool m_isOver = false;
};

} // namespace app
