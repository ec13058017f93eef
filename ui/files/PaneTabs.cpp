#include "ui/files/PaneTabs.h"

#include "base/DisplayText.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/PaneActions.h"
#include "ui/files/PanePlace.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

PaneTabs::PaneTabs(const QString &idPrefix, std::shared_ptr<PanePlace> place, QWidget *parent)
    : QWidget(parent)
    , m_idPrefix(idPrefix)
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
{
    m_bar->setObjectName(idPrefix + QStringLiteral("Tabs"));
    m_bar->setAccessibleName(idPrefix == QLatin1StringView("local") ? tr("Tabs of the left pane")
                                                                    : tr("Tabs of the right pane"));
    m_bar->setDocumentMode(true);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setMovable(true);
    m_bar->setElideMode(Qt::ElideMiddle);
    m_bar->setUsesScrollButtons(true);
    m_bar->setFocusPolicy(Qt::NoFocus); // the keys are those of the list
    m_bar->setAcceptDrops(true);
    m_bar->setChangeCurrentOnDrag(true);
    m_bar->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &PaneTabs::showCurrent);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        const QSignalBlocker quiet(m_stack);
        QWidget *pane = m_stack->widget(from);
        m_stack->removeWidget(pane);
        m_stack->insertWidget(to, pane);
        m_stack->setCurrentIndex(m_bar->currentIndex());
        emit changed();
    });
    connect(this, &PaneTabs::currentChanged, this, &PaneTabs::changed);
    add(*new FilePane(idPrefix, std::move(place)), 0);
}

FilePane &PaneTabs::current() const
{
    return static_cast<FilePane &>(*m_stack->currentWidget());
}

QList<FilePane *> PaneTabs::panes() const
{
    QList<FilePane *> panes;
    for (int index = 0; index < m_stack->count(); ++index) {
        panes.append(static_cast<FilePane *>(m_stack->widget(index)));
    }
    return panes;
}

void PaneTabs::add(FilePane &pane, int index)
{
    m_stack->insertWidget(index, &pane);
    m_bar->insertTab(index, QString());
    m_bar->setTabButton(index, QTabBar::RightSide, createCloseButton(pane));
    const PaneActions &actions = pane.actions();
    connect(&pane, &FilePane::directoryChanged, this, [this, &pane] { describe(pane); });
    connect(&pane, &FilePane::placeChanged, this, [this, &pane] { describe(pane); });
    connect(actions.newTab, &QAction::triggered, this, [this, &pane] {
        const QList<files::FileEntry> selected = pane.selectedEntries();
        const bool isFolder = selected.size() == 1 && selected.first().isEnterable();
        openFrom(pane, isFolder ? pane.selectedPaths().first() : pane.directory());
    });
    connect(&pane, &FilePane::newTabRequested, this,
            [this, &pane](const files::FilePath &directory) { openFrom(pane, directory); });
    connect(actions.closeTab, &QAction::triggered, this, [this, &pane] { close(pane); });
    connect(actions.nextTab, &QAction::triggered, this, [this] { step(1); });
    connect(actions.previousTab, &QAction::triggered, this, [this] { step(-1); });
    describe(pane);
    followCount();
}

QWidget *PaneTabs::createCloseButton(FilePane &pane)
{
    auto *button = new QToolButton(m_bar);
    button->setObjectName(m_idPrefix + QStringLiteral("TabClose"));
    button->setIcon(Icons::icon(QStringLiteral("close")));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setAccessibleName(tr("Close this tab"));
    KeyBindings::shared().explain(*button, tr("Close this tab"), QStringLiteral("files/CloseTab"));
    connect(button, &QToolButton::clicked, &pane, [this, &pane] { close(pane); });
    return button;
}

void PaneTabs::openFrom(FilePane &pane, const files::FilePath &directory)
{
    open(pane.place(), directory);
}

FilePane &PaneTabs::insert(std::shared_ptr<PanePlace> place, int index)
{
    auto *pane = new FilePane(m_idPrefix, std::move(place));
    pane->restoreState(current().saveState());
    add(*pane, index);
    emit paneOpened(*pane);
    return *pane;
}

FilePane &PaneTabs::open(std::shared_ptr<PanePlace> place, const files::FilePath &directory)
{
    const int index = m_bar->currentIndex() + 1;
    FilePane &pane = insert(std::move(place), index);
    pane.goTo(directory);
    m_bar->setCurrentIndex(index);
    pane.list().setFocus();
    return pane;
}

