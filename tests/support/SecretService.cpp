#include "tests/support/SecretService.h"

#include <QDBusArgument>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tests {

// Secret of the interface: session, parameters, value, content type.
struct WireSecret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

static QDBusArgument &operator<<(QDBusArgument &argument, const WireSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

static const QDBusArgument &operator>>(const QDBusArgument &argument, WireSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

using WireSecrets = QMap<QDBusObjectPath, WireSecret>;
using Paths = QList<QDBusObjectPath>;

} // namespace tests

Q_DECLARE_METATYPE(tests::WireSecret)
Q_DECLARE_METATYPE(tests::WireSecrets)

namespace tests {
namespace {

const QString root = u"/org/freedesktop/secrets"_s;
const QString collectionPath = root + u"/collection/login"_s;
const QString promptPath = root + u"/prompt/1"_s;
const QString errorPrefix = u"org.freedesktop.Secret.Error."_s;

QDBusObjectPath pathOf(const QString &text)
{
    return QDBusObjectPath(text);
}

bool hasAll(const SecretService::Attributes &attributes, const SecretService::Attributes &wanted)
{
    return std::ranges::all_of(wanted.asKeyValueRange(), [&](const auto &pair) {
        return attributes.value(pair.first) == pair.second;
    });
}

} // namespace

SecretService::SecretService()
    : m_bus(u"unconnected"_s)
{
    qDBusRegisterMetaType<Attributes>();
    qDBusRegisterMetaType<WireSecret>();
    qDBusRegisterMetaType<WireSecrets>();
}

SecretService::~SecretService()
{
    QDBusConnection::disconnectFromBus(m_bus.name());
}

base::Result<void> SecretService::start(const QString &busAddress)
{
    m_bus = QDBusConnection::connectToBus(busAddress, QUuid::createUuid().toString());
    const bool isThere = m_bus.isConnected()
        && m_bus.registerVirtualObject(root, this, QDBusConnection::SubPath)
        && m_bus.registerService(u"org.freedesktop.secrets"_s);
    if (!isThere) {
        return base::Failure(base::Error{.operation = u"serve secrets on"_s,
                                         .subject = busAddress,
                                         .detail = m_bus.lastError().message()});
    }
    return {};
}

bool SecretService::isLocked() const
{
    const bool isOpen = m_mood == Mood::Open || (m_mood == Mood::Unlocking && m_isUnlocked);
    return !isOpen;
}

QString SecretService::introspect(const QString &) const
{
    return {};
}

void SecretService::answer(const QDBusMessage &message, const QVariantList &values)
{
    m_bus.send(message.createReply(values));
}

void SecretService::refuse(const QDBusMessage &message, const QString &name)
{
    m_bus.send(message.createErrorReply(name, u"No."_s));
}

bool SecretService::handleMessage(const QDBusMessage &message, const QDBusConnection &)
{
    using Handler = void (SecretService::*)(const QDBusMessage &);
    static const QMap<QString, Handler> handlers{
        {u"SearchItems"_s, &SecretService::search},     {u"Unlock"_s, &SecretService::unlock},
        {u"CreateItem"_s, &SecretService::createItem},  {u"Delete"_s, &SecretService::deleteItem},
        {u"GetSecrets"_s, &SecretService::giveSecrets}, {u"Prompt"_s, &SecretService::prompt}};
    if (m_mood == Mood::Silent) {
        return true;
    }
    if (message.member() == u"OpenSession") {
        if (message.arguments().value(0).toString() == u"plain") {
            answer(message,
                   {QVariant::fromValue(QDBusVariant(QString())),
                    QVariant::fromValue(pathOf(root + u"/session/1"_s))});
        } else {
            refuse(message, QDBusError::errorString(QDBusError::NotSupported));
        }
        return true;
    }
    if (message.member() == u"GetAll") {
        answer(message, {QVariantMap()});
        return true;
    }
    const Handler handler = handlers.value(message.member());
    if (handler == nullptr) {
        return false;
    }
    if (m_mood == Mood::Refusing) {
        refuse(message, QDBusError::errorString(QDBusError::AccessDenied));
    } else {
        (this->*handler)(message);
    }
    return true;
}

void SecretService::search(const QDBusMessage &message)
{
    const auto wanted = qdbus_cast<Attributes>(message.arguments().value(0));
    Paths found;
    for (const Item &item : std::as_const(m_items)) {
        if (hasAll(item.attributes, wanted)) {
            found.append(pathOf(item.path));
        }
    }
    answer(message,
           {QVariant::fromValue(isLocked() ? Paths() : found),
            QVariant::fromValue(isLocked() ? found : Paths())});
}

void SecretService::unlock(const QDBusMessage &message)
{
    const auto wanted = qdbus_cast<Paths>(message.arguments().value(0));
    answer(message,
           {QVariant::fromValue(isLocked() ? Paths() : wanted),
            QVariant::fromValue(pathOf(isLocked() ? promptPath : u"/"_s))});
}

// The user unlocks it, closes the window, or never comes.
void SecretService::prompt(const QDBusMessage &message)
{
    ++m_prompts;
    answer(message, {});
    if (m_mood == Mood::Waiting) {
        m_openPrompt = message.path();
        return;
    }
    complete(message.path());
}

void SecretService::unlockNow()
{
    m_mood = Mood::Unlocking;
    complete(m_openPrompt);
}

void SecretService::complete(const QString &openPrompt)
{
    m_isUnlocked = m_mood == Mood::Unlocking;
    Paths unlocked;
    for (const Item &item : std::as_const(m_items)) {
        unlocked.append(pathOf(item.path));
    }
    unlocked.append(pathOf(collectionPath));
    QDBusMessage completed = QDBusMessage::createSignal(
        openPrompt, u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s);
    completed << !m_isUnlocked
              << QVariant::fromValue(
                     QDBusVariant(QVariant::fromValue(m_isUnlocked ? unlocked : Paths())));
    m_bus.send(completed);
}

void SecretService::createItem(const QDBusMessage &message)
{
    if (isLocked()) {
        refuse(message, errorPrefix + u"IsLocked"_s);
        return;
    }
    const auto properties = qdbus_cast<QVariantMap>(message.arguments().value(0));
    const auto secret = qdbus_cast<WireSecret>(message.arguments().value(1));
    const QString prefix = u"org.freedesktop.Secret.Item."_s;
    const auto attributes
        = qdbus_cast<Attributes>(properties.value(prefix + u"Attributes"_s).value<QDBusArgument>());
    m_items.removeIf([&](const Item &item) { return item.attributes == attributes; });
    m_items.append({collectionPath + u'/' + QString::number(++m_lastItem),
                    properties.value(prefix + u"Label"_s).toString(), attributes, secret.value});
    answer(message,
           {QVariant::fromValue(pathOf(m_items.last().path)), QVariant::fromValue(pathOf(u"/"_s))});
}

void SecretService::deleteItem(const QDBusMessage &message)
{
    m_items.removeIf([&](const Item &item) { return item.path == message.path(); });
    answer(message, {QVariant::fromValue(pathOf(u"/"_s))});
}

void SecretService::giveSecrets(const QDBusMessage &message)
{
    const auto wanted = qdbus_cast<Paths>(message.arguments().value(0));
    const auto session = message.arguments().value(1).value<QDBusObjectPath>();
    WireSecrets secrets;
    for (const Item &item : std::as_const(m_items)) {
        if (wanted.contains(pathOf(item.path)) && !isLocked()) {
            secrets.insert(pathOf(item.path), {session, {}, item.secret, u"text/plain"_s});
        }
    }
    answer(message, {QVariant::fromValue(secrets)});
}

} // namespace tests
