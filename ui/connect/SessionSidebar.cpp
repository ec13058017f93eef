#include "ui/connect/SessionSidebar.h"

#include "base/DisplayText.h"
#include "profiles/ProfileStore.h"
#include "ui/connect/SessionModel.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

SessionSidebar::SessionSidebar(profiles::ProfileStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new SessionModel(store, this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_notice(new NoticeBar(Theme::Meaning::Subtle, this))
    , m_banner(new ErrorBanner(this))
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterRole(SessionModel::SearchRole);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setObjectName(QStringLiteral("sessionFilter"));
    m_filter->setAccessibleName(tr("Filter sessions"));
    m_filter->setPlaceholderText(tr("Filter…"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_pages->addWidget(createList());
    m_pages->addWidget(createEmptyState());
    auto *create = new QPushButton(Icons::icon(QStringLiteral("add")), tr("New session"), this);
    create->setObjectName(QStringLiteral("newSessionButton"));
    create->setAccessibleName(tr("New session"));

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_notice);
    layout->addWidget(create);

    connect(create, &QPushButton::clicked, this, &SessionSidebar::newSessionRequested);
    connect(m_model, &SessionModel::renameRequested, this, &SessionSidebar::save);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        updateEmptyState();
        m_tree->setCurrentIndex(m_filtered->index(0, 0));
    });
    connect(m_filter, &QLineEdit::returnPressed, this, &SessionSidebar::connectCurrent);
    connect(&store, &profiles::ProfileStore::changed, this, &SessionSidebar::updateEmptyState);
    createActions();
    updateEmptyState();
}

void SessionSidebar::setConnected(const QSet<profiles::Profile::Id> &ids)
{
    m_model->setConnected(ids);
}

void SessionSidebar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QWidget *SessionSidebar::createList()
{
    m_tree = new QTreeView;
    m_tree->setObjectName(QStringLiteral("sessionTree"));
    m_tree->setAccessibleName(tr("Sessions"));
    m_tree->setModel(m_filtered);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->installEventFilter(this);
    connect(m_tree, &QTreeView::doubleClicked, this, &SessionSidebar::connectCurrent);
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
    };
    add("connect", tr("Connect"), QKeySequence(), &SessionSidebar::connectCurrent);
    add("settings", tr("Edit…"), QKeySequence(Qt::ALT | Qt::Key_Return),
        &SessionSidebar::editCurrent);
    add("rename", tr("Rename"), QKeySequence(Qt::Key_F2), &SessionSidebar::renameCurrent);
    add("delete", tr("Delete"), QKeySequence(Qt::Key_Delete), &SessionSidebar::removeCurrent);
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
        connectCurrent();
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
    return index.isValid() ? m_store.find(index.data(SessionModel::IdRole).toString())
                           : std::nullopt;
}

void SessionSidebar::connectCurrent()
{
    if (const auto profile = current()) {
        emit connectRequested(ConnectRequest::forProfile(*profile, m_store));
    }
}

void SessionSidebar::editCurrent()
{
    if (const auto profile = current()) {
        emit editRequested(*profile);
    }
}

void SessionSidebar::renameCurrent()
{
    if (current()) {
        m_tree->edit(m_tree->currentIndex());
    }
}

void SessionSidebar::removeCurrent()
{
    const auto profile = current();
    if (!profile) {
        return;
    }
    if (const auto removed = m_store.remove(profile->id); !removed) {
        m_banner->showError(errorText(removed.error()));
        return;
    }
    m_notice->showNotice(tr("%1 was deleted.").arg(base::displayText(profile->title())), tr("Undo"),
                         [this, deleted = *profile] { save(deleted); });
}

void SessionSidebar::save(const profiles::Profile &profile)
{
    if (const auto saved = m_store.save(profile); !saved) {
        m_banner->showError(errorText(saved.error()));
    }
}

void SessionSidebar::updateEmptyState()
{
    m_emptyText->setText(m_store.profiles().isEmpty()
                             ? tr("No sessions yet.\n\nType user@host above to connect; then you "
                                  "can save it. Or make a new session below.")
                             : tr("No session matches the filter."));
    m_pages->setCurrentIndex(m_filtered->rowCount() == 0 ? 1 : 0);
}

} // namespace ui
