#include "ui/prompts/SecretInquiry.h"

#include "ssh/PromptSecret.h"
#include "ui/errors/SecretText.h"
#include "ui/prompts/JumpHostRemark.h"
#include "ui/prompts/MasterPasswordSheet.h"
#include "ui/prompts/PasswordSheet.h"
#include "ui/widgets/SheetHost.h"

#include <chrono>

namespace ui {
namespace {

using namespace std::chrono_literals;

// A keyring that is open answers faster, so that its users see no sheet at all.
constexpr auto patience = 600ms;

PasswordSheet *createSheet(const ssh::Prompt &prompt, SheetHost &host)
{
    const ssh::Prompt::Question &question = prompt.question;
    PasswordSheet *sheet = nullptr;
    if (const auto *password = std::get_if<ssh::PasswordQuestion>(&question)) {
        sheet = new PasswordSheet(*password, &host);
    } else if (const auto *proxy = std::get_if<ssh::ProxyPasswordQuestion>(&question)) {
        sheet = new PasswordSheet(*proxy, &host);
    } else {
        sheet = new PasswordSheet(std::get<ssh::PassphraseQuestion>(question), &host);
    }
    nameJumpHost(*sheet, prompt.jumpHost);
    return sheet;
}

} // namespace

SecretInquiry::SecretInquiry(const ssh::Prompt &prompt, vault::LoginSecrets &secrets,
                             SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_prompt(prompt)
    , m_id(*prompt.secret)
    , m_secrets(secrets)
    , m_host(host)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        showSheet(tr("Waiting for %1. You can also type it here.")
                      .arg(placeText(m_secrets.vault().place())));
    });
}

SecretInquiry::~SecretInquiry()
{
    m_isSettled = true;
    if (m_shown) {
        m_shown->cancel();
    }
}

void SecretInquiry::start()
{
    if (!ssh::isAskedAgain(m_prompt.question)) {
        m_secrets.beginQuestion(m_id);
    }
    if (m_secrets.mayKnow(m_id)) {
        recall();
    } else {
        showSheet({});
    }
}

void SecretInquiry::recall()
{
    m_patience.start();
    m_secrets.recall(m_id).then(
        this, [this](const base::Result<base::SecretString> &secret) { handleRecalled(secret); });
}

void SecretInquiry::handleRecalled(const base::Result<base::SecretString> &secret)
{
    m_patience.stop();
    if (m_isSettled) {
        return;
    }
    if (secret) {
        if (!m_sheet || m_sheet->isUntouched()) {
            settle(ssh::SecretAnswers{*secret});
        }
        return;
    }
    const vault::Place place = m_secrets.vault().place();
    const base::ErrorKind kind = secret.error().kind;
    if (place == vault::Place::File && kind == base::ErrorKind::PermissionDenied && !m_sheet) {
        askToUnlock();
        return;
    }
    const QString remark
        = kind == base::ErrorKind::NotFound ? QString() : secretProblemText(place, secret.error());
    if (m_sheet) {
        m_sheet->setRemark(remark);
    } else {
        showSheet(remark);
    }
}

void SecretInquiry::askToUnlock()
{
    auto *sheet = new MasterPasswordSheet(MasterPasswordSheet::Purpose::Unlock,
                                          m_secrets.vault().file(), &m_host);
    connect(sheet, &MasterPasswordSheet::done, this, &SecretInquiry::recall);
    connect(sheet, &Sheet::cancelled, this, [this] {
        m_secrets.decline();
        showSheet({});
    });
    show(sheet);
}

void SecretInquiry::showSheet(const QString &remark)
{
    if (m_isSettled) {
        return;
    }
    m_sheet = createSheet(m_prompt, m_host);
    m_sheet->setRemark(remark);
    if (m_secrets.wasRefused(m_id)) {
        m_sheet->setRefusal(tr("What is stored in %1 was not accepted. It stays there until you "
                               "replace it here, or forget it under Secrets in the "
                               "settings.")
                                .arg(placeText(m_secrets.vault().place())));
    }
    offerRemembering();
    connect(m_sheet, &PasswordSheet::answered, this, &SecretInquiry::handleTyped);
    connect(m_sheet, &Sheet::cancelled, this, [this] { settle(ssh::Refusal()); });
    show(m_sheet);
}

void SecretInquiry::offerRemembering()
{
    vault::SecretStore *store = m_secrets.vault().store();
    if (store == nullptr) {
        return;
    }
    m_sheet->offerRemembering(placeText(m_secrets.vault().place()),
                              m_secrets.wasRefused(m_id) ? PasswordSheet::Suggestion::Keep
                                                         : PasswordSheet::Suggestion::DoNotKeep);
    store->check().then(this, [this](const base::Result<void> &check) {
        if (!check && m_sheet) {
            m_sheet->refuseRemembering(secretProblemText(m_secrets.vault().place(), check.error()));
        }
    });
}

void SecretInquiry::handleTyped(const ssh::SecretAnswers &answers)
{
    using Fate = vault::LoginSecrets::Fate;
    m_secrets.handleTyped(m_id, answers.first(),
                          m_sheet->wantsRemembering() ? Fate::Store : Fate::Forget);
    settle(answers);
}

void SecretInquiry::settle(const ssh::PromptAnswer &answer)
{
    if (!m_isSettled) {
        m_isSettled = true;
        emit settled(answer);
    }
}

void SecretInquiry::show(Sheet *sheet)
{
    m_shown = sheet;
    m_host.present(sheet);
}

} // namespace ui
