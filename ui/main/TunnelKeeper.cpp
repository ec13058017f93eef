#include "ui/main/TunnelKeeper.h"

#include "forward/ForwardSet.h"
#include "profiles/EffectiveProfile.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/forwards/TunnelPanel.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/main/SharedConnection.h"

#include <algorithm>

namespace ui {

using profiles::EffectiveProfile;

TunnelKeeper::TunnelKeeper(const Services &services, SessionTabs &tabs, SheetHost &host,
                           QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_tabs(tabs)
    , m_host(host)
{
    connect(&m_tabs, &SessionTabs::pageAdded, this, &TunnelKeeper::follow);
    connect(&m_services.profiles, &profiles::ProfileStore::changed, this,
            &TunnelKeeper::updateSavable);
}

TunnelKeeper::~TunnelKeeper() = default;

void TunnelKeeper::startMarked()
{
    const QList<profiles::Profile> sessions = m_services.profiles.profiles();
    for (const profiles::Profile &session : sessions) {
        if (session.startsForwards && !session.forwards.isEmpty()) {
            start(session);
        }
    }
}

void TunnelKeeper::start(const profiles::Profile &session)
{
    const auto known = std::ranges::find(
        m_logins, session.id, [](const KeptLogin *login) { return login->profile().id; });
    if (known == m_logins.end()) {
        add(EffectiveProfile::of(session, m_services.profiles).profile)->open();
    } else if ((*known)->state() != KeptLogin::State::Connected) {
        (*known)->open();
    }
}

KeptLogin *TunnelKeeper::add(const profiles::Profile &session)
{
    auto *login = new KeptLogin(m_services, session, m_host, this);
    m_logins.append(login);
    connect(login, &KeptLogin::changed, this, &TunnelKeeper::changed);
    connect(login, &KeptLogin::forwardsChanged, this, [this, login] {
        connect(login->forwards(), &forward::ForwardSet::outlivesTabsChanged, login, [this, login] {
            if (!login->forwards()->outlivesTabs()) {
                release(login);
            }
        });
        emit changed();
    });
    emit changed();
    return login;
}

void TunnelKeeper::release(KeptLogin *login)
{
    if (!m_logins.removeOne(login)) {
        return;
    }
    login->disconnect(this);
    if (forward::ForwardSet *forwards = login->forwards()) {
        forwards->disconnect(login);
        forwards->setOutlivesTabs(false); // a tab may still show them
    }
    login->deleteLater(); // it may be in the middle of its own signal
    emit changed();
}

std::shared_ptr<SharedConnection> TunnelKeeper::readyConnection(
    const profiles::Profile::Id &session) const
{
    for (const KeptLogin *login : m_logins) {
        if (login->profile().id == session && login->state() == KeptLogin::State::Connected) {
            return login->connection();
        }
    }
    return nullptr;
}

qsizetype TunnelKeeper::listeningCount() const
{
    qsizetype count = 0;
    for (const KeptLogin *login : m_logins) {
        count += login->forwards() == nullptr ? 0 : login->forwards()->listeningCount();
    }
    return count;
}

void TunnelKeeper::follow(ConnectionPage *page)
{
    TunnelPanel &panel = page->bottom().tunnels();
    panel.setSavable(m_services.profiles.find(page->request().profile.id).has_value());
    connect(&panel, &TunnelPanel::keepRequested, this, [this, page] { keep(*page); });
    connect(&panel, &TunnelPanel::saveRequested, this,
            [this, page](const profiles::Forward &forward) { save(*page, forward); });
}

void TunnelKeeper::updateSavable()
{
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        ConnectionPage *page = m_tabs.page(index);
        page->bottom().tunnels().setSavable(
            m_services.profiles.find(page->request().profile.id).has_value());
    }
}

void TunnelKeeper::keep(ConnectionPage &page)
{
    if (const auto connection = page.connection()) {
        add(page.request().profile)->adopt(connection);
    }
}

void TunnelKeeper::save(ConnectionPage &page, const profiles::Forward &forward)
{
    auto session = m_services.profiles.find(page.request().profile.id);
    if (!session || session->forwards.contains(forward)) {
        return;
    }
    const profiles::Profile before = *session;
    session->forwards.append(forward);
    const auto saved = m_services.profiles.change({{.before = before, .after = *session}});
    if (!saved) {
        emit failed(sessionsNotSaved(saved.error()));
        return;
    }
    for (int index = 0; index < m_tabs.pageCount(); ++index) {
        ConnectionPage *open = m_tabs.page(index);
        if (open->request().profile.id != session->id) {
            continue;
        }
        const auto profile = EffectiveProfile::of(*session, m_services.profiles).profile;
        open->setProfile(profile);
        if (const auto connection = open->connection()) {
            connection->forwards()->setSaved(profile.forwards);
        }
        open->bottom().tunnels().setSavable(true);
    }
}

} // namespace ui
