#include "ui/settings/KeyboardPage.h"

#include "ui/keyboard/WindowKeys.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using Command = KeyBindings::Command;
using Scope = KeyBindings::Scope;

enum Column { Title, Keys };
constexpr int idRole = Qt::UserRole;

QString titleOf(Scope scope)
{
    switch (scope) {
    case Scope::Files:
        return KeyboardPage::tr("In a list of files");
    case Scope::Terminal:
        return KeyboardPage::tr("In a terminal");
    case Scope::Window:
        break;
    }
    return KeyboardPage::tr("Everywhere");
}

QString nativeText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys) {
        texts.append(key.toString(QKeySequence::NativeText));
    }
    return texts.join(QStringLiteral(", "));
}

QString quoted(const QString &text)
{
    return QChar(u'“') + text + QChar(u'”');
}

} // namespace

KeyboardPage::KeyboardPage(SheetHost &host, QWidget *parent)
    : SettingsPage(tr("Keyboard"), parent)
    , m_host(host)
    , m_bindings(KeyBindings::shared())
    , m_filter(new QLineEdit)
    , m_list(new QTreeWidget)
    , m_name(new PlainLabel({}))
    , m_fields{new QKeySequenceEdit, new QKeySequenceEdit}
    , m_removers{new QToolButton, new QToolButton}
    , m_usual(new QPushButton(tr("&Usual keys")))
    , m_allUsual(new QPushButton(tr("Usual keys for &all…")))
    , m_remark(new PlainLabel({}, PlainLabel::Role::Subtle))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger))
    , m_take(new QPushButton(tr("Use it &here instead")))
{
    m_filter->setObjectName(QStringLiteral("keyboardFilter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter: name or key"));
    m_filter->setClearButtonEnabled(true);
    setFocusProxy(m_filter);
    m_list->setObjectName(QStringLiteral("keyboardList"));
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setHeaderLabels({tr("Command"), tr("Keys")});
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(Title, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Keys, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addLayout(createEditor());
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        filter(nullptr);
        chooseShown();
    });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &KeyboardPage::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, [this] { m_fields[0]->setFocus(); });
    connect(&m_bindings, &KeyBindings::changed, this, &KeyboardPage::showKeys);
}

QLayout *KeyboardPage::createEditor()
{
    m_name->setObjectName(QStringLiteral("keyboardName"));
    m_usual->setObjectName(QStringLiteral("keyboardUsual"));
    m_allUsual->setObjectName(QStringLiteral("keyboardAllUsual"));
    m_remark->setObjectName(QStringLiteral("keyboardRemark"));
    m_problem->setObjectName(QStringLiteral("keyboardProblem"));
    m_take->setObjectName(QStringLiteral("keyboardTake"));
    auto *keys = new QHBoxLayout;
    for (size_t field = 0; field < m_fields.size(); ++field) {
        addField(field, *keys);
    }
    keys->addWidget(m_usual);
    auto *last = new QHBoxLayout;
    last->addWidget(m_take);
    last->addStretch();
    last->addWidget(m_allUsual);
    auto *column = new QVBoxLayout;
    column->addWidget(m_name);
    column->addLayout(keys);
    column->addWidget(m_remark);
    column->addWidget(m_problem);
    column->addLayout(last);
    connect(m_usual, &QPushButton::clicked, this, [this] {
        if (const Command *command = chosen()) {
            m_bindings.chooseUsual(QString(command->id));
            showChosen();
        }
    });
    connect(m_allUsual, &QPushButton::clicked, this, &KeyboardPage::askForAllUsual);
    connect(m_take, &QPushButton::clicked, this, &KeyboardPage::take);
    return column;
}

