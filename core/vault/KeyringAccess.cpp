#include "vault/KeyringAccess.h"

#include "vault/KeyringMessages.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <qt6keychain/keychain.h>

#include <unistd.h>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace vault {
namespace {

const QString program = u"Ponto"_s;

// What QtKeychain calls service and key of an entry. The Secret Service shows the first as the
// entry's name (seen with QtKeychain 0.15; 0.16 joins both if there are two). KWallet takes it for
// the application, which it asks its user about once, and for the folder.
struct EntryName
{
    QString service;
    QString key;

    static EntryName of(const QString &label)
    {
        return isKde() ? EntryName{program, label} : EntryName{label, QString()};
    }

private:
    // QtKeychain prefers KWallet there.
    static bool isKde()
    {
        return qgetenv("XDG_CURRENT_DESKTOP") == "KDE" || qgetenv("DESKTOP_SESSION") == "kde"
            || qEnvironmentVariableIsSet("KDE_FULL_SESSION");
    }
};

using Paths = QList<QDBusObjectPath>;

// libsecret says "no such entry" also where its user has closed the window that would have unlocked
// the keyring. The Secret Service knows better.
bool isLockedAway(const EntryName &name)
{
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage search = QDBusMessage::createMethodCall(
        u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
        u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    search.setAutoStartService(false);
    search << QVariant::fromValue(Attributes{{u"server"_s, name.service}, {u"user"_s, name.key}});
    const QDBusMessage found = QDBusConnection::sessionBus().call(search); // unlocked and locked
    return !qdbus_cast<Paths>(found.arguments().value(1)).isEmpty();
}

std::optional<KeyringRequest> readRequest()
{
    SecretBytes buffer(largestKeyringMessage);
    qsizetype filled = 0;
    while (filled < buffer.size()) {
        const qsizetype count = readSome(STDIN_FILENO, buffer, filled);
        if (count < 0) {
            return std::nullopt;
        }
        if (count == 0) {
            break;
        }
        filled += count;
    }
    return requestFrom(buffer.view().first(filled));
}

std::unique_ptr<QKeychain::Job> createJob(const KeyringRequest &request, const QString &service)
{
    switch (request.action) {
    case KeyringAction::Fetch:
        return std::make_unique<QKeychain::ReadPasswordJob>(service);
    case KeyringAction::Store: {
        auto job = std::make_unique<QKeychain::WritePasswordJob>(service);
        job->setTextData(QString::fromUtf8(request.secret.utf8()));
        return job;
    }
    case KeyringAction::Forget:
        return std::make_unique<QKeychain::DeletePasswordJob>(service);
    }
    return nullptr;
}

KeyringStatus statusOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return KeyringStatus::Done;
    case QKeychain::EntryNotFound:
        return KeyringStatus::NoEntry;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return KeyringStatus::Denied;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return KeyringStatus::NoKeyring;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return KeyringStatus::Failed;
}

KeyringAnswer answerOf(const QKeychain::Job &job, const EntryName &name)
{
    KeyringAnswer answer{.status = statusOf(job.error()), .detail = job.errorString()};
    const auto *read = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    if (read != nullptr && answer.status == KeyringStatus::Done) {
        answer.secret = base::SecretString::fromText(read->textData());
        if (answer.secret.isEmpty()) {
            answer.status = KeyringStatus::NoEntry; // we store none; KWallet's failures look so
        }
    }
    if (answer.status == KeyringStatus::NoEntry && isLockedAway(name)) {
        answer = {.status = KeyringStatus::Denied, .detail = u"it stays locked"_s};
    }
    return answer;
}

} // namespace

int KeyringAccess::run(int &argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(program);
    const auto request = readRequest();
    const EntryName name = EntryName::of(request ? request->label : QString());
    auto job = request ? createJob(*request, name.service) : nullptr;
    if (!job) {
        return EXIT_FAILURE;
    }
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(name.key);
    QObject::connect(
        job.get(), &QKeychain::Job::finished, &application, [name](const QKeychain::Job *finished) {
            const KeyringAnswer answer = answerOf(*finished, name);
            const bool isSent = sendMessage(STDIN_FILENO, headOf(answer), answer.secret);
            QCoreApplication::exit(isSent ? EXIT_SUCCESS : EXIT_FAILURE);
        });
    job->start();
    return QCoreApplication::exec();
}

} // namespace vault
