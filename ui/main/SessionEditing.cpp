#include "ui/main/SessionEditing.h"

#include "profiles/EffectiveProfile.h"
#include "ssh/PromptSecret.h"
#include "ui/connect/GroupEditor.h"
#include "ui/connect/ManyEditor.h"
#include "ui/connect/ProfileEditor.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/widgets/SheetHost.h"

#include <utility>

namespace ui {

SessionEditing::SessionEditing(const Services &services, SessionTabs &tabs, SheetHost &host,
                               QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_tabs(tabs)
    , m_host(host)
{
    connect(&m_services.profiles, &profiles::ProfileStore::changed, this,
            &SessionEditing::followEnvironments);
}

void SessionEditing::editNew()
{
    profiles::Profile profile = profiles::Profile::forAddress({});
    profile.user.clear();
    edit(profile);
}

// Of OpenSSH's configuration.
QStringList SessionEditing::aliases() const
{
    return m_services.openSsh == nullptr ? QStringList() : m_services.openSsh->aliases();
}

void SessionEditing::edit(const profiles::Profile &profile)
{
    auto *editor
        = new ProfileEditor(profile, m_services.profiles, m_services.settings, aliases(), &m_host);
    if (m_services.vault != nullptr && !profile.host.isEmpty()) {
        const auto effective = profiles::EffectiveProfile::of(profile, m_services.profiles);
        editor->showSecrets(*m_services.vault,
                            ssh::secretsOf(m_services.connectionSettings(effective.profile, {})));
    }
    connect(editor, &ProfileEditor::saved, this,
            [this, editor, before = profile](const profiles::Profile &edited) {
                const auto saved = save(edited, before);
                if (!saved) {
                    editor->refuse(sessionsNotSaved(saved.error()).toSentence());
                }
            });
    m_host.present(editor);
    editor->setFocus();
}

void SessionEditing::editMany(const QList<profiles::Profile> &sessions, SessionChanges &changes)
{
    auto *editor = new ManyEditor(sessions, m_services.profiles, changes, &m_host);
    m_host.present(editor);
    editor->setFocus();
}

void SessionEditing::editGroup(const QString &path)
{
    auto *editor
        = new GroupEditor(path, m_services.profiles, m_services.settings, aliases(), &m_host);
    m_host.present(editor);
    editor->setFocus();
}

void SessionEditing::saveCurrent()
{
    if (const ConnectionPage *page = m_tabs.currentPage()) {
        const auto stored = m_services.profiles.find(page->request().profile.id);
        edit(stored.value_or(page->request().profile));
    }
}

base::Result<void> SessionEditing::save(const profiles::Profile &edited,
                                        const profiles::Profile &before)
{
    const auto saved = m_services.profiles.save(edited, before);
    if (!saved) {
        return saved;
    }
    const profiles::Profile profile = m_services.profiles.find(edited.id).value_or(edited);
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        ConnectionPage *page = m_tabs.page(index);
        if (page->request().profile.id == profile.id) {
            page->setProfile(profiles::EffectiveProfile::of(profile, m_services.profiles).profile);
            page->setSaved(true);
        }
    }
    return {};
}

// A server that became production must look like it at once, also if its group says so.
void SessionEditing::followEnvironments()
{
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        profiles::Profile known = m_tabs.page(index)->request().profile;
        if (const auto saved = m_services.profiles.find(known.id)) {
            const auto now = profiles::EffectiveProfile::of(*saved, m_services.profiles);
            const bool isOther = known.environmentClass != now.profile.environmentClass
                || known.color != now.profile.color || known.icon != now.profile.icon
                || known.terminal != now.profile.terminal;
            known.environmentClass = now.profile.environmentClass;
            known.color = now.profile.color;
            known.icon = now.profile.icon;
            known.terminal = now.profile.terminal;
            if (isOther) {
                m_tabs.page(index)->setProfile(known);
            }
        }
    }
}

} // namespace ui
