#include "ui/forwards/TunnelPanel.h"

#include "ui/errors/ForwardErrorText.h"
#include "ui/forwards/ForwardClientsWindow.h"
#include "ui/forwards/ForwardModel.h"
#include "ui/forwards/ForwardSheet.h"
#include "ui/forwards/ForwardText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {
namespace {

using State = forward::ForwardStatus::State;

enum Page { EmptyPage, TablePage };

constexpr int visibleLines = 7; // of the table, header included

bool isRunning(State state)
{
    return state == State::Listening || state == State::Starting || state == State::Waiting;
}

QToolButton *createButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setAccessibleName(action->text());
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    // Outside a tool bar a button stays when its action goes.
    QObject::connect(action, &QAction::visibleChanged, button,
                     [action, button] { button->setVisible(action->isVisible()); });
    return button;
}

} // namespace

TunnelPanel::TunnelPanel(SheetHost &host, QWidget *parent)
    : QWidget(parent)
    , m_host(host)
    , m_model(new ForwardModel(this))
    , m_pages(new QStackedWidget(this))
    , m_trouble(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("tunnelPanel"));
    setAccessibleName(tr("Tunnels"));
    createActions();
    m_pages->addWidget(createEmpty());
    m_pages->addWidget(createTable());
    m_pages->setFixedHeight(fontMetrics().lineSpacing() * (visibleLines + 2));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    m_trouble->setObjectName(QStringLiteral("tunnelTrouble"));
    layout->addWidget(m_pages);
    layout->addWidget(m_trouble);
    layout->addWidget(createButtons());
    updateState();
}

void TunnelPanel::createActions()
{
    m_add = createAction("add", tr("Add tunnel…"), "tunnelAdd");
    m_toggle = createAction("cancel", tr("Stop"), "tunnelToggle");
    m_freePort = createAction("retry", tr("Use a free port"), "tunnelFreePort");
    m_copy = createAction("copy", tr("Copy address"), "tunnelCopy");
    m_browse = createAction("link", tr("Open in browser"), "tunnelBrowse");
    m_remove = createAction("delete", tr("Remove"), "tunnelRemove");
    m_save = createAction("pin", tr("Save with session"), "tunnelSave");
    m_clients = createAction("info", tr("Clients and refusals…"), "tunnelClients");
    m_keep = createAction("tunnel", tr("Keep when the tab closes"), "tunnelKeep");
    m_save->setIconText(tr("Save")); // on the buttons, which have little room
    m_clients->setIconText(tr("Clients"));
    m_keep->setIconText(tr("Keep"));
    m_keep->setCheckable(true);
    m_keep->setToolTip(tr("The tunnels of this login go on without a tab, and come back after a "
                          "loss. The window Running tunnels shows them."));
    m_clients->setShortcut(Qt::Key_Return);
    connect(m_save, &QAction::triggered, this, [this] {
        if (const auto id = selected()) {
            emit saveRequested(m_forwards->forward(*id));
        }
    });
    connect(m_clients, &QAction::triggered, this, &TunnelPanel::showClients);
    connect(m_keep, &QAction::triggered, this, [this](bool isKept) {
        if (m_forwards != nullptr && isKept) {
            emit keepRequested();
        } else if (m_forwards != nullptr) {
            m_forwards->setOutlivesTabs(false);
        }
        updateKeep();
    });
    m_add->setShortcut(Qt::Key_Insert);
    m_toggle->setShortcut(Qt::Key_Space);
    m_copy->setShortcut(QKeySequence::Copy);
    m_remove->setShortcut(QKeySequence::Delete);
    connect(m_add, &QAction::triggered, this, &TunnelPanel::add);
    connect(m_toggle, &QAction::triggered, this, &TunnelPanel::startOrStop);
    connect(m_freePort, &QAction::triggered, this, &TunnelPanel::useFreePort);
    connect(m_copy, &QAction::triggered, this, &TunnelPanel::copyAddress);
    connect(m_browse, &QAction::triggered, this, &TunnelPanel::openInBrowser);
    connect(m_remove, &QAction::triggered, this, &TunnelPanel::remove);
}

