#include "ui/terminal/TerminalSplits.h"

#include "ui/keyboard/KeyBindings.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalRecorder.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <utility>

namespace ui {
namespace {

constexpr int sizeUnit = 10'000; // QSplitter::setSizes() wants no more than the proportions

int lengthOf(const QSize &size, Qt::Orientation orientation)
{
    return orientation == Qt::Horizontal ? size.width() : size.height();
}

QSplitter *splitterOf(const QWidget &part)
{
    return qobject_cast<QSplitter *>(part.parentWidget());
}

} // namespace

TerminalSplits::TerminalSplits(QWidget *parent)
    : QWidget(parent)
    , m_root(new QSplitter)
{
    setObjectName(QStringLiteral("terminalSplits"));
    m_root->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_root);
    m_root->addWidget(createPane());
    setCurrent(m_panes.first());
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget *, const QWidget *now) { handleFocus(now); });
}

// The terminals lose the focus and tell their end as they go, which is after the list of them.
TerminalSplits::~TerminalSplits()
{
    qApp->disconnect(this);
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->disconnect(this);
        pane->view().disconnect(this);
    }
}

TerminalPane *TerminalSplits::createPane()
{
    auto *pane = new TerminalPane;
    pane->setNumber(++m_lastNumber);
    if (!m_host.isEmpty()) {
        pane->setHost(m_host);
    }
    pane->view().setCaution(m_caution);
    pane->log().setStarter(m_logStarter);
    if (m_hasAppearance) {
        pane->setAppearance(m_appearance);
    }
    connect(pane, &TerminalPane::titleChanged, this, [this, pane] {
        if (pane == m_current) {
            emit currentTitleChanged();
        }
    });
    connect(pane, &TerminalPane::directoryChanged, this, [this, pane] {
        if (pane == m_current) {
            emit currentDirectoryChanged(pane->directory());
        }
    });
    connect(&pane->view(), &TerminalView::typed, this, [this, pane](const QByteArray &bytes) {
        if (pane == m_current && bytes.endsWith('\r')) {
            emit lineEntered();
        }
    });
    connect(pane, &TerminalPane::recordingChanged, this, &TerminalSplits::recordingChanged);
    connect(&pane->view(), &TerminalView::pathActivated, this, &TerminalSplits::pathActivated);
    connect(&pane->view(), &TerminalView::serverLinkActivated, this,
            &TerminalSplits::serverLinkActivated);
    connect(pane, &TerminalPane::happened, this, &TerminalSplits::happened);
    connect(pane, &TerminalPane::commandFinished, this,
            [this, pane](const ShellCommand &command) { emit commandFinished(*pane, command); });
    connect(pane, &TerminalPane::endedWell, this, [this, pane] { handleEndedWell(pane); });
    connect(pane, &TerminalPane::zoomRequested, this, [this, pane] {
        setCurrent(pane);
        toggleZoom();
    });
    connect(pane, &TerminalPane::closeRequested, this, [this, pane] { emit closeRequested(pane); });
    connect(&pane->view(), &TerminalView::menuOpening, this,
            [this, pane](QMenu &menu) { fillMenu(*pane, menu); });
    m_panes.append(pane);
    return pane;
}

// The keys are shown as a hint: they are the window's.
void TerminalSplits::fillMenu(TerminalPane &pane, QMenu &menu)
{
    const auto add = [&](const QString &text, const char *command, auto call) {
        const QString keys = KeyBindings::shared().text(QString::fromLatin1(command));
        QAction *action = menu.addAction(keys.isEmpty() ? text : text + u'\t' + keys);
        connect(action, &QAction::triggered, this, [this, pane = &pane, call] {
            setCurrent(pane);
            call();
        });
        return action;
    };
    TerminalRecorder *recorder = &pane.recorder();
    add(recorder->isOn() ? tr("Stop rec&ording") : tr("Rec&ord output…"), "window/recordOutput",
        [recorder] { recorder->toggle(); });
    menu.addSeparator();
    add(tr("Commands of this ter&minal…"), "window/commands",
        [pane = &pane] { pane->showCommands(); });
    add(tr("Copy the last o&utput"), "window/copyLastOutput",
        [pane = &pane] { pane->copyLastOutput(); });
    menu.addSeparator();
    add(tr("Split to the &right"), "window/splitRight", [this] {
        split(Qt::Horizontal);
    })->setEnabled(isJoined());
    add(tr("Split &downwards"), "window/splitDown", [this] {
        split(Qt::Vertical);
    })->setEnabled(isJoined());
    if (m_panes.size() > 1) {
        add(isZoomed() ? tr("Show &all terminals") : tr("Show this terminal &alone"),
            "window/zoomTerminal", [this] { toggleZoom(); });
        add(tr("Make &equally large"), "window/equalizeTerminals", [this] { equalize(); });
        add(tr("Close this &terminal"), "window/closeTerminal",
            [this, pane = &pane] { emit closeRequested(pane); });
    }
}

void TerminalSplits::setHost(const QString &host)
{
    m_host = host;
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->setHost(host);
    }
}

