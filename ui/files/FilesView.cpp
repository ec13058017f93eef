#include "ui/files/FilesView.h"

#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PaneDifference.h"
#include "ui/files/PaneHeader.h"
#include "ui/files/PanePlace.h"
#include "ui/files/PaneTabs.h"
#include "ui/files/PaneTransfers.h"
#include "ui/files/SynchronizedBrowsing.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QApplication>
#include <QDataStream>
#include <QIODevice>
#include <QMenu>
#include <QSplitter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr quint32 stateVersion = 1;

// "&" would be taken for the mark of a key.
QString menuText(const PanePlace &place)
{
    return place.kind() == Place::ThisComputer
        ? FilesView::tr("This computer")
        : QString(place.label()).replace(u'&', QStringLiteral("&&"));
}

QString copyName(const PanePlace &from, const PanePlace &to, const QString &plain)
{
    if (from.kind() == to.kind()) {
        return plain;
    }
    return from.kind() == Place::ThisComputer ? FilesView::tr("Upload") : FilesView::tr("Download");
}

void name(QToolButton &button, const QString &text)
{
    button.setAccessibleName(text);
    KeyBindings::shared().explain(button, FilesView::tr("%1 the selected files").arg(text),
                                  QStringLiteral("files/Copy"));
}

} // namespace

FilesView::FilesView(std::shared_ptr<PanePlace> local, std::shared_ptr<PanePlace> server,
                     QWidget *parent)
    : QWidget(parent)
    , m_localPlace(std::move(local))
    , m_serverPlace(std::move(server))
    , m_transfers(new PaneTransfers(m_localPlace, this))
    , m_left(new PaneTabs(QStringLiteral("local"), m_localPlace))
    , m_right(new PaneTabs(QStringLiteral("remote"), m_serverPlace))
    , m_activeSide(m_left)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("filesView"));
    auto *right = new QWidget(m_splitter);
    auto *rightLayout = new QHBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(createCopyBar());
    rightLayout->addWidget(m_right, 1);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    m_browsing = new SynchronizedBrowsing(this);
    connect(m_together, &QToolButton::toggled, m_browsing, &SynchronizedBrowsing::setOn);
    for (PaneTabs *side : {m_left, m_right}) {
        PaneTabs *otherSide = side == m_left ? m_right : m_left;
        connectPane(side->current(), *otherSide);
        connect(side, &PaneTabs::paneOpened, this, [this, otherSide](FilePane &pane) {
            connectPane(pane, *otherSide);
            emit paneOpened(pane);
        });
        connect(side, &PaneTabs::currentChanged, this, &FilesView::followPanes);
        connect(side, &PaneTabs::changed, this, &FilesView::tabsChanged);
    }
    m_focusChanges = connect(qApp, &QApplication::focusChanged, this, &FilesView::followFocus);
    followPanes();
}

// A window that closes moves the focus once more, when nothing is left here to follow it.
FilesView::~FilesView()
{
    disconnect(m_focusChanges);
}

QToolButton *FilesView::createCopyButton(const char *iconName, const char *id, const QString &name,
                                         const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setIcon(Icons::icon(QString::fromLatin1(iconName)));
    button->setObjectName(QString::fromLatin1(id));
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setEnabled(false);
    return button;
}