void KeyboardPage::addField(size_t field, QBoxLayout &row)
{
    QKeySequenceEdit *edit = m_fields.at(field);
    edit->setObjectName(QStringLiteral("keyboardKey%1").arg(field + 1));
    edit->setAccessibleName(field == 0 ? tr("Key") : tr("Another key"));
    edit->setMaximumSequenceLength(1);
    edit->installEventFilter(this);
    // Not each change: it is empty as soon as a key goes down.
    connect(edit, &QKeySequenceEdit::editingFinished, this,
            [this, field, edit] { choose(field, edit->keySequence()); });
    QToolButton *remove = m_removers.at(field);
    remove->setObjectName(QStringLiteral("keyboardRemove%1").arg(field + 1));
    remove->setIcon(Icons::icon(QStringLiteral("close")));
    remove->setToolTip(tr("Remove this key"));
    remove->setAccessibleName(tr("Remove this key"));
    remove->setAutoRaise(true);
    connect(remove, &QToolButton::clicked, this, [this, field] { setKey(field, {}); });
    row.addWidget(edit, 1);
    row.addWidget(remove);
}

// Escape leads back to the list, rather than being a key that somebody has chosen.
bool KeyboardPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<const QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_list->setFocus();
        return true;
    }
    return SettingsPage::eventFilter(watched, event);
}

void KeyboardPage::load()
{
    if (m_list->topLevelItemCount() == 0) {
        fill();
    }
    showKeys();
}

void KeyboardPage::fill()
{
    for (const Scope scope : {Scope::Window, Scope::Files, Scope::Terminal}) {
        QTreeWidgetItem *group = createGroup(scope);
        for (const Command &command : m_bindings.commands()) {
            if (command.scope == scope) {
                auto *item = new QTreeWidgetItem(group, {command.title});
                item->setData(Title, idRole, command.id);
                if (m_list->currentItem() == nullptr) {
                    m_list->setCurrentItem(item);
                }
            }
        }
    }
}

QTreeWidgetItem *KeyboardPage::createGroup(Scope scope)
{
    auto *group = new QTreeWidgetItem(m_list, {titleOf(scope)});
    group->setFlags(Qt::ItemIsEnabled);
    QFont bold = m_list->font();
    bold.setBold(true);
    group->setFont(Title, bold);
    group->setExpanded(true);
    return group;
}

// Bold where they are not the usual ones.
void KeyboardPage::showKeys()
{
    m_allUsual->setEnabled(
        std::ranges::any_of(m_bindings.commands(), [this](const Command &command) {
            return m_bindings.isChosen(command.id);
        }));
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *group = m_list->topLevelItem(row);
        for (int child = 0; child < group->childCount(); ++child) {
            QTreeWidgetItem *item = group->child(child);
            const QString id = item->data(Title, idRole).toString();
            QFont font = m_list->font();
            font.setBold(m_bindings.isChosen(id));
            item->setFont(Keys, font);
            item->setText(Keys, nativeText(m_bindings.keys(id)));
        }
    }
    filter(m_list->currentItem()); // a key that was looked for may not be its own any more
    showChosen();
}

const Command *KeyboardPage::chosen() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    const QString id = item == nullptr ? QString() : item->data(Title, idRole).toString();
    const auto found = std::ranges::find(m_bindings.commands(), id, &Command::id);
    return found == m_bindings.commands().end() ? nullptr : &*found;
}

void KeyboardPage::showChosen()
{
    const Command *command = chosen();
    const QList<QKeySequence> keys
        = command == nullptr ? QList<QKeySequence>() : m_bindings.keys(command->id);
    m_name->setText(command == nullptr ? tr("Choose a command to change its keys.")
                                       : tr("Keys of %1:").arg(quoted(command->title)));
    for (size_t field = 0; field < m_fields.size(); ++field) {
        const QKeySequence key = keys.value(static_cast<qsizetype>(field));
        const QSignalBlocker blocker(m_fields.at(field));
        m_fields.at(field)->setKeySequence(key);
        m_fields.at(field)->setEnabled(command != nullptr);
        m_removers.at(field)->setEnabled(!key.isEmpty());
    }
    m_usual->setEnabled(command != nullptr && m_bindings.isChosen(command->id));
    m_remark->setText(remark());
    m_remark->setVisible(!m_remark->text().isEmpty());
    m_problem->hide();
    m_take->hide();
}