void TerminalSplits::setAppearance(const TerminalAppearance &appearance)
{
    m_appearance = appearance;
    m_hasAppearance = true;
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->setAppearance(appearance);
    }
}

void TerminalSplits::setCaution(const QString &caution)
{
    m_caution = caution;
    for (const TerminalPane *pane : std::as_const(m_panes)) {
        pane->view().setCaution(caution);
    }
}

void TerminalSplits::setLogStarter(const LogStarter &starter)
{
    m_logStarter = starter;
    for (const TerminalPane *pane : std::as_const(m_panes)) {
        pane->log().setStarter(starter);
    }
}

// It is in the middle of its shell's last signal.
void TerminalSplits::handleEndedWell(TerminalPane *pane)
{
    QMetaObject::invokeMethod(
        pane,
        [this, pane] {
            if (!pane->hasEnded()) {
                return; // a new shell is there already
            }
            if (m_panes.size() > 1) {
                close(*pane);
            } else {
                emit lastEndedWell();
            }
        },
        Qt::QueuedConnection);
}

void TerminalSplits::join(ShellOpener opener)
{
    const bool isForAll = haveAllEnded();
    m_opener = std::move(opener);
    for (TerminalPane *pane : std::as_const(m_panes)) {
        if (isForAll || !pane->hasEnded()) {
            pane->join(m_opener);
        } else {
            pane->setOpener(m_opener);
        }
    }
}

void TerminalSplits::leave()
{
    m_opener = nullptr;
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->leave();
    }
}

bool TerminalSplits::haveAllEnded() const
{
    return std::ranges::all_of(m_panes, &TerminalPane::hasEnded);
}

bool TerminalSplits::isLogged() const
{
    return std::ranges::any_of(m_panes,
                               [](const TerminalPane *pane) { return pane->log().isOn(); });
}

bool TerminalSplits::isRecording() const
{
    return std::ranges::any_of(m_panes,
                               [](const TerminalPane *pane) { return pane->recorder().isOn(); });
}

int TerminalSplits::busyCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_panes, [](const TerminalPane *pane) { return pane->bridge().isBusy(); }));
}

int TerminalSplits::perhapsBusyCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_panes, [](const TerminalPane *pane) { return pane->bridge().mayBeBusy(); }));
}

void TerminalSplits::announce(const QString &text)
{
    for (const TerminalPane *pane : std::as_const(m_panes)) {
        pane->bridge().announce(text);
    }
}

void TerminalSplits::split(Qt::Orientation orientation)
{
    if (m_opener == nullptr) {
        return; // no connection: the page says so
    }
    unzoom();
    const int half = (lengthOf(m_current->size(), orientation) - m_root->handleWidth()) / 2;
    if (half < lengthOf(m_current->minimumSize(), orientation)) {
        m_current->showNotice(tr("There is no room for another terminal here. Enlarge this one, or "
                                 "open a new tab with Ctrl+Shift+T."));
        return;
    }
    TerminalPane &origin = *m_current;
    TerminalPane *made = createPane();
    insertBeside(origin, *made, orientation);
    updatePanes();
    made->setFocus(Qt::OtherFocusReason);
    setCurrent(made); // also in a window that is not in front
    made->join(m_opener);
    emit countChanged();
}

void TerminalSplits::insertBeside(TerminalPane &pane, TerminalPane &made,
                                  Qt::Orientation orientation)
{
    QSplitter *splitter = splitterOf(pane);
    QList<int> sizes = splitter->sizes();
    const int index = splitter->indexOf(&pane);
    if (splitter->count() == 1) {
        splitter->setOrientation(orientation);
        sizes = {lengthOf(pane.size(), orientation)};
    }
    if (splitter->orientation() == orientation) {
        const int whole = sizes[index];
        sizes[index] = whole - whole / 2;
        sizes.insert(index + 1, whole / 2);
        splitter->insertWidget(index + 1, &made);
        splitter->setSizes(sizes);
        return;
    }
    auto *inner = new QSplitter(orientation);
    inner->setChildrenCollapsible(false);
    splitter->replaceWidget(index, inner);
    inner->addWidget(&pane);
    inner->addWidget(&made);
    pane.show(); // replaceWidget() has hidden it
    splitter->setSizes(sizes);
    inner->setSizes({sizeUnit, sizeUnit});
}

void TerminalSplits::close(TerminalPane &pane)
{
    Q_ASSERT(m_panes.size() > 1);
    unzoom();
    const qsizetype index = m_panes.indexOf(&pane);
    m_panes.removeAt(index);
    const QWidget *focus = QApplication::focusWidget();
    const bool hadFocus = focus != nullptr && isAncestorOf(focus);
    TerminalPane *next
        = m_current == &pane ? m_panes[std::max(index - 1, qsizetype{0})] : m_current;
    setCurrent(next);
    remove(pane);
    if (hadFocus) {
        next->setFocus(Qt::OtherFocusReason); // what moved or went has lost it
    }
    setCurrent(next);
    updatePanes();
    emit countChanged();
    emit recordingChanged(); // it may have been the one
}

