#include "ui/prompts/AgentUsePresenter.h"

#include "ui/prompts/AgentUseSheet.h"
#include "ui/widgets/SheetHost.h"

namespace ui {

AgentUsePresenter::AgentUsePresenter(SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_host(host)
{
}

void AgentUsePresenter::follow(ssh::Connection &connection)
{
    if (m_connection != nullptr) {
        m_connection->disconnect(this);
    }
    for (const ssh::Prompt::Id prompt : m_open.keys()) {
        withdraw(prompt);
    }
    m_connection = &connection;
    connect(&connection, &ssh::Connection::promptRaised, this, &AgentUsePresenter::present);
    connect(&connection, &ssh::Connection::promptWithdrawn, this, &AgentUsePresenter::withdraw);
}

void AgentUsePresenter::present(const ssh::Prompt &prompt)
{
    const auto *question = std::get_if<ssh::AgentUseQuestion>(&prompt.question);
    if (question == nullptr) {
        return;
    }
    const auto answer = [this, id = prompt.id](const ssh::PromptAnswer &given) {
        if (m_open.remove(id) && m_connection != nullptr) {
            m_connection->answer(id, given);
        }
    };
    auto *sheet = new AgentUseSheet(*question, &m_host);
    connect(sheet, &AgentUseSheet::allowed, this,
            [answer] { answer(ssh::AgentUseAnswer::AllowOnce); });
    connect(sheet, &Sheet::cancelled, this, [answer] { answer(ssh::Refusal()); });
    m_open.insert(prompt.id, sheet);
    m_host.present(sheet);
}

void AgentUsePresenter::withdraw(ssh::Prompt::Id prompt)
{
    if (const QPointer<Sheet> sheet = m_open.take(prompt)) {
        sheet->cancel();
    }
}

} // namespace ui