void PaneTabs::restore(const QList<Tab> &tabs, int current)
{
    if (tabs.isEmpty()) {
        return;
    }
    while (m_stack->count() > 1) {
        close(*panes().last());
    }
    FilePane &first = this->current();
    first.setPlace(tabs.first().place);
    for (const Tab &tab : tabs.sliced(1)) {
        insert(tab.place, m_stack->count());
    }
    for (int index = 0; index < m_stack->count(); ++index) {
        FilePane &pane = *panes().at(index);
        pane.resume(tabs.at(index).directory);
        describe(pane);
    }
    m_bar->setCurrentIndex(current);
}

void PaneTabs::close(FilePane &pane)
{
    const int index = m_stack->indexOf(&pane);
    if (index < 0 || m_stack->count() == 1) {
        return;
    }
    const bool hadFocus = pane.isAncestorOf(focusWidget());
    {
        const QSignalBlocker quiet(m_bar);
        m_bar->removeTab(index);
    }
    m_stack->removeWidget(&pane);
    pane.hide();
    pane.deleteLater(); // it may be its own action that says so
    showCurrent(m_bar->currentIndex());
    followCount();
    if (hadFocus) {
        current().list().setFocus();
    }
}

void PaneTabs::raise(FilePane &pane)
{
    m_bar->setCurrentIndex(m_stack->indexOf(&pane));
}

void PaneTabs::step(int count)
{
    const int tabs = m_bar->count();
    m_bar->setCurrentIndex((m_bar->currentIndex() + count + tabs) % tabs);
    current().list().setFocus();
}

void PaneTabs::showCurrent(int index)
{
    if (index < 0 || index >= m_stack->count()) {
        return;
    }
    const bool hadFocus = isAncestorOf(focusWidget());
    m_stack->setCurrentIndex(index);
    setFocusProxy(&current());
    if (hadFocus) {
        current().list().setFocus();
    }
    emit currentChanged();
}

// "&" would be taken for the mark of a key.
void PaneTabs::describe(const FilePane &pane)
{
    const int index = m_stack->indexOf(&pane);
    const bool isLocal = pane.place()->kind() == Place::ThisComputer;
    const files::FilePath directory = pane.directoryToResume();
    const QString where = isLocal ? tr("This computer") : pane.place()->label();
    QString text = directory.isEmpty() ? where
        : directory.isRoot()           ? QStringLiteral("/")
                                       : base::displayText(directory.name());
    m_bar->setTabText(index, text.replace(u'&', QStringLiteral("&&")));
    m_bar->setTabIcon(index,
                      Icons::icon(isLocal ? QStringLiteral("computer") : QStringLiteral("server")));
    m_bar->setTabToolTip(index,
                         directory.isEmpty()
                             ? where.toHtmlEscaped()
                             : tr("%1: %2").arg(where, directory.toDisplay()).toHtmlEscaped());
    emit changed();
}

void PaneTabs::followCount()
{
    const bool areSeveral = m_stack->count() > 1;
    m_bar->setVisible(areSeveral);
    for (const FilePane *pane : panes()) {
        const PaneActions &actions = pane->actions();
        for (QAction *action : {actions.closeTab, actions.nextTab, actions.previousTab}) {
            action->setEnabled(areSeveral);
        }
    }
}

bool PaneTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto &click = static_cast<const QMouseEvent &>(*event);
        const int index = m_bar->tabAt(click.position().toPoint());
        if (click.button() == Qt::MiddleButton && index >= 0) {
            close(*panes().at(index));
            return true;
        }
    }
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove
        || event->type() == QEvent::Drop;
    return watched == m_bar && isDrag ? takeDrag(static_cast<QDropEvent &>(*event))
                                      : QWidget::eventFilter(watched, event);
}

// The bar raises the tab that the drag stays over; it may be dropped there at once as well.
bool PaneTabs::takeDrag(QDropEvent &event)
{
    static_cast<QObject *>(m_bar)->event(&event);
    const int index = m_bar->tabAt(event.position().toPoint());
    FilePane *pane = index >= 0 ? panes().at(index) : nullptr;
    const auto drop = pane != nullptr ? pane->dropOf(event) : std::nullopt;
    event.setAccepted(drop.has_value());
    if (drop) {
        event.setDropAction(drop->action);
    }
    if (drop && event.type() == QEvent::Drop) {
        emit pane->dropped(*drop);
    }
    return true;
}

} // namespace ui