// A splitter that is left with one part is replaced by that part.
void TerminalSplits::remove(TerminalPane &pane)
{
    QSplitter *splitter = splitterOf(pane);
    pane.leave();
    pane.hide();
    pane.setParent(nullptr);
    pane.deleteLater(); // it may be in the middle of a signal of its own
    if (splitter == m_root || splitter->count() != 1) {
        return;
    }
    QSplitter *outer = splitterOf(*splitter);
    const QList<int> sizes = outer->sizes();
    QWidget *rest = splitter->widget(0);
    outer->replaceWidget(outer->indexOf(splitter), rest);
    rest->show();
    outer->setSizes(sizes);
    splitter->deleteLater();
}

void TerminalSplits::handleFocus(const QWidget *focus)
{
    for (TerminalPane *pane : std::as_const(m_panes)) {
        if (focus != nullptr && pane->isAncestorOf(focus)) {
            setCurrent(pane);
            return;
        }
    }
}

void TerminalSplits::setCurrent(TerminalPane *pane)
{
    if (m_current == pane) {
        return;
    }
    m_current = pane;
    setFocusProxy(pane);
    updatePanes();
    emit currentTitleChanged();
    if (!pane->directory().isEmpty()) {
        emit currentDirectoryChanged(pane->directory());
    }
}

void TerminalSplits::updatePanes()
{
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->setTitleShown(m_panes.size() > 1);
        pane->setCurrent(pane == m_current);
        pane->setZoomed(isZoomed());
    }
}

QList<QSplitter *> TerminalSplits::splitters() const
{
    QList<QSplitter *> found = m_root->findChildren<QSplitter *>();
    found.append(m_root);
    return found;
}

void TerminalSplits::toggleZoom()
{
    if (isZoomed()) {
        unzoom();
        return;
    }
    if (m_panes.size() < 2) {
        return;
    }
    const QList<QSplitter *> all = splitters();
    for (QSplitter *splitter : all) {
        m_sizes.insert(splitter, splitter->sizes());
    }
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->setVisible(pane == m_current);
    }
    for (QSplitter *splitter : all) {
        splitter->setVisible(splitter->isAncestorOf(m_current));
    }
    updatePanes();
    m_current->setFocus(Qt::OtherFocusReason);
}

void TerminalSplits::unzoom()
{
    if (!isZoomed()) {
        return;
    }
    const QHash<QSplitter *, QList<int>> sizes = std::exchange(m_sizes, {});
    for (TerminalPane *pane : std::as_const(m_panes)) {
        pane->show();
    }
    for (const auto &[splitter, parts] : sizes.asKeyValueRange()) {
        splitter->show();
        splitter->setSizes(parts);
    }
    updatePanes();
    m_current->setFocus(Qt::OtherFocusReason);
}

SplitLayout TerminalSplits::layout() const
{
    return isZoomed() ? SplitLayout::of(*m_root, m_sizes) : SplitLayout::of(*m_root, {});
}

void TerminalSplits::restore(const SplitLayout &layout)
{
    Q_ASSERT(m_panes.size() == 1 && !isJoined());
    if (layout.parts.size() < 2) {
        return;
    }
    TerminalPane *first = m_panes.takeFirst();
    first->setParent(nullptr);
    m_lastNumber = 0;
    m_root->setOrientation(layout.orientation);
    fill(*m_root, layout);
    setCurrent(m_panes.first());
    first->deleteLater();
    updatePanes();
    emit countChanged();
}

void TerminalSplits::fill(QSplitter &splitter, const SplitLayout &layout)
{
    for (const SplitLayout &part : layout.parts) {
        if (part.parts.isEmpty()) {
            splitter.addWidget(createPane());
            continue;
        }
        auto *inner = new QSplitter(part.orientation);
        inner->setChildrenCollapsible(false);
        splitter.addWidget(inner);
        fill(*inner, part);
    }
    splitter.setSizes(layout.sizes);
}

void TerminalSplits::focusNeighbor(Direction direction)
{
    unzoom();
    const auto place = [this](const TerminalPane *pane) {
        return QRect(pane->mapTo(this, QPoint(0, 0)), pane->size());
    };
    QList<QRect> places;
    for (const TerminalPane *pane : std::as_const(m_panes)) {
        places.append(place(pane));
    }
    const qsizetype index = neighbor(place(m_current), places, direction);
    if (index >= 0) {
        m_panes.at(index)->setFocus(Qt::ShortcutFocusReason);
        setCurrent(m_panes.at(index));
    }
}

void TerminalSplits::equalize()
{
    unzoom();
    for (QSplitter *splitter : splitters()) {
        QList<int> sizes;
        for (int index = 0; index < splitter->count(); ++index) {
            sizes.append(sizeUnit
                         * SplitLayout::weight(splitter->widget(index), splitter->orientation()));
        }
        splitter->setSizes(sizes);
    }
}

} // namespace ui
