#include "ui/prompts/PromptPresenter.h"

#include "ssh/PromptSecret.h"
#include "ui/errors/SecretText.h"
#include "ui/prompts/ChallengeSheet.h"
#include "ui/prompts/HostKeyChangedSheet.h"
#include "ui/prompts/HostKeySheet.h"
#include "ui/prompts/JumpHostRemark.h"
#include "ui/prompts/KeyModeSheet.h"
#include "ui/prompts/PasswordSheet.h"
#include "ui/prompts/SecretInquiry.h"
#include "ui/widgets/SheetHost.h"
#include "vault/LoginSecrets.h"

#include <variant>

namespace ui {
namespace {

template<typename... Functions>
struct Overload : Functions...
{
    using Functions::operator()...;
};

} // namespace

PromptPresenter::PromptPresenter(SheetHost &host, vault::Vault *vault, QObject *parent)
    : QObject(parent)
    , m_host(host)
{
    if (vault != nullptr) {
        m_secrets = new vault::LoginSecrets(*vault, this);
    }
}

// The inquiries take their sheets away, and need what dies with this.
PromptPresenter::~PromptPresenter()
{
    for (const auto &inquiry : std::as_const(m_inquiries)) {
        delete inquiry;
    }
}

void PromptPresenter::follow(ssh::Connection &connection)
{
    connect(&connection, &ssh::Connection::promptRaised, this, &PromptPresenter::present);
    connect(&connection, &ssh::Connection::promptWithdrawn, this, &PromptPresenter::withdraw);
    connect(&connection, &ssh::Connection::hostKeyRefused, this, &PromptPresenter::presentRefusal);
    connect(this, &PromptPresenter::answered, &connection, &ssh::Connection::answer);
    if (m_secrets == nullptr) {
        return;
    }
    m_secrets->begin();
    connect(&connection, &ssh::Connection::jumpHostPassed, this, &PromptPresenter::storeAccepted);
    connect(&connection, &ssh::Connection::stateChanged, this,
            [this, &connection](ssh::Connection::State state) {
                if (state == ssh::Connection::State::Ready) {
                    storeAccepted(connection.settings(), connection.info());
                    m_secrets->begin(); // nobody asks any more
                }
            });
    connect(&connection, &ssh::Connection::closed, this, [this] { m_secrets->begin(); });
}

// False if no stored secret can answer that question.
bool PromptPresenter::inquire(const ssh::Prompt &prompt)
{
    if (!prompt.secret || m_secrets == nullptr) {
        return false;
    }
    auto *inquiry = new SecretInquiry(prompt, *m_secrets, m_host, this);
    m_inquiries.insert(prompt.id, inquiry);
    connect(inquiry, &SecretInquiry::settled, this,
            [this, id = prompt.id](const ssh::PromptAnswer &answer) {
                m_inquiries.take(id)->deleteLater();
                emit answered(id, answer);
            });
    inquiry->start();
    return true;
}

void PromptPresenter::storeAccepted(const ssh::ConnectionSettings &settings,
                                    const ssh::ConnectionInfo &info)
{
    if (m_secrets == nullptr) {
        return;
    }
    const auto isAccepted
        = [&](const vault::SecretId &id) { return ssh::hasAccepted(settings, info, id); };
    for (auto &stored : m_secrets->commit(isAccepted)) {
        stored.then(this, [this](const base::Result<void> &result) {
            if (!result) {
                emit notStored(tr("It will not be remembered.") + u' '
                               + secretProblemText(m_secrets->vault().place(), result.error()));
            }
        });
    }
}

void PromptPresenter::present(const ssh::Prompt &prompt)
{
    Sheet *sheet = inquire(prompt) ? nullptr : createSheet(prompt);
    if (sheet == nullptr) {
        return;
    }
    nameJumpHost(*sheet, prompt.jumpHost);
    connect(sheet, &Sheet::cancelled, this, [this, id = prompt.id] { settle(id, ssh::Refusal()); });
    m_open.insert(prompt.id, sheet);
    m_host.present(sheet);
}

void PromptPresenter::withdraw(ssh::Prompt::Id prompt)
{
    if (SecretInquiry *inquiry = m_inquiries.take(prompt)) {
        inquiry->disconnect(this);
        inquiry->deleteLater();
    }
    if (const QPointer<Sheet> sheet = m_open.take(prompt)) {
        sheet->cancel();
    }
}

void PromptPresenter::presentRefusal(const ssh::HostKeyRefusal &refusal)
{
    using Status = hostkeys::HostKeyVerdict::Status;
    if (refusal.verdict.status == Status::Changed || refusal.verdict.status == Status::Revoked) {
        auto *sheet = new HostKeyChangedSheet(refusal, &m_host);
        connect(sheet, &HostKeyChangedSheet::replaced, this, &PromptPresenter::hostKeyReplaced);
        m_host.present(sheet);
    }
}

Sheet *PromptPresenter::createSheet(const ssh::Prompt &prompt)
{
    const auto passOn = [this, id = prompt.id](auto *sheet) -> Sheet * {
        connect(sheet, &std::remove_pointer_t<decltype(sheet)>::answered, this,
                [this, id](const ssh::SecretAnswers &answers) { settle(id, answers); });
        return sheet;
    };
    const Overload create{
        [&](const ssh::HostKeyQuestion &question) -> Sheet * {
            const bool isServer = prompt.jumpHost.isEmpty(); // that the fingerprint is for
            auto *sheet
                = new HostKeySheet(question, isServer ? m_expectedFingerprint : QString(), &m_host);
            connect(sheet, &HostKeySheet::accepted, this,
                    [this, id = prompt.id](ssh::HostKeyAnswer answer) { settle(id, answer); });
            return sheet;
        },
        [&](const ssh::PasswordQuestion &question) {
            return passOn(new PasswordSheet(question, &m_host));
        },
        [&](const ssh::PassphraseQuestion &question) {
            return passOn(new PasswordSheet(question, &m_host));
        },
        [&](const ssh::KeyModeQuestion &question) -> Sheet * {
            auto *sheet = new KeyModeSheet(question, &m_host);
            connect(sheet, &KeyModeSheet::mendChosen, this,
                    [this, id = prompt.id] { settle(id, ssh::KeyModeAnswer::Mend); });
            return sheet;
        },
        [&](const ssh::ProxyPasswordQuestion &question) {
            return passOn(new PasswordSheet(question, &m_host));
        },
        [&](const ssh::ChallengeQuestion &question) {
            return passOn(new ChallengeSheet(question, &m_host));
        },
        [](const ssh::AgentUseQuestion &) -> Sheet * {
            return nullptr; // no question of a login: AgentUsePresenter has it
        },
    };
    return std::visit(create, prompt.question);
}

void PromptPresenter::settle(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer)
{
    if (m_open.remove(prompt)) {
        emit answered(prompt, answer);
    }
}

} // namespace ui
