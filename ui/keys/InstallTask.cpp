#include "ui/keys/InstallTask.h"

#include "base/DisplayText.h"
#include "ui/prompts/PromptPresenter.h"
#include "ui/widgets/SheetHost.h"

#include <utility>

namespace ui {

using keyinstall::KeyInstallation;
using ssh::Connection;

namespace {

// What a server asks for besides a key, in words for a person.
QString methodsText(const QStringList &methods)
{
    QStringList texts;
    for (const QString &method : methods) {
        if (method == QStringLiteral("password")) {
            texts.append(InstallTask::tr("a password"));
        } else if (method == QStringLiteral("keyboard-interactive")) {
            texts.append(InstallTask::tr("answers to its questions, such as codes"));
        } else if (method == QStringLiteral("publickey")) {
            texts.append(InstallTask::tr("another key"));
        } else {
            texts.append(base::displayText(method));
        }
    }
    return texts.join(InstallTask::tr(" or "));
}

} // namespace

InstallTask::InstallTask(keyinstall::KeyToInstall key, QString server, SheetHost &host,
                         vault::Vault *vault, QObject *parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_server(std::move(server))
    , m_prompts(new PromptPresenter(host, vault, this))
    , m_proofPrompts(new PromptPresenter(host, nullptr, this))
{
}

// The end of its own connection is no failure then, and who is told of those may be half gone.
InstallTask::~InstallTask()
{
    m_isOver = true;
}

void InstallTask::startOn(Connection &connection)
{
    follow(connection);
    install(connection);
}

void InstallTask::connectTo(const ssh::ConnectionSettings &settings, ssh::RoutePool *routes)
{
    emit progressed(tr("Connecting to %1…").arg(m_server));
    m_own = routes == nullptr ? std::make_unique<Connection>(settings)
                              : std::make_unique<Connection>(settings, *routes);
    m_prompts->follow(*m_own);
    follow(*m_own);
    connect(m_own.get(), &Connection::stateChanged, this, [this](Connection::State state) {
        if (state == Connection::State::Ready) {
            install(*m_own);
        }
    });
    m_own->open();
}

void InstallTask::follow(Connection &connection)
{
    connect(&connection, &QObject::destroyed, this,
            [this] { fail(errorText(base::Error{.kind = base::ErrorKind::ConnectionLost})); });
    connect(&connection, &Connection::closed, this, [this](const base::Result<void> &reason) {
        const base::Error lost{.kind = base::ErrorKind::ConnectionLost};
        fail(errorText(reason ? lost : reason.error()));
    });
}

void InstallTask::install(Connection &connection)
{
    m_installation = std::make_unique<KeyInstallation>(connection, m_key);
    KeyInstallation *installation = m_installation.get();
    connect(installation, &KeyInstallation::promptRaised, m_proofPrompts,
            &PromptPresenter::present);
    connect(installation, &KeyInstallation::promptWithdrawn, m_proofPrompts,
            &PromptPresenter::withdraw);
    connect(m_proofPrompts, &PromptPresenter::answered, installation, &KeyInstallation::answer);
    connect(installation, &KeyInstallation::progressed, this, [this](KeyInstallation::Step step) {
        emit progressed(step == KeyInstallation::Step::Installing
                            ? tr("Installing the key on %1…").arg(m_server)
                            : tr("Proving that the key logs in to %1…").arg(m_server));
    });
    connect(installation, &KeyInstallation::agentWaitChanged, this, &InstallTask::showAgentWait);
    connect(installation, &KeyInstallation::finished, this, &InstallTask::handleReport);
    installation->start();
}

void InstallTask::showAgentWait(const std::optional<ssh::AgentWait> &wait)
{
    if (!wait) {
        return;
    }
    const QString key = base::displayText(wait->comment);
    emit progressed(wait->needsTouch
                        ? tr("Touch your security key: the agent signs with %1…").arg(key)
                        : tr("Waiting for the agent to sign with %1…").arg(key));
}

void InstallTask::handleReport(const base::Result<keyinstall::Report> &report)
{
    if (!report) {
        ErrorText text = errorText(report.error());
        text.what = tr("Could not install the key on %1").arg(m_server);
        if (!report.error().detail.isEmpty()) {
            text.details = base::displayText(report.error().detail, base::LineBreaks::Keep);
        }
        fail(text);
        return;
    }
    if (report->isProven) {
        if (!std::exchange(m_isOver, true)) {
            emit succeeded(successText(*report));
        }
        return;
    }
    const QString details = report->proofError ? report->proofError->detail : QString();
    fail({.what = tr("The key is on %1, but it does not log in").arg(m_server),
          .why = tr("A second connection with this key alone was not let in."),
          .advice = tr("Perhaps the server does not allow keys, or asks for more than a key."),
          .details = base::displayText(details, base::LineBreaks::Keep)});
}

QString InstallTask::successText(const keyinstall::Report &report) const
{
    if (report.alsoAsked.isEmpty()) {
        return report.wasThere ? tr("%1 has this key already, and it logs in.").arg(m_server)
                               : tr("The key is installed on %1, and it logs in.").arg(m_server);
    }
    const QString more = methodsText(report.alsoAsked);
    return report.wasThere
        ? tr("%1 has this key already and accepts it. Besides, it asks for %2.").arg(m_server, more)
        : tr("The key is installed on %1, and accepted there. Besides, the server asks for %2.")
              .arg(m_server, more);
}

void InstallTask::fail(const ErrorText &text)
{
    if (!std::exchange(m_isOver, true)) {
        emit failed(text);
    }
}

void InstallTask::cancel()
{
    m_isOver = true;
    if (m_installation) {
        m_installation->cancel();
    }
    if (m_own) {
        m_own->close();
    }
}

} // namespace ui
