#include "ui/keys/KeysWindow.h"

#include "base/DisplayText.h"
#include "keys/AgentClient.h"
#include "keys/PublicKeyBlob.h"
#include "ui/errors/OpenSshErrorText.h"
#include "ui/keys/InstallTask.h"
#include "ui/keys/KeyTasks.h"
#include "ui/keys/KeyText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/BackgroundTask.h"
#include "ui/widgets/CenteredColumn.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto agentLimit = 5s; // no person is involved in a list
constexpr int usualWidth = 175; // characters: a row with its fingerprint
constexpr int usualLines = 30;

} // namespace

KeysWindow::KeysWindow(Surroundings surroundings, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_surroundings(std::move(surroundings))
    , m_model(new KeyModel(this))
    , m_host(new SheetHost(this))
    , m_banner(new ErrorBanner)
    , m_notice(new NoticeBar(Theme::Meaning::Ok))
    , m_pages(new QStackedWidget)
    , m_list(new QTreeView)
    , m_details(new PlainLabel({}, PlainLabel::Role::Value))
{
    setObjectName(QStringLiteral("keysWindow"));
    new CloseKeys(*this);
    setAccessibleName(tr("Keys"));
    setWindowTitle(tr("Keys"));
    m_tasks = new KeyTasks(m_surroundings.directory, *m_host, this);
    createActions();
    m_host->setContent(createContent());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    resize(fontMetrics().averageCharWidth() * usualWidth, fontMetrics().lineSpacing() * usualLines);

    connect(m_tasks, &KeyTasks::started, this, [this] {
        m_banner->dismiss();
        m_notice->showNotice(tr("Working…"));
    });
    connect(m_tasks, &KeyTasks::succeeded, this, &KeysWindow::showSuccess);
    connect(m_tasks, &KeyTasks::failed, this, &KeysWindow::showFailure);
    refresh();
}

KeysWindow::~KeysWindow() = default;

QWidget *KeysWindow::createContent()
{
    m_list->setObjectName(QStringLiteral("keysList"));
    m_list->setAccessibleName(tr("Keys"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->setUniformRowHeights(true);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->addActions({m_installAction, m_copyPublicKey, m_copyFingerprint, m_changePassphrase,
                        m_convert, m_exportPublic, m_addToAgent, m_removeFromAgent, m_mendMode});
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (const KeyRow *row = current()) {
            m_selected = row->id();
        }
        updateActions();
    });
    m_details->setObjectName(QStringLiteral("keyDetails"));
    m_details->setAccessibleName(tr("About the selected key"));
    m_details->setWordWrap(true);
    m_pages->addWidget(createEmptyState());
    m_pages->addWidget(m_list);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_banner);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_details);
    layout->addLayout(createKeyButtons());
    layout->addLayout(createButtons());
    return content;
}

QWidget *KeysWindow::createEmptyState()
{
    constexpr int columnWidth = 60;
    auto *column = new CenteredColumn(columnWidth);
    column->setObjectName(QStringLiteral("keysEmpty"));
    auto *make = new QPushButton(tr("Make a key"));
    make->setObjectName(QStringLiteral("keysEmptyGenerate"));
    connect(make, &QPushButton::clicked, m_tasks, &KeyTasks::generate);
    column->rows().addWidget(new PlainLabel(tr("No keys yet"), PlainLabel::Role::Title));
    column->rows().addWidget(new PlainLabel(
        tr("A key lets you log in without typing a password: its private half stays in %1 on this "
           "computer, and its public half goes to each server. Make one, then install it on a "
           "server from here.")
            .arg(base::displayText(m_surroundings.directory))));
    column->rows().addWidget(make, 0, Qt::AlignLeft);
    return column;
}

QLayout *KeysWindow::createButtons()
{
    auto *generate = new QPushButton(Icons::icon(QStringLiteral("add")), tr("New key…"));
    generate->setObjectName(QStringLiteral("keysGenerate"));
    connect(generate, &QPushButton::clicked, m_tasks, &KeyTasks::generate);
    auto *import = new QPushButton(tr("Convert a file…"));
    import->setObjectName(QStringLiteral("keysConvertFile"));
    import->setToolTip(tr("Reads a key of PuTTY and writes it in OpenSSH's format"));
    connect(import, &QPushButton::clicked, this, &KeysWindow::chooseKeyToConvert);

    auto *row = new QHBoxLayout;
    row->addWidget(generate);
    row->addWidget(import);
    row->addStretch();
    return row;
}

// For the key that is selected. What makes no sense for it is not to be seen.
QLayout *KeysWindow::createKeyButtons()
{
    auto *row = new QHBoxLayout;
    for (QAction *action : {m_mendMode, m_convert, m_installAction, m_changePassphrase,
                            m_addToAgent, m_removeFromAgent, m_copyPublicKey}) {
        auto *button = new QToolButton;
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->hide();
        connect(action, &QAction::visibleChanged, button,
                [button, action] { button->setVisible(action->isVisible()); });
        row->addWidget(button);
    }
    row->addStretch();
    return row;
}

