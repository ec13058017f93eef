#include "ui/connect/ProfileEditor.h"

#include "profiles/ProfileStore.h"
#include "ui/connect/GeneralPage.h"
#include "ui/connect/ProfileForm.h"
#include "ui/connect/StoredSecretsPage.h"
#include "ui/connect/TransportPage.h"
#include "ui/connect/TunnelsPage.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

// A form of labels and fields that say where their values come from, and the list of pages beside
// it.
constexpr int usualWidth = 116;

} // namespace

ProfileEditor::ProfileEditor(const profiles::Profile &profile, const profiles::ProfileStore &store,
                             const settings::Settings &settings, const QStringList &aliases,
                             QWidget *parent)
    : Sheet(parent)
    , m_profile(profile)
    , m_form(new ProfileForm(store, settings, this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("profileEditor"));
    const QString title = profile.host.isEmpty() ? tr("New session") : tr("Edit session");
    setAccessibleName(title);
    m_problem->setObjectName(QStringLiteral("profileProblem"));
    m_problem->hide();
    m_form->addPage(new GeneralPage(store.groups()));
    m_form->addCommonPages(TransportPage::Scope::Session, aliases);
    m_form->addPage(new TunnelsPage);
    m_form->load(profile);
    setFocusProxy(m_form->focusProxy());

    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("profileSave"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("profileCancel"));
    connect(save, &QPushButton::clicked, this, &ProfileEditor::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    setDefaultButton(save);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(save);
    buttons->addWidget(cancel);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addWidget(m_form, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
}

void ProfileEditor::showSecrets(vault::Vault &vault, const QList<vault::SecretId> &ids)
{
    auto *page = new StoredSecretsPage(vault, ids);
    m_form->addPage(page);
    page->load(m_profile);
}

int ProfileEditor::widthInCharacters() const
{
    return usualWidth;
}

void ProfileEditor::submit()
{
    refuse(m_form->problem());
    if (m_problem->text().isEmpty()) {
        emit saved(m_form->stored(m_profile));
    }
    if (m_problem->text().isEmpty()) {
        finish();
    }
}

void ProfileEditor::refuse(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace ui
