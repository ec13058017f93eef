#include "ui/main/BroadcastSheet.h"

#include "ui/connect/EnvironmentText.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/SessionTabs.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int rowsInSight = 8;

enum Column { Name, Class, ColumnCount };

} // namespace

BroadcastSheet::BroadcastSheet(const SessionTabs &tabs, QWidget *parent)
    : Sheet(parent)
    , m_list(new QTreeWidget)
    , m_caution(new PlainLabel({}, PlainLabel::Role::Danger))
    , m_accept(new QPushButton)
{
    setObjectName(QStringLiteral("broadcastSheet"));
    setAccessibleName(tr("Type into several terminals"));
    m_list->setObjectName(QStringLiteral("broadcastList"));
    m_list->setAccessibleName(tr("Terminals"));
    m_list->setRootIsDecorated(false);
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderLabels({tr("Terminal"), tr("Environment")});
    m_list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Class, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setMinimumHeight(fontMetrics().lineSpacing() * rowsInSight);
    m_caution->setObjectName(QStringLiteral("broadcastCaution"));
    for (int index = 0; index < tabs.pageCount(); ++index) {
        addPage(*tabs.page(index), tabs.page(index) == tabs.currentPage());
    }
    m_accept->setObjectName(QStringLiteral("broadcastAccept"));
    auto *reject = new QPushButton(tr("Cancel"));
    reject->setObjectName(QStringLiteral("broadcastCancel"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_accept);
    buttons->addWidget(reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Type into several terminals"), PlainLabel::Role::Title));
    layout->addWidget(new PlainLabel(
        tr("Until you stop it, each key and each paste in one of them goes to all of them."),
        PlainLabel::Role::Text));
    layout->addWidget(m_list, 1);
    layout->addWidget(m_caution);
    layout->addLayout(buttons);
    connect(m_list, &QTreeWidget::itemChanged, this, &BroadcastSheet::update);
    setDefaultButton(m_accept); // what is dangerous is asked once more
    connect(m_accept, &QPushButton::clicked, this, &BroadcastSheet::accept);
    connect(reject, &QPushButton::clicked, this, &Sheet::cancel);
    setTabOrder(m_list, m_accept);
    setTabOrder(m_accept, reject);
    setFocusProxy(m_list);
    update();
}

void BroadcastSheet::addPage(ConnectionPage &page, bool isInFront)
{
    const profiles::Profile &profile = page.request().profile;
    for (TerminalPane *pane : page.terminals().panes()) {
        if (!pane->hasShell()) {
            continue;
        }
        auto *row = new QTreeWidgetItem(m_list);
        row->setText(Name,
                     page.terminals().count() == 1 ? page.tabTitle()
                                                   : tr("%1: %2").arg(page.title(), pane->name()));
        row->setText(Class, environmentText(profile.environmentClass));
        row->setForeground(Class, environmentColor(profile.environmentClass, palette()));
        row->setCheckState(Name, isInFront ? Qt::Checked : Qt::Unchecked);
        m_choices.append({pane, environmentCaution(profile)});
    }
    if (m_list->currentItem() == nullptr) {
        m_list->setCurrentItem(m_list->topLevelItem(0));
    }
}

QList<TerminalPane *> BroadcastSheet::chosenPanes(QStringList &cautions) const
{
    QList<TerminalPane *> panes;
    for (int row = 0; row < m_choices.size(); ++row) {
        const Choice &choice = m_choices[row];
        if (m_list->topLevelItem(row)->checkState(Name) != Qt::Checked || choice.pane == nullptr) {
            continue;
        }
        panes.append(choice.pane);
        if (!choice.caution.isEmpty() && !cautions.contains(choice.caution)) {
            cautions.append(choice.caution);
        }
    }
    return panes;
}

void BroadcastSheet::update()
{
    QStringList cautions;
    const qsizetype count = chosenPanes(cautions).size();
    m_accept->setText(count < 2 ? tr("Type into several terminals")
                                : tr("Type into %1 terminals").arg(QLocale().toString(count)));
    m_accept->setEnabled(count >= 2);
    m_caution->setText(count < 2 ? tr("Choose two or more.") : cautions.join(u' '));
    m_caution->setVisible(!m_caution->text().isEmpty());
}

void BroadcastSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_list->hasFocus()) {
        m_accept->click();
        return;
    }
    Sheet::keyPressEvent(event);
}

void BroadcastSheet::accept()
{
    QStringList cautions;
    const QList<TerminalPane *> panes = chosenPanes(cautions);
    emit chosen(panes, cautions);
    finish();
}

} // namespace ui