void KeysWindow::createActions()
{
    const auto make = [this](const char *name, const char *icon, const QString &text,
                             void (KeysWindow::*act)(const KeyRow &)) {
        return createAction(QString::fromLatin1(name), QString::fromLatin1(icon), text, act);
    };
    m_installAction = make("keyInstall", "server", tr("Install on server…"), &KeysWindow::install);
    m_copyPublicKey
        = make("keyCopyPublic", "copy", tr("Copy public key"), &KeysWindow::copyPublicKey);
    m_copyFingerprint
        = make("keyCopyFingerprint", "copy", tr("Copy fingerprint"), &KeysWindow::copyFingerprint);
    m_changePassphrase = make("keyChangePassphrase", "rename", tr("Change passphrase…"),
                              &KeysWindow::changePassphrase);
    m_convert = make("keyConvert", "file", tr("Convert…"), &KeysWindow::convert);
    m_exportPublic
        = make("keyExportPublic", "file", tr("Write public key file"), &KeysWindow::exportPublic);
    m_mendMode
        = make("keyMendMode", "permissions", tr("Make it private (0600)"), &KeysWindow::mendMode);
    m_addToAgent = make("keyAddToAgent", "upload", tr("Add to agent…"), &KeysWindow::addToAgent);
    m_removeFromAgent = make("keyRemoveFromAgent", "delete", tr("Remove from agent"),
                             &KeysWindow::removeFromAgent);
}

QAction *KeysWindow::createAction(const QString &name, const QString &icon, const QString &text,
                                  void (KeysWindow::*act)(const KeyRow &))
{
    auto *action = new QAction(Icons::icon(icon), text, this);
    action->setObjectName(name);
    action->setVisible(false);
    connect(action, &QAction::triggered, this, [this, act] {
        if (const KeyRow *row = current()) {
            const KeyRow copy = *row; // the model may be filled anew meanwhile
            (this->*act)(copy);
        }
    });
    return action;
}

void KeysWindow::refresh()
{
    inBackground([directory = m_surroundings.directory] {
        return keys::ownKeys(directory);
    }).then(this, [this](const QList<keys::OwnKey> &files) {
        m_model->setFiles(files);
        showList();
    });
    askAgent(0);
}

// One place after the other, until an agent answers.
void KeysWindow::askAgent(qsizetype place)
{
    if (place >= m_surroundings.agents.size()) {
        m_agentPath.clear();
        m_model->setIdentities({});
        showList();
        return;
    }
    const QString path = m_surroundings.agents[place].socketPath;
    m_agent = std::make_unique<keys::AgentClient>(path);
    m_agent->identities(agentLimit)
        .then(this,
              [this, place, path](const base::Result<QList<keys::AgentIdentity>> &identities) {
                  if (!identities) {
                      if (identities.error().kind != base::ErrorKind::Cancelled) {
                          askAgent(place + 1);
                      }
                      return;
                  }
                  m_agentPath = path;
                  m_tasks->setAgent(path);
                  m_model->setIdentities(*identities);
                  showList();
              });
}

void KeysWindow::showList()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_pages->setCurrentIndex(isEmpty ? 0 : 1);
    m_details->setVisible(!isEmpty);
    int found = isEmpty ? -1 : 0;
    for (int index = 0; index < m_model->rowCount(); ++index) {
        if (m_model->row(index).id() == m_selected) {
            found = index;
        }
    }
    for (int column = 0; column < KeyModel::columns; ++column) {
        m_list->resizeColumnToContents(column);
    }
    if (found >= 0) {
        m_list->setCurrentIndex(m_model->index(found, 0));
    }
    updateActions();
}

const KeyRow *KeysWindow::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_model->row(index.row()) : nullptr;
}

void KeysWindow::updateActions()
{
    const KeyRow *row = current();
    const bool isUsable = row != nullptr && row->isUsable() && !row->isLoose();
    const bool hasBlob = row != nullptr && !row->blob().isEmpty();
    const bool isPlainAgentKey = row != nullptr && row->identity && !row->certificate;
    m_installAction->setVisible((isUsable && hasBlob) || isPlainAgentKey);
    m_copyPublicKey->setVisible(hasBlob);
    m_copyFingerprint->setVisible(hasBlob);
    m_changePassphrase->setVisible(isUsable && !row->isPutty());
    m_convert->setVisible(isUsable && row->isPutty());
    m_exportPublic->setVisible(isUsable
                               && !QFile::exists(row->file->path + QStringLiteral(".pub")));
    m_mendMode->setVisible(row != nullptr && row->isLoose());
    const bool hasAgent = !m_agentPath.isEmpty();
    m_addToAgent->setVisible(isUsable && hasAgent && !row->identity);
    m_removeFromAgent->setVisible(row != nullptr && hasAgent && row->identity.has_value());

    QStringList lines;
    if (row != nullptr) {
        lines.append(row->file ? base::displayText(row->file->path) : row->title());
        lines.append(keys::sha256Fingerprint(row->blob()));
        lines.append(row->file ? base::displayText(row->file->problem) : QString());
        lines.append(row->isLoose() ? tr("Others may read or change this key, so that it is not "
                                         "used until only you can.")
                                    : QString());
        lines.append(row->certificate ? certificateSentence(*row->certificate) : QString());
        lines.removeAll(QString());
    }
    m_details->setText(lines.join(QLatin1Char('\n')));
}

