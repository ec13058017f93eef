#include "ssh/ConnectionLog.h"

#include "ssh/Connection.h"

#include <QMetaEnum>

#include <utility>

namespace ssh {
namespace {

QString nameOf(Connection::State state)
{
    return QString::fromLatin1(
        QMetaEnum::fromType<Connection::State>().valueToKey(static_cast<int>(state)));
}

// What is asked, without the words of the server: those are in the question.
struct QuestionName
{
    QString operator()(const PasswordQuestion &question) const
    {
        return QStringLiteral("password of %1 at %2, attempt %3")
            .arg(question.user, question.host)
            .arg(question.attempt);
    }
    QString operator()(const PassphraseQuestion &question) const
    {
        return QStringLiteral("passphrase of %1, attempt %2")
            .arg(question.keyFile)
            .arg(question.attempt);
    }
    QString operator()(const ChallengeQuestion &question) const
    {
        return QStringLiteral("%1 questions of the server").arg(question.items.size());
    }
    QString operator()(const HostKeyQuestion &question) const
    {
        return QStringLiteral("host key of %1, port %2").arg(question.host).arg(question.port);
    }
    QString operator()(const KeyModeQuestion &question) const
    {
        return QStringLiteral("mode of %1").arg(question.keyFile);
    }
    QString operator()(const ProxyPasswordQuestion &question) const
    {
        return QStringLiteral("password of %1 at the proxy %2").arg(question.user, question.proxy);
    }
    QString operator()(const AgentUseQuestion &question) const
    {
        return QStringLiteral("use of the agent's key %1").arg(question.fingerprint);
    }
};

} // namespace

ConnectionLog::ConnectionLog(Connection &connection, std::shared_ptr<logging::SessionLog> log)
    : QObject(&connection)
    , m_connection(connection)
    , m_log(std::move(log))
    , m_level(m_log->level())
{
    connect(&connection, &Connection::stateChanged, this, [this](Connection::State state) {
        tell(Level::Info, nameOf(state));
        if (state == Connection::State::Ready) {
            tell(Level::Debug, m_connection.info().loginTrace.toText());
        }
    });
    connect(&connection, &Connection::promptRaised, this, &ConnectionLog::tellPrompt);
    connect(&connection, &Connection::promptWithdrawn, this,
            [this] { tell(Level::Info, QStringLiteral("A question was withdrawn")); });
    connect(&connection, &Connection::noticed, this, &ConnectionLog::tellNotice);
    connect(&connection, &Connection::hostKeyRefused, this, &ConnectionLog::tellRefusal);
    connect(&connection, &Connection::closed, this, &ConnectionLog::tellEnd);
    connect(&connection, &Connection::measured, this, &ConnectionLog::checkLevel);
    const ConnectionSettings &settings = connection.settings();
    tell(Level::Info,
         QStringLiteral("%1@%2, port %3").arg(settings.user, settings.host).arg(settings.port));
}

// Nothing that knows them comes any more; secrets live as short as can be.
ConnectionLog::~ConnectionLog()
{
    m_log->forgetSecrets();
}

void ConnectionLog::tell(Level level, const QString &text)
{
    m_log->append(level, m_connection.settings().host, text);
}

void ConnectionLog::hide(const PromptAnswer &answer)
{
    if (const auto *secrets = std::get_if<SecretAnswers>(&answer)) {
        for (const base::SecretString &secret : *secrets) {
            m_log->addSecret(secret);
        }
    }
}

void ConnectionLog::hide(const LoginMemory &memory)
{
    m_log->addSecret(memory.password);
    m_log->addSecret(memory.proxyPassword);
    for (const base::SecretString &passphrase : memory.passphrases) {
        m_log->addSecret(passphrase);
    }
}

void ConnectionLog::tellPrompt(const Prompt &prompt)
{
    QString text = QStringLiteral("Asks: ") + std::visit(QuestionName(), prompt.question);
    if (!prompt.jumpHost.isEmpty()) {
        text += QStringLiteral(" (jump host %1)").arg(prompt.jumpHost);
    }
    tell(Level::Info, text);
}

void ConnectionLog::tellNotice(const Notice &notice)
{
    using Kind = Notice::Kind;
    switch (notice.kind) {
    case Kind::Banner:
        tell(Level::Info, QStringLiteral("Banner: ") + notice.text);
        break;
    case Kind::HostKeyNotStored:
    case Kind::AuthorityNotChecked:
        tell(Level::Warning, QStringLiteral("The host key was accepted without being checked"));
        break;
    case Kind::HostKeyStored:
        tell(Level::Info, QStringLiteral("The host key was stored in ") + notice.text);
        break;
    case Kind::HostKeyKeptForRun:
        tell(Level::Warning, QStringLiteral("The host key could not be stored: ") + notice.text);
        break;
    case Kind::LoginWithoutQuestion:
        tell(Level::Warning, QStringLiteral("The server wanted no proof of who logs in"));
        break;
    case Kind::ProxyCommandSaid:
        tell(Level::Info, QStringLiteral("Proxy command: ") + notice.text);
        break;
    case Kind::VariablesDeclined:
        tell(Level::Info, QStringLiteral("The server does not take the variables ") + notice.text);
        break;
    case Kind::DisplayDeclined:
        tell(Level::Warning, QStringLiteral("The server does not forward X11"));
        break;
    case Kind::NoDisplay:
        tell(Level::Warning, QStringLiteral("X11 is not forwarded: there is no display here"));
        break;
    }
}

void ConnectionLog::tellRefusal(const HostKeyRefusal &refusal)
{
    tell(Level::Error,
         QStringLiteral("The host key of %1, port %2, was refused: it is changed, revoked or not "
                        "allowed by the policy")
             .arg(refusal.host)
             .arg(refusal.port));
}

void ConnectionLog::tellEnd(const base::Result<void> &reason)
{
    if (reason || reason.error().kind == base::ErrorKind::Cancelled) {
        tell(Level::Info, QStringLiteral("Closed"));
        return;
    }
    const base::Error &error = reason.error();
    tell(Level::Error,
         QStringLiteral("Ended: could not %1 %2: %3 (%4)")
             .arg(error.operation, error.subject, error.detail)
             .arg(error.code));
    tell(Level::Info, m_connection.info().loginTrace.toText());
}

void ConnectionLog::checkLevel()
{
    if (std::exchange(m_level, m_log->level()) != m_log->level()) {
        emit levelChanged();
    }
}

} // namespace ssh
