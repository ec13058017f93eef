// AgentWait: the agent was asked to sign for a login, which takes as long as a person takes to
// touch a device or to consent.

#pragma once

#include <QMetaType>
#include <QString>

namespace ssh {

struct AgentWait
{
    QString comment; // of the key: foreign
    QString fingerprint; // "SHA256:..."
    bool needsTouch = false; // the key lives in a security device
};

} // namespace ssh

Q_DECLARE_METATYPE(ssh::AgentWait)
