#include "app/headless/KeysListVerb.h"

#include "app/headless/KeyListing.h"
#include "app/headless/Report.h"

#include <QDir>

#include <unistd.h>

#include <cerrno>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace app {
namespace {

constexpr auto agentLimit = 5s; // no person is involved in a list

}

KeysListVerb::KeysListVerb(Form form)
    : m_form(form)
    , m_output(STDOUT_FILENO)
{
    connect(&m_output, &LocalOutput::failed, this, [this](const base::Error &error) {
        if (error.code == EPIPE) {
            finish(exitStatusOfSignal(SIGPIPE));
        } else {
            report(error);
            finish(static_cast<int>(ExitStatus::SomeFailed));
        }
    });
}

void KeysListVerb::start()
{
    m_files = keys::ownKeys(QDir::homePath() + u"/.ssh"_s);
    m_places = keys::agentLocations({}, QProcessEnvironment::systemEnvironment());
    askNextAgent();
}

void KeysListVerb::askNextAgent()
{
    if (m_places.isEmpty()) {
        print();
        return;
    }
    const keys::AgentLocation place = m_places.takeFirst();
    m_agent = std::make_unique<keys::AgentClient>(place.socketPath);
    m_agent->identities(agentLimit)
        .then(this, [this, place](const base::Result<QList<keys::AgentIdentity>> &identities) {
            if (!identities) {
                m_agentProblem = u"The agent at %1 (%2) does not answer: %3"_s.arg(
                    place.socketPath, place.origin, identities.error().detail);
                askNextAgent();
                return;
            }
            m_agentPlace = place;
            m_identities = *identities;
            print();
        });
}

void KeysListVerb::print()
{
    const AgentListing agent{.socketPath = m_agentPlace ? m_agentPlace->socketPath : QString(),
                             .identities = m_identities,
                             .problem = m_agentPlace ? QString() : m_agentProblem};
    if (m_form == Form::Lines) {
        if (!agent.problem.isEmpty()) {
            report(agent.problem);
        }
        if (m_files.isEmpty() && m_identities.isEmpty()) {
            report(u"There are no keys; ponto keys generate ~/.ssh/id_ed25519 makes one."_s);
        }
    }
    const auto finishWhenWritten = [this] {
        if (m_output.isEmpty()) {
            finish(static_cast<int>(ExitStatus::Success));
        }
    };
    connect(&m_output, &LocalOutput::written, this, finishWhenWritten);
    m_output.write(m_form == Form::Json ? keyJson(m_files, agent) : keyLines(m_files, agent));
    finishWhenWritten();
}

void KeysListVerb::interrupt(int signal)
{
    finish(exitStatusOfSignal(signal));
}

void KeysListVerb::finish(int exitStatus)
{
    if (!std::exchange(m_isOver, true)) {
        emit finished(exitStatus);
    }
}

} // namespace app
