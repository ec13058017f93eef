#include "tests/bench/BenchWindow.h"

#include "tests/support/Reason.h"
#include "tests/support/TestKeys.h"

#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace tests {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

BenchWindow::BenchWindow()
{
    const auto key = generateKey(path(u"key"_s));
    if (!key) {
        std::fprintf(stderr, "no key\n");
        std::exit(1);
    }
    m_key = *key;
    m_server = std::make_unique<SshServer>(SshServerOptions().withAuthorizedKey(key->publicLine));
    if (const auto started = m_server->start(); !started) {
        std::fprintf(stderr, "%s\n", reason(started).constData());
        std::exit(1);
    }
    writeFile(path(u"known_hosts"_s), m_server->knownHostsLine(KeyType::Ed25519));
    m_settings = std::make_unique<settings::Settings>(path(u"settings.ini"_s));
    m_settings->setValue(settings::keys::view, u"terminal"_s);
    m_profiles = std::make_unique<profiles::ProfileStore>(path(u"sessions.json"_s));
    const auto connectionSettings
        = [this](const profiles::Profile &profile, const ssh::AliasHosts &) {
              ssh::ConnectionSettings connection;
              connection.host = profile.host;
              connection.port = profile.port;
              connection.user = profile.user;
              connection.identityFiles = {keyFile()};
              connection.useAgent = false;
              connection.useDefaultKeys = false;
              connection.knownHostsFiles = {path(u"known_hosts"_s)};
              return connection;
          };
    m_window = std::make_unique<ui::MainWindow>(
        ui::Services{*m_settings, *m_profiles, m_localFiles, connectionSettings, m_routes});
    m_window->resize(1280, 800);
    m_window->show();
}

void BenchWindow::openTab()
{
    profiles::Profile profile;
    profile.id = u"bench"_s;
    profile.host = m_server->address();
    profile.port = m_server->port();
    profile.user = m_server->userName();
    m_window->connectTo(ui::ConnectRequest::forProfile(profile, *m_profiles));
}

void waitFor(const char *what, const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition()) {
            loop.quit();
        }
    });
    look.start(20ms);
    QTimer::singleShot(120s, &loop, [what] {
        std::fprintf(stderr, "gave up waiting for %s\n", what);
        std::exit(1);
    });
    loop.exec();
}

void writeFile(const QString &path, QByteArrayView content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content.toByteArray()) != content.size()) {
        std::fprintf(stderr, "could not write %s\n", qPrintable(path));
        std::exit(1);
    }
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace tests
