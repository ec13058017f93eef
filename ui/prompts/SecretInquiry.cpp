#include "ui/prompts/SecretInquiry.h"

#include "ui/errors/SecretText.h"
#include "ui/prompts/MasterPasswordSheet.h"
#include "ui/prompts/PasswordSheet.h"
#include "ui/widgets/SheetHost.h"

#include <chrono>

namespace ui {
namespace {

using namespace std::chrono_literals;

// A keyring that is open answers faster, so that its users see no sheet at all.
constexpr auto patience = 600ms;

PasswordSheet *createSheet(const ssh::Prompt::Question &question, SheetHost &host)
{
    if (const auto *password = std::get_if<ssh::PasswordQuestion>(&question)) {
        return new PasswordSheet(*password, &host);
    }
    return new PasswordSheet(std::get<ssh::PassphraseQuestion>(question), &host);
}

} // namespace

SecretInquiry::SecretInquiry(const ssh::Prompt::Question &question, const vault::SecretId &id,
                             vault::LoginSecrets &secrets, SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_question(question)
    , m_id(id)
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
    if (m_secrets.vault().store() == nullptr || m_secrets.wasRefused(m_id)) {
        showSheet({});
    } else {
        recall();
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
    m_sheet = createSheet(m_question, m_host);
    m_sheet->setRemark(remark);
    if (m_secrets.wasRefused(m_id)) {
        m_sheet->setRefusal(tr("What is stored in %1 was not accepted. It stays there until you "
                               "replace it here, or "
                               "forget it in the settings.")
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
    if (m_sheet->wantsRemembering()) {
        m_secrets.keep(m_id, answers.first());
    } else {
        m_secrets.drop(m_id);
    }
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
