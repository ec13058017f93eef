#include "tests/support/TestKeyring.h"

namespace tests {

base::Result<void> TestKeyring::start()
{
    if (const auto started = m_bus.start(); !started) {
        return started;
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
    qputenv("HOME", m_directory.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_directory.path().toUtf8());
    for (const char *variable :
         {"XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION", "DISPLAY",
          "WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}) {
        qunsetenv(variable);
    }
    m_service = std::make_unique<SecretService>();
    return m_service->start(m_bus.address());
}

} // namespace tests
