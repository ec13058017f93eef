#include "ui/commands/FleetGroups.h"

#include "base/DisplayText.h"
#include "ui/commands/ComparisonView.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace ui {
namespace {

using commands::FleetRun;
using commands::OutputGroup;

constexpr std::chrono::milliseconds pause(200);
constexpr qint64 mostShown = qint64{256} * 1024; // bytes of an output

// A group is known by what it has written, while others join it.
constexpr int digestRole = Qt::UserRole;

enum ListColumn { CountColumn, HostsColumn, SizeColumn };

} // namespace

FleetGroups::FleetGroups(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("fleetGroups"));
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(createList());
    splitter->addWidget(createComparison());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    m_settle.setSingleShot(true);
    m_settle.setInterval(pause);
    connect(&m_settle, &QTimer::timeout, this, &FleetGroups::refresh);
}

QWidget *FleetGroups::createList()
{
    auto *side = new QWidget;
    m_stream = new QComboBox;
    m_stream->setObjectName(QStringLiteral("groupStream"));
    m_stream->setAccessibleName(tr("Which output"));
    m_stream->addItem(tr("Standard output"), false);
    m_stream->addItem(tr("Standard error"), true);
    m_list = new QTreeWidget;
    m_list->setObjectName(QStringLiteral("groupList"));
    m_list->setAccessibleName(tr("Groups of equal output"));
    m_list->setHeaderLabels({tr("Count"), tr("Servers"), tr("Output")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(HostsColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(CountColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(SizeColumn, QHeaderView::ResizeToContents);
    connect(m_stream, &QComboBox::currentIndexChanged, this, &FleetGroups::refresh);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &FleetGroups::showChosen);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->addWidget(m_stream);
    layout->addWidget(m_list, 1);
    return side;
}

QWidget *FleetGroups::createComparison()
{
    auto *side = new QWidget;
    m_other = new QComboBox;
    m_other->setObjectName(QStringLiteral("groupOther"));
    m_other->setAccessibleName(tr("Compare with"));
    m_other->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_other->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto *label = new QLabel(tr("Compare with:"));
    label->setBuddy(m_other);
    m_view = new ComparisonView;
    m_view->setObjectName(QStringLiteral("groupView"));
    m_view->setAccessibleName(tr("Output of the group"));
    m_note = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_note->setObjectName(QStringLiteral("groupNote"));
    m_note->hide();
    connect(m_other, &QComboBox::currentIndexChanged, this, &FleetGroups::showChosen);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_other, 1);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);
    return side;
}

void FleetGroups::setRun(FleetRun *run)
{
    if (m_run) {
        m_run->disconnect(this);
    }
    m_run = run;
    if (m_run) {
        connect(m_run, &FleetRun::hostChanged, this, [this] {
            if (!m_settle.isActive()) {
                m_settle.start();
            }
        });
    }
    refresh();
}

const commands::OutputStore &FleetGroups::outputOf(commands::CommandBatch::Index host) const
{
    const commands::HostOutcome &outcome = m_run->host(host).outcome;
    return m_stream->currentData().toBool() ? outcome.errorOutput : outcome.output;
}

// Of all whose command was begun: hosts that were not reached have written nothing, which says
// nothing of them.
void FleetGroups::refresh()
{
    using End = commands::HostOutcome::End;
    QList<commands::HostOutput> outputs;
    for (commands::CommandBatch::Index host = 0; m_run && host < m_run->size(); ++host) {
        const FleetRun::Host &state = m_run->host(host);
        const End end = state.outcome.end;
        const bool hasRun = end == End::Done || end == End::OutOfTime
            || state.outcome.output.size() + state.outcome.errorOutput.size() > 0;
        if (state.state == FleetRun::State::Over && hasRun) {
            outputs.append({host, &outputOf(host)});
        }
    }
    m_groups = commands::groupedByOutput(outputs);
    const QTreeWidgetItem *current = m_list->currentItem();
    fillList(current == nullptr ? QByteArray() : current->data(0, digestRole).toByteArray());
    fillOthers(m_other->currentData().toByteArray());
    showChosen();
    emit changed();
}

QString FleetGroups::titleOf(const OutputGroup &group) const
{
    constexpr qsizetype mostNamed = 50;
    QStringList names;
    for (const auto host : group.hosts.first(std::min(mostNamed, group.hosts.size()))) {
        names.append(base::displayText(m_run->order().hosts.at(host)));
    }
    const QString list = names.join(QStringLiteral(", "));
    return group.hosts.size() > mostNamed ? tr("%1 and others").arg(list) : list;
}

void FleetGroups::fillList(const QByteArray &chosen)
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const OutputGroup &group : std::as_const(m_groups)) {
        auto *item = new QTreeWidgetItem(m_list);
        item->setText(CountColumn, QLocale().toString(group.hosts.size()));
        item->setTextAlignment(CountColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setText(HostsColumn, titleOf(group));
        item->setText(SizeColumn,
                      group.bytes == 0 ? tr("Nothing")
                                       : sizeText(static_cast<quint64>(group.bytes)));
        item->setData(0, digestRole, group.digest);
        if (group.digest == chosen || m_list->currentItem() == nullptr) {
            m_list->setCurrentItem(item);
        }
    }
}

void FleetGroups::fillOthers(const QByteArray &chosen)
{
    const QSignalBlocker blocker(m_other);
    m_other->clear();
    m_other->addItem(tr("Nothing: show the output"), QByteArray());
    for (const OutputGroup &group : std::as_const(m_groups)) {
        m_other->addItem(QLocale().toString(group.hosts.size()) + QStringLiteral(": ")
                             + titleOf(group),
                         group.digest);
    }
    m_other->setCurrentIndex(std::max(0, m_other->findData(chosen)));
    m_other->setEnabled(m_groups.size() > 1);
}

const OutputGroup *FleetGroups::find(const QByteArray &digest) const
{
    const auto found = std::ranges::find(m_groups, digest, &OutputGroup::digest);
    return found == m_groups.end() ? nullptr : &*found;
}

const OutputGroup *FleetGroups::chosen() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    return item == nullptr ? nullptr : find(item->data(0, digestRole).toByteArray());
}

QByteArray FleetGroups::textOf(const OutputGroup &group, bool &isWhole) const
{
    const commands::OutputStore &output = outputOf(group.hosts.first());
    const auto text = output.read(0, mostShown);
    isWhole = isWhole && text && output.size() <= mostShown;
    return text.value_or(QByteArray());
}

void FleetGroups::showChosen()
{
    const OutputGroup *group = chosen();
    const OutputGroup *other = find(m_other->currentData().toByteArray());
    bool isWhole = true;
    if (group == nullptr) {
        m_view->clear();
    } else if (other == nullptr) {
        m_view->showText(textOf(*group, isWhole));
    } else {
        m_view->showDifference(
            commands::comparedLines(textOf(*other, isWhole), textOf(*group, isWhole)));
    }
    QStringList notes;
    if (group != nullptr && other == group) {
        notes.append(tr("This is the same group."));
    } else if (group != nullptr && other != nullptr) {
        notes.append(tr("Minus: %1. Plus: %2.").arg(titleOf(*other), titleOf(*group)));
    }
    if (!isWhole) {
        notes.append(tr("Only the beginning is shown; an export has all."));
    }
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
}

} // namespace ui
