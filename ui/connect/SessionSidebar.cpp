#include "ui/connect/SessionSidebar.h"

#include "base/DisplayText.h"
#include "profiles/ProfileStore.h"
#include "ui/connect/CopyAsMenu.h"
#include "ui/connect/SessionChanges.h"
#include "ui/connect/SessionFilter.h"
#include "ui/connect/SessionModel.h"
#include "ui/connect/SessionTree.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ClearButton.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ui {

SessionSidebar::SessionSidebar(profiles::ProfileStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new SessionModel(store, this))
    , m_edits(new SessionChanges(store, this))
    , m_filtered(new SessionFilter(this))
    , m_filter(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_notice(new NoticeBar(Theme::Meaning::Subtle, this))
    , m_banner(new ErrorBanner(this))
{
    m_filtered->setSourceModel(m_model);
    m_filter->setObjectName(QStringLiteral("sessionFilter"));
    m_filter->setAccessibleName(tr("Filter sessions"));
    m_filter->setPlaceholderText(tr("Filter…"));
    addClearButton(*m_filter);
    m_filter->installEventFilter(this);
    m_pages->addWidget(createList());
    m_pages->addWidget(createEmptyState());
    auto *create = new QPushButton(Icons::ownIcon(QStringLiteral("add")), tr("New session"), this);
    create->setObjectName(QStringLiteral("newSessionButton"));
    create->setAccessibleName(tr("New session"));

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_notice);
    layout->addWidget(create);

    connect(create, &QPushButton::clicked, this, &SessionSidebar::newSessionRequested);
    connect(m_model, &SessionModel::aboutToReload, this, [this] {
        const QModelIndex index = m_tree->currentIndex();
        m_lastKind = index.data(SessionModel::KindRole).toInt();
        m_lastId = index.data(SessionModel::IdRole).toString();
        m_lastSection = index.data(SessionModel::SectionRole).toString();
        if (const QString path = std::exchange(m_renamed, {}); !path.isEmpty()) {
            m_lastKind = static_cast<int>(SessionModel::Kind::Group);
            m_lastId = path;
        }
    });
    connect(m_model, &SessionModel::reloaded, this, &SessionSidebar::showGroups);
    connectModel();
    connect(m_filter, &QLineEdit::textChanged, this, &SessionSidebar::applyFilter);
    connect(m_filter, &QLineEdit::returnPressed, this, &SessionSidebar::connectCurrent);
    createActions();
    showGroups();
}

void SessionSidebar::connectModel()
{
    connect(m_edits, &SessionChanges::failed, this,
            [this](const base::Error &error) { m_banner->showError(sessionsNotSaved(error)); });
    connect(m_edits, &SessionChanges::done, this,
            [this](const QString &text, const std::function<void()> &undo) {
                m_notice->showNotice(text, tr("Undo"), undo);
            });
    connect(m_model, &SessionModel::renameRequested, m_edits, &SessionChanges::save);
    connect(m_model, &SessionModel::groupRenameRequested, this, &SessionSidebar::renameGroup);
    connect(
        m_model, &SessionModel::sessionsDropped, this,
        [this](const QStringList &ids, const QString &group, const QString &next, bool isPlaced) {
            if (isPlaced) {
                m_edits->placeBefore(next, group, withIds(ids));
            } else {
                m_edits->moveTo(group, withIds(ids));
            }
        },
        Qt::QueuedConnection);
    connect(
        m_model, &SessionModel::sessionsPinned, this,
        [this](const QStringList &ids) { m_edits->setPinned(withIds(ids), true); },
        Qt::QueuedConnection);
    connect(
        m_model, &SessionModel::groupDropped, this,
        [this](const QString &path, const QString &group) {
            renameGroup(path,
                        profiles::normalizedGroup(QString(group + u'/' + path.section(u'/', -1))));
        },
        Qt::QueuedConnection);
}

void SessionSidebar::setRecent(const QStringList &ids)
{
    m_model->setRecent(ids);
}

void SessionSidebar::setConnected(const QSet<profiles::Profile::Id> &ids)
{
    m_model->setConnected(ids);
}

void SessionSidebar::setOpenSsh(const profiles::OpenSshConfig *openSsh)
{
    m_model->setOpenSsh(openSsh);
}

