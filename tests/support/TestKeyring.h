// TestKeyring: a private bus with a stand-in for the desktop's keyring on it, and the environment
// of this process and its children pointed there: nothing of the user's is found or changed.

#pragma once

#include "tests/support/PrivateBus.h"
#include "tests/support/SecretService.h"

#include <QTemporaryDir>

#include <memory>

namespace tests {

class TestKeyring final
{
public:
    [[nodiscard]] base::Result<void> start();

    // Null after removeService(): then there is a bus, and no keyring.
    SecretService *service() { return m_service.get(); }
    void removeService() { m_service.reset(); }

    QString busAddress() const { return m_bus.address(); }
    QString directory() const { return m_directory.path(); } // the home directory

private:
    QTemporaryDir m_directory;
    PrivateBus m_bus;
    std::unique_ptr<SecretService> m_service;
};

} // namespace tests