QAction *TunnelPanel::createAction(const char *icon, const QString &text, const char *name)
{
    auto *action = new QAction(Icons::icon(QString::fromLatin1(icon)), text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
}

QWidget *TunnelPanel::createEmpty()
{
    auto *empty = new PlainLabel(tr("No tunnels. A tunnel lets programs on this computer reach "
                                    "what the server reaches, or the other way around."),
                                 PlainLabel::Role::Subtle);
    empty->setObjectName(QStringLiteral("tunnelEmpty"));
    empty->setAlignment(Qt::AlignCenter);
    return empty;
}

QWidget *TunnelPanel::createTable()
{
    m_table = new QTreeView;
    m_table->setObjectName(QStringLiteral("tunnelTable"));
    m_table->setAccessibleName(tr("Tunnels"));
    m_table->setModel(m_model);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions(
        {m_add, m_toggle, m_freePort, m_copy, m_browse, m_clients, m_save, m_remove});
    const int character = fontMetrics().averageCharWidth();
    QHeaderView &header = *m_table->header();
    header.resizeSection(ForwardModel::Kind, 10 * character);
    header.resizeSection(ForwardModel::Listen, 27 * character);
    header.resizeSection(ForwardModel::Target, 24 * character);
    header.resizeSection(ForwardModel::State, 18 * character);
    header.resizeSection(ForwardModel::Clients, 9 * character);
    header.resizeSection(ForwardModel::Bytes, 25 * character);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TunnelPanel::updateState);
    return m_table;
}

QWidget *TunnelPanel::createButtons()
{
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins({});
    row->addWidget(createButton(m_add));
    row->addWidget(createButton(m_keep));
    row->addStretch();
    for (QAction *action : {m_freePort, m_toggle, m_copy, m_browse, m_clients, m_save, m_remove}) {
        row->addWidget(createButton(action));
    }
    return buttons;
}

void TunnelPanel::setForwards(forward::ForwardSet *forwards)
{
    using forward::ForwardSet;
    if (m_forwards != nullptr) {
        m_forwards->disconnect(this);
    }
    m_forwards = forwards;
    m_model->setForwards(forwards);
    if (m_forwards != nullptr) { // after the model, which then knows the rows
        connect(m_forwards, &ForwardSet::added, this, [this](Id id) {
            m_table->setCurrentIndex(m_model->indexOf(id));
            updateState();
        });
        connect(m_forwards, &ForwardSet::removed, this, [this] {
            m_table->setCurrentIndex(m_model->index(0, 0));
            updateState();
        });
        connect(m_forwards, &ForwardSet::changed, this, &TunnelPanel::handleChange);
        connect(m_forwards, &ForwardSet::outlivesTabsChanged, this, &TunnelPanel::updateKeep);
    }
    updateKeep();
    m_table->setCurrentIndex(m_model->index(0, 0));
    updateState();
}

void TunnelPanel::setSavable(bool isSavable)
{
    m_isSavable = isSavable;
    updateState();
}

void TunnelPanel::updateKeep()
{
    m_keep->setEnabled(m_forwards != nullptr);
    m_keep->setChecked(m_forwards != nullptr && m_forwards->outlivesTabs());
}

int TunnelPanel::listeningCount() const
{
    return m_forwards == nullptr ? 0 : m_forwards->listeningCount();
}

void TunnelPanel::handleChange(Id id)
{
    const bool hasFailed = m_forwards->status(id).state == State::Failed;
    if (hasFailed) {
        m_table->setCurrentIndex(m_model->indexOf(id));
    }
    updateState();
    if (hasFailed) {
        emit attentionNeeded();
    }
}

