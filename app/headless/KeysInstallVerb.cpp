#include "app/headless/KeysInstallVerb.h"

#include "app/headless/Report.h"
#include "base/DisplayText.h"
#include "keys/KeyList.h"

#include <QDir>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {
namespace {

// The newest kind first, unlike at login, where any will do.
QString bestDefaultKey()
{
    const QStringList files = keys::defaultIdentityFiles(QDir::homePath() + u"/.ssh"_s);
    return files.isEmpty() ? QString() : files.last();
}

QString privateFileOf(const QString &file)
{
    const QString ending = u".pub"_s;
    return file.endsWith(ending) ? file.chopped(ending.size()) : file;
}

} // namespace

KeysInstallVerb::KeysInstallVerb(ssh::ConnectionSettings settings, const QString &file)
    : m_file(file.isEmpty() ? bestDefaultKey() : privateFileOf(file))
    , m_session(std::move(settings))
{
    connect(&m_session, &VerbSession::ready, this, &KeysInstallVerb::install);
    connect(&m_session, &VerbSession::failed, this,
            [this] { finish(static_cast<int>(ExitStatus::ConnectionFailed)); });
    connect(&m_prompter, &TerminalPrompter::failed, this,
            [](const QString &sentence) { report(sentence); });
}

void KeysInstallVerb::start()
{
    if (m_file.isEmpty()) {
        report(u"There is no key in ~/.ssh; ponto keys generate ~/.ssh/id_ed25519 makes one."_s);
        finish(static_cast<int>(ExitStatus::SomeFailed));
        return;
    }
    const auto key = keys::ownKey(m_file);
    if (!key || key->publicBlob.isEmpty()) {
        const QString name = base::displayText(m_file);
        report(key ? u"%1 hides its public half: put it beside it, as %1.pub."_s.arg(name)
                   : u"%1 can not be read as a private key."_s.arg(name));
        finish(static_cast<int>(ExitStatus::SomeFailed));
        return;
    }
    m_key = {key->publicLine(), key->publicBlob, key->file ? m_file : QString()};
    m_session.open();
}

void KeysInstallVerb::install()
{
    using keyinstall::KeyInstallation;
    m_installation = std::make_unique<KeyInstallation>(m_session.connection(), m_key);
    connect(m_installation.get(), &KeyInstallation::promptRaised, &m_prompter,
            &TerminalPrompter::ask);
    connect(m_installation.get(), &KeyInstallation::promptWithdrawn, &m_prompter,
            &TerminalPrompter::withdraw);
    connect(&m_prompter, &TerminalPrompter::answered, m_installation.get(),
            &KeyInstallation::answer);
    connect(m_installation.get(), &KeyInstallation::finished, this, &KeysInstallVerb::handleReport);
    m_installation->start();
}

void KeysInstallVerb::handleReport(const base::Result<keyinstall::Report> &result)
{
    if (m_isOver) {
        return;
    }
    m_session.dismiss();
    if (!result) {
        report(result.error());
        finish(exitStatusOf(result.error()));
        return;
    }
    const QString name = base::displayText(m_file);
    const QString placed
        = (result->wasThere ? u"The server has the key %1 already"_s : u"The key %1 is installed"_s)
              .arg(name);
    if (result->isProven) {
        std::fputs((placed + u", and it logs in.\n"_s).toUtf8().constData(), stdout);
        finish(static_cast<int>(ExitStatus::Success));
        return;
    }
    report(placed + u", but that it logs in could not be proven."_s);
    if (result->proofError) {
        report(*result->proofError);
    }
    finish(static_cast<int>(ExitStatus::SomeFailed));
}

void KeysInstallVerb::interrupt(int signal)
{
    finish(exitStatusOfSignal(signal));
}

void KeysInstallVerb::finish(int exitStatus)
{
    if (!std::exchange(m_isOver, true)) {
        emit finished(exitStatus);
    }
}

} // namespace app