// Without those that are gone.
QStringList SessionSidebar::collapsedGroups() const
{
    const QStringList groups = m_store.groups();
    QStringList paths;
    std::ranges::copy_if(m_collapsed, std::back_inserter(paths), [&](const QString &path) {
        const bool isSection = path.startsWith(u'/');
        return path.isEmpty() || isSection || groups.contains(path);
    });
    paths.removeDuplicates();
    return paths;
}

void SessionSidebar::setCollapsedGroups(const QStringList &paths)
{
    m_collapsed = paths;
    showGroups();
}

void SessionSidebar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QWidget *SessionSidebar::createList()
{
    m_tree = new SessionTree;
    m_tree->setObjectName(QStringLiteral("sessionTree"));
    m_tree->setAccessibleName(tr("Sessions"));
    m_tree->setModel(m_filtered);
    m_tree->installEventFilter(this);
    connect(m_tree, &SessionTree::editingChanged, m_model, &SessionModel::setHeld);
    connect(m_tree, &QTreeView::doubleClicked, this, &SessionSidebar::connectCurrent);
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        m_collapsed.append(index.data(SessionModel::IdRole).toString());
    });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        m_collapsed.removeAll(index.data(SessionModel::IdRole).toString());
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SessionSidebar::updateActions);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SessionSidebar::updateActions);
    return m_tree;
}

QWidget *SessionSidebar::createEmptyState()
{
    m_emptyText = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_emptyText->setObjectName(QStringLiteral("sessionsEmpty"));
    m_emptyText->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    m_emptyText->setMargin(fontMetrics().height());
    return m_emptyText;
}

void SessionSidebar::createActions()
{
    const auto add = [this](const char *icon, const QString &text, const QKeySequence &key,
                            void (SessionSidebar::*slot)()) {
        auto *action = new QAction(Icons::icon(QString::fromLatin1(icon)), text, m_tree);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_tree->addAction(action);
        return action;
    };
    m_connect = add("connect", tr("Connect"), QKeySequence(), &SessionSidebar::connectCurrent);
    m_changes.append(add("settings", tr("Edit…"), QKeySequence(Qt::ALT | Qt::Key_Return),
                         &SessionSidebar::editCurrent));
    m_changes.append(
        add("rename", tr("Rename"), QKeySequence(Qt::Key_F2), &SessionSidebar::renameCurrent));
    m_sessionActs.append(add("copy", tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
                             &SessionSidebar::duplicateCurrent));
    m_pin = add("pin", tr("Pin"), QKeySequence(Qt::CTRL | Qt::Key_P), &SessionSidebar::pinCurrent);
    m_sessionActs.append(m_pin);
    m_sessionActs.append(add("chevron-up", tr("Move up"), QKeySequence(Qt::ALT | Qt::Key_Up),
                             &SessionSidebar::stepUp));
    m_sessionActs.append(add("chevron-down", tr("Move down"), QKeySequence(Qt::ALT | Qt::Key_Down),
                             &SessionSidebar::stepDown));
    m_changes.append(
        add("refresh", tr("Sort by name"), QKeySequence(), &SessionSidebar::sortCurrent));
    m_moveMenu = new QMenu(tr("Move to group"), m_tree);
    m_moveMenu->setObjectName(QStringLiteral("moveToGroupMenu"));
    connect(m_moveMenu, &QMenu::aboutToShow, this, &SessionSidebar::fillMoveMenu);
    m_tree->addAction(m_moveMenu->menuAction());
    m_changes.append(m_moveMenu->menuAction());
    auto *copyAs = new CopyAsMenu(m_store, [this] { return current(); }, m_tree);
    m_tree->addAction(copyAs->menuAction());
    m_sessionActs.append(copyAs->menuAction());
    connect(copyAs, &CopyAsMenu::copied, this, [this](const QString &text) {
        m_notice->showNotice(text.contains(u'\n') ? tr("The script was copied.")
                                                  : tr("Copied: %1").arg(base::displayText(text)));
    });
    connect(copyAs, &CopyAsMenu::failed, this,
            [this](const base::Error &error) { m_banner->showError(errorText(error)); });
    m_changes.append(add("upload", tr("Export…"), QKeySequence(), &SessionSidebar::exportCurrent));
    m_changes.append(
        add("delete", tr("Delete"), QKeySequence(Qt::Key_Delete), &SessionSidebar::removeCurrent));
    auto *create = new QAction(Icons::icon(QStringLiteral("folder-new")), tr("New group…"), m_tree);
    connect(create, &QAction::triggered, this, [this] { emit editGroupRequested({}); });
    m_tree->addAction(create);
    updateActions();
}

