// RememberedLogin: what a login took, kept for a while after its connection has ended, so that a
// reconnect asks nothing. In memory only, and wiped when the time is up. Used by a tab of the
// window.

#pragma once

#include "ssh/ConnectionSettings.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace ssh {

class RememberedLogin final : public QObject
{
    Q_OBJECT

public:
    explicit RememberedLogin(QObject *parent = nullptr);

    // Replaces what was kept. A time of 0 keeps nothing.
    void keep(const LoginMemory &memory, std::chrono::milliseconds time);

    void forget();

    // Absent if nothing is kept, or no longer.
    const std::optional<LoginMemory> &memory() const { return m_memory; }

private:
    std::optional<LoginMemory> m_memory;
    QTimer m_end;
};

} // namespace ssh
