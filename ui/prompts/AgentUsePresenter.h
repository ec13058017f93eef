// AgentUsePresenter: asks in a tab whether a program on its server may use a key of the agent. Tabs
// that share a connection ask all of them; the first answer counts.

#pragma once

#include "ssh/Connection.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace ui {

class Sheet;
class SheetHost;

class AgentUsePresenter final : public QObject
{
    Q_OBJECT

public:
    // Where the sheets are shown; outlives this.
    explicit AgentUsePresenter(SheetHost &host, QObject *parent = nullptr);

    // Instead of the one before, whose questions go.
    void follow(ssh::Connection &connection);

private:
    void present(const ssh::Prompt &prompt);
    void withdraw(ssh::Prompt::Id prompt);

    SheetHost &m_host;
    QPointer<ssh::Connection> m_connection;
    QHash<ssh::Prompt::Id, QPointer<Sheet>> m_open;
};

} // namespace ui
