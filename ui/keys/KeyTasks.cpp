#include "ui/keys/KeyTasks.h"

#include "base/DisplayText.h"
#include "keys/AgentKeys.h"
#include "keys/KeyMode.h"
#include "keys/KeyUnlock.h"
#include "keys/KeyWriter.h"
#include "keys/PublicKeyBlob.h"
#include "ui/keys/AgentSheet.h"
#include "ui/keys/KeyTargetSheet.h"
#include "ui/keys/NewPassphraseSheet.h"
#include "ui/prompts/PasswordSheet.h"
#include "ui/widgets/BackgroundTask.h"
#include "ui/widgets/SheetHost.h"

#include <QFileInfo>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto agentLimit = 20s; // a person may be asked whether to add the key

QString nameOf(const QString &path)
{
    return base::displayText(path.section(QLatin1Char('/'), -1));
}

} // namespace

KeyTasks::KeyTasks(QString directory, SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
    , m_host(host)
{
}

// Runs `work` and tells how it ended.
template<typename Work>
void KeyTasks::work(Work work, const QString &success, const QString &failure)
{
    emit started();
    inBackground(std::move(work))
        .then(this, [this, success, failure](const base::Result<void> &done) {
            if (done) {
                emit succeeded(success);
                return;
            }
            ErrorText text = errorText(done.error());
            text.what = failure;
            if (!done.error().detail.isEmpty()) {
                text.why = base::displayText(done.error().detail);
            }
            emit failed(text);
        });
}

void KeyTasks::generate()
{
    auto *sheet = new GenerateKeySheet(m_directory, &m_host);
    connect(sheet, &GenerateKeySheet::accepted, this, [this](const NewKey &key) {
        work(
            [key] {
                return keys::generateKey(key.request).and_then([&](const keys::PrivateKey &made) {
                    return keys::writeNewKey(key.path, made, key.passphrase);
                });
            },
            tr("The key %1 is made. Install it on a server to log in with it.")
                .arg(nameOf(key.path)),
            tr("Could not make the key %1").arg(nameOf(key.path)));
    });
    m_host.present(sheet);
}

void KeyTasks::changePassphrase(const keys::OwnKey &key)
{
    const QString path = key.path;
    unlock(path, key.file->isEncrypted,
           [this, path](const keys::PrivateKey &opened, const base::SecretString &) {
               auto *sheet = new NewPassphraseSheet(path, &m_host);
               connect(sheet, &NewPassphraseSheet::accepted, this,
                       [this, path, opened](const base::SecretString &passphrase) {
                           work([=] { return keys::rewriteKey(path, opened, passphrase); },
                                passphrase.isEmpty()
                                    ? tr("The key %1 has no passphrase any more.").arg(nameOf(path))
                                    : tr("The key %1 has a new passphrase.").arg(nameOf(path)),
                                tr("Could not change the passphrase of %1").arg(nameOf(path)));
                       });
               m_host.present(sheet);
           });
}

void KeyTasks::convert(const QString &path)
{
    inBackground([path] {
        return keys::KeyFile::read(path);
    }).then(this, [this, path](const base::Result<keys::KeyFile, keys::KeyFileError> &file) {
        if (!file) {
            fail(tr("Could not read the key %1").arg(nameOf(path)), file.error());
            return;
        }
        unlock(path, file->isEncrypted,
               [this, path](const keys::PrivateKey &key, const base::SecretString &passphrase) {
                   const QString name = QFileInfo(path).completeBaseName();
                   auto *sheet
                       = new KeyTargetSheet(path, m_directory + QLatin1Char('/') + name, &m_host);
                   connect(
                       sheet, &KeyTargetSheet::accepted, this,
                       [this, key, passphrase](const QString &target) {
                           work(
                               [=] { return keys::writeNewKey(target, key, passphrase); },
                               tr("The key is now in OpenSSH's format, as %1.").arg(nameOf(target)),
                               tr("Could not convert the key"));
                       });
                   m_host.present(sheet);
               });
    });
}

void KeyTasks::exportPublic(const keys::OwnKey &key)
{
    const QString path = key.path;
    const QString target = path + QStringLiteral(".pub");
    unlock(path, key.file->isEncrypted,
           [this, target](const keys::PrivateKey &opened, const base::SecretString &) {
               work([=] { return keys::writePublicKey(target, opened); },
                    tr("The public key is written to %1.").arg(nameOf(target)),
                    tr("Could not write %1").arg(nameOf(target)));
           });
}

void KeyTasks::mendMode(const keys::OwnKey &key)
{
    const QString path = key.path;
    work(
        [path] {
            return keys::mendMode(path).transform_error(
                [](const keys::KeyFileError &error) { return error.error; });
        },
        tr("Only you can read the key %1 now.").arg(nameOf(path)),
        tr("Could not change the mode of %1").arg(nameOf(path)));
}

void KeyTasks::addToAgent(const keys::OwnKey &key)
{
    const QString path = key.path;
    const QByteArray certificate
        = key.certificate ? keys::publicKeyInFile(key.certificatePath) : QByteArray();
    unlock(path, key.file->isEncrypted,
           [this, path, certificate](const keys::PrivateKey &opened, const base::SecretString &) {
               auto *sheet = new AgentSheet(path, &m_host);
               connect(sheet, &AgentSheet::accepted, this,
                       [=, this](std::optional<std::chrono::seconds> lifetime, bool confirm) {
                           const auto add = [=, socket = m_agentSocket](const QByteArray &blob) {
                               return keys::addToAgent(socket,
                                                       {.key = opened,
                                                        .certificateBlob = blob,
                                                        .lifetime = lifetime,
                                                        .needsConfirmation = confirm},
                                                       agentLimit);
                           };
                           work(
                               [=] {
                                   const auto added = add({});
                                   return added && !certificate.isEmpty() ? add(certificate)
                                                                          : added;
                               },
                               tr("The agent has the key %1 now.").arg(nameOf(path)),
                               tr("Could not add the key %1 to the agent").arg(nameOf(path)));
                       });
               m_host.present(sheet);
           });
}

void KeyTasks::removeFromAgent(const QByteArray &blob, const QString &title)
{
    work([blob, socket = m_agentSocket] { return keys::removeFromAgent(socket, blob, agentLimit); },
         tr("The agent has forgotten the key %1.").arg(title),
         tr("Could not remove the key %1 from the agent").arg(title));
}

void KeyTasks::unlock(const QString &path, bool isEncrypted, const Use &use)
{
    if (isEncrypted) {
        askPassphrase(path, 1, use);
    } else {
        tryPassphrase(path, {}, 1, use);
    }
}

void KeyTasks::askPassphrase(const QString &path, int attempt, const Use &use)
{
    auto *sheet = new PasswordSheet(ssh::PassphraseQuestion{path, attempt}, &m_host);
    connect(sheet, &PasswordSheet::answered, this,
            [this, path, attempt, use](const ssh::SecretAnswers &answers) {
                tryPassphrase(path, answers.first(), attempt, use);
            });
    m_host.present(sheet);
}

void KeyTasks::tryPassphrase(const QString &path, const base::SecretString &passphrase, int attempt,
                             const Use &use)
{
    inBackground([path, passphrase] {
        return keys::unlockKeyFile(path, passphrase);
    }).then(this, [=, this](const keys::PrivateKey::Made &key) {
        if (key) {
            use(*key, passphrase);
        } else if (key.error().reason == keys::KeyFileError::Reason::WrongPassphrase) {
            askPassphrase(path, attempt + 1, use);
        } else {
            fail(tr("Could not open the key %1").arg(nameOf(path)), key.error());
        }
    });
}

void KeyTasks::fail(const QString &what, const keys::KeyFileError &error)
{
    ErrorText text = errorText(error.error);
    text.what = what;
    if (!error.error.detail.isEmpty()) {
        text.why = base::displayText(error.error.detail);
    }
    emit failed(text);
}

} // namespace ui