void SessionSidebar::updateActions()
{
    const QModelIndex index = m_tree->currentIndex();
    const auto kind = SessionModel::kindOf(index);
    const bool isSession = kind == SessionModel::Kind::Session;
    const bool isGroup = !isSession && kind != SessionModel::Kind::Alias;
    const bool isOurs = kind == SessionModel::Kind::Group || kind == SessionModel::Kind::Session;
    if (m_connect == nullptr) {
        return;
    }
    m_connect->setEnabled(index.isValid() && !isGroup);
    for (QAction *action : std::as_const(m_changes)) {
        action->setEnabled(index.isValid() && isOurs);
    }
    const QList<profiles::Profile> sessions = selected();
    for (QAction *action : std::as_const(m_sessionActs)) {
        action->setEnabled(!sessions.isEmpty());
    }
    const bool isPinned
        = !sessions.isEmpty() && std::ranges::all_of(sessions, &profiles::Profile::isPinned);
    m_pin->setText(isPinned ? tr("Unpin") : tr("Pin"));
}

void SessionSidebar::applyFilter(const QString &text)
{
    m_filtered->setText(text);
    showGroups();
    m_tree->choose(m_tree->firstLeaf());
}

// After the rows were read again: open what was open, and stay where the user was. What the filter
// has found is always in sight.
void SessionSidebar::showGroups()
{
    const QStringList collapsed = m_collapsed;
    m_tree->expandAll();
    m_tree->setRootIsDecorated(false);
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        if (m_filtered->hasChildren(m_filtered->index(row, 0))) {
            m_tree->setRootIsDecorated(true);
        }
    }
    if (m_filter->text().isEmpty()) {
        for (const QString &path : collapsed) {
            m_tree->collapseGroup(path);
        }
    }
    m_collapsed = collapsed;
    if (const QModelIndex last = m_tree->find(m_lastKind, m_lastId, m_lastSection);
        last.isValid()) {
        m_tree->choose(last);
    }
    updateEmptyState();
}

bool SessionSidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        && key->modifiers() == Qt::NoModifier;
    if (watched == m_tree && isEnter && m_tree->hasFocus()) { // not in the editor of a name
        activateCurrent();
        return true;
    }
    if (watched == m_filter && key->key() == Qt::Key_Down) {
        m_tree->setFocus();
        return true;
    }
    if (watched == m_filter && key->key() == Qt::Key_Escape) {
        m_filter->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

std::optional<profiles::Profile> SessionSidebar::current() const
{
    const QModelIndex index = m_tree->currentIndex();
    return index.isValid() && SessionModel::kindOf(index) == SessionModel::Kind::Session
        ? m_store.find(index.data(SessionModel::IdRole).toString())
        : std::nullopt;
}

// All that are selected, without the groups among them; else the current one.
QList<profiles::Profile> SessionSidebar::selected() const
{
    QStringList ids;
    QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        rows.append(m_tree->currentIndex());
    }
    for (const QModelIndex &index : std::as_const(rows)) {
        if (index.isValid() && SessionModel::kindOf(index) == SessionModel::Kind::Session) {
            ids.append(index.data(SessionModel::IdRole).toString());
        }
    }
    ids.removeDuplicates();
    return withIds(ids);
}

// Those that are still there.
QList<profiles::Profile> SessionSidebar::withIds(const QStringList &ids) const
{
    QList<profiles::Profile> sessions;
    for (const QString &id : ids) {
        if (const auto profile = m_store.find(id)) {
            sessions.append(*profile);
        }
    }
    return sessions;
}

QString SessionSidebar::currentGroup() const
{
    const QModelIndex index = m_tree->currentIndex();
    return index.isValid() && SessionModel::kindOf(index) == SessionModel::Kind::Group
        ? index.data(SessionModel::IdRole).toString()
        : QString();
}

void SessionSidebar::activateCurrent()
{
    const QModelIndex index = m_tree->currentIndex();
    if (m_filtered->hasChildren(index)) {
        m_tree->setExpanded(index, !m_tree->isExpanded(index));
    } else {
        connectCurrent();
    }
}