std::optional<TunnelPanel::Id> TunnelPanel::selected() const
{
    const auto id = m_model->idAt(m_table->currentIndex());
    return id && m_forwards != nullptr && m_forwards->contains(*id) ? id : std::nullopt;
}

void TunnelPanel::updateState()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? EmptyPage : TablePage);
    m_add->setEnabled(m_forwards != nullptr);
    const auto id = selected();
    for (QAction *action : {m_toggle, m_remove, m_clients}) {
        action->setEnabled(id.has_value());
    }
    m_save->setEnabled(id && m_isSavable && !m_forwards->isSaved(*id));
    m_save->setToolTip(m_isSavable ? tr("Start it with this session from now on")
                                   : tr("Save the session first"));
    const forward::ForwardStatus status = id ? m_forwards->status(*id) : forward::ForwardStatus();
    const profiles::Forward forward = id ? m_forwards->forward(*id) : profiles::Forward();
    const bool runs = isRunning(status.state);
    m_toggle->setText(runs || !id ? tr("Stop") : tr("Start"));
    m_toggle->setIcon(Icons::icon(runs || !id ? QStringLiteral("cancel") : QStringLiteral("run")));
    m_freePort->setVisible(status.freePort != 0);
    m_freePort->setText(tr("Use port %1").arg(status.freePort));
    const QString trouble = id ? troubleText(*id) : QString();
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_copy->setEnabled(!forwardAddress(forward, status).isEmpty());
    m_browse->setEnabled(forwardUrl(forward, status).has_value());
    emit changed();
}

// What a column of the table has no room for.
QString TunnelPanel::troubleText(Id id) const
{
    const profiles::Forward &forward = m_forwards->forward(id);
    const forward::ForwardStatus &status = m_forwards->status(id);
    if (status.failure) {
        return forwardFailureText(forward, *status.failure, status.freePort);
    }
    return status.lastRefusal ? forwardRefusalText(forward, *status.lastRefusal) : QString();
}

void TunnelPanel::add()
{
    if (m_forwards == nullptr) {
        return;
    }
    auto *sheet = new ForwardSheet(&m_host);
    connect(sheet, &ForwardSheet::chosen, this, [this](const profiles::Forward &forward) {
        if (m_forwards != nullptr) {
            m_forwards->add(forward);
        }
    });
    m_host.present(sheet);
    sheet->setFocus();
}

void TunnelPanel::startOrStop()
{
    const auto id = selected();
    if (!id) {
        return;
    }
    if (isRunning(m_forwards->status(*id).state)) {
        m_forwards->stop(*id);
    } else {
        m_forwards->start(*id);
    }
}

void TunnelPanel::useFreePort()
{
    if (const auto id = selected(); id && m_forwards->status(*id).freePort != 0) {
        profiles::Forward forward = m_forwards->forward(*id);
        forward.listen.port = m_forwards->status(*id).freePort;
        m_forwards->replace(*id, forward);
    }
}

void TunnelPanel::remove()
{
    if (const auto id = selected()) {
        m_forwards->remove(*id);
    }
}

void TunnelPanel::copyAddress() const
{
    if (const auto id = selected()) {
        QApplication::clipboard()->setText(
            forwardAddress(m_forwards->forward(*id), m_forwards->status(*id)));
    }
}

void TunnelPanel::showClients()
{
    const auto id = selected();
    if (!id) {
        return;
    }
    if (m_clientsWindow == nullptr || m_clientsWindow->id() != *id) {
        delete m_clientsWindow;
        m_clientsWindow = new ForwardClientsWindow(*m_forwards, *id, window());
        m_clientsWindow->show();
    }
    m_clientsWindow->raise();
    m_clientsWindow->activateWindow();
}

void TunnelPanel::openInBrowser() const
{
    if (const auto id = selected()) {
        if (const auto url = forwardUrl(m_forwards->forward(*id), m_forwards->status(*id))) {
            QDesktopServices::openUrl(*url);
        }
    }
}

} // namespace ui
