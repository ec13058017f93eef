#include "tests/integration/window/WindowFixture.h"

#include "settings/SettingsKeys.h"
#include "ssh/ProfileSettings.h"
#include "ui/main/MainWindow.h"
#include "ui/main/ViewSwitch.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace tests {

using namespace Qt::StringLiterals;

WindowFixture::WindowFixture()
    : m_settings(std::make_unique<settings::Settings>(path(u"settings.ini"_s)))
    , m_profiles(std::make_unique<profiles::ProfileStore>(path(u"sessions.json"_s)))
{
}

WindowFixture::~WindowFixture()
{
    closeWindow();
}

base::Result<void> WindowFixture::startServer(SshServerOptions options)
{
    if (const auto made = m_directory.setUp(); !made) {
        return made;
    }
    options.withAuthorizedKey(m_directory.userKey().publicLine);
    m_server = std::make_unique<SshServer>(options);
    return m_server->start();
}

ssh::ConnectionSettings WindowFixture::ofTest(ssh::ConnectionSettings settings) const
{
    settings.identityFiles = {m_directory.userKey().privateFile};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.forwardedAgent = m_forwardedAgent;
    settings.knownHostsFiles = {path(u"known_hosts"_s)};
    if (auto *jump = std::get_if<ssh::JumpVia>(&settings.route)) {
        jump->host = std::make_shared<const ssh::ConnectionSettings>(ofTest(*jump->host));
    }
    return settings;
}

bool WindowFixture::openWindow(View view)
{
    const auto shown = view == View::Terminal ? ui::ViewSwitch::View::Terminal
        : view == View::Files                 ? ui::ViewSwitch::View::Files
                                              : ui::ViewSwitch::View::Both;
    m_settings->setValue(settings::keys::view, ui::ViewSwitch::name(shown));
    const auto connectionSettings
        = [this](const profiles::Profile &profile, const ssh::AliasHosts &aliases) {
              return ofTest(ssh::settingsFor(profile, *m_settings,
                                             ssh::effectiveProfiles(*m_profiles), aliases));
          };
    m_window = std::make_unique<ui::MainWindow>(
        ui::Services{.settings = *m_settings,
                     .profiles = *m_profiles,
                     .localFiles = m_localFiles,
                     .connectionSettings = connectionSettings,
                     .routes = m_routes,
                     .vault = m_vault.get(),
                     .openSsh = m_openSsh,
                     .archive = m_archive,
                     .tabsFile = m_tabsFile,
                     .editsDirectory = path(QStringLiteral("edits"))});
    m_window->resize(1280, 800);
    m_window->show();
    return QTest::qWaitForWindowActive(m_window.get());
}

void WindowFixture::closeWindow()
{
    m_window.reset();
}

void WindowFixture::trust(const KeyPair &hostKey, quint16 port) const
{
    trust({"[127.0.0.1]:" + QByteArray::number(port) + ' ' + hostKey.publicLine + '\n'});
}

void WindowFixture::trust(const QByteArrayList &lines) const
{
    QFile file(path(u"known_hosts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines.join());
}

QByteArray WindowFixture::knownHosts() const
{
    QFile file(path(u"known_hosts"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void WindowFixture::connectTo(const QString &address)
{
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    auto *edit = visible<QLineEdit>("quickConnectEdit");
    QVERIFY(edit != nullptr && edit->hasFocus());
    type(address);
    press(Qt::Key_Return);
}

QString WindowFixture::serverAddress() const
{
    return addressAt(m_server->port());
}

QString WindowFixture::addressAt(quint16 port) const
{
    return u"%1@127.0.0.1:%2"_s.arg(m_server->userName()).arg(port);
}

bool WindowFixture::connectToServer(View view)
{
    trust(m_server->hostKey(KeyType::Ed25519), m_server->port());
    if (!openWindow(view)) {
        return false;
    }
    connectTo(serverAddress());
    return waitForStatus(u"● connected"_s);
}

bool WindowFixture::waitForStatus(const QString &part) const
{
    return QTest::qWaitFor([this, part] { return status().contains(part); }, patience);
}

QString WindowFixture::status() const
{
    return visible<QLabel>("connectionStatus")->text();
}

int WindowFixture::loginCount() const
{
    const QByteArray log = m_server->logText();
    return static_cast<int>(log.count("Accepted publickey") + log.count("Accepted password"));
}

QWidget *WindowFixture::visible(const char *name) const
{
    for (QWidget *widget : m_window->findChildren<QWidget *>(QString::fromLatin1(name))) {
        if (widget->isVisible()) {
            return widget;
        }
    }
    return nullptr;
}

bool WindowFixture::appears(const char *name) const
{
    return QTest::qWaitFor([this, name] { return visible(name) != nullptr; }, patience);
}

bool WindowFixture::vanishes(const char *name) const
{
    return QTest::qWaitFor([this, name] { return visible(name) == nullptr; }, patience);
}

void WindowFixture::click(const char *name) const
{
    QWidget *widget = visible(name);
    QVERIFY2(widget != nullptr, name);
    QTest::mouseClick(widget, Qt::LeftButton);
}

void WindowFixture::type(const QString &text) const
{
    QVERIFY(QApplication::focusWidget() != nullptr);
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void WindowFixture::press(Qt::Key key, Qt::KeyboardModifiers modifiers) const
{
    QVERIFY(QApplication::focusWidget() != nullptr);
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

QString WindowFixture::screen() const
{
    const auto *terminal = visible<ui::TerminalView>("terminalView");
    QBuffer buffer;
    if (terminal != nullptr && buffer.open(QIODevice::WriteOnly)) {
        terminal->saveText(buffer);
    }
    return QString::fromUtf8(buffer.data());
}

bool WindowFixture::screenShows(const QString &text) const
{
    return QTest::qWaitFor([this, text] { return screen().contains(text); }, patience);
}

void WindowFixture::run(const QString &command) const
{
    visible("terminalView")->setFocus();
    type(command);
    press(Qt::Key_Return);
}

} // namespace tests
