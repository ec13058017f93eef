// BenchWindow: the main window on a throw-away sshd, for programs that measure it.

#pragma once

#include "files/LocalFileSystem.h"
#include "ssh/JumpHost.h"
#include "tests/support/SshServer.h"
#include "ui/main/MainWindow.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

namespace tests {

class BenchWindow
{
public:
    // Ends the program if there is no server. Needs a QApplication.
    BenchWindow();

    ui::MainWindow &window() { return *m_window; }
    SshServer &server() { return *m_server; }
    QString path(const QString &name) const { return m_directory.filePath(name); }
    QString keyFile() const { return m_key->privateFile; }

    void openTab();

private:
    QTemporaryDir m_directory;
    std::optional<KeyPair> m_key;
    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    files::LocalFileSystem m_localFiles;
    ssh::RoutePool m_routes;
    std::unique_ptr<ui::MainWindow> m_window;
};

// Ends the program after two minutes.
void waitFor(const char *what, const std::function<bool()> &condition);

void writeFile(const QString &path, QByteArrayView content);

double median(QList<double> values);

} // namespace tests