void SessionSidebar::connectCurrent()
{
    const QModelIndex index = m_tree->currentIndex();
    const bool isSession
        = index.isValid() && SessionModel::kindOf(index) == SessionModel::Kind::Session;
    if (isSession) {
        for (const profiles::Profile &profile : selected()) {
            emit connectRequested(ConnectRequest::forProfile(profile, m_store));
        }
    } else if (index.isValid() && SessionModel::kindOf(index) == SessionModel::Kind::Alias) {
        emit connectRequested(
            ConnectRequest::forAlias(index.data(SessionModel::IdRole).toString()));
    }
}

void SessionSidebar::editCurrent()
{
    if (const auto sessions = selected(); sessions.size() > 1) {
        emit editManyRequested(sessions);
    } else if (const auto profile = current()) {
        emit editRequested(*profile);
    } else if (const QString group = currentGroup(); !group.isEmpty()) {
        emit editGroupRequested(group);
    }
}

void SessionSidebar::renameCurrent()
{
    if (current() || !currentGroup().isEmpty()) {
        m_tree->edit(m_tree->currentIndex());
    }
}

void SessionSidebar::removeCurrent()
{
    if (const QString group = currentGroup(); !group.isEmpty()) {
        m_edits->removeGroup(group);
    } else {
        m_edits->remove(selected());
    }
}

void SessionSidebar::duplicateCurrent()
{
    const QString id = m_edits->duplicate(selected());
    const QModelIndex copy = m_tree->find(static_cast<int>(SessionModel::Kind::Session), id);
    if (copy.isValid()) {
        m_tree->choose(copy);
    }
}

void SessionSidebar::pinCurrent()
{
    const QList<profiles::Profile> sessions = selected();
    m_edits->setPinned(sessions, !std::ranges::all_of(sessions, &profiles::Profile::isPinned));
}

void SessionSidebar::stepCurrent(int by)
{
    if (const auto profile = current()) {
        m_edits->step(*profile, by);
    }
}

void SessionSidebar::sortCurrent()
{
    const auto profile = current();
    m_edits->sortByName(profile ? profile->group : currentGroup());
}

void SessionSidebar::exportCurrent()
{
    const QString group = currentGroup();
    QStringList ids;
    for (const auto &profile :
         group.isEmpty() ? selected() : m_store.groupContent(group).profiles) {
        ids.append(profile.id);
    }
    emit exportRequested(ids);
}

void SessionSidebar::fillMoveMenu()
{
    m_moveMenu->clear();
    const auto profile = current();
    const QString from = profile ? profile->group : profiles::parentGroup(currentGroup());
    const auto add = [this, &from](const QString &text, const QString &group) {
        QAction *action = m_moveMenu->addAction(text);
        action->setEnabled(group != from);
        connect(action, &QAction::triggered, this, [this, group] { moveCurrent(group); });
    };
    add(tr("No group"), {});
    for (const QString &group : m_store.groups()) {
        const QString own = currentGroup();
        if (own.isEmpty() || (group != own && !group.startsWith(own + u'/'))) {
            add(base::displayText(group).replace(u'&', QStringLiteral("&&")), group);
        }
    }
    if (profile) { // where a new group can be typed
        m_moveMenu->addSeparator();
        QAction *other = m_moveMenu->addAction(tr("Another…"));
        connect(other, &QAction::triggered, this, &SessionSidebar::editCurrent);
    }
}

void SessionSidebar::moveCurrent(const QString &group)
{
    if (const QString path = currentGroup(); !path.isEmpty()) {
        renameGroup(path,
                    profiles::normalizedGroup(QString(group + u'/' + path.section(u'/', -1))));
    } else {
        m_edits->moveTo(group, selected());
    }
}

void SessionSidebar::renameGroup(const QString &path, const QString &newPath)
{
    m_renamed = newPath;
    m_edits->moveGroup(path, newPath);
}

void SessionSidebar::updateEmptyState()
{
    m_emptyText->setText(m_model->rowCount() == 0
                             ? tr("No sessions yet.\n\nType user@host above to connect; then you "
                                  "can save it. Or import those of OpenSSH, "
                                  "PuTTY, FileZilla or WinSCP from the menu.")
                             : tr("No session matches the filter."));
    m_pages->setCurrentIndex(m_filtered->rowCount() == 0 ? 1 : 0);
}

} // namespace ui
