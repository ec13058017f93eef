#include "ui/connect/TunnelsPage.h"

#include "ui/errors/ForwardErrorText.h"
#include "ui/forwards/ForwardText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/EmptyFocus.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QToolButton>
#include <QTreeWidget>

namespace ui {
namespace {

constexpr int visibleLines = 7;

QToolButton *createButton(const char *icon, const QString &text, const char *name)
{
    auto *button = new QToolButton;
    button->setIcon(Icons::icon(QString::fromLatin1(icon)));
    button->setText(text);
    button->setAccessibleName(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

TunnelsPage::TunnelsPage(QWidget *parent)
    : ProfilePage(tr("Tunnels"), parent)
    , m_table(new QTreeWidget)
    , m_form(new ForwardForm(QStringLiteral("profileTunnel")))
    , m_starts(new QCheckBox(tr("&Start with the session")))
    , m_startsWithPonto(new QCheckBox(tr("Connect when Ponto starts, for these tunnels alone")))
{
    m_table->setObjectName(QStringLiteral("profileTunnels"));
    m_table->setAccessibleName(tr("Tunnels"));
    m_table->setHeaderLabels({tr("Kind"), tr("Listens on"), tr("Goes to")});
    m_table->setRootIsDecorated(false);
    new EmptyFocus(*m_table);
    m_table->setAllColumnsShowFocus(true);
    m_table->setFixedHeight(fontMetrics().lineSpacing() * visibleLines);
    const int character = fontMetrics().averageCharWidth();
    m_table->header()->resizeSection(0, 12 * character);
    m_table->header()->resizeSection(1, 24 * character);
    m_starts->setObjectName(QStringLiteral("profileTunnelStarts"));
    addRow(m_table);
    auto *buttons = new QWidget;
    buttons->setLayout(createButtons());
    addRow(buttons);
    addRow(m_form);
    addRow(m_starts);
    m_startsWithPonto->setObjectName(QStringLiteral("profileTunnelsWithPonto"));
    m_startsWithPonto->setToolTip(tr("Without a terminal and without a tab: the window Running "
                                     "tunnels shows them."));
    addRow(m_startsWithPonto);
    setFocusProxy(m_table);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &TunnelsPage::showRow);
    connect(m_form, &ForwardForm::edited, this, &TunnelsPage::takeForm);
    connect(m_starts, &QCheckBox::toggled, this, &TunnelsPage::takeForm);
    showRow();
}

QLayout *TunnelsPage::createButtons()
{
    auto *add = createButton("add", tr("Add"), "profileTunnelAdd");
    m_remove = createButton("delete", tr("Remove"), "profileTunnelRemove");
    connect(add, &QToolButton::clicked, this, &TunnelsPage::add);
    connect(m_remove, &QToolButton::clicked, this, &TunnelsPage::remove);
    auto *insertKey = new QAction(m_table);
    insertKey->setShortcut(Qt::Key_Insert);
    insertKey->setShortcutContext(Qt::WidgetShortcut);
    connect(insertKey, &QAction::triggered, this, &TunnelsPage::add);
    auto *deleteKey = new QAction(m_table);
    deleteKey->setShortcut(QKeySequence::Delete);
    deleteKey->setShortcutContext(Qt::WidgetShortcut);
    connect(deleteKey, &QAction::triggered, this, &TunnelsPage::remove);
    m_table->addActions({insertKey, deleteKey});
    auto *row = new QHBoxLayout;
    row->setContentsMargins({});
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addStretch();
    return row;
}

int TunnelsPage::current() const
{
    return m_table->indexOfTopLevelItem(m_table->currentItem());
}

void TunnelsPage::load(const profiles::Profile &profile)
{
    m_startsWithPonto->setChecked(profile.startsForwards);
    m_rows.clear();
    m_table->clear();
    for (const profiles::Forward &forward : profile.forwards) {
        m_rows.append({ForwardDraft::of(forward), forward.startsWithSession});
        m_table->addTopLevelItem(new QTreeWidgetItem);
        updateItem(static_cast<int>(m_rows.size() - 1));
    }
    m_table->setCurrentItem(m_table->topLevelItem(0));
    showRow();
}

void TunnelsPage::store(profiles::Profile &profile) const
{
    profile.startsForwards = m_startsWithPonto->isChecked();
    profile.forwards.clear();
    for (const Row &row : m_rows) {
        if (auto forward = row.draft.forward()) {
            forward->startsWithSession = row.startsWithSession;
            profile.forwards.append(*forward);
        }
    }
}

QString TunnelsPage::problem() const
{
    for (int index = 0; index < m_rows.size(); ++index) {
        const ForwardDraft &draft = m_rows.at(index).draft;
        const auto forward = draft.forward();
        if (!forward && !draft.isBlank()) {
            m_table->setCurrentItem(m_table->topLevelItem(index));
            return forwardErrorText(forward.error());
        }
    }
    return {};
}

void TunnelsPage::add()
{
    m_rows.append(Row());
    auto *item = new QTreeWidgetItem;
    m_table->addTopLevelItem(item);
    updateItem(static_cast<int>(m_rows.size() - 1));
    m_table->setCurrentItem(item);
    m_form->setFocus();
}

void TunnelsPage::remove()
{
    const int index = current();
    if (index >= 0) {
        m_rows.removeAt(index);
        const QSignalBlocker blocker(m_table);
        delete m_table->takeTopLevelItem(index);
    }
    showRow();
}

void TunnelsPage::showRow()
{
    const int index = current();
    const Row row = index < 0 ? Row() : m_rows.at(index);
    const QSignalBlocker blocker(m_starts);
    m_form->setDraft(row.draft);
    m_starts->setChecked(row.startsWithSession);
    for (QWidget *widget : {static_cast<QWidget *>(m_form), static_cast<QWidget *>(m_starts),
                            static_cast<QWidget *>(m_remove)}) {
        widget->setEnabled(index >= 0);
    }
}

void TunnelsPage::takeForm()
{
    const int index = current();
    if (index >= 0) {
        m_rows[index] = {m_form->draft(), m_starts->isChecked()};
        updateItem(index);
    }
}

void TunnelsPage::updateItem(int index)
{
    const ForwardDraft &draft = m_rows.at(index).draft;
    const auto forward = draft.forward();
    QTreeWidgetItem *item = m_table->topLevelItem(index);
    item->setText(0, forwardKindText(draft.kind));
    item->setText(1, forward ? forwardListenText(*forward) : draft.listen);
    item->setText(2, forward ? forwardTargetText(*forward) : draft.target);
}

} // namespace ui