void KeysWindow::chooseKeyToConvert()
{
    auto *dialog = new QFileDialog(this, tr("Convert a key"), QDir::homePath(),
                                   tr("PuTTY keys (*.ppk);;All files (*)"));
    dialog->setObjectName(QStringLiteral("keysConvertDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_tasks, &KeyTasks::convert);
    dialog->open();
}

void KeysWindow::install(const KeyRow &row)
{
    const QList<InstallTarget> targets = m_surroundings.targets();
    if (targets.isEmpty()) {
        showFailure({.what = tr("There is no server to install the key on"),
                     .why = tr("No session is saved, and no connection is open."),
                     .advice = tr("Connect to the server in the main window first.")});
        return;
    }
    auto *sheet = new InstallKeySheet(row.title(), targets, m_host);
    connect(sheet, &InstallKeySheet::accepted, this,
            [this, row](const InstallTarget &target) { startInstall(row, target); });
    m_host->present(sheet);
}

void KeysWindow::startInstall(const KeyRow &row, const InstallTarget &target)
{
    if (m_install != nullptr) {
        m_install->cancel();
        m_install->deleteLater();
    }
    m_banner->dismiss();
    // Without a usable file, the agent proves that the key logs in.
    const bool hasFile = row.isUsable() && !row.isLoose();
    m_install
        = new InstallTask({.publicLine = row.publicLine(),
                           .blob = row.blob(),
                           .privateFile = hasFile ? row.file->path : QString(),
                           .agentSocket = row.identity ? m_agentPath : QString()},
                          base::displayText(target.title), *m_host, m_surroundings.vault, this);
    connect(m_install, &InstallTask::progressed, this, [this](const QString &sentence) {
        m_notice->showNotice(sentence, tr("Cancel"), [this] {
            if (m_install != nullptr) {
                m_install->cancel();
            }
        });
    });
    connect(m_install, &InstallTask::succeeded, this, &KeysWindow::showSuccess);
    connect(m_install, &InstallTask::failed, this, &KeysWindow::showFailure);
    if (target.connection) {
        m_install->startOn(*target.connection);
    } else if (target.profile) {
        connectInstall(*target.profile);
    } else {
        showFailure({.what = tr("Could not install the key"),
                     .why = tr("The connection has ended meanwhile.")});
    }
}

// The way there may lead through hosts of OpenSSH's configuration.
void KeysWindow::connectInstall(const profiles::Profile &profile)
{
    if (m_surroundings.openSsh != nullptr) {
        auto *question = new ssh::AliasSettings(*m_surroundings.openSsh,
                                                m_surroundings.connectionSettings, m_install);
        connect(question, &ssh::AliasSettings::resolved, this,
                [this, install = m_install](const ssh::ConnectionSettings &settings) {
                    if (install == m_install) {
                        install->connectTo(settings, m_surroundings.routes);
                    }
                });
        connect(question, &ssh::AliasSettings::failed, this,
                [this](const base::Error &error, const QString &alias) {
                    showFailure(openSshErrorText(error, alias));
                });
        if (question->start(profile, m_surroundings.lookup)) {
            return;
        }
    }
    m_install->connectTo(m_surroundings.connectionSettings(profile, {}), m_surroundings.routes);
}

void KeysWindow::copyPublicKey(const KeyRow &row)
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(row.publicLine()));
    m_notice->showNotice(tr("The public key is in the clipboard."));
}

void KeysWindow::copyFingerprint(const KeyRow &row)
{
    QGuiApplication::clipboard()->setText(keys::sha256Fingerprint(row.blob()));
    m_notice->showNotice(tr("The fingerprint is in the clipboard."));
}

void KeysWindow::changePassphrase(const KeyRow &row)
{
    m_tasks->changePassphrase(*row.file);
}

void KeysWindow::convert(const KeyRow &row)
{
    m_tasks->convert(row.file->path);
}

void KeysWindow::exportPublic(const KeyRow &row)
{
    m_tasks->exportPublic(*row.file);
}

void KeysWindow::mendMode(const KeyRow &row)
{
    m_tasks->mendMode(*row.file);
}

void KeysWindow::addToAgent(const KeyRow &row)
{
    m_tasks->addToAgent(*row.file);
}

void KeysWindow::removeFromAgent(const KeyRow &row)
{
    m_tasks->removeFromAgent(row.identity->blob, row.title());
}

void KeysWindow::showSuccess(const QString &sentence)
{
    m_banner->dismiss();
    m_notice->showNotice(sentence);
    refresh();
}

void KeysWindow::showFailure(const ErrorText &text)
{
    m_notice->dismiss();
    m_banner->showError(text);
    refresh();
}

void KeysWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Refresh)) {
        refresh();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace ui