// What one would not expect of the keys that hold.
QString KeyboardPage::remark() const
{
    const Command *command = chosen();
    if (command == nullptr || command->scope == Scope::Terminal) {
        return {};
    }
    const QList<QKeySequence> keys = m_bindings.keys(command->id);
    if (command->scope == Scope::Files) {
        for (const Command &other : m_bindings.commands()) {
            for (const QKeySequence &key : keys) {
                if (other.scope == Scope::Window && m_bindings.keys(other.id).contains(key)) {
                    return tr("%1 is %2 everywhere else in the window.")
                        .arg(nativeText({key}), quoted(other.title));
                }
            }
        }
        return {};
    }
    const bool reachesTerminals = std::ranges::any_of(
        keys, [](const QKeySequence &key) { return belongsToWindow(key[0]); });
    return keys.isEmpty() || reachesTerminals
        ? QString()
        : tr("In a terminal these keys are typed: there only those with Ctrl+Shift are free.");
}

// The fields are about a command that can be seen, or about none.
void KeyboardPage::chooseShown()
{
    if (m_list->currentItem() != nullptr && !m_list->currentItem()->isHidden()) {
        return;
    }
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *group = m_list->topLevelItem(row);
        for (int child = 0; child < group->childCount(); ++child) {
            if (!group->child(child)->isHidden()) {
                m_list->setCurrentItem(group->child(child));
                return;
            }
        }
    }
    m_list->setCurrentItem(nullptr);
}

void KeyboardPage::filter(const QTreeWidgetItem *kept)
{
    const QString wanted = m_filter->text().trimmed();
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *group = m_list->topLevelItem(row);
        bool isShown = false;
        for (int child = 0; child < group->childCount(); ++child) {
            QTreeWidgetItem *item = group->child(child);
            const bool fits = item == kept
                || item->text(Title).contains(wanted, Qt::CaseInsensitive)
                || item->text(Keys).contains(wanted, Qt::CaseInsensitive);
            item->setHidden(!fits);
            isShown = isShown || fits;
        }
        group->setHidden(!isShown);
    }
}

void KeyboardPage::choose(size_t field, const QKeySequence &key)
{
    const Command *command = chosen();
    if (command == nullptr || key.isEmpty()) { // Ctrl alone, say
        showChosen();
        return;
    }
    if (key == m_bindings.keys(command->id).value(static_cast<qsizetype>(field))) {
        return; // the focus goes away
    }
    const QString unfit = KeyBindings::whyUnfit(key, command->scope);
    const auto holder = m_bindings.holder(key, command->id);
    if (unfit.isEmpty() && !holder) {
        setKey(field, key);
        return;
    }
    showChosen();
    m_problem->setText(
        unfit.isEmpty() ? tr("%1 is the key of %2.").arg(nativeText({key}), quoted(holder->title))
                        : unfit);
    m_problem->show();
    m_takingField = field;
    m_taken = key;
    m_take->setVisible(unfit.isEmpty());
}

void KeyboardPage::take()
{
    const Command *command = chosen();
    const auto holder = command == nullptr ? std::nullopt : m_bindings.holder(m_taken, command->id);
    if (holder) {
        QList<QKeySequence> left = m_bindings.keys(holder->id);
        left.removeAll(m_taken);
        m_bindings.choose(holder->id, left);
    }
    setKey(m_takingField, m_taken);
    m_fields.at(m_takingField)->setFocus();
}

void KeyboardPage::setKey(size_t field, const QKeySequence &key)
{
    const Command *command = chosen();
    if (command == nullptr) {
        return;
    }
    QList<QKeySequence> keys = m_bindings.keys(command->id);
    const auto index = static_cast<qsizetype>(field);
    if (index < keys.size()) {
        keys.removeAt(index);
    }
    keys.removeAll(key); // it may have been in the other field
    if (!key.isEmpty()) {
        keys.insert(std::min(index, keys.size()), key);
    }
    m_bindings.choose(QString(command->id), keys);
}

void KeyboardPage::askForAllUsual()
{
    auto *sheet = new ConfirmSheet(tr("Use the usual keys for all commands?"),
                                   tr("The keys that you have chosen are forgotten."),
                                   tr("Use the usual keys"), &m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this] { m_bindings.chooseUsualForAll(); });
    m_host.present(sheet);
    sheet->setFocus();
}

} // namespace ui
