#include "ui/prompts/PromptPresenter.h"

#include "base/DisplayText.h"
#include "ui/prompts/ChallengeSheet.h"
#include "ui/prompts/HostKeyChangedSheet.h"
#include "ui/prompts/HostKeySheet.h"
#include "ui/prompts/KeyModeSheet.h"
#include "ui/prompts/PasswordSheet.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QBoxLayout>

#include <variant>

namespace ui {
namespace {

template<typename... Functions>
struct Overload : Functions...
{
    using Functions::operator()...;
};

// Below the heading, so that nobody takes the question for one of the server itself.
void nameJumpHost(Sheet &sheet, const QString &jumpHost)
{
    const QString text = PromptPresenter::tr("This is about the jump host %1, on the way to the "
                                             "server.")
                             .arg(base::displayText(jumpHost));
    auto *label = new PlainLabel(text, PlainLabel::Role::Text, &sheet);
    label->setObjectName(QStringLiteral("promptJumpHost"));
    sheet.setAccessibleDescription(text + u' ' + sheet.accessibleDescription());
    qobject_cast<QBoxLayout *>(sheet.layout())->insertWidget(1, label);
}

} // namespace

PromptPresenter::PromptPresenter(SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_host(host)
{
}

void PromptPresenter::follow(ssh::Connection &connection)
{
    connect(&connection, &ssh::Connection::promptRaised, this, &PromptPresenter::present);
    connect(&connection, &ssh::Connection::promptWithdrawn, this, &PromptPresenter::withdraw);
    connect(&connection, &ssh::Connection::hostKeyRefused, this, &PromptPresenter::presentRefusal);
    connect(this, &PromptPresenter::answered, &connection, &ssh::Connection::answer);
}

void PromptPresenter::present(const ssh::Prompt &prompt)
{
    Sheet *sheet = createSheet(prompt);
    if (!prompt.jumpHost.isEmpty()) {
        nameJumpHost(*sheet, prompt.jumpHost);
    }
    connect(sheet, &Sheet::cancelled, this, [this, id = prompt.id] { settle(id, ssh::Refusal()); });
    m_open.insert(prompt.id, sheet);
    m_host.present(sheet);
}

void PromptPresenter::withdraw(ssh::Prompt::Id prompt)
{
    if (const QPointer<Sheet> sheet = m_open.take(prompt)) {
        sheet->cancel();
    }
}

void PromptPresenter::presentRefusal(const ssh::HostKeyRefusal &refusal)
{
    using Status = hostkeys::HostKeyVerdict::Status;
    if (refusal.verdict.status == Status::Changed || refusal.verdict.status == Status::Revoked) {
        m_host.present(new HostKeyChangedSheet(refusal, &m_host));
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
