// WindowFixture: the real window and a real sshd, for tests that use the window as a person does:
// with keys, with the mouse, and by what is to be seen.
//
// The controls are found by the names that are part of the interface.

#pragma once

#include "files/LocalFileSystem.h"
#include "profiles/ProfileStore.h"
#include "settings/Settings.h"
#include "ssh/JumpHost.h"
#include "tests/integration/ConnectionFixture.h"
#include "vault/Vault.h"

#include <QWidget>

#include <memory>

namespace archive {
class LogArchive;
}
namespace profiles {
class OpenSshConfig;
}
namespace ui {
class MainWindow;
}

namespace tests {

// How long an answer of the server may take on a busy machine.
constexpr std::chrono::seconds patience(20);

class WindowFixture
{
public:
    enum class View { Terminal, Files, Both };

    WindowFixture();
    virtual ~WindowFixture();
    Q_DISABLE_COPY_MOVE(WindowFixture)

    // A server that takes the user's key.
    [[nodiscard]] base::Result<void> startServer(SshServerOptions options = {});
    SshServer &server() { return *m_server; }
    QString path(const QString &name) const { return m_directory.path(name); }

    QString userKeyFile() const { return m_directory.userKey().privateFile; }

    // For the windows to come; null: nothing is stored.
    void setVault(std::unique_ptr<vault::Vault> vault) { m_vault = std::move(vault); }
    vault::Vault &vault() { return *m_vault; }
    // For windows that are opened from now on. Borrowed.
    // What keeps the logs of terminals, and the agent that is lent; likewise.
    void setArchive(archive::LogArchive *archive) { m_archive = archive; }
    void setTabsFile(const QString &file) { m_tabsFile = file; }
    void setForwardedAgent(const QString &socketPath) { m_forwardedAgent = socketPath; }
    void setOpenSsh(profiles::OpenSshConfig *openSsh) { m_openSsh = openSsh; }

    // Replaces a window that is open. False if it did not become the active one.
    [[nodiscard]] bool openWindow(View view = View::Both);
    ui::MainWindow &window() { return *m_window; }
    void closeWindow();

    // Puts the host key into known_hosts, for the server's own port or for that of a link to it, so
    // that nobody is asked.
    void trust(const KeyPair &hostKey, quint16 port) const;
    void trust(const QByteArrayList &lines) const; // of known_hosts
    QByteArray knownHosts() const;

    profiles::ProfileStore &profiles() { return *m_profiles; }
    settings::Settings &settings() { return *m_settings; }

    // Types the address into the quick-connect field, and Enter.
    void connectTo(const QString &address);
    QString serverAddress() const; // USER@HOST:PORT
    QString addressAt(quint16 port) const; // the same by way of a link

    // Opens a window and connects to the server, which is trusted. False if it takes too long.
    [[nodiscard]] bool connectToServer(View view = View::Both);
    [[nodiscard]] bool waitForStatus(const QString &part) const;
    QString status() const;
    int loginCount() const; // how many the server has let in

    // The control of that name that is visible, or null. Waits for it, or for its end.
    QWidget *visible(const char *name) const;
    [[nodiscard]] bool appears(const char *name) const;
    [[nodiscard]] bool vanishes(const char *name) const;

    template<typename T>
    T *visible(const char *name) const
    {
        return qobject_cast<T *>(visible(name));
    }

    // On the control of that name, which must be visible.
    void click(const char *name) const;

    // Into what has the focus.
    void type(const QString &text) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;

    // All lines of the terminal in front, the scrolled ones included.
    QString screen() const;
    [[nodiscard]] bool screenShows(const QString &text) const;
    // Types a line into the terminal in front.
    void run(const QString &command) const;

private:
    // With the keys and files of the test alone, on the jump hosts as well.
    ssh::ConnectionSettings ofTest(ssh::ConnectionSettings settings) const;

protected:
    ConnectionFixture m_directory;
    files::LocalFileSystem m_localFiles;
    ssh::RoutePool m_routes;
    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<vault::Vault> m_vault;
    profiles::OpenSshConfig *m_openSsh = nullptr;
    archive::LogArchive *m_archive = nullptr;
    QString m_forwardedAgent;
    QString m_tabsFile;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace tests
