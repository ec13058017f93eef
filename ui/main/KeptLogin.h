// KeptLogin: one login that is there for its tunnels, whether a tab shows it or not: connects, asks
// what that asks, and brings a lost connection back, after a while that gets longer.

#pragma once

#include "ssh/AliasSettings.h"
#include "ssh/RememberedLogin.h"
#include "ui/errors/ErrorText.h"
#include "ui/main/Services.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace forward {
class ForwardSet;
}

namespace ui {

class PromptPresenter;
class SharedConnection;
class SheetHost;

class KeptLogin final : public QObject
{
    Q_OBJECT

public:
    enum class State { Connecting, Connected, Waiting, Failed };

    // Does nothing before open() or adopt(). Questions are asked over `host`.
    KeptLogin(const Services &services, profiles::Profile profile, SheetHost &host,
              QObject *parent = nullptr);
    ~KeptLogin() override;

    void open(); // also again, after a failure, or to wait no longer
    void adopt(std::shared_ptr<SharedConnection> connection);

    const profiles::Profile &profile() const { return m_profile; }
    QString title() const; // safe to show
    State state() const { return m_state; }
    QString stateText() const;
    const ErrorText &failure() const { return m_failure; } // of Waiting and Failed

    // Null until the settings of the connection are known.
    forward::ForwardSet *forwards() const { return m_forwards.get(); }
    const std::shared_ptr<SharedConnection> &connection() const { return m_shared; }

signals:
    void changed(); // the state, or what stateText() says
    void forwardsChanged(); // there are some, or others

private:
    void connectWith(const ssh::ConnectionSettings &settings);
    void use(std::shared_ptr<SharedConnection> connection);
    void release();
    void reconnect();
    void handleState(ssh::Connection::State state);
    void handleClosed(const base::Result<void> &reason);
    void fail(const ErrorText &text);
    void setState(State state);
    ssh::LoginMemory memory() const;

    Services m_services;
    profiles::Profile m_profile;
    ssh::AliasSettings *m_alias = nullptr; // null: there are no aliases
    PromptPresenter *m_prompts;
    ssh::RememberedLogin m_remembered; // of the connection that was lost
    ssh::LoginMemory m_lostLogin; // without its secrets
    State m_state = State::Connecting;
    ErrorText m_failure;
    QTimer m_pause; // before the next try
    QTimer m_tick; // while it is shown how long that takes
    int m_attempts = 0;
    bool m_wasReady = false; // since it was opened
    std::shared_ptr<SharedConnection> m_shared; // shared with the tabs on this login
    std::shared_ptr<forward::ForwardSet> m_forwards; // of m_shared, and of what follows it
};

} // namespace ui
