#include "ui/main/KeptLogin.h"

#include "base/DisplayText.h"
#include "forward/ForwardSet.h"
#include "transfer/TransferSchedule.h"
#include "ui/errors/LoginErrorText.h"
#include "ui/errors/OpenSshErrorText.h"
#include "ui/main/Reconnection.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TransferTarget.h"
#include "ui/prompts/PromptPresenter.h"

#include <QLocale>

#include <utility>

namespace ui {

KeptLogin::KeptLogin(const Services &services, profiles::Profile profile, SheetHost &host,
                     QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_profile(std::move(profile))
    , m_prompts(new PromptPresenter(host, services.vault, this))
{
    m_pause.setSingleShot(true);
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_pause, &QTimer::timeout, this, &KeptLogin::reconnect);
    connect(&m_tick, &QTimer::timeout, this, &KeptLogin::changed);
    if (m_services.openSsh == nullptr) {
        return;
    }
    m_alias = new ssh::AliasSettings(*m_services.openSsh, m_services.connectionSettings, this);
    connect(m_alias, &ssh::AliasSettings::resolved, this, &KeptLogin::connectWith);
    connect(m_alias, &ssh::AliasSettings::failed, this,
            [this](const base::Error &error, const QString &alias) {
                fail(openSshErrorText(error, alias));
            });
}

KeptLogin::~KeptLogin()
{
    release();
}

QString KeptLogin::title() const
{
    return base::displayText(m_profile.title());
}

QString KeptLogin::stateText() const
{
    switch (m_state) {
    case State::Connecting:
        return tr("Connecting…");
    case State::Connected:
        return tr("Connected");
    case State::Waiting:
        return tr("Connects again in %1 s")
            .arg(QLocale().toString((m_pause.remainingTime() + 999) / 1000));
    case State::Failed:
        break;
    }
    return tr("Not connected");
}

void KeptLogin::setState(State state)
{
    m_state = state;
    if (state == State::Waiting) {
        m_tick.start();
    } else {
        m_tick.stop();
        m_pause.stop();
    }
    emit changed();
}

void KeptLogin::open()
{
    if (m_state == State::Waiting) {
        reconnect();
        return;
    }
    release();
    m_attempts = 0;
    m_wasReady = false;
    setState(State::Connecting);
    const bool isAsked = m_alias != nullptr
        && m_alias->start(m_profile, ssh::effectiveProfiles(m_services.profiles));
    if (!isAsked) {
        connectWith(m_services.connectionSettings(m_profile, {}));
    }
}

void KeptLogin::connectWith(const ssh::ConnectionSettings &settings)
{
    auto connection = std::make_shared<SharedConnection>(
        settings, m_services.routes, m_remembered.memory(), m_forwards,
        m_services.transfers->queueFor(transferServer(settings, m_profile, title())));
    m_prompts->follow(connection->connection());
    use(connection);
    m_shared->connection().open();
}

void KeptLogin::adopt(std::shared_ptr<SharedConnection> connection)
{
    release();
    use(std::move(connection));
    handleState(m_shared->connection().state());
}

void KeptLogin::use(std::shared_ptr<SharedConnection> connection)
{
    m_shared = std::move(connection);
    if (std::exchange(m_forwards, m_shared->forwards()) != m_shared->forwards()) {
        m_forwards->setOutlivesTabs(true);
        emit forwardsChanged();
    }
    ssh::Connection *followed = &m_shared->connection();
    connect(followed, &ssh::Connection::stateChanged, this, &KeptLogin::handleState);
    connect(followed, &ssh::Connection::closed, this, &KeptLogin::handleClosed);
    connect(followed, &ssh::Connection::noticed, this, [this](const ssh::Notice &notice) {
        if (!notice.knownHostsLine.isEmpty()) {
            m_services.keepForThisRun(notice.knownHostsLine);
        }
    });
}

// The connection ends if no tab has it.
void KeptLogin::release()
{
    if (m_alias != nullptr) {
        m_alias->cancel();
    }
    if (m_shared != nullptr) {
        m_shared->connection().disconnect(this);
        m_shared->connection().disconnect(m_prompts);
        m_shared.reset();
    }
}

void KeptLogin::handleState(ssh::Connection::State state)
{
    if (state == ssh::Connection::State::Ready) {
        m_wasReady = true;
        m_attempts = 0;
        m_failure = {};
        setState(State::Connected);
    } else if (state != ssh::Connection::State::Closed) {
        setState(State::Connecting);
    }
}

// Keys without a passphrase and the agent need no secret.
ssh::LoginMemory KeptLogin::memory() const
{
    return m_remembered.memory().value_or(m_lostLogin);
}

void KeptLogin::handleClosed(const base::Result<void> &reason)
{
    if (m_state == State::Connected) {
        m_remembered.keep(m_shared->connection().memory(), m_profile.rememberFor);
        m_lostLogin = m_shared->connection().memory().withoutSecrets();
    }
    base::Error error
        = reason ? base::Error{.kind = base::ErrorKind::ConnectionLost} : reason.error();
    if (error.subject.isEmpty()) {
        error.subject = m_profile.host;
    }
    const ssh::Connection &connection = m_shared->connection();
    const bool comesBack
        = m_wasReady && Reconnection::isWantedAfter(error, connection.settings(), memory());
    if (!comesBack) {
        fail(loginErrorText(error, connection.info().loginTrace));
        return;
    }
    m_failure = errorText(error);
    m_pause.start(Reconnection::delayBefore(m_attempts++));
    setState(State::Waiting);
}

// Without a question, or it fails. A tab on the same login goes on with the same connection.
void KeptLogin::reconnect()
{
    const bool isFirst = !m_shared->hasSuccessor();
    std::shared_ptr<SharedConnection> next = m_shared->successor(memory());
    release();
    if (isFirst) {
        m_prompts->follow(next->connection()); // for a changed host key: nothing is asked
    }
    use(std::move(next));
    setState(State::Connecting);
    handleState(m_shared->connection().state());
}

void KeptLogin::fail(const ErrorText &text)
{
    m_failure = text;
    setState(State::Failed);
}

} // namespace ui