QWidget *FilesView::createCopyBar()
{
    m_toRight = createCopyButton("upload", "uploadButton", {}, {});
    connect(m_toRight, &QToolButton::clicked, this,
            [this] { m_transfers->copy(leftPane(), rightPane()); });
    m_toLeft = createCopyButton("download", "downloadButton", {}, {});
    connect(m_toLeft, &QToolButton::clicked, this,
            [this] { m_transfers->copy(rightPane(), leftPane()); });

    m_together = createCopyButton("link", "browseTogether", tr("Browse both together"),
                                  tr("Browse both together: a folder that is opened at one side is "
                                     "opened at the other too (Ctrl+Alt+B)"));
    m_together->setCheckable(true);
    m_together->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_B);
    m_compare = createCopyButton("compare", "markDifferences", tr("Mark what differs"),
                                 tr("Select at both sides what the other has not, or has otherwise "
                                    "(Ctrl+Alt+M)"));
    m_compare->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_M);
    connect(m_compare, &QToolButton::clicked, this,
            [this] { markDifferences(leftPane(), rightPane()); });
    m_synchronize
        = createCopyButton("synchronize", "synchronize", tr("Compare and synchronize…"),
                           tr("Compare and synchronize both folders and all that is in them "
                              "(Ctrl+Shift+F5)"));
    connect(m_synchronize, &QToolButton::clicked, this, &FilesView::synchronizeRequested);

    auto *bar = new QWidget(this);
    auto *layout = new QVBoxLayout(bar);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this) / 2;
    layout->setContentsMargins(0, space, 0, space);
    layout->addStretch();
    layout->addWidget(m_toRight);
    layout->addWidget(m_toLeft);
    layout->addSpacing(2 * space);
    layout->addWidget(m_together);
    layout->addWidget(m_compare);
    layout->addWidget(m_synchronize);
    layout->addStretch();
    return bar;
}

void FilesView::connectPane(FilePane &pane, PaneTabs &otherSide)
{
    connect(&pane, &FilePane::copyRequested, this,
            [this, &pane, &otherSide] { m_transfers->copy(pane, otherSide.current()); });
    connect(&pane, &FilePane::moveRequested, this,
            [this, &pane, &otherSide] { m_transfers->move(pane, otherSide.current()); });
    using Staging = PaneTransfers::Staging;
    connect(&pane, &FilePane::stagingRequested, this,
            [this, &pane] { m_transfers->stage(pane, Staging::Fetch); });
    connect(&pane, &FilePane::draggedOut, this,
            [this, &pane] { m_transfers->stage(pane, Staging::Ask); });
    connect(&pane, &FilePane::sizeUnitsChosen, this, &FilesView::sizeUnitsChosen);
    connect(&pane, &FilePane::dropped, this,
            [this, &pane](const FileDrop &drop) { m_transfers->take(pane, drop); });
    connect(&pane, &FilePane::otherPaneRequested, this, [&otherSide] {
        if (otherSide.current().isConnected()) {
            otherSide.current().list().setFocus();
        }
    });
    connect(&pane.placesMenu(), &QMenu::aboutToShow, this, [this, &pane] { fillPlaces(pane); });
    connect(&pane, &FilePane::selectionChanged, this, &FilesView::updateCopyButtons);
    connect(&pane, &FilePane::placeChanged, this, &FilesView::updateCopyButtons);
    connect(&pane, &FilePane::placeChanged, m_browsing,
            [this, &pane] { m_browsing->forget(pane); });
}

FilesView::Places FilesView::places() const
{
    Places places{m_localPlace, m_serverPlace};
    for (const std::shared_ptr<PanePlace> &other : m_otherPlaces()) {
        const bool isNew = std::ranges::none_of(
            places, [&other](const auto &place) { return place->id() == other->id(); });
        if (isNew) {
            places.append(other);
        }
    }
    return places;
}

void FilesView::fillPlaces(FilePane &pane)
{
    QMenu *menu = &pane.placesMenu();
    menu->clear();
    const Places all = places();
    for (const std::shared_ptr<PanePlace> &place : all) {
        QAction *action = menu->addAction(menuText(*place));
        action->setCheckable(true);
        action->setChecked(place->id() == pane.place()->id());
        connect(action, &QAction::triggered, &pane, [&pane, place] {
            pane.setPlace(place);
            pane.list().setFocus();
        });
    }
    if (all.size() == 2) {
        menu->addSeparator();
        menu->addAction(tr("Servers of other tabs appear here"))->setEnabled(false);
    }
}

void FilesView::setPreparation(std::function<void(transfer::TransferRequest &)> prepare)
{
    m_transfers->setPreparation(std::move(prepare));
}

FilePane &FilesView::leftPane() const
{
    return m_left->current();
}

FilePane &FilesView::rightPane() const
{
    return m_right->current();
}

