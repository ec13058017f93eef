#include "ui/commands/HostChoice.h"

#include "base/DisplayText.h"
#include "commands/FleetHosts.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "ui/connect/ConnectRequest.h"
#include "ui/errors/ErrorText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

enum Role {
    IdRole = Qt::UserRole, // of a session
    AliasRole, // of OpenSSH's
    PathRole, // of a group
    SearchRole, // what the filter looks at
    TagsRole,
};

bool isLeaf(const QTreeWidgetItem &item)
{
    return item.data(0, PathRole).isNull();
}

// The shown leaves at and below an item.
void collectShown(QTreeWidgetItem *item, QList<QTreeWidgetItem *> &found)
{
    if (item->isHidden()) {
        return;
    }
    if (isLeaf(*item)) {
        found.append(item);
    }
    for (int index = 0; index < item->childCount(); ++index) {
        collectShown(item->child(index), found);
    }
}

// Hides what does not match. False if that is all of it.
bool showMatching(QTreeWidgetItem &item, const QString &text)
{
    bool isShown = isLeaf(item) && item.data(0, SearchRole).toString().contains(text);
    for (int index = 0; index < item.childCount(); ++index) {
        isShown = showMatching(*item.child(index), text) || isShown;
    }
    item.setHidden(!isShown);
    return isShown;
}

// A group is checked as far as its sessions are, those that the filter hides included.
Qt::CheckState updatedState(QTreeWidgetItem &item)
{
    if (isLeaf(item)) {
        return item.checkState(0);
    }
    bool hasChecked = false;
    bool hasUnchecked = false;
    for (int index = 0; index < item.childCount(); ++index) {
        const Qt::CheckState state = updatedState(*item.child(index));
        hasChecked = hasChecked || state != Qt::Unchecked;
        hasUnchecked = hasUnchecked || state != Qt::Checked;
    }
    const Qt::CheckState state = hasChecked && hasUnchecked ? Qt::PartiallyChecked
        : hasChecked                                        ? Qt::Checked
                                                            : Qt::Unchecked;
    item.setCheckState(0, state);
    return state;
}

QToolButton *createButton(const char *name, const QString &text, const QString &hint)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setAccessibleName(hint);
    button->setToolTip(hint);
    button->setAutoRaise(true);
    return button;
}

} // namespace

