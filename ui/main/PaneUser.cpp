#include "ui/main/PaneUser.h"

#include "base/DisplayText.h"
#include "transfer/TransferSchedule.h"
#include "ui/errors/SudoErrorText.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneActions.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TransferTarget.h"
#include "ui/main/UserPlace.h"
#include "ui/main/UserSheet.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAction>

#include <utility>

namespace ui {
namespace {

const QByteArray root = QByteArrayLiteral("root");

} // namespace

PaneUser::PaneUser(FilePane &pane, const Services &services)
    : QObject(&pane)
    , m_pane(pane)
    , m_services(services)
{
    const PaneActions &actions = pane.actions();
    connect(actions.asRoot, &QAction::triggered, this, [this] { become(root); });
    connect(actions.asUser, &QAction::triggered, this, &PaneUser::askWhom);
    connect(actions.asLogin, &QAction::triggered, this, &PaneUser::returnToLogin);
    connect(&pane, &FilePane::placeChanged, this, &PaneUser::followPlace);
    followPlace();
}

PaneUser::~PaneUser() = default;

std::shared_ptr<UserPlace> PaneUser::userPlace() const
{
    return std::dynamic_pointer_cast<UserPlace>(m_pane.place());
}

std::shared_ptr<ServerPlace> PaneUser::login() const
{
    const auto user = userPlace();
    return user != nullptr ? user->login() : std::dynamic_pointer_cast<ServerPlace>(m_pane.place());
}

void PaneUser::askWhom()
{
    if (UserSheet *sheet = openSheet()) {
        sheet->askName();
        connect(sheet, &UserSheet::nameEntered, this,
                [this](const QString &name) { tryAs(name.toUtf8()); });
        sheet->setFocus();
    }
}

void PaneUser::become(const QByteArray &user)
{
    if (UserSheet *sheet = openSheet()) {
        tryAs(user);
        sheet->setFocus();
    }
}

// Null if no server is connected, or the pane asks something else.
UserSheet *PaneUser::openSheet()
{
    const auto server = login();
    if (server == nullptr || !server->isLoggedIn() || m_sheet != nullptr) {
        return nullptr;
    }
    const QString name = base::displayText(server->connection()->connection().info().user);
    auto sheet = std::make_unique<UserSheet>(name, server->label());
    m_sheet = sheet.get();
    connect(m_sheet, &UserSheet::cancelled, this, &PaneUser::endAttempt);
    m_pane.openPlaceSheet(std::move(sheet));
    return m_sheet;
}

void PaneUser::tryAs(const QByteArray &user)
{
    if (!sftp::isSudoUser(user)) {
        m_sheet->refuseName();
        return;
    }
    m_wanted = base::displayText(QByteArrayView(user));
    m_sheet->showWaiting(m_wanted);
    m_attempt = std::make_unique<sftp::Client>(login()->connection()->connection(),
                                               sftp::SudoCommand::forUser(user));
    connect(m_attempt.get(), &sftp::Client::passwordWanted, m_sheet,
            [this](const sftp::SudoQuestion &question) {
                m_sheet->askPassword(m_wanted, question.attempt, question.said);
            });
    connect(m_sheet, &UserSheet::passwordEntered, m_attempt.get(),
            [this](const base::SecretString &password) {
                m_sheet->showWaiting(m_wanted);
                m_attempt->answerPassword(password);
            });
    connect(m_attempt.get(), &sftp::Client::opened, this, &PaneUser::handleOpened);
    connect(m_attempt.get(), &sftp::Client::closed, this, &PaneUser::handleRefused);
}

void PaneUser::handleOpened()
{
    const auto server = login();
    if (userPlace() == nullptr) {
        m_loginDirectory = m_pane.directory();
    }
    const files::FilePath shown = m_pane.directory(); // empty: it is being read
    m_sheet->done();
    m_attempt->disconnect(this);
    const auto place = std::make_shared<UserPlace>(
        server, std::move(m_attempt), m_wanted,
        m_services.transfers->queueFor(transferServerAs(
            server->connection()->connection().settings(), m_wanted, server->label())),
        m_services.edits);
    keepBookmarks(*place, m_services.settings);
    m_pane.setPlace(place);
    m_pane.goTo(shown.isEmpty() ? m_loginDirectory : shown);
}

void PaneUser::handleRefused(const base::Result<void> &reason)
{
    const base::Error error = reason ? base::Error() : reason.error();
    m_attempt.release()->deleteLater(); // it is in the middle of its own signal
    m_sheet->done();
    m_pane.banner().showError(sudoErrorText(error, m_wanted, login()->label()));
}

void PaneUser::returnToLogin()
{
    if (const auto user = userPlace()) {
        m_pane.setPlace(user->login());
        if (!m_loginDirectory.isEmpty()) {
            m_pane.goTo(m_loginDirectory);
        }
    }
}

// Where the connection has ended the tab tells it.
void PaneUser::handleEnd()
{
    const auto left = userPlace();
    if (left == nullptr || left->fileSystem() != nullptr) {
        return;
    }
    returnToLogin();
    if (!left->loss()) {
        return;
    }
    ErrorText text = errorText(*left->loss());
    text.what = tr("No longer %1 on %2").arg(left->user(), left->login()->label());
    text.why = tr("The program that gave the files there as %1 has ended.").arg(left->user());
    text.advice = tr("These are your own files again.");
    // Not before they are shown, which clears what was said of the others.
    connect(
        &m_pane, &FilePane::directoryChanged, this,
        [this, text] { m_pane.banner().showError(text); }, Qt::SingleShotConnection);
}

void PaneUser::endAttempt()
{
    m_attempt.reset();
}

void PaneUser::followPlace()
{
    const auto server = login();
    const auto user = userPlace();
    const PaneActions &actions = m_pane.actions();
    const bool isRoot = user != nullptr && user->user() == QString::fromLatin1(root);
    actions.asRoot->setVisible(server != nullptr && !isRoot);
    actions.asUser->setVisible(server != nullptr);
    actions.asLogin->setVisible(user != nullptr);
    if (user == nullptr) {
        return;
    }
    if (user->fileSystem() == nullptr) {
        // The place is in the middle of telling it, and may go with its last pane.
        QMetaObject::invokeMethod(this, &PaneUser::handleEnd, Qt::QueuedConnection);
        return;
    }
    const QString name = base::displayText(server->connection()->connection().info().user);
    actions.asLogin->setText(tr("Back to the files of %1").arg(name));
}

} // namespace ui
