// A small Ponto whose memory can be searched: logs in with a password that it is told in disguise,
// typed into the sheet and remembered; logs in again with what the keyring has; and then prints the
// mappings of its memory in which the password still stands, one a line. Run by SecretMemoryTest.

#include "ssh/Connection.h"
#include "tests/support/ProcessMemory.h"
#include "ui/prompts/PromptPresenter.h"
#include "ui/widgets/SheetHost.h"
#include "vault/Vault.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QTest>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds patience(30);

struct Login
{
    ssh::ConnectionSettings settings;
    QByteArray maskedPassword;
};

bool typePassword(ui::SheetHost &host, const QByteArray &maskedPassword)
{
    QLineEdit *edit = nullptr;
    const bool isAsked = QTest::qWaitFor(
        [&] { return (edit = host.findChild<QLineEdit *>(u"passwordEdit"_s)) != nullptr; },
        patience);
    if (!isAsked) {
        return false;
    }
    host.findChild<QCheckBox *>(u"passwordRemember"_s)->setChecked(true);
    for (const char byte : maskedPassword) {
        QTest::keyClick(edit, static_cast<char>(byte ^ support::secretMask));
    }
    QTest::keyClick(edit, Qt::Key_Return);
    return true;
}

bool logIn(const Login &login, vault::Vault &vault, bool isFirst)
{
    ui::SheetHost host;
    host.show();
    ssh::Connection connection(login.settings);
    ui::PromptPresenter presenter(host, &vault);
    presenter.follow(connection);
    connection.open();
    if (isFirst && !typePassword(host, login.maskedPassword)) {
        return false;
    }
    const bool isReady = QTest::qWaitFor(
        [&] { return connection.state() == ssh::Connection::State::Ready; }, patience);
    const bool isStored = QTest::qWaitFor(
        [&] { return !vault.keyring().list().result().value().isEmpty(); }, patience);
    connection.close();
    return isReady && isStored
        && QTest::qWaitFor([&] { return connection.state() == ssh::Connection::State::Closed; },
                           patience);
}

} // namespace

// Arguments: port, user, known_hosts file, index file of the vault, program that asks the keyring,
// masked password in hexadecimal digits.
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 7) {
        return 2;
    }
    Login login;
    login.settings.host = u"127.0.0.1"_s;
    login.settings.port = arguments[1].toUShort();
    login.settings.user = arguments[2];
    login.settings.useAgent = false;
    login.settings.useDefaultKeys = false;
    login.settings.knownHostsFiles = {arguments[3]};
    login.maskedPassword = QByteArray::fromHex(arguments[6].toLatin1());
    vault::Vault vault(vault::Place::Keyring, {arguments[5]},
                       {arguments[4], arguments[4] + u".vault"_s}, patience);
    if (!logIn(login, vault, true) || !logIn(login, vault, false)) {
        std::puts("the login failed");
        return 1;
    }
    // The connection's thread ends in its own time, and its memory of the login with it.
    QStringList found;
    const bool isClean = QTest::qWaitFor(
        [&] { return (found = support::mappingsWith(login.maskedPassword)).isEmpty(); },
        std::chrono::seconds(10));
    std::puts(found.join(u'\n').toUtf8().constData());
    return isClean ? 0 : 1;
}