HostChoice::HostChoice(const profiles::ProfileStore &store, profiles::OpenSshConfig *openSsh,
                       QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_openSsh(openSsh)
{
    setObjectName(QStringLiteral("hostChoice"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createTop());
    m_tree = new QTreeWidget;
    m_tree->setObjectName(QStringLiteral("hostTree"));
    m_tree->setAccessibleName(tr("Servers to choose from"));
    m_tree->setHeaderHidden(true);
    m_tree->setColumnCount(1);
    m_tree->setUniformRowHeights(true);
    layout->addWidget(m_tree, 3);
    layout->addWidget(createList(), 1);
    m_count = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_count->setObjectName(QStringLiteral("hostCount"));
    layout->addWidget(m_count);
    connect(m_tree, &QTreeWidget::itemChanged, this, &HostChoice::handleChange);
    connect(&m_store, &profiles::ProfileStore::changed, this, &HostChoice::rebuild);
    if (m_openSsh != nullptr) {
        connect(m_openSsh, &profiles::OpenSshConfig::changed, this, &HostChoice::rebuild);
    }
    connect(this, &HostChoice::changed, this, [this] {
        m_count->setText(count() == 1 ? tr("1 server chosen")
                                      : tr("%1 servers chosen").arg(QLocale().toString(count())));
    });
    rebuild();
}

QWidget *HostChoice::createTop()
{
    auto *top = new QWidget;
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("hostFilter"));
    m_filter->setAccessibleName(tr("Filter servers"));
    m_filter->setPlaceholderText(tr("Filter: name, address, group, tag"));
    m_filter->setClearButtonEnabled(true);
    m_tags = createButton("hostTags", tr("Tags"), tr("Choose all sessions with a tag"));
    m_tagMenu = new QMenu(m_tags);
    m_tags->setMenu(m_tagMenu);
    m_tags->setPopupMode(QToolButton::InstantPopup);
    auto *all = createButton("hostAll", tr("All"), tr("Choose all that are shown"));
    auto *none = createButton("hostNone", tr("None"), tr("Choose none of those that are shown"));
    connect(m_filter, &QLineEdit::textChanged, this, &HostChoice::applyFilter);
    connect(m_tagMenu, &QMenu::aboutToShow, this, &HostChoice::fillTags);
    connect(all, &QToolButton::clicked, this, [this] { checkShown(Qt::Checked); });
    connect(none, &QToolButton::clicked, this, [this] { checkShown(Qt::Unchecked); });
    auto *row = new QHBoxLayout;
    for (QToolButton *button : {m_tags, all, none}) {
        row->addWidget(button);
    }
    row->addStretch();
    auto *column = new QVBoxLayout(top);
    column->setContentsMargins({});
    column->addWidget(m_filter);
    column->addLayout(row);
    return top;
}

QWidget *HostChoice::createList()
{
    m_list = new QPlainTextEdit;
    m_list->setObjectName(QStringLiteral("hostList"));
    m_list->setAccessibleName(tr("Further servers, one in each line"));
    m_list->setPlaceholderText(tr("Further servers, one in each line: a name, user@host, "
                                  "host:port. What follows a # is left out."));
    m_list->setTabChangesFocus(true);
    connect(m_list, &QPlainTextEdit::textChanged, this, &HostChoice::changed);
    return m_list;
}

// What was chosen stays so.
void HostChoice::rebuild()
{
    QSet<QString> ids;
    QSet<QString> aliases;
    for (const QTreeWidgetItem *leaf : leaves()) {
        if (leaf->checkState(0) == Qt::Checked) {
            ids.insert(leaf->data(0, IdRole).toString());
            aliases.insert(leaf->data(0, AliasRole).toString());
        }
    }
    {
        const QSignalBlocker blocker(m_tree);
        m_tree->clear();
        // Groups first: so they stand above the sessions beside them, as in the sidebar.
        const QStringList groups = m_store.groups();
        std::ranges::for_each(groups, [this](const QString &path) { groupItem(path); });
        QList<profiles::Profile> sessions = m_store.profiles();
        std::ranges::stable_sort(sessions, {}, [](const profiles::Profile &session) {
            return session.title().toCaseFolded();
        });
        for (const profiles::Profile &session : std::as_const(sessions)) {
            addSession(session, ids.contains(session.id));
        }
        addAliases(aliases);
    }
    applyFilter();
    updateGroups();
    emit changed();
}

QTreeWidgetItem *HostChoice::groupItem(const QString &path)
{
    QTreeWidgetItem *parent = m_tree->invisibleRootItem();
    if (path.isEmpty()) {
        return parent;
    }
    parent = groupItem(profiles::parentGroup(path));
    for (int index = 0; index < parent->childCount(); ++index) {
        if (parent->child(index)->data(0, PathRole).toString() == path) {
            return parent->child(index);
        }
    }
    auto *item = new QTreeWidgetItem(parent);
    item->setText(0, base::displayText(path.section(u'/', -1)));
    item->setIcon(0, Icons::icon(QStringLiteral("folder")));
    item->setData(0, PathRole, path);
    item->setCheckState(0, Qt::Unchecked);
    item->setExpanded(true);
    return item;
}

void HostChoice::addSession(const profiles::Profile &profile, bool isChecked)
{
    const auto effective = ConnectRequest::forProfile(profile, m_store).profile;
    auto *item = new QTreeWidgetItem(groupItem(profile.group));
    item->setText(0, base::displayText(profile.title()));
    item->setToolTip(
        0,
        base::displayText(
            effective.address().toString()
            + (effective.tags.isEmpty() ? QString() : u' ' + effective.tags.join(u' '))));
    item->setIcon(0, Icons::icon(QStringLiteral("server")));
    item->setData(0, IdRole, profile.id);
    item->setData(0, TagsRole, effective.tags);
    const QStringList searched{profile.title(), effective.address().toString(), profile.group,
                               effective.tags.join(u' ')};
    item->setData(0, SearchRole, searched.join(u'\n').toCaseFolded());
    item->setCheckState(0, isChecked ? Qt::Checked : Qt::Unchecked);
}

void HostChoice::addAliases(const QSet<QString> &checked)
{
    if (m_openSsh == nullptr || m_openSsh->aliases().isEmpty()) {
        return;
    }
    auto *group = new QTreeWidgetItem(m_tree);
    group->setText(0, tr("OpenSSH"));
    group->setIcon(0, Icons::icon(QStringLiteral("folder")));
    group->setData(0, PathRole, QStringLiteral("/"));
    group->setCheckState(0, Qt::Unchecked);
    for (const QString &alias : m_openSsh->aliases()) {
        auto *item = new QTreeWidgetItem(group);
        item->setText(0, base::displayText(alias));
        item->setIcon(0, Icons::icon(QStringLiteral("server")));
        item->setData(0, AliasRole, alias);
        item->setData(0, SearchRole, alias.toCaseFolded());
        item->setCheckState(0, checked.contains(alias) ? Qt::Checked : Qt::Unchecked);
    }
}

void HostChoice::applyFilter()
{
    const QString text = m_filter->text().trimmed().toCaseFolded();
    for (int index = 0; index < m_tree->topLevelItemCount(); ++index) {
        showMatching(*m_tree->topLevelItem(index), text);
    }
}

// A click on a group is for those of it that are shown: what cannot be seen is not chosen.
void HostChoice::handleChange(QTreeWidgetItem *item)
{
    if (!isLeaf(*item)) {
        const QSignalBlocker blocker(m_tree);
        QList<QTreeWidgetItem *> shown;
        collectShown(item, shown);
        for (QTreeWidgetItem *leaf : std::as_const(shown)) {
            leaf->setCheckState(0, item->checkState(0));
        }
    }
    updateGroups();
    emit changed();
}

void HostChoice::updateGroups()
{
    const QSignalBlocker blocker(m_tree);
    for (int index = 0; index < m_tree->topLevelItemCount(); ++index) {
        updatedState(*m_tree->topLevelItem(index));
    }
    m_tree->viewport()->update();
}

void HostChoice::checkShown(Qt::CheckState state)
{
    QList<QTreeWidgetItem *> shown;
    for (int index = 0; index < m_tree->topLevelItemCount(); ++index) {
        collectShown(m_tree->topLevelItem(index), shown);
    }
    {
        const QSignalBlocker blocker(m_tree);
        for (QTreeWidgetItem *leaf : std::as_const(shown)) {
            leaf->setCheckState(0, state);
        }
    }
    updateGroups();
    emit changed();
}

// A tag is checked if all its sessions are.
void HostChoice::fillTags()
{
    QMap<QString, bool> tags; // by the tag without case
    QMap<QString, QString> names;
    for (const QTreeWidgetItem *leaf : leaves()) {
        const QStringList own = leaf->data(0, TagsRole).toStringList();
        for (const QString &tag : own) {
            const QString key = tag.toCaseFolded();
            names.insert(key, names.value(key, tag));
            tags.insert(key, tags.value(key, true) && leaf->checkState(0) == Qt::Checked);
        }
    }
    m_tagMenu->clear();
    for (auto tag = tags.cbegin(); tag != tags.cend(); ++tag) {
        QString shown = base::displayText(names.value(tag.key()));
        QAction *action = m_tagMenu->addAction(shown.replace(u'&', QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(tag.value());
        connect(action, &QAction::triggered, this,
                [this, key = tag.key()](bool isChecked) { checkTag(key, isChecked); });
    }
    if (tags.isEmpty()) {
        m_tagMenu->addAction(tr("No session has a tag"))->setEnabled(false);
    }
}

void HostChoice::checkTag(const QString &tag, bool isChecked)
{
    {
        const QSignalBlocker blocker(m_tree);
        for (QTreeWidgetItem *leaf : leaves()) {
            if (leaf->data(0, TagsRole).toStringList().contains(tag, Qt::CaseInsensitive)) {
                leaf->setCheckState(0, isChecked ? Qt::Checked : Qt::Unchecked);
            }
        }
    }
    updateGroups();
    emit changed();
}

void HostChoice::choose(const QSet<profiles::Profile::Id> &ids)
{
    {
        const QSignalBlocker blocker(m_tree);
        for (QTreeWidgetItem *leaf : leaves()) {
            const bool isChosen = ids.contains(leaf->data(0, IdRole).toString());
            leaf->setCheckState(0, isChosen ? Qt::Checked : Qt::Unchecked);
        }
    }
    updateGroups();
    emit changed();
}

QList<QTreeWidgetItem *> HostChoice::leaves() const
{
    QList<QTreeWidgetItem *> found;
    for (QTreeWidgetItemIterator item(m_tree); *item != nullptr; ++item) {
        if (isLeaf(**item)) {
            found.append(*item);
        }
    }
    return found;
}

QStringList HostChoice::typed() const
{
    return commands::FleetHosts::namesIn(m_list->toPlainText().toUtf8());
}

qsizetype HostChoice::count() const
{
    const auto checked = leaves();
    return typed().size()
        + std::ranges::count(checked, Qt::Checked,
                             [](const QTreeWidgetItem *leaf) { return leaf->checkState(0); });
}

base::Result<void, QString> HostChoice::addTo(commands::FleetHosts &hosts) const
{
    for (const QTreeWidgetItem *leaf : leaves()) {
        if (leaf->checkState(0) != Qt::Checked) {
            continue;
        }
        const QString alias = leaf->data(0, AliasRole).toString();
        if (!alias.isEmpty()) {
            hosts.addAddress(alias, alias, ConnectRequest::forAlias(alias).profile);
        } else if (const auto session = m_store.find(leaf->data(0, IdRole).toString())) {
            hosts.addSession(ConnectRequest::forProfile(*session, m_store).profile);
        }
    }
    for (const QString &name : typed()) {
        const auto request = ConnectRequest::fromText(name, m_store, m_openSsh);
        if (!request) {
            return base::Failure(
                tr("“%1” is no server: %2")
                    .arg(base::displayText(name), addressErrorText(request.error())));
        }
        // A URL may hold a password, which is shown nowhere.
        const QString shown = name.contains(u"://") ? request->profile.address().toString() : name;
        hosts.addAddress(name, shown, request->profile);
    }
    return {};
}

} // namespace ui
