#include "ui/main/Workspace.h"

#include "ui/connect/EnvironmentText.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/main/PaneEdits.h"
#include "ui/main/PaneSync.h"
#include "ui/main/PaneUser.h"
#include "ui/main/ServerPlace.h"
#include "ui/main/TerminalFileDrops.h"
#include "ui/main/TransferDefaults.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/terminal/TerminalView.h"
#include "ui/units/SizeText.h"

#include <QApplication>
#include <QFile>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {
namespace {

// The width from which terminal (80 columns) and two panes fit side by side: about 1,700 pixels at
// the usual font size.
constexpr int besideInCharacters = 240;

} // namespace

Workspace::Workspace(const Services &services, std::shared_ptr<ServerPlace> server, QWidget *parent)
    : QWidget(parent)
    , m_settings(services.settings)
    , m_server(std::move(server))
    , m_mostScrollback(TerminalAppearance::mostScrollbackLines)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_terminals(new TerminalSplits)
{
    auto local = std::make_shared<PanePlace>(Place::ThisComputer);
    if (services.places != nullptr) {
        local->setHistory(services.places->localHistory());
    }
    local->open(&services.localFiles);
    if (services.transfers != nullptr) {
        local->showDownloads(*services.transfers);
    }
    keepBookmarks(*local, m_settings);
    m_files = new FilesView(std::move(local), m_server);
    m_sync = new PaneSync(*m_files, m_settings);
    if (services.places != nullptr) {
        m_files->setOtherPlaces([places = services.places] { return places->loggedIn(); });
    }
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_files);
    m_splitter->addWidget(m_terminals);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter, 1);
    if (services.edits != nullptr) {
        new PaneEdits(*m_files, services.localFiles, *services.edits);
    }
    for (FilePane *pane : m_files->panes()) {
        new PaneUser(*pane, services);
    }
    connect(m_files, &FilesView::paneOpened, this,
            [services](FilePane &pane) { new PaneUser(pane, services); });
    new TerminalFileDrops(*m_terminals, *m_files);
    followTerminalSettings();
    followSizeUnits();
    connect(m_splitter, &QSplitter::splitterMoved, this, &Workspace::rememberSplitter);
    m_splitter->restoreState(m_settings.value(splitterKey()));
    m_files->restoreState(m_settings.value(settings::keys::filesView));
    m_files->setPreparation([&settings = m_settings](transfer::TransferRequest &request) {
        applyTransferDefaults(settings, request);
    });
}

void Workspace::followTerminalSettings()
{
    applyTerminalSettings();
    connect(&m_settings, &settings::Settings::changed, this, [this](QLatin1StringView name) {
        if (name.startsWith(QLatin1StringView("terminal/"))) {
            applyTerminalSettings();
        }
    });
}

// The program has taken them over before.
void Workspace::followSizeUnits()
{
    connect(m_files, &FilesView::sizeUnitsChosen, this, [this](SizeUnits units) {
        m_settings.setValue(settings::keys::sizeUnits, nameOf(units));
    });
    connect(&m_settings, &settings::Settings::changed, this, [this](QLatin1StringView name) {
        if (name == settings::keys::sizeUnits.name) {
            m_files->showSizesAnew();
        }
    });
}

void Workspace::applyTerminalSettings()
{
    TerminalAppearance appearance = TerminalAppearance::of(m_settings, m_choice);
    appearance.scrollbackLines = std::min(appearance.scrollbackLines, m_mostScrollback);
    m_terminals->setAppearance(appearance);
}

void Workspace::setProfile(const profiles::Profile &profile)
{
    const QString caution = environmentCaution(profile);
    m_server->setCaution(caution);
    if (!std::exchange(m_hasProfile, true) && !profile.localDirectory.isEmpty()) {
        m_files->showLocal(files::FilePath(QFile::encodeName(profile.localDirectory)));
    }
    m_terminals->setCaution(caution);
    if (m_choice != profile.terminal) {
        m_choice = profile.terminal;
        applyTerminalSettings();
    }
}

void Workspace::beginAt(const QByteArray &remoteDirectory)
{
    if (!std::exchange(m_hasBegun, true) && !remoteDirectory.isEmpty()) {
        m_files->showRemote(files::FilePath(remoteDirectory));
    }
}

void Workspace::restorePanes(const SavedPanes &panes, const SavedPanes::Servers &servers)
{
    if (panes != SavedPanes()) {
        m_hasBegun = true;
        panes.show(*m_files, servers);
    }
}

void Workspace::limitScrollback(int lines)
{
    if (lines != m_mostScrollback) {
        m_mostScrollback = lines;
        applyTerminalSettings();
    }
}

Workspace::~Workspace()
{
    m_settings.setValue(settings::keys::filesView, m_files->saveState());
}

void Workspace::synchronize()
{
    m_sync->show();
}

bool Workspace::isSynchronizing() const
{
    return m_sync->isBusy();
}

bool Workspace::isOfServer(const FilePane &pane) const
{
    return pane.place() == m_server;
}

void Workspace::setView(ViewSwitch::View view)
{
    m_terminals->setVisible(view != ViewSwitch::View::Files);
    m_files->setVisible(view != ViewSwitch::View::Terminal);
}

void Workspace::runInTerminal(const QString &command)
{
    TerminalView &view = m_terminals->current().view();
    view.setFocus();
    emit view.typed(command.toUtf8() + '\r');
}

void Workspace::focusNextPane()
{
    const std::array<QWidget *, 3> panes{m_terminals, &m_files->leftPane(), &m_files->rightPane()};
    const QWidget *focus = QApplication::focusWidget();
    std::size_t current = panes.size() - 1;
    for (std::size_t index = 0; index < panes.size(); ++index) {
        if (focus != nullptr && (panes[index] == focus || panes[index]->isAncestorOf(focus))) {
            current = index;
        }
    }
    for (std::size_t step = 1; step <= panes.size(); ++step) {
        QWidget *next = panes[(current + step) % panes.size()];
        if (next->isVisibleTo(this)) {
            next->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

void Workspace::focusMainPane()
{
    QWidget *pane = m_terminals->isVisibleTo(this) ? static_cast<QWidget *>(m_terminals)
                                                   : &m_files->rightPane();
    pane->setFocus();
}

void Workspace::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

// A terminal under the panes, or at their left if there is room.
void Workspace::arrange()
{
    const bool isBeside = width() >= fontMetrics().averageCharWidth() * besideInCharacters;
    const Qt::Orientation orientation = isBeside ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() == orientation) {
        return;
    }
    m_splitter->setOrientation(orientation);
    m_splitter->insertWidget(isBeside ? 0 : 1, m_terminals);
    m_splitter->restoreState(m_settings.value(splitterKey()));
}

void Workspace::rememberSplitter()
{
    m_settings.setValue(splitterKey(), m_splitter->saveState());
}

const settings::Key<QByteArray> &Workspace::splitterKey() const
{
    return m_splitter->orientation() == Qt::Horizontal ? settings::keys::besideSplitter
                                                       : settings::keys::stackedSplitter;
}

} // namespace ui
