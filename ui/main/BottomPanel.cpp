#include "ui/main/BottomPanel.h"

#include "ui/commands/RunPanel.h"
#include "ui/forwards/TunnelPanel.h"
#include "ui/transfers/TransferPanel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

BottomPanel::BottomPanel(SheetHost &host, QWidget *parent)
    : QWidget(parent)
    , m_transfers(new TransferPanel(this))
    , m_tunnels(new TunnelPanel(host, this))
    , m_run(new RunPanel(this))
    , m_transfersToggle(createToggle(QStringLiteral("transfersToggle"), m_transfers))
    , m_tunnelsToggle(createToggle(QStringLiteral("tunnelsToggle"), m_tunnels))
    , m_runToggle(createToggle(QStringLiteral("runToggle"), m_run))
{
    m_transfers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    updateTitle();
    updateTunnels();
    updateRun();
    auto *toggles = new QHBoxLayout;
    toggles->setContentsMargins({});
    toggles->addWidget(m_transfersToggle);
    toggles->addWidget(m_tunnelsToggle);
    toggles->addWidget(m_runToggle);
    toggles->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addLayout(toggles);
    layout->addWidget(m_transfers);
    layout->addWidget(m_tunnels);
    layout->addWidget(m_run);
    for (QToolButton *toggle : {m_transfersToggle, m_tunnelsToggle, m_runToggle}) {
        connect(toggle, &QToolButton::toggled, this, [this, toggle](bool isOpen) {
            for (QToolButton *other : {m_transfersToggle, m_tunnelsToggle, m_runToggle}) {
                other->setChecked(other->isChecked() && (other == toggle || !isOpen));
            }
        });
    }
    connect(m_runToggle, &QToolButton::clicked, m_run, [this](bool isOpen) {
        if (isOpen) {
            m_run->setFocus();
        }
    });
    connect(m_run, &RunPanel::runningChanged, this, &BottomPanel::updateRun);
    connect(m_run, &RunPanel::terminalWanted, this, &BottomPanel::terminalWanted);
    connect(m_transfers, &TransferPanel::unfinishedCountChanged, this, [this](int count) {
        const bool isMore = count > std::exchange(m_unfinished, count);
        updateTitle();
        if (isMore && isVisible()) { // those of all tabs are shown: only the one in front unfolds
            unfold();
        }
    });
    connect(m_transfers, &TransferPanel::failedCountChanged, this, &BottomPanel::updateTitle);
    connect(m_transfers, &TransferPanel::attentionNeeded, this, &BottomPanel::unfold);
    connect(m_tunnels, &TunnelPanel::changed, this, &BottomPanel::updateTunnels);
    connect(m_tunnels, &TunnelPanel::attentionNeeded, this, &BottomPanel::showTunnels);
}

QToolButton *BottomPanel::createToggle(const QString &name, QWidget *panel)
{
    auto *toggle = new QToolButton(this);
    toggle->setObjectName(name);
    toggle->setCheckable(true);
    toggle->setAutoRaise(true);
    toggle->setArrowType(Qt::RightArrow);
    toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    panel->hide();
    connect(toggle, &QToolButton::toggled, panel, [toggle, panel](bool isOpen) {
        panel->setVisible(isOpen);
        toggle->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    });
    return toggle;
}

void BottomPanel::unfold()
{
    m_transfersToggle->setChecked(true);
}

void BottomPanel::showTransfers()
{
    unfold();
    m_transfers->takeFocus();
}

void BottomPanel::showTunnels()
{
    m_tunnelsToggle->setChecked(true);
}

void BottomPanel::showRun()
{
    m_runToggle->setChecked(true);
    m_run->setFocus();
}

void BottomPanel::follow(ssh::Connection *connection, forward::ForwardSet *forwards)
{
    m_tunnels->setForwards(forwards);
    m_run->setConnection(connection);
}

void BottomPanel::updateRun()
{
    m_runToggle->setText(m_run->isRunning() ? tr("Run (running)") : tr("Run"));
}

void BottomPanel::updateTitle()
{
    QStringList counts;
    if (m_unfinished > 0) {
        counts << QLocale().toString(m_unfinished);
    }
    if (const int failed = m_transfers->failedCount(); failed > 0) {
        counts << tr("%1 failed").arg(QLocale().toString(failed));
    }
    m_transfersToggle->setText(counts.isEmpty()
                                   ? tr("Transfers")
                                   : tr("Transfers (%1)").arg(counts.join(QStringLiteral(", "))));
}

void BottomPanel::updateTunnels()
{
    const int listening = m_tunnels->listeningCount();
    m_tunnelsToggle->setText(
        listening == 0 ? tr("Tunnels") : tr("Tunnels (%1)").arg(QLocale().toString(listening)));
}

} // namespace ui
