// PrivateBus: a D-Bus session bus of the test's own, which ends with this object. Never the user's.

#pragma once

#include "base/Result.h"

#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace tests {

class PrivateBus final
{
public:
    PrivateBus();
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    // Returns when the bus has told its address.
    [[nodiscard]] base::Result<void> start();

    // What DBUS_SESSION_BUS_ADDRESS is to say.
    QString address() const { return m_address; }

private:
    QTemporaryDir m_directory;
    QString m_address;
    std::unique_ptr<QProcess> m_process;
};

} // namespace tests