QList<FilePane *> FilesView::panes() const
{
    return m_left->panes() + m_right->panes();
}

FilePane &FilesView::activePane() const
{
    return m_activeSide->current();
}

// One that is in front before one that is not, one at the right before one at the left.
FilePane *FilesView::paneOf(const PanePlace &place) const
{
    QList<FilePane *> candidates{&rightPane(), &leftPane()};
    candidates += m_right->panes() + m_left->panes();
    const auto found = std::ranges::find_if(
        candidates, [&place](const FilePane *pane) { return pane->place().get() == &place; });
    return found == candidates.end() ? nullptr : *found;
}

FilePane *FilesView::serverPane() const
{
    return paneOf(*m_serverPlace);
}

void FilesView::showPlace(const std::shared_ptr<PanePlace> &place, PaneTabs &side,
                          const files::FilePath &directory)
{
    FilePane *pane = paneOf(*place);
    if (pane == nullptr) {
        side.open(place, directory);
        return;
    }
    pane->goTo(directory);
    for (PaneTabs *tabs : {m_left, m_right}) {
        if (tabs->panes().contains(pane)) {
            tabs->raise(*pane);
        }
    }
}

void FilesView::showLocal(const files::FilePath &directory)
{
    showPlace(m_localPlace, *m_left, directory);
}

void FilesView::showRemote(const files::FilePath &directory)
{
    showPlace(m_serverPlace, *m_right, directory);
}

bool FilesView::canUpload() const
{
    return m_serverPlace->queue() != nullptr && serverPane() != nullptr;
}

void FilesView::upload(const QList<files::FilePath> &sources, const files::FilePath &directory)
{
    if (FilePane *pane = serverPane(); pane != nullptr) {
        m_transfers->upload(sources, *pane, directory);
    }
}

void FilesView::followPanes()
{
    m_browsing->setPanes(leftPane(), rightPane());
    updateCopyButtons();
    followFocus();
}

// That of the window: a menu or another window borrows the focus and gives it back. While it is in
// the transfers or in a terminal, a pane stays the active one.
void FilesView::followFocus()
{
    const QWidget *focus = window()->focusWidget();
    for (PaneTabs *side : {m_left, m_right}) {
        if (side->isAncestorOf(focus)) {
            m_activeSide = side;
        }
    }
    for (PaneTabs *side : {m_left, m_right}) {
        FilePane &pane = side->current();
        pane.header().setActive(side == m_activeSide);
        pane.list().setDimmed(!pane.isAncestorOf(focus));
    }
}

void FilesView::updateCopyButtons()
{
    const FilePane &left = leftPane();
    const FilePane &right = rightPane();
    const PanePlace &leftPlace = *left.place();
    const PanePlace &rightPlace = *right.place();
    name(*m_toRight, copyName(leftPlace, rightPlace, tr("Copy to the right")));
    name(*m_toLeft, copyName(rightPlace, leftPlace, tr("Copy to the left")));
    const bool canCopy = PaneTransfers::canCopy(left, right);
    m_together->setEnabled(canCopy);
    m_compare->setEnabled(canCopy);
    m_synchronize->setEnabled(canCopy);
    m_toRight->setEnabled(canCopy && left.list().selectionModel()->hasSelection());
    m_toLeft->setEnabled(canCopy && right.list().selectionModel()->hasSelection());
}

void FilesView::showSizesAnew()
{
    for (FilePane *pane : panes()) {
        pane->showSizesAnew();
    }
}

QByteArray FilesView::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << stateVersion << m_splitter->saveState() << leftPane().saveState()
        << rightPane().saveState();
    return state;
}

bool FilesView::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    quint32 version = 0;
    QByteArray splitter;
    QByteArray left;
    QByteArray right;
    in >> version >> splitter >> left >> right;
    if (in.status() != QDataStream::Ok || version != stateVersion) {
        return false;
    }
    return m_splitter->restoreState(splitter) && leftPane().restoreState(left)
        && rightPane().restoreState(right);
}

} // namespace ui
